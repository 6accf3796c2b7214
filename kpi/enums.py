"""Words of the measure."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Unit(TextChoices):
    """How a numerator and a denominator become a number people read."""

    SHARE = "share", _("%")
    PER_MILLE = "per_mille", _("‰")
    PER_100 = "per_100", _("per 100")
    PER_10K = "per_10k", _("per 10,000")
    PER_100K = "per_100k", _("per 100,000")
    PER_MILLION = "per_million", _("per million")
    POINTS = "points", _("points")
    NPS = "nps", _("points, −100 to 100")


class Direction(TextChoices):
    UP = "up", _("higher is better")
    DOWN = "down", _("lower is better")


class Group(TextChoices):
    """The parts of service quality (seed 000 E 2), in the order pages show them."""

    TIME = "time", _("Timeliness")
    DELIVERY = "delivery", _("Delivery")
    INTEGRITY = "integrity", _("Integrity")
    SAFETY = "safety", _("Acceptance safety")
    VOICE = "voice", _("Complaints")
    PEOPLE = "people", _("People")
    SYSTEM = "system", _("Management system")


class Outcome(TextChoices):
    """Which records behind a figure a list shows."""

    FAILED = "failed", _("Failed")
    ALL = "all", _("All counted")
    PENDING = "pending", _("Not yet due")
    EXCLUDED = "excluded", _("Excluded")


class CauseKind(TextChoices):
    """What a count of causes is about."""

    LATE = "late", _("Late parcels")
    COMPLAINT = "complaint", _("Complaints")


class Rhythm(TextChoices):
    """How often a view is sent."""

    DAILY = "daily", _("every day")
    WEEKLY = "weekly", _("every Monday")
    MONTHLY = "monthly", _("on the 3rd of the month")


class Step(TextChoices):
    """The three signatures of a report, in the order they are given, by three people."""

    MADE = "made", pgettext_lazy("report", "Made")
    CHECKED = "checked", pgettext_lazy("report", "Checked")
    APPROVED = "approved", pgettext_lazy("report", "Approved")


class Stage(TextChoices):
    """What a printed file is: the figures as frozen, or with the signatures as published."""

    MADE = "made", _("Before publication")
    PUBLISHED = "published", _("Published")


class FileKind(TextChoices):
    """What kinds of files a report has."""

    PDF = "pdf", "PDF"
    XLSX = "xlsx", "XLSX"


class ResourceKind(TextChoices):
    """What an objective may be given (OBJ-09)."""

    PEOPLE = "people", pgettext_lazy("resource", "People")
    VEHICLES = "vehicles", pgettext_lazy("resource", "Vehicles")
    MONEY = "money", pgettext_lazy("resource", "Money")
