"""Words of the improvement loop."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NcKind(TextChoices):
    """Whether it happened, or would (NCR-02)."""

    ACTUAL = "actual", pgettext_lazy("nonconformity", "Happened")
    POTENTIAL = "potential", pgettext_lazy("nonconformity", "Could happen")


class Severity(TextChoices):
    """A major one needs the plan approved by management (NCR-10)."""

    MINOR = "minor", pgettext_lazy("nonconformity", "Minor")
    MAJOR = "major", pgettext_lazy("nonconformity", "Major")


class Status(TextChoices):
    OPEN = "open", pgettext_lazy("nonconformity", "Open")
    CONTAINED = "contained", pgettext_lazy("nonconformity", "Corrected at once")
    CAUSE_FOUND = "cause_found", _("Cause found")
    PROPOSED = "proposed", _("Plan waits for approval")
    APPROVED = "approved", _("Plan approved")
    DOING = "doing", pgettext_lazy("nonconformity", "In progress")
    CHECKING = "checking", _("Effect to be checked")
    CLOSED = "closed", pgettext_lazy("nonconformity", "Closed")
    VOID = "void", pgettext_lazy("nonconformity", "Void")


# Somebody still has something to do.
LIVE = (
    Status.OPEN, Status.CONTAINED, Status.CAUSE_FOUND, Status.PROPOSED, Status.APPROVED,
    Status.DOING, Status.CHECKING,
)  # fmt: skip


class SourceKind(TextChoices):
    """Where it came to light (NCR-01)."""

    PARCEL = "parcel", _("Parcel")
    CASE = "case", _("Complaint")
    EXCEPTION = "exception", pgettext_lazy("source", "Exception")
    VIOLATION = "violation", _("Violation")
    OBSERVATION = "observation", _("Spot check or ride-along")
    EXAM = "exam", _("Failed exam")
    SURVEY = "survey", _("Survey answer")
    SIGNAL = "signal", _("Signal of a figure")
    INCIDENT = "incident", _("Privacy incident")
    INSPECTION = "inspection", pgettext_lazy("source", "Inspection")
    AUDIT = "audit", _("Audit finding")
    DUTY = "duty", _("Legal duty not kept")
    VEHICLE = "vehicle", pgettext_lazy("source", "Vehicle")
    EQUIPMENT = "equipment", pgettext_lazy("source", "Equipment")
    MAINTENANCE = "maintenance", pgettext_lazy("source", "Service overdue")
    TICKET = "ticket", pgettext_lazy("source", "Call for help")
    LICENCE = "licence", pgettext_lazy("source", "Licence")
    HAZARD = "hazard", pgettext_lazy("source", "Hazard")
    SAFETY = "safety", pgettext_lazy("source", "Safety incident")
    DRILL = "drill", pgettext_lazy("source", "Drill")
    REVIEW = "review", pgettext_lazy("source", "Review")
    OTHER = "other", pgettext_lazy("source", "Seen by somebody")


class ActionKind(TextChoices):
    CORRECTIVE = "corrective", _("Corrective")
    PREVENTIVE = "preventive", _("Preventive")
    IMPROVEMENT = "improvement", _("Improvement")


class ActionStatus(TextChoices):
    OPEN = "open", pgettext_lazy("action", "Not done")
    DONE = "done", pgettext_lazy("action", "Done")
    CANCELLED = "cancelled", pgettext_lazy("action", "Cancelled")


class EffectRule(TextChoices):
    """What must be seen for the effect to be proven, fixed before the deeds are done."""

    AT_LEAST = "at_least", _("The figure reaches at least")
    AT_MOST = "at_most", _("The figure stays at or below")
    SIGNAL = "signal", _("The chart shows a signal of improvement")
    WORDS = "words", _("No figure shows it: described in words")


class EffectResult(TextChoices):
    EFFECTIVE = "effective", _("Effective")
    INEFFECTIVE = "ineffective", _("Not effective")


class Column(TextChoices):
    """The columns of the board (ux.md 3.21)."""

    OPEN = "open", pgettext_lazy("column", "Open")
    CAUSE = "cause", _("Cause found")
    DOING = "doing", pgettext_lazy("column", "Doing")
    CHECK = "check", _("Check the effect")
    CLOSED = "closed", _("Closed, 90 days")


COLUMN_OF = {
    Status.OPEN: Column.OPEN,
    Status.CONTAINED: Column.OPEN,
    Status.CAUSE_FOUND: Column.CAUSE,
    Status.PROPOSED: Column.CAUSE,
    Status.APPROVED: Column.DOING,
    Status.DOING: Column.DOING,
    Status.CHECKING: Column.CHECK,
    Status.CLOSED: Column.CLOSED,
}
# The six bones of the fishbone are the areas of the cause tree.
AREAS = ("people", "method", "machine", "material", "environment", "measurement")
