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
from shipments.forms.exceptions import (
    AnalyseForm,
    AnswerForm,
    AppealForm,
    BlameForm,
    ExceptionForm,
    NoteForm,
    PhotoForm,
    PlanForm,
    SolveForm,
    StepForm,
    StopForm,
    TellForm,
)
from shipments.forms.notices import ClassForm, NoticeForm
from shipments.forms.order_changes import FeeForm, ReagreeForm
from shipments.forms.orders import OrderForm, PublicOrderForm
from shipments.forms.parcels import PromiseForm, RevealForm, ScanForm
from shipments.forms.public import AreaForm, PriceForm, TextForm

__all__ = [
    "AcceptForm",
    "AnalyseForm",
    "AnswerForm",
    "AppealForm",
    "AreaForm",
    "BlameForm",
    "ClassForm",
    "DangerForm",
    "DangerStepForm",
    "ExceptionForm",
    "FeeForm",
    "GoodsForm",
    "InstrumentForm",
    "NoteForm",
    "NoticeForm",
    "OrderForm",
    "PackingCountForm",
    "PhotoForm",
    "PlanForm",
    "PriceForm",
    "PromiseForm",
    "PublicOrderForm",
    "ReagreeForm",
    "RefuseForm",
    "RevealForm",
    "ScanForm",
    "SolveForm",
    "StepForm",
    "StopForm",
    "TellForm",
    "TextForm",
    "WalkInRefusalForm",
]
