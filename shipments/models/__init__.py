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
from shipments.models.events import Consent, Finding, Proof, ScanEvent
from shipments.models.facts import ParcelFacts
from shipments.models.orders import FeeChange, Payment, PickupChange
from shipments.models.parcels import Order, Parcel, PromiseChange
from shipments.models.publishing import PublicText
from shipments.models.tariffs import LegalBasis, Tariff, TariffRate, Terms

__all__ = [
    "Acceptance",
    "Consent",
    "Customer",
    "DangerReport",
    "DangerStep",
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
    "PackingCount",
    "PackingMaterial",
    "Parcel",
    "ParcelException",
    "ParcelFacts",
    "Payment",
    "PickupChange",
    "Product",
    "ProhibitedItem",
    "PromiseChange",
    "Proof",
    "PublicText",
    "Reason",
    "Refusal",
    "ScanEvent",
    "Tariff",
    "TariffRate",
    "Terms",
    "TrackLookup",
]
