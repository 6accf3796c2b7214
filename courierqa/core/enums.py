"""Words of the engines."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    """Who may do what is declared per role in `access.toml`."""

    COURIER = "courier", _("Courier")
    SUPERVISOR = "supervisor", _("Site supervisor")
    AGENT = "agent", _("Service agent")
    LEAD = "lead", _("Service lead")
    QUALITY = "quality", _("Quality manager")
    MANAGER = "manager", _("Manager")
    HR = "hr", _("Trainer and HR")
    AUDITOR = "auditor", _("Auditor")
    ADMIN = "admin", _("Administrator")
    API = "api", _("API integration")
    PUBLIC = "public", _("Visitor")


class Scope(TextChoices):
    """Which rows of a resource a role reaches, widest last."""

    TOKEN = "token", _("by number or token")
    OWN = "own", _("own")
    SITE = "site", _("own sites")
    QUEUE = "queue", _("own queue")
    KEY = "key", _("sites of the key")
    ALL = "all", _("all")


class ClockKind(TextChoices):
    HOURS = "hours", _("hours")
    WORKING_HOURS = "working_hours", _("working hours")
    CALENDAR_DAYS = "calendar_days", _("calendar days")
    WORKING_DAYS = "working_days", _("working days")


class ClockStatus(TextChoices):
    RUNNING = "running", _("running")
    DUE_SOON = "due_soon", _("due soon")
    OVERDUE = "overdue", _("overdue")
    PAUSED = "paused", _("paused")
    MET = "met", _("met")
    MISSED = "missed", _("missed")


class EffectState(TextChoices):
    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("done")
    PARKED = "parked", _("parked after repeated failure")


class ApprovalState(TextChoices):
    REQUESTED = "requested", _("waiting for approval")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    LAPSED = "lapsed", _("lapsed, the object changed")


class Channel(TextChoices):
    IN_APP = "in_app", _("in the product")
    EMAIL = "email", _("e-mail")
    SMS = "sms", _("text message")
    WEBHOOK = "webhook", _("webhook")


class MessageState(TextChoices):
    QUEUED = "queued", _("queued")
    SENT = "sent", _("sent")
    FAILED = "failed", _("not delivered")
    UNKNOWN = "unknown", _("delivery unknown")


class RowResult(TextChoices):
    CREATED = "created", _("created")
    UPDATED = "updated", _("updated")
    MARKED = "marked", _("kept and marked")
    SKIPPED = "skipped", _("already there")
    REFUSED = "refused", pgettext_lazy("row of an import", "refused")


class ViewTask(TextChoices):
    """The own task a look at full personal data was for; none of them: another reason."""

    CASE = "case", _("own case")
    CALL = "call", _("own call")
    SURVEY = "survey", _("interview")
    CUSTOMER = "customer", _("own customer")
    DELIVERY = "delivery", _("parcel in hand")
    EXCEPTION = "exception", _("own exception")
    REQUEST = "request", _("request of a person")
