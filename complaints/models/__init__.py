"""The customer's voice: cases, clocks, messages, claims, follow-ups, surveys."""

from complaints.models.answers import Faq
from complaints.models.cases import Case, CaseNumber, Entry, FollowUp, Reason, Transfer
from complaints.models.claims import Claim, ClaimBand
from complaints.models.customers import (
    CustomerFile,
    DeskDuty,
    Expectation,
    LibraryEntry,
    Need,
    NotPossible,
    Visit,
)
from complaints.models.facts import CaseFacts
from complaints.models.surveys import (
    Invitation,
    SurveyAnswer,
    SurveyItem,
    SurveyMeasure,
    SurveyPlan,
    SurveyQuestion,
    SurveyRound,
    SurveyTemplate,
)
from complaints.models.voice import Answer, RateHit, ReplyTemplate

__all__ = [
    "Answer",
    "Case",
    "CaseFacts",
    "CaseNumber",
    "Claim",
    "ClaimBand",
    "CustomerFile",
    "DeskDuty",
    "Entry",
    "Expectation",
    "Faq",
    "FollowUp",
    "Invitation",
    "LibraryEntry",
    "Need",
    "NotPossible",
    "RateHit",
    "Reason",
    "ReplyTemplate",
    "SurveyAnswer",
    "SurveyItem",
    "SurveyMeasure",
    "SurveyPlan",
    "SurveyQuestion",
    "SurveyRound",
    "SurveyTemplate",
    "Transfer",
    "Visit",
]
