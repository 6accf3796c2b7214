"""What pages and programs read about parcels."""

from shipments.selectors.evidence import Evidence, evidence
from shipments.selectors.exceptions import (
    Board,
    board,
    card,
    classes_by_hand,
    exception_classes,
    exceptions_for,
    filtered,
    history_words,
    trouble_lines,
)
from shipments.selectors.monitor import live_states, station_waits, trends
from shipments.selectors.notices import (
    all_notices,
    current_notices,
    notices_for_parcel,
    parcels_hit,
)
from shipments.selectors.parcels import (
    Found,
    find_parcel,
    late_parcels,
    orders_for,
    parcels_for,
    plain_waybill,
    search_parcels,
)
from shipments.selectors.processes import processes
from shipments.selectors.rounds import round_items, round_parcels
from shipments.selectors.timelines import TimeLine, cause_words, timeline
from shipments.selectors.tracking import Tracked, track
from shipments.selectors.verdicts import PromiseResult, promise_result
from shipments.selectors.watchlist import TABS as WATCH_TABS
from shipments.selectors.watchlist import (
    backlog,
    marks_for,
    newest_score,
    tab_counts,
    watched_exceptions,
    with_parcels,
)

__all__ = [
    "WATCH_TABS",
    "Board",
    "Evidence",
    "Found",
    "PromiseResult",
    "TimeLine",
    "Tracked",
    "all_notices",
    "backlog",
    "board",
    "card",
    "cause_words",
    "classes_by_hand",
    "current_notices",
    "evidence",
    "exception_classes",
    "exceptions_for",
    "filtered",
    "find_parcel",
    "history_words",
    "late_parcels",
    "live_states",
    "marks_for",
    "newest_score",
    "notices_for_parcel",
    "orders_for",
    "parcels_for",
    "parcels_hit",
    "plain_waybill",
    "processes",
    "promise_result",
    "round_items",
    "round_parcels",
    "search_parcels",
    "station_waits",
    "tab_counts",
    "timeline",
    "track",
    "trends",
    "trouble_lines",
    "watched_exceptions",
    "with_parcels",
]
