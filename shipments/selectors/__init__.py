"""What pages and programs read about parcels."""

from shipments.selectors.acceptance import (
    acceptance_context,
    acceptance_of,
    acceptances_for,
    dangers_for,
    day_of,
    green_counts,
    instruments_for,
    refusals_by,
    refusals_for,
    refusals_page,
    scales_of,
    systems_missing,
    systems_total,
    three_systems,
)
from shipments.selectors.areas import AreaMap, Coverage, address_coverage, areas_for, unassigned
from shipments.selectors.coverage import City, lookup, open_sites, served_cities
from shipments.selectors.customer_words import status_words
from shipments.selectors.display_delay import DisplayDelay, display_delay
from shipments.selectors.events import has_agreement
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
from shipments.selectors.goods import (
    current_goods,
    goods_in,
    goods_versions,
    match_goods,
    search_goods,
)
from shipments.selectors.lanes import Share, lanes_for, link_lines
from shipments.selectors.lanes import on_time as lanes_on_time
from shipments.selectors.monitor import live_states, station_waits, trends
from shipments.selectors.network import hour_rows, network_places, service_forms, transfers
from shipments.selectors.notices import (
    all_notices,
    current_notices,
    notices_for_parcel,
    parcels_hit,
)
from shipments.selectors.offers import PublishedProduct, days_off, limit_words, published_products
from shipments.selectors.orders import OrderFilter, orders_for, orders_page, waiting_pickups
from shipments.selectors.own_tasks import view_task
from shipments.selectors.parcels import (
    Found,
    find_parcel,
    late_parcels,
    parcels_for,
    plain_waybill,
    search_parcels,
)
from shipments.selectors.processes import processes
from shipments.selectors.public_notices import PublicNotice, notices_for, public_notices
from shipments.selectors.publishing import (
    text_in_force,
    text_to_come,
    text_versions,
    texts_in_force,
)
from shipments.selectors.rounds import (
    Looked,
    RoundDay,
    round_day,
    round_items,
    round_parcels,
    signed_before,
    whose_parcel,
)
from shipments.selectors.sorting import missorted, next_stop, sort_rates
from shipments.selectors.stocktakes import expected_at, stocktakes_for
from shipments.selectors.tariffs import (
    legal_basis,
    packing_materials,
    products_offered,
    rates_of,
    terms_on,
)
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
    "AreaMap",
    "Board",
    "City",
    "Coverage",
    "DisplayDelay",
    "Evidence",
    "Found",
    "Looked",
    "OrderFilter",
    "PromiseResult",
    "PublicNotice",
    "PublishedProduct",
    "RoundDay",
    "Share",
    "TimeLine",
    "Tracked",
    "acceptance_context",
    "acceptance_of",
    "acceptances_for",
    "address_coverage",
    "all_notices",
    "areas_for",
    "backlog",
    "bags_for",
    "board",
    "card",
    "cause_words",
    "classes_by_hand",
    "current_goods",
    "current_notices",
    "dangers_for",
    "day_of",
    "days_off",
    "display_delay",
    "disruptions_for",
    "evidence",
    "exception_classes",
    "exceptions_for",
    "expected_at",
    "filtered",
    "find_parcel",
    "goods_in",
    "goods_versions",
    "green_counts",
    "has_agreement",
    "history_words",
    "hour_rows",
    "instruments_for",
    "lanes_for",
    "lanes_on_time",
    "late_parcels",
    "late_trips",
    "legal_basis",
    "limit_words",
    "link_lines",
    "live_states",
    "locker_rows",
    "lookup",
    "marks_for",
    "match_goods",
    "missorted",
    "network_places",
    "newest_score",
    "next_stop",
    "notices_for",
    "notices_for_parcel",
    "open_sites",
    "orders_for",
    "orders_page",
    "packing_materials",
    "parcels_for",
    "parcels_hit",
    "plain_waybill",
    "processes",
    "products_offered",
    "promise_result",
    "public_notices",
    "published_products",
    "rates_of",
    "refusals_by",
    "refusals_for",
    "refusals_page",
    "refused_deeds",
    "round_day",
    "round_items",
    "round_parcels",
    "scales_of",
    "search_goods",
    "search_parcels",
    "served_cities",
    "service_forms",
    "signed_before",
    "sort_rates",
    "station_waits",
    "status_words",
    "stocktakes_for",
    "systems_missing",
    "systems_total",
    "tab_counts",
    "terms_on",
    "text_in_force",
    "text_to_come",
    "text_versions",
    "texts_in_force",
    "three_systems",
    "timeline",
    "track",
    "track_stamp",
    "transfers",
    "trends",
    "trips_for",
    "trouble_lines",
    "unassigned",
    "view_task",
    "waiting_pickups",
    "watched_exceptions",
    "whose_parcel",
    "with_parcels",
]
