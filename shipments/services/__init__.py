"""What may be done with parcels: one verb, one function, one transaction."""

from shipments.services.addressing import clear_address, open_address_problem
from shipments.services.areas import (
    NotServed,
    add_screening_rule,
    require_served,
    save_area,
    save_locker,
    switch_screening_rule,
)
from shipments.services.asking import answer_by_phone, answer_request, ask_consent
from shipments.services.bags import (
    NoBag,
    Opened,
    create_bag,
    open_bag,
    put_into_bag,
    record_with_bags,
    seal_bag,
)
from shipments.services.cod import collect_cod, hand_in, ledger_fen, refuse_payment
from shipments.services.consenting import record_consent, record_standing_consent, withdraw_consent
from shipments.services.contacting import (
    book_slot,
    end_preference,
    note_attempt,
    record_contact,
    set_preference,
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
from shipments.services.orders import PartyInput, Quote, assign_pickup, fee_fen, place_order, quote
from shipments.services.partnering import record_purchase, register_partner, score_partner
from shipments.services.placing import (
    WrongCode,
    collect,
    count_wrong_code,
    register_placement,
    tell_placed,
    watch_placements,
)
from shipments.services.promising import change_promise
from shipments.services.proving import BadProof, store_proof
from shipments.services.publishing import publish_text
from shipments.services.recalendaring import change_calendar_day
from shipments.services.refolding import refold
from shipments.services.returning import inspect_return, request_return, send_replacement
from shipments.services.rounds import (
    accept_order,
    accept_round,
    arrange,
    end_round,
    give_out,
    save_check,
    set_sequence,
    start_round,
    take_back,
)
from shipments.services.routing import ask_route_change, decide_route_change, note_positions
from shipments.services.ruling import change_rule, list_contents
from shipments.services.scans import ScanAnswer, ScanInput, record_scans
from shipments.services.sorting import redispatch
from shipments.services.stationing import Deed, Told, record_deed
from shipments.services.stocktaking import close_stocktake, count_parcels, start_stocktake
from shipments.services.supervising import tell_late_sync, tell_taken_over
from shipments.services.trips import arrive_trip, cancel_trip, depart_trip, plan_trip, refuse_deeds
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
    "WrongCode",
    "accept_order",
    "accept_round",
    "add_screening_rule",
    "answer_by_phone",
    "answer_request",
    "arrange",
    "arrive_trip",
    "ask_consent",
    "ask_route_change",
    "assign_pickup",
    "book_slot",
    "cancel_trip",
    "change_calendar_day",
    "change_promise",
    "change_rule",
    "check_gates",
    "clear_address",
    "close_stocktake",
    "collect",
    "collect_cod",
    "correct_scan",
    "count_parcels",
    "count_wrong_code",
    "create_bag",
    "create_lane",
    "decide_route_change",
    "declare_found",
    "declare_loss",
    "depart_trip",
    "end_disruption",
    "end_preference",
    "end_round",
    "fee_fen",
    "finish_unloading",
    "give_out",
    "hand_in",
    "inspect_return",
    "ledger_fen",
    "link_disruption",
    "list_contents",
    "load_trip",
    "note_attempt",
    "note_positions",
    "offers",
    "open_address_problem",
    "open_bag",
    "open_exception",
    "place_order",
    "plan_trip",
    "publish_text",
    "put_into_bag",
    "quote",
    "record_consent",
    "record_contact",
    "record_deed",
    "record_disruption",
    "record_purchase",
    "record_scans",
    "record_standing_consent",
    "record_with_bags",
    "redispatch",
    "refold",
    "refuse_deeds",
    "refuse_payment",
    "register_partner",
    "register_placement",
    "reopen_exception",
    "report_damage",
    "request_return",
    "require_gates",
    "require_served",
    "save_area",
    "save_check",
    "save_lane",
    "save_locker",
    "score_partner",
    "seal_bag",
    "send_replacement",
    "set_preference",
    "set_sequence",
    "solve_exception",
    "start_round",
    "start_stocktake",
    "store_proof",
    "switch_screening_rule",
    "take_back",
    "take_exception",
    "tell_customer",
    "tell_late_sync",
    "tell_placed",
    "tell_taken_over",
    "unload_trip",
    "void_scan",
    "watch_parcels",
    "watch_placements",
    "withdraw_consent",
]
