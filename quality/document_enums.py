"""Words of controlled documents, the legal register, processes and audits."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Level(TextChoices):
    """The four levels of a quality management system's documents (DOC-01)."""

    MANUAL = "manual", pgettext_lazy("document level", "Manual")
    PROCEDURE = "procedure", pgettext_lazy("document level", "Procedure")
    INSTRUCTION = "instruction", pgettext_lazy("document level", "Work instruction")
    RECORD = "record", pgettext_lazy("document level", "Form or record")


class Category(TextChoices):
    """What a document lays down; standards come as three sets (DOC-06, DOC-13)."""

    POLICY = "policy", _("Policy and objectives")
    MANAGER = "manager", _("Standards for managers")
    COURIER = "courier", _("Standards for couriers")
    VEHICLE = "vehicle", _("Standards for vehicles")
    DRIVER = "driver", pgettext_lazy("document category", "Drivers")
    PACKING = "packing", pgettext_lazy("document category", "Packing")
    OPERATION = "operation", pgettext_lazy("document category", "Operation")
    SERVICE = "service", pgettext_lazy("document category", "Customer service")
    SAFETY = "safety", pgettext_lazy("document category", "Safety")
    PRIVACY = "privacy", pgettext_lazy("document category", "Privacy")
    INDICATOR = "indicator", _("Indicators and methods")
    SYSTEM = "system", _("Management system")


class VersionStatus(TextChoices):
    DRAFT = "draft", pgettext_lazy("document", "Draft")
    REVIEW = "review", pgettext_lazy("document", "In review")
    APPROVED = "approved", pgettext_lazy("document", "Approved")
    EFFECTIVE = "effective", pgettext_lazy("document", "In force")
    REPLACED = "replaced", pgettext_lazy("document", "Replaced")
    WITHDRAWN = "withdrawn", pgettext_lazy("document", "Withdrawn")


# A version somebody still works on: a document has one at a time.
COMING = (VersionStatus.DRAFT, VersionStatus.REVIEW, VersionStatus.APPROVED)
# What readers may see: once in force, for ever.
PUBLISHED = (VersionStatus.EFFECTIVE, VersionStatus.REPLACED)


class ReadingState(TextChoices):
    OWED = "owed", pgettext_lazy("reading", "Unread")
    READ = "read", pgettext_lazy("reading", "Read and understood")
    # A newer version came, or the person left or moved out of the audience.
    DROPPED = "dropped", pgettext_lazy("reading", "No longer asked for")


class Screen(TextChoices):
    """The screens that show their instruction (DOC-11)."""

    PICKUP = "pickup", pgettext_lazy("screen", "Pickup")
    ACCEPTANCE = "acceptance", pgettext_lazy("screen", "Acceptance")
    SORTING = "sorting", pgettext_lazy("screen", "Sorting and scans")
    TRANSPORT = "transport", pgettext_lazy("screen", "Trips")
    DELIVERY = "delivery", pgettext_lazy("screen", "Delivery")
    EXCEPTION = "exception", pgettext_lazy("screen", "Exceptions")
    COMPLAINT = "complaint", pgettext_lazy("screen", "Complaints")
    CLAIM = "claim", pgettext_lazy("screen", "Claims")
    PRIVACY = "privacy", pgettext_lazy("screen", "Privacy incidents")


class LawKind(TextChoices):
    LAW = "law", pgettext_lazy("legal", "Law")
    REGULATION = "regulation", pgettext_lazy("legal", "Regulation")
    MEASURE = "measure", pgettext_lazy("legal", "Departmental rule")
    STANDARD = "standard", pgettext_lazy("legal", "Standard")


class Kept(TextChoices):
    """What a check of a duty found."""

    KEPT = "kept", pgettext_lazy("duty", "Kept")
    GAP = "gap", pgettext_lazy("duty", "Not kept")
    CONFLICT = "conflict", _("Our rule conflicts with it")


class Method(TextChoices):
    """How a process, or an audit, is watched and measured (AUD-04)."""

    INSPECTION = "inspection", pgettext_lazy("method", "Inspection")
    VISIT = "visit", pgettext_lazy("method", "Visits")
    DATA = "data", pgettext_lazy("method", "Data analysis")
    COMPLAINTS = "complaints", pgettext_lazy("method", "Complaint analysis")
    AUDIT = "audit", pgettext_lazy("method", "Internal audit")
    STATISTICS = "statistics", pgettext_lazy("method", "Statistics")
    INTERVIEW = "interview", pgettext_lazy("method", "Interviews")
    RECORDS = "records", pgettext_lazy("method", "Records")


class AuditScope(TextChoices):
    """The four that are under control (AUD-03)."""

    PLANNING = "planning", pgettext_lazy("audit scope", "Service planning")
    REVIEW = "review", pgettext_lazy("audit scope", "Review")
    DELIVERY = "delivery", pgettext_lazy("audit scope", "Service delivery")
    SUPERVISION = "supervision", pgettext_lazy("audit scope", "Supervision")


class AuditStatus(TextChoices):
    PLANNED = "planned", pgettext_lazy("internal audit", "Planned")
    RUNNING = "running", pgettext_lazy("internal audit", "Running")
    REPORTED = "reported", pgettext_lazy("internal audit", "Reported")
    CLOSED = "closed", pgettext_lazy("internal audit", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("internal audit", "Cancelled")


class LineGrade(TextChoices):
    """What an auditor found; an empty grade is not checked yet, never passed."""

    CONFORM = "conform", pgettext_lazy("audit grade", "Conforms")
    MINOR = "minor", pgettext_lazy("audit grade", "Minor")
    MAJOR = "major", pgettext_lazy("audit grade", "Major")
    OBSERVATION = "observation", pgettext_lazy("audit grade", "Observation")
    NOT_APPLICABLE = "na", pgettext_lazy("audit grade", "Does not apply")


FINDING_GRADES = (LineGrade.MINOR, LineGrade.MAJOR)


class VisitResult(TextChoices):
    """How a surveillance visit of the certifying body ended."""

    KEPT = "kept", pgettext_lazy("certificate", "Certificate kept")
    CONDITIONS = "conditions", pgettext_lazy("certificate", "Kept with conditions")
    SUSPENDED = "suspended", pgettext_lazy("certificate", "Suspended")
