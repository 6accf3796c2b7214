"""What may be done with parcels: one verb, one function, one transaction."""

from shipments.services.accepting import rebuild
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
from shipments.services.classes import save_class, set_watch_hours
from shipments.services.cod import collect_cod, hand_in, ledger_fen, refuse_payment
from shipments.services.conduct import record_violation, withdraw_violation
from shipments.services.consenting import record_consent, record_standing_consent, withdraw_consent
from shipments.services.contacting import (
    book_slot,
    end_preference,
    note_attempt,
    record_contact,
    set_preference,
)
from shipments.services.correcting import may_correct, require_may_correct
from shipments.services.counter import (
    AcceptanceInput,
    accept_parcel,
    acceptance_problems,
    record_identity,
    refuse_parcel,
    usable_instruments,
)
from shipments.services.danger import add_danger_step, report_danger
from shipments.services.disrupting import end_disruption, link_disruption, record_disruption
from shipments.services.findings import (
    confirm_finding,
    dismiss_finding,
    note_finding,
    reopen_finding,
)
from shipments.services.foreseeing import learn_paces
from shipments.services.gates import (
    GateProblem,
    GateShut,
    check_gates,
    needs_opening,
    require_gates,
    restricted,
)
from shipments.services.goods import add_goods, retire_goods
from shipments.services.greening import count_packing, keep_instrument
from shipments.services.handling import (
    add_photo,
    analyse_exception,
    do_step,
    plan_exception,
    put_back_exception,
    reopen_exception,
    solve_exception,
    take_exception,
    tell_customer,
)
from shipments.services.incidents import (
    correct_scan,
    declare_found,
    declare_loss,
    report_damage,
    void_scan,
)
from shipments.services.lanes import create_lane, save_lane
from shipments.services.loading import (
    Loaded,
    finish_unloading,
    load_trip,
    take_off,
    unload_trip,
)
from shipments.services.noticing import save_notice, withdraw_notice
from shipments.services.offering import Offer, offers
from shipments.services.order_changes import (
    change_fee,
    charge_measured,
    declared_weight_g,
    issue_invoice,
    pay_at_counter,
    reagree_pickup,
    settle_payment,
    start_payment,
    take_order,
    tariff_price,
)
from shipments.services.order_checks import OrderWishes, PartyInput
from shipments.services.orders import Quote, assign_pickup, check_order, place_order, quote
from shipments.services.partnering import record_purchase, register_partner, score_partner
from shipments.services.placing import (
    WrongCode,
    collect,
    count_wrong_code,
    placement_of,
    tell_placed,
    watch_placements,
)
from shipments.services.promising import change_promise
from shipments.services.proving import BadProof, store_proof
from shipments.services.publishing import publish_text
from shipments.services.recalendaring import change_calendar_day
from shipments.services.refolding import refold, renew_facts
from shipments.services.refusing import refuse_walk_in
from shipments.services.reporting import open_exception
from shipments.services.responsibility import (
    answer_appeal,
    appeal_responsibility,
    decide_responsibility,
)
from shipments.services.returning import inspect_return, request_return, send_replacement
from shipments.services.risks import save_risk_area
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
from shipments.services.stopping import release_parcel, stop_parcel, without_stop
from shipments.services.supervising import tell_late_sync, tell_taken_over
from shipments.services.trips import arrive_trip, cancel_trip, depart_trip, plan_trip, refuse_deeds
from shipments.services.vehicle_use import (
    book_vehicle,
    cancel_booking,
    require_fit,
    vehicle_of,
)
from shipments.services.vehicles import (
    read_odometer,
    report_defect,
    save_vehicle,
    set_fitness,
    solve_defect,
)
from shipments.services.warehouse import (
    count_arrival,
    look_at_stay,
    put_in_zone,
    save_zone,
    tidy_zones,
)
from shipments.services.watching import watch_parcels

