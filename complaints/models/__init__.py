"""The customer's voice: cases, clocks, messages, claims, follow-ups, surveys."""

from complaints.models.answers import Faq
from complaints.models.cases import Case, CaseNumber, Entry, FollowUp, Reason, Transfer
from complaints.models.claims import Claim, ClaimBand
from complaints.models.facts import CaseFacts
from complaints.models.voice import Answer, RateHit, ReplyTemplate

__all__ = [
    "Answer",
    "Case",
    "CaseFacts",
    "CaseNumber",
    "Claim",
    "ClaimBand",
    "Entry",
    "Faq",
    "FollowUp",
    "RateHit",
    "Reason",
    "ReplyTemplate",
    "Transfer",
]
