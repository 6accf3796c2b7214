"""What happens to parcels. Scan events are the truth; every state is their shadow."""

from shipments.models.care import Exemption, ParcelException, TrackLookup
from shipments.models.catalogue import Customer, Lane, LaneLeg, Product, ProhibitedItem, Reason
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
from shipments.models.parcels import Order, Parcel, PromiseChange
from shipments.models.placing import DeliveryRule, Placement, ProofRule
from shipments.models.publishing import PublicText
from shipments.models.returns import ReturnRequest
from shipments.models.rounds import CheckItem, OrderAcceptance, Round, RoundCheck, RoundStop
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
    "DeliveryRule",
    "Disruption",
    "Exemption",
    "Finding",
    "Lane",
    "LaneChange",
    "LaneLeg",
    "Locker",
    "Order",
    "OrderAcceptance",
    "Parcel",
    "ParcelException",
    "ParcelFacts",
    "Partner",
    "PartnerScore",
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
    "TrackLookup",
    "Trip",
    "TripLoad",
    "TripPosition",
]
