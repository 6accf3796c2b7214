"""Forms about parcels, orders and exceptions."""

from shipments.forms.orders import OrderForm
from shipments.forms.parcels import ExceptionForm, PromiseForm, RevealForm, ScanForm, TellForm
from shipments.forms.public import AreaForm, PriceForm, TextForm

__all__ = [
    "AreaForm",
    "ExceptionForm",
    "OrderForm",
    "PriceForm",
    "PromiseForm",
    "RevealForm",
    "ScanForm",
    "TellForm",
    "TextForm",
]
