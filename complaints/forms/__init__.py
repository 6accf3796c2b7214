"""Forms of the complaint pages."""

from complaints.forms.answers import AnswerForm, QuestionForm, SearchForm
from complaints.forms.case import (
    CauseForm,
    ClaimDecisionForm,
    ClaimForm,
    FindingForm,
    LiabilityForm,
    NoMoneyForm,
    NoteForm,
    PayForm,
    ReasonForm,
    ReplyForm,
    RevealForm,
    TransferForm,
)
from complaints.forms.followup import CallForm
from complaints.forms.intake import NewCaseForm
from complaints.forms.public import PublicCaseForm, WordsForm

__all__ = [
    "AnswerForm",
    "CallForm",
    "CauseForm",
    "ClaimDecisionForm",
    "ClaimForm",
    "FindingForm",
    "LiabilityForm",
    "NewCaseForm",
    "NoMoneyForm",
    "NoteForm",
    "PayForm",
    "PublicCaseForm",
    "QuestionForm",
    "ReasonForm",
    "ReplyForm",
    "RevealForm",
    "SearchForm",
    "TransferForm",
    "WordsForm",
]
