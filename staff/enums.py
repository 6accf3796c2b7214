"""Words of people, places, training and grades."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


# A course in one of these is still owed.
OWED = (CourseState.ASSIGNED, CourseState.STARTED)


class AttemptState(TextChoices):
    OPEN = "open", _("In progress")
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Not passed")
    EXPIRED = "expired", _("Time ran out")


class CourseKind(TextChoices):
    INDUCTION = "induction", _("Induction")
    POST = "post", _("For the post")
    SKILL = "skill", _("Skills")
    REGULAR = "regular", _("Regular")
    EXTERNAL = "external", _("External certificate")


class Guard(TextChoices):
    """What nobody may be given without a valid certificate of a course."""

    NONE = "", _("Nothing")
    POST = "post", _("The post that requires it")
    ROUND = "round", _("Rounds")


class SessionState(TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", pgettext_lazy("session", "Held")
    CANCELLED = "cancelled", _("Cancelled")


class NeedSource(TextChoices):
    HAND = "hand", _("Seen at work")
    COMPLAINT = "complaint", _("Complaint")
    INSPECTION = "inspection", _("Inspection on site")
    GRADE = "grade", _("Monthly grade")
    EXAM = "exam", _("Exam not passed")


class GoalKind(TextChoices):
    FIGURE = "figure", _("A figure to reach")
    DEVELOPMENT = "development", _("Personal development")


class GoalState(TextChoices):
    OPEN = "open", _("Under way")
    REACHED = "reached", _("Reached")
    MISSED = "missed", _("Not reached")
    DROPPED = "dropped", pgettext_lazy("goal", "Given up")


class NeedState(TextChoices):
    OPEN = "open", _("Not answered yet")
    ASSIGNED = "assigned", _("Course assigned")
    DROPPED = "dropped", _("No course needed")


class EffectKind(TextChoices):
    TEST = "test", _("Test result")
    FIGURE = "figure", _("Figure before and after")


class ObservationKind(TextChoices):
    RIDE_ALONG = "ride_along", _("Ride-along")
    SPOT_CHECK = "spot_check", _("Spot check")


class ObservationItem(TextChoices):
    """What is looked at: appearance (STF-06), conduct (STF-07, STF-08), forbidden acts (STF-09)."""

    UNIFORM = "uniform", _("Uniform clean and complete")
    BADGE = "badge", _("Badge visible")
    GROOMING = "grooming", _("Hair, nails and hands clean, no smell")
    NO_SMOKING = "no_smoking", _("No smoking or drinking at work")
    GREETING = "greeting", _("Greets, is patient and polite")
    PHRASES = "phrases", _("Uses the standard phrases")
    FEEDBACK = "feedback", _("Tells the customer in time")
    DRIVING = "driving", _("Drives safely: rested, within limits")
    LIFTING = "lifting", _("Lifts and carries safely")
    APPOINTMENT = "appointment", _("Keeps appointments")
    NO_RUSH_FEE = "no_rush_fee", _("Asks no private rush fee")
    NO_GIFTS = "no_gifts", _("Keeps no gift")
    STAYS_FOR_CHECK = "stays_for_check", _("Stays until the customer has checked")
    NO_QUARREL = "no_quarrel", _("Is not rude, does not quarrel")


FORBIDDEN = frozenset(
    {
        ObservationItem.APPOINTMENT, ObservationItem.NO_RUSH_FEE, ObservationItem.NO_GIFTS,
        ObservationItem.STAYS_FOR_CHECK, ObservationItem.NO_QUARREL,
    }
)  # fmt: skip


class Answer(TextChoices):
    OK = "ok", pgettext_lazy("check", "In order")
    FAIL = "fail", pgettext_lazy("check", "Not in order")
    NA = "na", _("Not seen")


class ProposalState(TextChoices):
    OPEN = "open", _("Waiting for a decision")
    APPROVED = "approved", _("Agreed")
    REJECTED = "rejected", _("Not agreed")


class DisciplineLevel(TextChoices):
    WARNING = "warning", _("Warning")
    CORRECTION = "correction", _("Correction")
    FINE = "fine", _("Deduction")
    DISMISSAL = "dismissal", _("Dismissal")


class DisciplineState(TextChoices):
    PROPOSED = "proposed", _("Proposed")
    DECIDED = "decided", _("Decided")
    DROPPED = "dropped", _("Dropped")
    APPEALED = "appealed", _("Appeal open")
    UPHELD = "upheld", _("Stands after the appeal")
    LIFTED = "lifted", _("Lifted after the appeal")


class SuggestionState(TextChoices):
    OPEN = "open", _("Waiting for a review")
    ADOPTED = "adopted", _("Adopted")
    DECLINED = "declined", _("Not adopted")
