"""The customer's voice: cases, clocks, messages, claims, follow-ups, surveys."""

from complaints.models.answers import Faq
from complaints.models.campaigns import Campaign
from complaints.models.cases import Case, CaseNumber, Entry, FollowUp, Reason, Transfer
from complaints.models.claims import Claim, ClaimBand, ProofRequest
from complaints.models.counted import VoiceRow
from complaints.models.course import ForumLook, Pause, RegulatorFile
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
from complaints.models.forums import Forum
from complaints.models.incidents import IncidentNote, PrivacyIncident
from complaints.models.investigation import EvidenceFile, Investigation, RootCause, Statement
from complaints.models.liability import Measure, Ruling
from complaints.models.occurrences import SurveyOccurrence
from complaints.models.recoveries import Recovery
from complaints.models.remedies import ClaimRule, CostShare, Remedy
from complaints.models.rules import CaseRules, ChannelSetting, PauseReason, Procedure
from complaints.models.spells import CaseSpell
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
    "Campaign",
    "Case",
    "CaseFacts",
    "CaseNumber",
    "CaseRules",
    "CaseSpell",
    "ChannelSetting",
    "Claim",
    "ClaimBand",
    "ClaimRule",
    "CostShare",
    "CustomerFile",
    "DeskDuty",
    "Entry",
    "EvidenceFile",
    "Expectation",
    "Faq",
    "FollowUp",
    "Forum",
    "ForumLook",
    "IncidentNote",
    "Investigation",
    "Invitation",
    "LibraryEntry",
    "Measure",
    "Need",
    "NotPossible",
    "Pause",
    "PauseReason",
    "PrivacyIncident",
    "Procedure",
    "ProofRequest",
    "RateHit",
    "Reason",
    "Recovery",
    "RegulatorFile",
    "Remedy",
    "ReplyTemplate",
    "RootCause",
    "Ruling",
    "Statement",
    "SurveyAnswer",
    "SurveyItem",
    "SurveyMeasure",
    "SurveyOccurrence",
    "SurveyPlan",
    "SurveyQuestion",
    "SurveyRound",
    "SurveyTemplate",
    "Transfer",
    "Visit",
    "VoiceRow",
]
