"""What happens to parcels. Scan events are the truth; every state is their shadow."""

from shipments.models.care import Exemption, TrackLookup
from shipments.models.catalogue import Customer, Lane, LaneLeg, Product, ProhibitedItem, Reason
from shipments.models.events import Consent, Finding, Proof, ScanEvent
from shipments.models.exceptions import (
    ExceptionClass,
    ExceptionPhoto,
    ParcelException,
    Responsibility,
    ServiceNotice,
    WatchLimit,
)
from shipments.models.facts import ParcelFacts
from shipments.models.pace import LanePace, PredictionScore, StationWait, WatchMark
from shipments.models.parcels import Order, Parcel, PromiseChange
from shipments.models.publishing import PublicText

__all__ = [
    "Consent",
    "Customer",
    "ExceptionClass",
    "ExceptionPhoto",
    "Exemption",
    "Finding",
    "Lane",
    "LaneLeg",
    "LanePace",
    "Order",
    "Parcel",
    "ParcelException",
    "ParcelFacts",
    "PredictionScore",
    "Product",
    "ProhibitedItem",
    "PromiseChange",
    "Proof",
    "PublicText",
    "Reason",
    "Responsibility",
    "ScanEvent",
    "ServiceNotice",
    "StationWait",
    "TrackLookup",
    "WatchLimit",
    "WatchMark",
]
