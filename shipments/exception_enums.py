"""Words of exceptions: what went wrong, how bad, what is done, who answers, what is watched."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ExceptionKind(TextChoices):
    """Codes of the classes that the system itself opens; their names and limits are data."""

    LOST = "lost", _("Lost?")
    DAMAGED = "damaged", _("Damaged")
    SHORT = "short", _("Contents missing")
    DELAYED = "delayed", _("Late")
    ADDRESS = "address", _("Address problem")
    ATTEMPT = "attempt", _("Attempt failed")
    MISSED = "missed", _("Missed on the round")
    REFUSED = "refused", pgettext_lazy("recipient", "Refused")
    UNPAID = "unpaid", _("Payment refused at the door")
    DISPUTE = "dispute", _("Dispute at the door")
    MISSORT = "missort", _("Mis-sorted")
    DUPLICATE = "duplicate", _("Delivered twice")
    DISPUTED = "disputed", _("Receipt disputed")
    REALNAME = "realname", _("Real name or contents")
    SECURITY = "security", _("Security stop")
    UNCOLLECTED = "uncollected", _("Not collected")
    ANNOUNCED = "announced", _("Announced, never scanned")
    STUCK = "stuck", _("No movement")
    AT_RISK = "at_risk", _("Predicted late")
    MISDELIVERED = "misdelivered", _("Delivered to the wrong person")
    DANGER = "dangerous", _("Dangerous goods")


class ExceptionStatus(TextChoices):
    NEW = "new", _("New")
    LOCATING = "locating", _("Being handled")
    TOLD = "told", _("Customer told")
    SOLVED = "solved", _("Solved")


class Severity(TextChoices):
    """How grave a class of exceptions is; the grave ones stand first and need every step."""

    LOW = "low", _("Low")
    NORMAL = "normal", _("Normal")
    HIGH = "high", _("High")
    CRITICAL = "critical", _("Critical")


class Plan(TextChoices):
    """What will be done about an exception (seed 004 §4.3.3)."""

    RESEND = "resend", _("Send again")
    RETURN = "return", _("Return to sender")
    REDELIVER = "redeliver", _("Deliver again")
    SEARCH = "search", pgettext_lazy("step", "Search")
    COMPENSATE = "compensate", _("Compensate")
    NEW_ADDRESS = "new_address", _("New address")
    WAIT = "wait", _("Wait for the customer")
    DISPOSE = "dispose", _("Dispose or hand to authority")
    OTHER = "other", _("Other")


class Blame(TextChoices):
    """Who answers for an exception."""

    SITE = "site", _("A site")
    PERSON = "person", _("A person")
    OUTSIDE = "outside", _("Outside the company")


class BlameStatus(TextChoices):
    DECIDED = "decided", _("Responsibility decided")
    APPEALED = "appealed", _("Appealed against")
    UPHELD = "upheld", _("Upheld after appeal")
    LIFTED = "lifted", _("Lifted after appeal")


class WatchKind(TextChoices):
    """What the watch says about a parcel before anything has gone wrong."""

    RISK = "risk", _("Predicted late")
    BEHIND = "behind", _("Behind plan")
