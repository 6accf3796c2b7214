"""Words of checklists and inspections."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Area(TextChoices):
    """What a group of points is about (ux.md 3.20, INS-09)."""

    PEOPLE = "people", pgettext_lazy("checklist", "People")
    HANDLING = "handling", pgettext_lazy("checklist", "Handling")
    SECURITY = "security", pgettext_lazy("checklist", "Security")
    FIRE = "fire", _("Fire and power")
    VEHICLE = "vehicle", pgettext_lazy("checklist", "Vehicles")
    PRIVACY = "privacy", pgettext_lazy("checklist", "Privacy")
    NOTICES = "notices", pgettext_lazy("checklist", "Notices")
    PREMISES = "premises", pgettext_lazy("checklist", "Premises")
    WAREHOUSE = "warehouse", pgettext_lazy("checklist", "Warehouse")
    OFFICE = "office", _("Office order")
    SKILLS = "skills", pgettext_lazy("checklist", "Skills of staff")
    METHODS = "methods", pgettext_lazy("checklist", "Working methods")
    TERMINALS = "terminals", pgettext_lazy("checklist", "Terminals")
    IT = "it", pgettext_lazy("checklist", "IT equipment")
    METERS = "meters", pgettext_lazy("checklist", "Meters and scales")
    DRILLS = "drills", pgettext_lazy("checklist", "Drills")
    CHANNELS = "channels", _("Complaint channels")


class Method(TextChoices):
    """How a point is measured (AUD-04)."""

    INSPECTION = "inspection", pgettext_lazy("method", "Inspection")
    VISIT = "visit", pgettext_lazy("method", "Visit")
    DATA = "data", _("Data analysis")
    COMPLAINTS = "complaints", _("Complaint analysis")
    AUDIT = "audit", pgettext_lazy("method", "Audit")
    STATISTICS = "statistics", pgettext_lazy("method", "Statistics")
    MEASURE = "measure", pgettext_lazy("method", "Measuring")
    CALL = "call", _("Test call or test form")


class VersionState(TextChoices):
    DRAFT = "draft", pgettext_lazy("checklist", "Draft")
    APPROVED = "approved", pgettext_lazy("checklist", "Approved")
    REPLACED = "replaced", pgettext_lazy("checklist", "Replaced")


class SampleKind(TextChoices):
    """Never mixed in one rate (I02)."""

    RANDOM = "random", pgettext_lazy("inspection", "Random")
    TARGETED = "targeted", pgettext_lazy("inspection", "Targeted")


class PointGrade(TextChoices):
    CONFORM = "conform", pgettext_lazy("grade of a point", "Conform")
    MINOR = "minor", pgettext_lazy("grade of a point", "Minor fault")
    MAJOR = "major", pgettext_lazy("grade of a point", "Major fault")
    NA = "na", pgettext_lazy("grade of a point", "Not applicable")
    UNCHECKED = "unchecked", pgettext_lazy("grade of a point", "Not checked")


FAULTS = (PointGrade.MINOR, PointGrade.MAJOR)
CHECKED = (PointGrade.CONFORM, *FAULTS)


class FindingState(TextChoices):
    OPEN = "open", pgettext_lazy("finding", "To be mended")
    FIXED = "fixed", pgettext_lazy("finding", "Mended, to be verified")
    VERIFIED = "verified", pgettext_lazy("finding", "Verified")
    VOID = "void", pgettext_lazy("finding", "Corrected: no fault")


class FileKind(TextChoices):
    PHOTO = "photo", pgettext_lazy("inspection", "Photo")
    FIX = "fix", _("Evidence of the fix")


class Process(TextChoices):
    """The processes that are reviewed (INS-15)."""

    PICKUP = "pickup", pgettext_lazy("process", "Pickup")
    SORTING = "sorting", pgettext_lazy("process", "Sorting")
    TRANSPORT = "transport", pgettext_lazy("process", "Transport")
    DELIVERY = "delivery", pgettext_lazy("process", "Delivery")
    COMPLAINTS = "complaints", pgettext_lazy("process", "Complaints")
    CLAIMS = "claims", pgettext_lazy("process", "Compensation")
    TRAINING = "training", pgettext_lazy("process", "Training")
    SECURITY = "security", pgettext_lazy("process", "Security")
    MEASURING = "measuring", pgettext_lazy("process", "Measuring and reporting")


class ReviewOutcome(TextChoices):
    FITS = "fits", _("Fits, stays as it is")
    ADJUST = "adjust", _("To be adjusted")
    REDESIGN = "redesign", _("To be designed anew")


class EvaluatorKind(TextChoices):
    """Who looks from outside the line (INS-06)."""

    UNIT = "unit", _("Quality coordination unit")
    AGENCY = "agency", _("Outside body")
    CUSTOMER = "customer", pgettext_lazy("evaluator", "Customer")
    REGULATOR = "regulator", pgettext_lazy("evaluator", "Regulator")
