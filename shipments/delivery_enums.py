"""Words of the last mile: checks, contacts, slots, next steps, money, returns, violations."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CheckPhase(TextChoices):
    """When a list of things to look at is asked."""

    BEFORE = "before", _("Before the round")
    AFTER = "after", _("After the round")
    DOOR = "door", _("Conduct at the door")


class ContactWay(TextChoices):
    CALL = "call", _("Phone call")
    SMS = "sms", _("Text message")
    IN_PERSON = "in_person", _("In person")


class ContactPurpose(TextChoices):
    """What a call or message was about."""

    AGREE = "agree", _("Agree time and place")
    LATE = "late", _("Say that we will be late")
    ADDRESS = "address", _("Clear up the address")
    CONSENT = "consent", _("Ask for consent")
    RETRY = "retry", _("After a failed attempt")
    OTHER = "other", _("Something else")


class ContactResult(TextChoices):
    REACHED = "reached", _("Reached")
    NO_ANSWER = "no_answer", _("No answer")
    BUSY = "busy", _("Busy or switched off")
    WRONG_NUMBER = "wrong_number", _("Wrong number")
    SENT = "sent", _("Sent, no reply yet")


class AskedBy(TextChoices):
    """Who wanted a time, a return, a change."""

    RECIPIENT = "recipient", _("Recipient")
    SENDER = "sender", _("Sender")
    US = "us", _("Us")


class SlotResult(TextChoices):
    """A booked slot against the arrival."""

    PENDING = "pending", _("Not yet due")
    KEPT = "kept", _("Kept")
    EARLY = "early", _("Too early")
    LATE = "late", _("Too late")
    MISSED = "missed", pgettext_lazy("slot", "Missed")


class NextStep(TextChoices):
    """What happens after a failed attempt."""

    RETRY = "retry", _("Try again")
    COUNTER = "counter", _("Keep at the station for collection")
    PLACE = "place", _("Place with consent")
    ADDRESS = "address", _("Clear up the address")
    RETURN = "return", _("Return to the sender")


class CodKind(TextChoices):
    """A line of the cash-on-delivery ledger."""

    COLLECTED = "collected", _("Money taken")
    REFUSED = "refused", _("Payment refused")
    REVERSED = "reversed", _("Reversed")


class ReturnKind(TextChoices):
    RETURN = "return", _("Return")
    EXCHANGE = "exchange", _("Exchange")
    RECALL = "recall", _("Recall by the sender")


class ViolationSource(TextChoices):
    """Where a violation came to light."""

    COMPLAINT = "complaint", _("Complaint")
    INSPECTION = "inspection", _("Inspection on site")
    SCANS = "scans", _("The scans themselves")
    OTHER = "other", _("Something else")
