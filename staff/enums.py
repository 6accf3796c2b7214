"""Words of people, places, training and grades."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SiteKind(TextChoices):
    STATION = "station", _("Station")
    HUB = "hub", _("Hub")
    POINT = "point", _("Service point")
    LOCKER = "locker", _("Locker")
    OFFICE = "office", _("Office")


# Parcels are handed in and out here; hubs and offices have no counter for customers.
SERVES_CUSTOMERS = frozenset({SiteKind.STATION, SiteKind.POINT})


class Theme(TextChoices):
    AUTO = "auto", _("As the device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")
    OUTDOOR = "outdoor", _("Outdoor, high contrast")


class EmployeeState(TextChoices):
    PENDING = "pending", _("Not yet active")
    ACTIVE = "active", _("Active")
    LEFT = "left", _("Has left")


class CheckResult(TextChoices):
    CLEAR = "clear", _("No concern")
    CONCERN = "concern", _("Concern found")


class Grade(TextChoices):
    A = "A", "A"
    B = "B", "B"
    C = "C", "C"


class GradePart(TextChoices):
    """Parts of a courier's month. T01, D01, C02, V02 and S06 are metric codes of the catalogue."""

    ON_TIME = "T01", _("On-time delivery")
    FIRST_ATTEMPT = "D01", _("First-attempt success")
    COMPLAINTS = "C02", _("Upheld complaints")
    CONDUCT = "CONDUCT", _("Inspection and conduct")
    CONSENT = "CONSENT", _("Consent and proof")
    RATING = "V02", _("Customer rating")
    SCANS = "S06", _("Exceptions told and scans in time")
    TRAINING = "TRAINING", _("Training")


class RedLine(TextChoices):
    FALSE_SIGNATURE = "false_signature", _("False signature")
    PRIVATE_OPENING = "private_opening", _("Parcel opened privately")
    THEFT = "theft", _("Theft or a kept gift")
    NO_INSPECTION = "no_inspection", _("Accepted without inspection or real-name check")
    DATA_LEAK = "data_leak", _("Customer data leaked")
    NO_CONSENT = "no_consent", _("Placed without consent three times or more")


class NotGraded(TextChoices):
    FEW_DELIVERIES = "few_deliveries", _("Too few deliveries")
    FEW_DAYS = "few_days", _("Too few working days")
    LITTLE_DATA = "little_data", _("Too little of the score has data")


class AssessmentState(TextChoices):
    DRAFT = "draft", _("Draft")
    CONFIRMED = "confirmed", _("Confirmed")
    OBJECTED = "objected", _("Objection open")
    FINAL = "final", _("Grade final")


class ObjectionState(TextChoices):
    OPEN = "open", _("Waiting for a decision")
    UPHELD = "upheld", _("Accepted, graded again")
    REJECTED = "rejected", _("Grade stands")


class CourseState(TextChoices):
    ASSIGNED = "assigned", _("Assigned")
    STARTED = "started", _("Started")
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Not passed")


class AttemptState(TextChoices):
    OPEN = "open", _("In progress")
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Not passed")
    EXPIRED = "expired", _("Time ran out")
