"""What pages and programs read about parcels."""

from shipments.selectors.goods import (
    current_goods,
    goods_in,
    goods_versions,
    match_goods,
    search_goods,
)
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
    "current_goods",
    "exceptions_for",
    "find_parcel",
    "goods_in",
    "goods_versions",
    "late_parcels",
    "match_goods",
    "orders_for",
    "parcels_for",
    "plain_waybill",
    "round_items",
    "round_parcels",
    "search_goods",
    "search_parcels",
    "timeline",
    "track",
]
