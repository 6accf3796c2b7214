"""What may be done with parcels: one verb, one function, one transaction."""

from shipments.services.addressing import clear_address, open_address_problem
from shipments.services.asking import answer_by_phone, answer_request, ask_consent
from shipments.services.cod import collect_cod, hand_in, ledger_fen, refuse_payment
from shipments.services.conduct import record_violation, withdraw_violation
from shipments.services.consenting import (
    record_consent,
    record_standing_consent,
    withdraw_consent,
)
from shipments.services.contacting import (
    book_slot,
    end_preference,
    note_attempt,
    record_contact,
    set_preference,
)
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
from shipments.services.offering import Offer, offers
from shipments.services.orders import (
    PartyInput,
    Quote,
    assign_pickup,
    fee_fen,
    place_order,
    quote,
)
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
from shipments.services.ruling import change_rule, list_contents
from shipments.services.scans import ScanAnswer, ScanInput, record_scans
from shipments.services.supervising import tell_late_sync, tell_taken_over
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
    "WrongCode",
    "accept_order",
    "accept_round",
    "answer_by_phone",
    "answer_request",
    "arrange",
    "ask_consent",
    "assign_pickup",
    "book_slot",
    "change_promise",
    "change_rule",
    "check_gates",
    "clear_address",
    "collect",
    "collect_cod",
    "correct_scan",
    "count_wrong_code",
    "declare_found",
    "declare_loss",
    "end_preference",
    "end_round",
    "fee_fen",
    "give_out",
    "hand_in",
    "inspect_return",
    "ledger_fen",
    "list_contents",
    "note_attempt",
    "offers",
    "open_address_problem",
    "open_exception",
    "place_order",
    "publish_text",
    "quote",
    "record_consent",
    "record_contact",
    "record_scans",
    "record_standing_consent",
    "record_violation",
    "refold",
    "refuse_payment",
    "register_placement",
    "reopen_exception",
    "report_damage",
    "request_return",
    "require_gates",
    "save_check",
    "send_replacement",
    "set_preference",
    "set_sequence",
    "solve_exception",
    "start_round",
    "store_proof",
    "take_back",
    "take_exception",
    "tell_customer",
    "tell_late_sync",
    "tell_placed",
    "tell_taken_over",
    "void_scan",
    "watch_parcels",
    "watch_placements",
    "withdraw_consent",
    "withdraw_violation",
]
