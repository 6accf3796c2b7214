"""What may be done with parcels: one verb, one function, one transaction."""

from shipments.services.areas import (
    NotServed,
    add_screening_rule,
    require_served,
    save_area,
    save_locker,
    switch_screening_rule,
)
from shipments.services.bags import (
    NoBag,
    Opened,
    create_bag,
    open_bag,
    put_into_bag,
    record_with_bags,
    seal_bag,
)
from shipments.services.consenting import (
    record_consent,
    record_standing_consent,
    withdraw_consent,
)
from shipments.services.disrupting import end_disruption, link_disruption, record_disruption
from shipments.services.exceptions import (
    open_exception,
    reopen_exception,
    solve_exception,
    take_exception,
    tell_customer,
)
from shipments.services.gates import GateProblem, GateShut, check_gates, require_gates
from shipments.services.incidents import (
    correct_scan,
    declare_found,
    declare_loss,
    report_damage,
    void_scan,
)
from shipments.services.lanes import create_lane, save_lane
from shipments.services.loading import Loaded, finish_unloading, load_trip, unload_trip
from shipments.services.offering import Offer, offers
from shipments.services.orders import (
    PartyInput,
    Quote,
    assign_pickup,
    fee_fen,
    place_order,
    quote,
)
from shipments.services.partnering import record_purchase, register_partner, score_partner
from shipments.services.promising import change_promise
from shipments.services.proving import BadProof, store_proof
from shipments.services.publishing import publish_text
from shipments.services.recalendaring import change_calendar_day
from shipments.services.refolding import refold
from shipments.services.routing import ask_route_change, decide_route_change, note_positions
from shipments.services.scans import ScanAnswer, ScanInput, record_scans
from shipments.services.sorting import redispatch
from shipments.services.stationing import Deed, Told, record_deed
from shipments.services.stocktaking import close_stocktake, count_parcels, start_stocktake
from shipments.services.supervising import tell_late_sync, tell_taken_over
from shipments.services.trips import (
    arrive_trip,
    cancel_trip,
    depart_trip,
    plan_trip,
    refuse_deeds,
)
from shipments.services.watching import watch_parcels

__all__ = [
    "BadProof",
    "Deed",
    "GateProblem",
    "GateShut",
    "Loaded",
    "NoBag",
    "NotServed",
    "Offer",
    "Opened",
    "PartyInput",
    "Quote",
    "ScanAnswer",
    "ScanInput",
    "Told",
    "add_screening_rule",
    "arrive_trip",
    "ask_route_change",
    "assign_pickup",
    "cancel_trip",
    "change_calendar_day",
    "change_promise",
    "check_gates",
    "close_stocktake",
    "correct_scan",
    "count_parcels",
    "create_bag",
    "create_lane",
    "decide_route_change",
    "declare_found",
    "declare_loss",
    "depart_trip",
    "end_disruption",
    "fee_fen",
    "finish_unloading",
    "link_disruption",
    "load_trip",
    "note_positions",
    "offers",
    "open_bag",
    "open_exception",
    "place_order",
    "plan_trip",
    "publish_text",
    "put_into_bag",
    "quote",
    "record_consent",
    "record_deed",
    "record_disruption",
    "record_purchase",
    "record_scans",
    "record_standing_consent",
    "record_with_bags",
    "redispatch",
    "refold",
    "refuse_deeds",
    "register_partner",
    "reopen_exception",
    "report_damage",
    "require_gates",
    "require_served",
    "save_area",
    "save_lane",
    "save_locker",
    "score_partner",
    "seal_bag",
    "solve_exception",
    "start_stocktake",
    "store_proof",
    "switch_screening_rule",
    "take_exception",
    "tell_customer",
    "tell_late_sync",
    "tell_taken_over",
    "unload_trip",
    "void_scan",
    "watch_parcels",
    "withdraw_consent",
]
