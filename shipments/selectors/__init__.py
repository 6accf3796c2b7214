"""What pages and programs read about parcels."""

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
from shipments.selectors.rounds import round_items, round_parcels
from shipments.selectors.timelines import TimeLine, cause_words, timeline
from shipments.selectors.tracking import Tracked, track

__all__ = [
    "Found",
    "TimeLine",
    "Tracked",
    "cause_words",
    "exceptions_for",
    "find_parcel",
    "late_parcels",
    "orders_for",
    "parcels_for",
    "plain_waybill",
    "round_items",
    "round_parcels",
    "search_parcels",
    "timeline",
    "track",
]
