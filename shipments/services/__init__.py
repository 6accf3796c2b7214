"""What may be done with parcels: one verb, one function, one transaction."""

from shipments.services.accepting import rebuild
from shipments.services.consenting import record_consent, record_standing_consent, withdraw_consent
from shipments.services.counter import (
    AcceptanceInput,
    accept_parcel,
    record_identity,
    refuse_parcel,
    usable_instruments,
)
from shipments.services.danger import add_danger_step, report_danger
from shipments.services.exceptions import (
    open_exception,
    reopen_exception,
    solve_exception,
    take_exception,
    tell_customer,
)
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
from shipments.services.incidents import (
    correct_scan,
    declare_found,
    declare_loss,
    report_damage,
    void_scan,
)
from shipments.services.offering import Offer, offers
from shipments.services.order_changes import (
    change_fee,
    charge_measured,
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
from shipments.services.promising import change_promise
from shipments.services.proving import BadProof, store_proof
from shipments.services.publishing import publish_text
from shipments.services.refolding import refold
from shipments.services.refusing import refuse_walk_in
from shipments.services.scans import ScanAnswer, ScanInput, record_scans
from shipments.services.supervising import tell_late_sync, tell_taken_over
from shipments.services.watching import watch_parcels

__all__ = [
    "AcceptanceInput",
    "BadProof",
    "GateProblem",
    "GateShut",
    "Offer",
    "OrderWishes",
    "PartyInput",
    "Quote",
    "ScanAnswer",
    "ScanInput",
    "accept_parcel",
    "add_danger_step",
    "add_goods",
    "assign_pickup",
    "change_fee",
    "change_promise",
    "charge_measured",
    "check_gates",
    "check_order",
    "correct_scan",
    "count_packing",
    "declare_found",
    "declare_loss",
    "issue_invoice",
    "keep_instrument",
    "needs_opening",
    "offers",
    "open_exception",
    "pay_at_counter",
    "place_order",
    "publish_text",
    "quote",
    "reagree_pickup",
    "rebuild",
    "record_consent",
    "record_identity",
    "record_scans",
    "record_standing_consent",
    "refold",
    "refuse_parcel",
    "refuse_walk_in",
    "reopen_exception",
    "report_damage",
    "report_danger",
    "require_gates",
    "restricted",
    "retire_goods",
    "settle_payment",
    "solve_exception",
    "start_payment",
    "store_proof",
    "take_exception",
    "take_order",
    "tariff_price",
    "tell_customer",
    "tell_late_sync",
    "tell_taken_over",
    "usable_instruments",
    "void_scan",
    "watch_parcels",
    "withdraw_consent",
]