__all__ = [
    "AcceptanceInput",
    "BadProof",
    "Deed",
    "GateProblem",
    "GateShut",
    "Loaded",
    "NoBag",
    "NotServed",
    "Offer",
    "Opened",
    "OrderWishes",
    "PartyInput",
    "Quote",
    "ScanAnswer",
    "ScanInput",
    "Told",
    "WrongCode",
    "accept_order",
    "accept_parcel",
    "accept_round",
    "acceptance_problems",
    "add_danger_step",
    "add_goods",
    "add_photo",
    "add_screening_rule",
    "analyse_exception",
    "answer_appeal",
    "answer_by_phone",
    "answer_request",
    "appeal_responsibility",
    "arrange",
    "arrive_trip",
    "ask_consent",
    "ask_route_change",
    "assign_pickup",
    "book_slot",
    "book_vehicle",
    "cancel_booking",
    "cancel_trip",
    "change_calendar_day",
    "change_fee",
    "change_promise",
    "change_rule",
    "charge_measured",
    "check_gates",
    "check_order",
    "clear_address",
    "close_stocktake",
    "collect",
    "collect_cod",
    "confirm_finding",
    "correct_scan",
    "count_arrival",
    "count_packing",
    "count_parcels",
    "count_wrong_code",
    "create_bag",
    "create_lane",
    "decide_responsibility",
    "decide_route_change",
    "declare_found",
    "declare_loss",
    "declared_weight_g",
    "depart_trip",
    "dismiss_finding",
    "do_step",
    "end_disruption",
    "end_preference",
    "end_round",
    "finish_unloading",
    "give_out",
    "hand_in",
    "inspect_return",
    "issue_invoice",
    "keep_instrument",
    "learn_paces",
    "ledger_fen",
    "link_disruption",
    "list_contents",
    "load_trip",
    "look_at_stay",
    "may_correct",
    "needs_opening",
    "note_attempt",
    "note_finding",
    "note_positions",
    "offers",
    "open_address_problem",
    "open_bag",
    "open_exception",
    "pay_at_counter",
    "place_order",
    "placement_of",
    "plan_exception",
    "plan_trip",
    "publish_text",
    "put_back_exception",
    "put_in_zone",
    "put_into_bag",
    "quote",
    "read_odometer",
    "reagree_pickup",
    "rebuild",
    "record_consent",
    "record_contact",
    "record_deed",
    "record_disruption",
    "record_identity",
    "record_purchase",
    "record_scans",
    "record_standing_consent",
    "record_violation",
    "record_with_bags",
    "redispatch",
    "refold",
    "refuse_deeds",
    "refuse_parcel",
    "refuse_payment",
    "refuse_walk_in",
    "register_partner",
    "release_parcel",
    "renew_facts",
    "reopen_exception",
    "reopen_finding",
    "report_damage",
    "report_danger",
    "report_defect",
    "request_return",
    "require_fit",
    "require_gates",
    "require_may_correct",
    "require_served",
    "restricted",
    "retire_goods",
    "save_area",
    "save_check",
    "save_class",
    "save_lane",
    "save_locker",
    "save_notice",
    "save_risk_area",
    "save_vehicle",
    "save_zone",
    "score_partner",
    "seal_bag",
    "send_replacement",
    "set_fitness",
    "set_preference",
    "set_sequence",
    "set_watch_hours",
    "settle_payment",
    "solve_defect",
    "solve_exception",
    "start_payment",
    "start_round",
    "start_stocktake",
    "stop_parcel",
    "store_proof",
    "switch_screening_rule",
    "take_back",
    "take_exception",
    "take_off",
    "take_order",
    "tariff_price",
    "tell_customer",
    "tell_late_sync",
    "tell_placed",
    "tell_taken_over",
    "tidy_zones",
    "unload_trip",
    "usable_instruments",
    "vehicle_of",
    "void_scan",
    "watch_parcels",
    "watch_placements",
    "withdraw_consent",
    "withdraw_notice",
    "withdraw_violation",
    "without_stop",
]
