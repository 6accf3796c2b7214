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
from complaints.forms.course import (
    CourierCaseForm,
    ForumForm,
    GiveBackForm,
    LookForm,
    MergeForm,
    PauseForm,
    RegulatorForm,
    RegulatorReplyForm,
    SplitForm,
)
from complaints.forms.followup import CallForm
from complaints.forms.intake import NewCaseForm
from complaints.forms.public import PublicCaseForm, WordsForm
from complaints.forms.settings import CaseReasonForm, PauseReasonForm, ProcedureForm, RulesForm

__all__ = [
    "AnswerForm",
    "CallForm",
    "CaseReasonForm",
    "CauseForm",
    "ClaimDecisionForm",
    "ClaimForm",
    "CourierCaseForm",
    "FindingForm",
    "ForumForm",
    "GiveBackForm",
    "LiabilityForm",
    "LookForm",
    "MergeForm",
    "NewCaseForm",
    "NoMoneyForm",
    "NoteForm",
    "PauseForm",
    "PauseReasonForm",
    "PayForm",
    "ProcedureForm",
    "PublicCaseForm",
    "QuestionForm",
    "ReasonForm",
    "RegulatorForm",
    "RegulatorReplyForm",
    "ReplyForm",
    "RevealForm",
    "RulesForm",
    "SearchForm",
    "SplitForm",
    "TransferForm",
    "WordsForm",
]
