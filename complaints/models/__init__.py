"""The customer's voice: cases, clocks, messages, claims, follow-ups, surveys."""

from complaints.models.answers import Faq
from complaints.models.cases import Case, CaseNumber, Entry, FollowUp, Reason, Transfer
from complaints.models.claims import Claim, ClaimBand
from complaints.models.course import ForumLook, Pause, RegulatorFile
from complaints.models.facts import CaseFacts
from complaints.models.forums import Forum
from complaints.models.rules import CaseRules, ChannelSetting, PauseReason, Procedure
from complaints.models.voice import Answer, RateHit, ReplyTemplate

__all__ = [
    "Answer",
    "Case",
    "CaseFacts",
    "CaseNumber",
    "CaseRules",
    "ChannelSetting",
    "Claim",
    "ClaimBand",
    "Entry",
    "Faq",
    "FollowUp",
    "Forum",
    "ForumLook",
    "Pause",
    "PauseReason",
    "Procedure",
    "RateHit",
    "Reason",
    "RegulatorFile",
    "ReplyTemplate",
    "Transfer",
]
