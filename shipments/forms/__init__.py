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

__all__ = [
    "AcceptForm",
    "DangerForm",
    "DangerStepForm",
    "ExceptionForm",
    "FeeForm",
    "GoodsForm",
    "InstrumentForm",
    "OrderForm",
    "PackingCountForm",
    "PromiseForm",
    "PublicOrderForm",
    "ReagreeForm",
    "RefuseForm",
    "RevealForm",
    "ScanForm",
    "TellForm",
    "WalkInRefusalForm",
]
