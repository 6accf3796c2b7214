"""What pages and programs read about parcels."""

from shipments.selectors.coverage import City, lookup, open_sites, served_cities
from shipments.selectors.customer_words import status_words
from shipments.selectors.display_delay import DisplayDelay, display_delay
from shipments.selectors.offers import PublishedProduct, days_off, limit_words, published_products
from shipments.selectors.parcels import (
    Found,
    exceptions_for,
    find_parcel,
    late_parcels,
    orders_for,
    parcels_for,
    plain_waybill,
    search_parcels,
)
from shipments.selectors.public_notices import PublicNotice, notices_for, public_notices
from shipments.selectors.publishing import (
    text_in_force,
    text_to_come,
    text_versions,
    texts_in_force,
)
from shipments.selectors.rounds import (
    Looked,
    round_items,
    round_parcels,
    signed_before,
    whose_parcel,
)
from shipments.selectors.timelines import TimeLine, cause_words, timeline
from shipments.selectors.tracking import Tracked, track, track_stamp

__all__ = [
    "City",
    "DisplayDelay",
    "Found",
    "Looked",
    "PublicNotice",
    "PublishedProduct",
    "TimeLine",
    "Tracked",
    "cause_words",
    "days_off",
    "display_delay",
    "exceptions_for",
    "find_parcel",
    "late_parcels",
    "limit_words",
    "lookup",
    "notices_for",
    "open_sites",
    "orders_for",
    "parcels_for",
    "plain_waybill",
    "public_notices",
    "published_products",
    "round_items",
    "round_parcels",
    "search_parcels",
    "served_cities",
    "signed_before",
    "status_words",
    "text_in_force",
    "text_to_come",
    "text_versions",
    "texts_in_force",
    "timeline",
    "track",
    "track_stamp",
    "whose_parcel",
]
