"""Forms about parcels, orders and exceptions."""

from shipments.forms.orders import OrderForm
from shipments.forms.parcels import ExceptionForm, PromiseForm, RevealForm, ScanForm, TellForm

__all__ = ["ExceptionForm", "OrderForm", "PromiseForm", "RevealForm", "ScanForm", "TellForm"]
