"""What may be done with parcels: one verb, one function, one transaction."""

from shipments.services.classes import save_class, set_watch_hours
from shipments.services.consenting import (
    record_consent,
    record_standing_consent,
    withdraw_consent,
)
from shipments.services.foreseeing import learn_paces
from shipments.services.gates import GateProblem, GateShut, check_gates, require_gates
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
from shipments.services.noticing import save_notice, withdraw_notice
from shipments.services.offering import Offer, offers
from shipments.services.orders import (
    PartyInput,
    Quote,
    assign_pickup,
    fee_fen,
    place_order,
    quote,
)
from shipments.services.promising import change_promise
from shipments.services.proving import BadProof, store_proof
from shipments.services.publishing import publish_text
from shipments.services.refolding import refold
from shipments.services.reporting import open_exception
from shipments.services.responsibility import (
    answer_appeal,
    appeal_responsibility,
    decide_responsibility,
)
from shipments.services.scans import ScanAnswer, ScanInput, record_scans
from shipments.services.stopping import release_parcel, stop_parcel
from shipments.services.watching import watch_parcels

__all__ = [
    "BadProof",
    "GateProblem",
    "GateShut",
    "Offer",
    "PartyInput",
    "Quote",
    "ScanAnswer",
    "ScanInput",
    "add_photo",
    "analyse_exception",
    "answer_appeal",
    "appeal_responsibility",
    "assign_pickup",
    "change_promise",
    "check_gates",
    "correct_scan",
    "decide_responsibility",
    "declare_found",
    "declare_loss",
    "do_step",
    "fee_fen",
    "learn_paces",
    "offers",
    "open_exception",
    "place_order",
    "plan_exception",
    "publish_text",
    "put_back_exception",
    "quote",
    "record_consent",
    "record_scans",
    "record_standing_consent",
    "refold",
    "release_parcel",
    "reopen_exception",
    "report_damage",
    "require_gates",
    "save_class",
    "save_notice",
    "set_watch_hours",
    "solve_exception",
    "stop_parcel",
    "store_proof",
    "take_exception",
    "tell_customer",
    "void_scan",
    "watch_parcels",
    "withdraw_consent",
    "withdraw_notice",
]
