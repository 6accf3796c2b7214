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
from shipments.models.network import (
    CalendarChange,
    Disruption,
    Locker,
    Partner,
    PartnerScore,
    Purchase,
    RefusedDeed,
    ScreeningRule,
    ServiceArea,
)
from shipments.models.orders import FeeChange, Payment, PickupChange
from shipments.models.parcels import Order, Parcel, PromiseChange
from shipments.models.placing import DeliveryRule, Placement, ProofRule
from shipments.models.publishing import PublicText
from shipments.models.returns import ReturnRequest
from shipments.models.rounds import CheckItem, OrderAcceptance, Round, RoundCheck, RoundStop
from shipments.models.tariffs import LegalBasis, Tariff, TariffRate, Terms
from shipments.models.transport import (
    Bag,
    BagItem,
    LaneChange,
    RouteChange,
    Stocktake,
    StocktakeLine,
    Trip,
    TripLoad,
    TripPosition,
)

__all__ = [
    "Acceptance",
    "AttemptNote",
    "Bag",
    "BagItem",
    "CalendarChange",
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
    "Disruption",
    "Exemption",
    "FeeChange",
    "Finding",
    "GoodsList",
    "IdentityCheck",
    "Instrument",
    "Lane",
    "LaneChange",
    "LaneLeg",
    "LegalBasis",
    "Locker",
    "Order",
    "OrderAcceptance",
    "PackingCount",
    "PackingMaterial",
    "Parcel",
    "ParcelException",
    "ParcelFacts",
    "Partner",
    "PartnerScore",
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
    "Purchase",
    "Reason",
    "Refusal",
    "RefusedDeed",
    "ReturnRequest",
    "Round",
    "RoundCheck",
    "RoundStop",
    "RouteChange",
    "ScanEvent",
    "ScreeningRule",
    "ServiceArea",
    "Slot",
    "Stocktake",
    "StocktakeLine",
    "Tariff",
    "TariffRate",
    "Terms",
    "TrackLookup",
    "Trip",
    "TripLoad",
    "TripPosition",
]
