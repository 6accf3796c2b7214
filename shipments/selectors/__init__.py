"""What pages and programs read about parcels."""

from shipments.selectors.coverage import (
    City,
    lookup,
    open_sites,
    served_cities,
)
from shipments.selectors.customer_words import (
    status_words,
)
from shipments.selectors.display_delay import (
    DisplayDelay,
    display_delay,
)
from shipments.selectors.evidence import (
    Evidence,
    evidence,
)
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
from shipments.selectors.monitor import (
    live_states,
    station_waits,
    trends,
)
from shipments.selectors.notices import (
    all_notices,
    current_notices,
    notices_for_parcel,
    parcels_hit,
)
from shipments.selectors.offers import (
    PublishedProduct,
    days_off,
    limit_words,
    published_products,
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
from shipments.selectors.processes import (
    processes,
)
from shipments.selectors.public_notices import (
    PublicNotice,
    notices_for,
    public_notices,
)
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
from shipments.selectors.timelines import (
    TimeLine,
    cause_words,
    timeline,
)
from shipments.selectors.tracking import (
    Tracked,
    track,
)
from shipments.selectors.verdicts import (
    PromiseResult,
    promise_result,
)
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
    "City",
    "DisplayDelay",
    "Evidence",
    "Found",
    "Looked",
    "PromiseResult",
    "PublicNotice",
    "PublishedProduct",
    "TimeLine",
    "Tracked",
    "all_notices",
    "backlog",
    "board",
    "card",
    "cause_words",
    "classes_by_hand",
    "current_notices",
    "days_off",
    "display_delay",
    "evidence",
    "exception_classes",
    "exceptions_for",
    "filtered",
    "find_parcel",
    "history_words",
    "late_parcels",
    "limit_words",
    "live_states",
    "lookup",
    "marks_for",
    "newest_score",
    "notices_for",
    "notices_for_parcel",
    "open_sites",
    "orders_for",
    "parcels_for",
    "parcels_hit",
    "plain_waybill",
    "processes",
    "promise_result",
    "public_notices",
    "published_products",
    "round_items",
    "round_parcels",
    "search_parcels",
    "served_cities",
    "signed_before",
    "station_waits",
    "status_words",
    "tab_counts",
    "text_in_force",
    "text_to_come",
    "text_versions",
    "texts_in_force",
    "timeline",
    "track",
    "trends",
    "trouble_lines",
    "watched_exceptions",
    "whose_parcel",
    "with_parcels",
]
