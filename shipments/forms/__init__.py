"""Forms about parcels, orders and exceptions."""

from shipments.forms.acceptance import (
    AcceptForm,
    DangerForm,
    DangerStepForm,
    GoodsForm,
    InstrumentForm,
    PackingCountForm,
    RefuseForm,
    WalkInRefusalForm,
)
from shipments.forms.order_changes import FeeForm, ReagreeForm
from shipments.forms.orders import OrderForm, PublicOrderForm
from shipments.forms.parcels import ExceptionForm, PromiseForm, RevealForm, ScanForm, TellForm
from shipments.forms.public import AreaForm, PriceForm, TextForm

__all__ = [
    "AcceptForm",
    "AreaForm",
    "DangerForm",
    "DangerStepForm",
    "ExceptionForm",
    "FeeForm",
    "GoodsForm",
    "InstrumentForm",
    "OrderForm",
    "PackingCountForm",
    "PriceForm",
    "PromiseForm",
    "PublicOrderForm",
    "ReagreeForm",
    "RefuseForm",
    "RevealForm",
    "ScanForm",
    "TellForm",
    "TextForm",
    "WalkInRefusalForm",
]
