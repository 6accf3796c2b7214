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


class CustomerClass(TextChoices):
    """How much service a customer is due (CUS-01, CUS-02)."""

    STANDARD = "standard", pgettext_lazy("customer", "Ordinary")
    VIP = "vip", _("Key customer")
    AGREEMENT = "agreement", _("Agreement customer")


class CustomerGroup(TextChoices):
    RECIPIENT = "recipient", _("Recipients")
    SENDER = "sender", _("Private senders")
    SHOP = "shop", _("Online shops")
    VIP = "vip", _("Key customers")
    ALL = "all", _("All customers")


class Topic(TextChoices):
    TIME = "time", pgettext_lazy("topic", "Time")
    SAFETY = "safety", _("Safety")
    PRICE = "price", pgettext_lazy("topic", "Price")
    ATTITUDE = "attitude", _("Attitude")
    INFORMATION = "information", _("Information")
    PRIVACY = "privacy", pgettext_lazy("topic", "Privacy")
    OTHER = "other", _("Other")


class Gap(TextChoices):
    NONE = "none", _("Met")
    SMALL = "small", _("Partly met")
    LARGE = "large", _("Not met")


class NeedSource(TextChoices):
    RESEARCH = "research", _("Market research")
    FEEDBACK = "feedback", _("Feedback")
    COMPLAINT = "complaint", _("Complaint")
    SUGGESTION = "suggestion", _("Suggestion")
    SURVEY = "survey", _("Survey")
    VISIT = "visit", _("Visit")


class NeedStatus(TextChoices):
    HEARD = "heard", _("Heard")
    CHANGING = "changing", _("Being changed")
    CHANGED = "changed", pgettext_lazy("need", "Changed")
    DECLINED = "declined", pgettext_lazy("need", "Declined")


class VisitWay(TextChoices):
    VISIT = "visit", _("In person")
    PHONE = "phone", _("Phone")
    ONLINE = "online", _("Online")


class LibraryStatus(TextChoices):
    WAITING = "waiting", _("Waiting for review")
    PUBLISHED = "published", pgettext_lazy("case library", "Published")
    REJECTED = "rejected", _("Sent back")
    WITHDRAWN = "withdrawn", pgettext_lazy("case library", "Taken back")


class DeskQueue(TextChoices):
    COMPLAINTS = "complaints", _("Complaints")
    QUERIES = "queries", _("Queries")
    FOLLOW_UPS = "follow_ups", _("Follow-ups")
    SURVEYS = "surveys", _("Surveys and visits")
    CLAIMS = "claims", _("Claims")


class Block(TextChoices):
    """What a survey asks about (seed 004 §8.1.3); the first four make the score."""

    ATTITUDE = "attitude", pgettext_lazy("survey", "Service attitude")
    EFFICIENCY = "efficiency", _("Service efficiency")
    QUALITY = "quality", pgettext_lazy("survey", "Service quality")
    OVERALL = "overall", _("The company as a whole")
    PROBLEMS = "problems", _("Problems in delivery")
    PROPOSALS = "proposals", _("Proposals")


SCORED_BLOCKS = (Block.ATTITUDE, Block.EFFICIENCY, Block.QUALITY, Block.OVERALL)


class QuestionKind(TextChoices):
    SCALE = "scale", _("Scale of five")
    NPS = "nps", _("0 to 10: would you recommend us")
    WORDS = "words", _("Words")


class Audience(TextChoices):
    RECIPIENTS = "recipients", _("All recipients")
    LATE = "late", _("Recipients of late parcels")
    KEY = "key", _("Recipients of key customers")


class SurveyMethod(TextChoices):
    ONLINE = "online", _("Link by message")
    INTERVIEW = "interview", _("Interview")


class Outcome(TextChoices):
    OPEN = "open", pgettext_lazy("survey", "No answer yet")
    ANSWERED = "answered", _("Answered")
    REFUSED = "refused", _("Does not want to answer")
    UNREACHED = "unreached", _("Not reached")
    UNDELIVERED = "undelivered", _("Never arrived")


class Tag(TextChoices):
    """What free words are about."""

    PRAISE = "praise", _("Praise")
    LATE = "late", pgettext_lazy("tag", "Late")
    DAMAGE = "damage", pgettext_lazy("tag", "Damage")
    ATTITUDE = "attitude", _("Attitude")
    NO_CALL = "no_call", _("Not called before")
    LOCKER = "locker", _("Locker or station")
    PRICE = "price", pgettext_lazy("topic", "Price")
    TRACKING = "tracking", _("Tracking")
    PROPOSAL = "proposal", _("Proposal")


class Effect(TextChoices):
    BETTER = "better", _("Better")
    SAME = "same", _("No difference shown")
    WORSE = "worse", _("Worse")
    TOO_FEW = "too_few", _("Too few answers")
