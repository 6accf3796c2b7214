"""What happens to parcels. Scan events are the truth; every state is their shadow."""

from shipments.models.care import Exemption, ParcelException, TrackLookup
from shipments.models.catalogue import Customer, Lane, LaneLeg, Product, ProhibitedItem, Reason
from shipments.models.cod import CodEntry, CodHandIn
from shipments.models.conduct import Violation, ViolationKind
from shipments.models.contacts import (
    AttemptNote,
    ConsentRequest,
    Contact,
    ContentLine,
    Preference,
    Slot,
)
from shipments.models.events import Consent, Finding, Proof, ScanEvent
from shipments.models.facts import ParcelFacts
from shipments.models.parcels import Order, Parcel, PromiseChange
from shipments.models.placing import DeliveryRule, Placement, ProofRule
from shipments.models.publishing import PublicText
from shipments.models.returns import ReturnRequest
from shipments.models.rounds import CheckItem, OrderAcceptance, Round, RoundCheck, RoundStop

__all__ = [
    "AttemptNote",
    "CheckItem",
    "CodEntry",
    "CodHandIn",
    "Consent",
    "ConsentRequest",
    "Contact",
    "ContentLine",
    "Customer",
    "DeliveryRule",
    "Exemption",
    "Finding",
    "Lane",
    "LaneLeg",
    "Order",
    "OrderAcceptance",
    "Parcel",
    "ParcelException",
    "ParcelFacts",
    "Placement",
    "Preference",
    "Product",
    "ProhibitedItem",
    "PromiseChange",
    "Proof",
    "ProofRule",
    "PublicText",
    "Reason",
    "ReturnRequest",
    "Round",
    "RoundCheck",
    "RoundStop",
    "ScanEvent",
    "Slot",
    "TrackLookup",
    "Violation",
    "ViolationKind",
]
