"""What happens to parcels. Scan events are the truth; every state is their shadow."""

from shipments.models.care import (
    Exemption,
    TrackLookup,
)
from shipments.models.catalogue import (
    Customer,
    Lane,
    LaneLeg,
    Product,
    ProhibitedItem,
    Reason,
)
from shipments.models.cod import (
    CodEntry,
    CodHandIn,
)
from shipments.models.contacts import (
    AttemptNote,
    ConsentRequest,
    Contact,
    ContentLine,
    Preference,
    Slot,
)
from shipments.models.events import (
    Consent,
    Finding,
    Proof,
    ScanEvent,
)
from shipments.models.exceptions import (
    ExceptionClass,
    ExceptionPhoto,
    ParcelException,
    Responsibility,
    ServiceNotice,
    WatchLimit,
)
from shipments.models.facts import (
    ParcelFacts,
)
from shipments.models.pace import (
    LanePace,
    PredictionScore,
    StationWait,
    WatchMark,
)
from shipments.models.parcels import (
    Order,
    Parcel,
    PromiseChange,
)
from shipments.models.placing import (
    DeliveryRule,
    Placement,
    ProofRule,
)
from shipments.models.publishing import (
    PublicText,
)
from shipments.models.returns import (
    ReturnRequest,
)
from shipments.models.rounds import (
    CheckItem,
    OrderAcceptance,
    Round,
    RoundCheck,
    RoundStop,
)

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
    "ExceptionClass",
    "ExceptionPhoto",
    "Exemption",
    "Finding",
    "Lane",
    "LaneLeg",
    "LanePace",
    "Order",
    "OrderAcceptance",
    "Parcel",
    "ParcelException",
    "ParcelFacts",
    "Placement",
    "PredictionScore",
    "Preference",
    "Product",
    "ProhibitedItem",
    "PromiseChange",
    "Proof",
    "ProofRule",
    "PublicText",
    "Reason",
    "Responsibility",
    "ReturnRequest",
    "Round",
    "RoundCheck",
    "RoundStop",
    "ScanEvent",
    "ServiceNotice",
    "Slot",
    "StationWait",
    "TrackLookup",
    "WatchLimit",
    "WatchMark",
]
