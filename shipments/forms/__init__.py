"""Forms about parcels, orders and exceptions."""

from shipments.forms.exceptions import (
    AnalyseForm,
    AnswerForm,
    AppealForm,
    BlameForm,
    ExceptionForm,
    NoteForm,
    PhotoForm,
    PlanForm,
    StepForm,
    StopForm,
    TellForm,
)
from shipments.forms.notices import ClassForm, NoticeForm
from shipments.forms.orders import OrderForm
from shipments.forms.parcels import PromiseForm, RevealForm, ScanForm
from shipments.forms.public import AreaForm, PriceForm, TextForm

__all__ = [
    "AnalyseForm",
    "AnswerForm",
    "AppealForm",
    "AreaForm",
    "BlameForm",
    "ClassForm",
    "ExceptionForm",
    "NoteForm",
    "NoticeForm",
    "OrderForm",
    "PhotoForm",
    "PlanForm",
    "PriceForm",
    "PromiseForm",
    "RevealForm",
    "ScanForm",
    "StepForm",
    "StopForm",
    "TellForm",
    "TextForm",
]
