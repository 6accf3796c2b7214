"""What happens to parcels. Scan events are the truth; every state is their shadow."""

from shipments.models.acceptance import (
    Acceptance,
    Calibration,
    DangerReport,
    DangerStep,
    IdentityCheck,
    Instrument,
    InstrumentUse,
    PackingCount,
    PackingMaterial,
    Refusal,
)
from shipments.models.care import Exemption, TrackLookup
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
from shipments.models.conduct import Violation, ViolationKind
from shipments.models.contacts import (
    AttemptNote,
    ConsentRequest,
    Contact,
    ContentLine,
    Preference,
    Slot,
)
from shipments.models.counted import HandoverFacts, RunRow, TroubleRow, ValiditySpan
from shipments.models.events import Consent, Finding, Proof, ScanEvent
from shipments.models.exceptions import (
    ExceptionClass,
    ExceptionPhoto,
    ParcelException,
    Responsibility,
    ServiceNotice,
    WatchLimit,
)
from shipments.models.exchange import ImportTrace, Webhook, WebhookDelivery
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
from shipments.models.pace import LanePace, PredictionScore, StationWait, WatchMark
from shipments.models.parcels import Order, Parcel, PromiseChange
from shipments.models.placing import DeliveryRule, Placement, ProofRule
from shipments.models.publishing import PublicText
from shipments.models.returns import ReturnRequest
from shipments.models.rounds import CheckItem, OrderAcceptance, Round, RoundCheck, RoundStop
from shipments.models.scan_counts import ScanCount, ScanReach
from shipments.models.steps import StepFacts
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
from shipments.models.vehicles import (
    RiskArea,
    Vehicle,
    VehicleBooking,
    VehicleDefect,
    VehicleReading,
)
from shipments.models.warehouse import ArrivalCount, Zone, ZoneStay

__all__ = [
    "Acceptance",
    "ArrivalCount",
    "AttemptNote",
    "Bag",
    "BagItem",
    "CalendarChange",
    "Calibration",
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
    "ExceptionClass",
    "ExceptionPhoto",
    "Exemption",
    "FeeChange",
    "Finding",
    "GoodsList",
    "HandoverFacts",
    "IdentityCheck",
    "ImportTrace",
    "Instrument",
    "InstrumentUse",
    "Lane",
    "LaneChange",
    "LaneLeg",
    "LanePace",
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
    "PredictionScore",
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
    "Responsibility",
    "ReturnRequest",
    "RiskArea",
    "Round",
    "RoundCheck",
    "RoundStop",
    "RouteChange",
    "RunRow",
    "ScanCount",
    "ScanEvent",
    "ScanReach",
    "ScreeningRule",
    "ServiceArea",
    "ServiceNotice",
    "Slot",
    "StationWait",
    "StepFacts",
    "Stocktake",
    "StocktakeLine",
    "Tariff",
    "TariffRate",
    "Terms",
    "TrackLookup",
    "Trip",
    "TripLoad",
    "TripPosition",
    "TroubleRow",
    "ValiditySpan",
    "Vehicle",
    "VehicleBooking",
    "VehicleDefect",
    "VehicleReading",
    "Violation",
    "ViolationKind",
    "WatchLimit",
    "WatchMark",
    "Webhook",
    "WebhookDelivery",
    "Zone",
    "ZoneStay",
]
