"""What happens to parcels. Scan events are the truth; every state is their shadow."""

from shipments.models.acceptance import (
    Acceptance,
    DangerReport,
    DangerStep,
    IdentityCheck,
    Instrument,
    PackingCount,
    PackingMaterial,
    Refusal,
)
from shipments.models.care import Exemption, ParcelException, TrackLookup
from shipments.models.catalogue import (
    Customer,
    GoodsList,
    Lane,
    LaneLeg,
    Product,
    ProhibitedItem,
    Reason,
)
from shipments.models.cod import CodEntry, CodHandIn
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
from shipments.models.orders import FeeChange, Payment, PickupChange
from shipments.models.parcels import Order, Parcel, PromiseChange
from shipments.models.placing import DeliveryRule, Placement, ProofRule
from shipments.models.publishing import PublicText
from shipments.models.returns import ReturnRequest
from shipments.models.rounds import CheckItem, OrderAcceptance, Round, RoundCheck, RoundStop
from shipments.models.tariffs import LegalBasis, Tariff, TariffRate, Terms

__all__ = [
    "Acceptance",
    "AttemptNote",
    "CheckItem",
    "CodEntry",
    "CodHandIn",
    "Consent",
    "ConsentRequest",
    "Contact",
    "ContentLine",
    "Customer",
    "DangerReport",
    "DangerStep",
    "DeliveryRule",
    "Exemption",
    "FeeChange",
    "Finding",
    "GoodsList",
    "IdentityCheck",
    "Instrument",
    "Lane",
    "LaneLeg",
    "LegalBasis",
    "Order",
    "OrderAcceptance",
    "PackingCount",
    "PackingMaterial",
    "Parcel",
    "ParcelException",
    "ParcelFacts",
    "Payment",
    "PickupChange",
    "Placement",
    "Preference",
    "Product",
    "ProhibitedItem",
    "PromiseChange",
    "Proof",
    "ProofRule",
    "PublicText",
    "Reason",
    "Refusal",
    "ReturnRequest",
    "Round",
    "RoundCheck",
    "RoundStop",
    "ScanEvent",
    "Slot",
    "Tariff",
    "TariffRate",
    "Terms",
    "TrackLookup",
]
