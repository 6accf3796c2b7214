"""What may be done with parcels: one verb, one function, one transaction."""

from shipments.services.consenting import (
    record_consent,
    record_standing_consent,
    withdraw_consent,
)
from shipments.services.correcting import may_correct, require_may_correct
from shipments.services.exceptions import (
    open_exception,
    reopen_exception,
    solve_exception,
    take_exception,
    tell_customer,
)
from shipments.services.findings import (
    confirm_finding,
    dismiss_finding,
    note_finding,
    reopen_finding,
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
from shipments.services.promising import change_promise
from shipments.services.proving import BadProof, store_proof
from shipments.services.publishing import publish_text
from shipments.services.refolding import refold
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
    "assign_pickup",
    "change_promise",
    "check_gates",
    "confirm_finding",
    "correct_scan",
    "declare_found",
    "declare_loss",
    "dismiss_finding",
    "fee_fen",
    "may_correct",
    "note_finding",
    "offers",
    "open_exception",
    "place_order",
    "publish_text",
    "quote",
    "record_consent",
    "record_scans",
    "record_standing_consent",
    "refold",
    "reopen_exception",
    "reopen_finding",
    "report_damage",
    "require_gates",
    "require_may_correct",
    "solve_exception",
    "store_proof",
    "take_exception",
    "tell_customer",
    "tell_late_sync",
    "tell_taken_over",
    "void_scan",
    "watch_parcels",
    "withdraw_consent",
]
