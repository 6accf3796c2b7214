"""What happens to parcels. Scan events are the truth; every state is their shadow."""

from shipments.models.care import Exemption, ParcelException, TrackLookup
from shipments.models.catalogue import Customer, Lane, LaneLeg, Product, ProhibitedItem, Reason
from shipments.models.events import Consent, Finding, Proof, ScanEvent
from shipments.models.facts import ParcelFacts
from shipments.models.parcels import Order, Parcel, PromiseChange
from shipments.models.publishing import PublicText

__all__ = [
    "Consent",
    "Customer",
    "Exemption",
    "Finding",
    "Lane",
    "LaneLeg",
    "Order",
    "Parcel",
    "ParcelException",
    "ParcelFacts",
    "Product",
    "ProhibitedItem",
    "PromiseChange",
    "Proof",
    "PublicText",
    "Reason",
    "ScanEvent",
    "TrackLookup",
]
