"""Words of people and places."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class SiteKind(TextChoices):
    STATION = "station", _("Station")
    HUB = "hub", _("Hub")
    POINT = "point", _("Service point")
    LOCKER = "locker", _("Locker")
    OFFICE = "office", _("Office")


class Grade(TextChoices):
    A = "A", "A"
    B = "B", "B"
    C = "C", "C"


class AssessmentState(TextChoices):
    DRAFT = "draft", _("Draft")
    CONFIRMED = "confirmed", _("Confirmed")
    OBJECTED = "objected", _("Objection open")
    FINAL = "final", _("Final")


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
