"""What pages and programs read about parcels."""

from shipments.selectors.areas import AreaMap, Coverage, address_coverage, areas_for, unassigned
from shipments.selectors.coverage import City, lookup, open_sites, served_cities
from shipments.selectors.customer_words import status_words
from shipments.selectors.display_delay import DisplayDelay, display_delay
from shipments.selectors.lanes import Share, lanes_for, link_lines
from shipments.selectors.lanes import on_time as lanes_on_time
from shipments.selectors.network import hour_rows, network_places, service_forms, transfers
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
from shipments.selectors.sorting import missorted, next_stop, sort_rates
from shipments.selectors.stocktakes import expected_at, stocktakes_for
from shipments.selectors.timelines import TimeLine, cause_words, timeline
from shipments.selectors.tracking import Tracked, track, track_stamp
from shipments.selectors.transport import (
    bags_for,
    disruptions_for,
    late_trips,
    locker_rows,
    refused_deeds,
    trips_for,
)

__all__ = [
    "AreaMap",
    "City",
    "Coverage",
    "DisplayDelay",
    "Found",
    "Looked",
    "PublicNotice",
    "PublishedProduct",
    "Share",
    "TimeLine",
    "Tracked",
    "address_coverage",
    "areas_for",
    "bags_for",
    "cause_words",
    "days_off",
    "display_delay",
    "disruptions_for",
    "exceptions_for",
    "expected_at",
    "find_parcel",
    "hour_rows",
    "lanes_for",
    "lanes_on_time",
    "late_parcels",
    "late_trips",
    "limit_words",
    "link_lines",
    "locker_rows",
    "lookup",
    "missorted",
    "network_places",
    "next_stop",
    "notices_for",
    "open_sites",
    "orders_for",
    "parcels_for",
    "plain_waybill",
    "public_notices",
    "published_products",
    "refused_deeds",
    "round_items",
    "round_parcels",
    "search_parcels",
    "served_cities",
    "service_forms",
    "signed_before",
    "sort_rates",
    "status_words",
    "stocktakes_for",
    "text_in_force",
    "text_to_come",
    "text_versions",
    "texts_in_force",
    "timeline",
    "track",
    "track_stamp",
    "transfers",
    "trips_for",
    "unassigned",
    "whose_parcel",
]
