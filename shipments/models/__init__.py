"""What happens to parcels. Scan events are the truth; every state is their shadow."""

from shipments.models.care import Exemption, ParcelException, TrackLookup
from shipments.models.catalogue import Customer, Lane, LaneLeg, Product, ProhibitedItem, Reason
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
from shipments.models.publishing import PublicText
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
    "Bag",
    "BagItem",
    "CalendarChange",
    "Consent",
    "Customer",
    "Disruption",
    "Exemption",
    "Finding",
    "Lane",
    "LaneChange",
    "LaneLeg",
    "Locker",
    "Order",
    "Parcel",
    "ParcelException",
    "ParcelFacts",
    "Partner",
    "PartnerScore",
    "Product",
    "ProhibitedItem",
    "PromiseChange",
    "Proof",
    "PublicText",
    "Purchase",
    "Reason",
    "RefusedDeed",
    "RouteChange",
    "ScanEvent",
    "ScreeningRule",
    "ServiceArea",
    "Stocktake",
    "StocktakeLine",
    "TrackLookup",
    "Trip",
    "TripLoad",
    "TripPosition",
]
