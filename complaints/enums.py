"""Words of the customer's voice."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CaseKind(TextChoices):
    COMPLAINT = "complaint", _("Complaint")
    QUERY = "query", _("Query")
    SUGGESTION = "suggestion", _("Suggestion")
    APPEAL = "appeal", _("Appeal to the regulator")


# Kinds somebody may be answerable for: liability, money and cause are asked before they close.
JUDGED = frozenset({CaseKind.COMPLAINT, CaseKind.APPEAL})


class CaseClass(TextChoices):
    """The five classes of the service code (seed 004 §5.1); the reason tree stands under them."""

    ATTITUDE = "attitude", _("Service attitude")
    SERVICE = "service", _("Service quality")
    FEE = "fee", _("Price dispute")
    PRIVACY = "privacy", _("Personal information")
    OTHER = "other", _("Other")


class Channel(TextChoices):
    PHONE = "phone", _("Phone")
    WEB = "web", _("Web form")
    EMAIL = "email", _("E-mail")
    SMS = "sms", _("Text message")
    COURIER = "courier", _("Courier")
    FORUM = "forum", _("Forum or online")
    API = "api", _("App or API")
    REGULATOR = "regulator", _("Regulator")


class Status(TextChoices):
    """The eight steps of seed 004 §5.2, and the ways out."""

    RECEIVED = "received", _("Received")
    REGISTERED = "registered", _("Registered")
    FIRST_HANDLING = "first_handling", _("First answer")
    TRANSFERRED = "transferred", _("Transferred")
    INVESTIGATING = "investigating", _("Investigated")
    ANSWERED = "answered", _("Answered")
    FOLLOWED_UP = "followed_up", _("Followed up")
    CLOSED = "closed", _("Closed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    MERGED = "merged", _("Merged")


OPEN = frozenset(
    {
        Status.RECEIVED,
        Status.REGISTERED,
        Status.FIRST_HANDLING,
        Status.TRANSFERRED,
        Status.INVESTIGATING,
        Status.ANSWERED,
        Status.FOLLOWED_UP,
    }
)
# The line of eight steps shown above a case, in order.
STEPS = (
    Status.RECEIVED,
    Status.REGISTERED,
    Status.FIRST_HANDLING,
    Status.TRANSFERRED,
    Status.INVESTIGATING,
    Status.ANSWERED,
    Status.FOLLOWED_UP,
    Status.CLOSED,
)


class Clock(TextChoices):
    FIRST = "first", _("First answer")
    RESOLVE = "resolve", _("Resolution")
    LEGAL = "legal", _("Legal 7 days")
    INTERNAL = "internal", _("Internal transfer")
    REGULATOR = "regulator", _("Reply to the regulator")


class Wish(TextChoices):
    REDELIVER = "redeliver", _("Deliver again")
    COMPENSATE = "compensate", _("Compensation")
    APOLOGY = "apology", _("Apology")
    EXPLAIN = "explain", _("Explanation")
    FIX_RECORD = "fix_record", _("Correct the record")


class Liability(TextChoices):
    UNDECIDED = "undecided", _("Not decided")
    OURS = "ours", _("Ours")
    PARTNER = "partner", _("Partner company")
    SENDER = "sender", _("Sender")
    NONE = "none", _("Nobody is liable")


class EntryKind(TextChoices):
    CUSTOMER = "customer", _("Customer")
    REPLY = "reply", _("Reply")
    NOTE = "note", _("Note")


class EventKind(TextChoices):
    """What a claim pays for; each kind has its own arithmetic."""

    DELAY = "delay", _("Delay")
    LOSS = "loss", _("Loss")
    DAMAGE = "damage", _("Damage")
    SHORTAGE = "shortage", _("Shortage")
    OVERCHARGE = "overcharge", _("Overcharge")
    GOODWILL = "goodwill", _("Goodwill")


class ClaimStatus(TextChoices):
    PROPOSED = "proposed", _("Proposed")
    WAITING = "waiting", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    REJECTED = "rejected", _("Rejected")
    PAID = "paid", _("Paid")


class FollowUpResult(TextChoices):
    SATISFIED = "satisfied", _("Satisfied")
    UNSATISFIED = "unsatisfied", _("Not satisfied")
    NO_ANSWER = "no_answer", _("No answer")
    LATER = "later", _("Call later")


class PauseEnd(TextChoices):
    """What set the resolution clock going again."""

    CUSTOMER = "customer", _("The customer replied")
    HAND = "hand", _("Ended by hand")
    LIMIT = "limit", _("The longest pause was over")
    STEP = "step", _("The case moved on")


class RegulatorMatter(TextChoices):
    """What an authority asks about."""

    APPEAL = "appeal", _("Appeal of a customer")
    PENALTY = "penalty", _("Penalty procedure")
    INQUIRY = "inquiry", _("Request for information")


class RegulatorOutcome(TextChoices):
    """How the authority judged; it decides whether an appeal counts as valid."""

    OPEN = "open", _("Not decided yet")
    VALID = "valid", pgettext_lazy("regulator", "Company responsible")
    INVALID = "invalid", pgettext_lazy("regulator", "Company not responsible")


class Missing(TextChoices):
    """What a case may still lack before it can be closed."""

    REPLY = "reply", _("Reply to the customer")
    LIABILITY = "liability", _("Liability")
    MONEY = "money", _("Compensation, or the decision that none is due")
    FOLLOW_UP = "follow_up", _("Follow-up call")
    CAUSE = "cause", _("Cause and summary")
    REGULATOR = "regulator", _("Reply to the regulator")
    REMEDY = "remedy", _("Promised remedies carried out")
