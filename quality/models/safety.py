"""Safety: hazards and their removal, incidents and who was told, emergency plans and drills."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from quality import thing_enums as words
from staff.models import Employee, Site, User


class Hazard(TimestampedModel):
    """A danger nobody was hurt by yet (SAF-04); a major one stops the work until verified."""

    number = models.CharField(max_length=20, unique=True)
    site = models.ForeignKey(Site, models.PROTECT, related_name="hazards")
    level = models.CharField(max_length=8, choices=words.HazardLevel)
    what = models.CharField(max_length=200)
    place = models.CharField(max_length=80, blank=True)
    status = models.CharField(
        max_length=8, choices=words.HazardStatus, default=words.HazardStatus.OPEN
    )
    owner = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # The day set first; F08 is judged by it, whatever was agreed later.
    first_due_on = models.DateField()
    due_on = models.DateField()
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    removal = models.CharField(max_length=300, blank=True)
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["status", "due_on"], name="qual_hazard_due")]
        constraints = [
            CheckConstraint(
                name="qual_hazard_verified_iff",
                condition=Q(status="verified", verified_at__isnull=False)
                | ~Q(status="verified") & Q(verified_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def stops_work(self) -> bool:
        """Say whether work at this place stands still because of it."""
        return self.level == words.HazardLevel.MAJOR and self.status != words.HazardStatus.VERIFIED


class SafetyIncident(TimestampedModel):
    """Something that happened: reported with one tap, told upwards by severity (SAF-03)."""

    # Made on the phone: the same report sent twice is one incident.
    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, choices=words.IncidentKind)
    severity = models.CharField(max_length=8, choices=words.IncidentSeverity)
    status = models.CharField(
        max_length=8, choices=words.IncidentStatus, default=words.IncidentStatus.REPORTED
    )
    site = models.ForeignKey(Site, models.PROTECT, related_name="incidents")
    reporter = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    reported_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    what = models.CharField(max_length=500)
    place = models.CharField(max_length=120, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    happened_at = models.DateTimeField()
    reported_at = models.DateTimeField()
    people_hurt = models.PositiveSmallIntegerField(default=0)
    damage_fen = models.PositiveBigIntegerField(default=0)
    # On the way to or from work: counted apart (F07).
    is_commuting = models.BooleanField(default=False)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-happened_at", "-pk"]
        indexes = [
            models.Index(fields=["-happened_at", "-id"], name="qual_incident_newest"),
            models.Index(fields=["status", "severity"], name="qual_incident_open"),
        ]

    def __str__(self) -> str:
        return self.number


class IncidentLine(models.Model):
    """A line of an incident's time line: who was told, what was done. Insert-only."""

    incident = models.ForeignKey(SafetyIncident, models.PROTECT, related_name="lines")
    at = models.DateTimeField()
    text = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # Set where the line says that this person was told.
    told = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]


class EmergencyPlan(TimestampedModel):
    """What to do when it happens, per kind of incident, with whom to call (SAF-02)."""

    kind = models.CharField(max_length=10, choices=words.IncidentKind, unique=True)
    title = models.CharField(max_length=80)
    steps = models.TextField()
    version = models.PositiveSmallIntegerField(default=1)
    reviewed_on = models.DateField()
    # Days between two drills of a site: a proposal of the law's "regularly".
    drill_days = models.PositiveSmallIntegerField(default=365)

    class Meta:
        ordering = ["kind"]

    def __str__(self) -> str:
        return self.title


class PlanContact(models.Model):
    """One line of a plan's call list, in the order of calling; offices, no private numbers."""

    plan = models.ForeignKey(EmergencyPlan, models.CASCADE, related_name="contacts")
    position = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=60)
    phone = models.CharField(max_length=30)

    class Meta:
        ordering = ["position"]
        constraints = [UniqueConstraint(fields=["plan", "position"], name="qual_contact_place")]


class Drill(TimestampedModel):
    """An exercise of a plan at a site; without people on its list it was not held (F06)."""

    plan = models.ForeignKey(EmergencyPlan, models.PROTECT, related_name="drills")
    site = models.ForeignKey(Site, models.PROTECT, related_name="drills")
    first_planned_on = models.DateField()
    planned_on = models.DateField()
    status = models.CharField(
        max_length=10, choices=words.DrillStatus, default=words.DrillStatus.PLANNED
    )
    held_on = models.DateField(null=True)
    # Police, fire brigade or neighbours who took part (PRE-05).
    partners = models.CharField(max_length=120, blank=True)
    lessons = models.CharField(max_length=500, blank=True)
    people = models.ManyToManyField(Employee, related_name="drills")

    class Meta:
        ordering = ["planned_on", "pk"]
        constraints = [
            CheckConstraint(
                name="qual_drill_held_iff",
                condition=Q(status="held", held_on__isnull=False)
                | ~Q(status="held") & Q(held_on=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan} · {self.site} · {self.planned_on}"


class Destruction(models.Model):
    """Records destroyed after their term: how many, how, before whom (INF-05). Insert-only."""

    number = models.CharField(max_length=20, unique=True)
    data_kind = models.CharField(max_length=60)
    # How many keys of personal data this entry destroyed, and until when copies of them may
    # still lie in backups; none where nothing was encrypted.
    keys = models.PositiveSmallIntegerField(null=True)
    backups_until = models.DateField(null=True)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    # The last day of the records, and the day their term ended.
    records_until = models.DateField()
    term_ended_on = models.DateField()
    way = models.CharField(max_length=10, choices=words.DestroyWay)
    count = models.PositiveIntegerField()
    destroyed_on = models.DateField()
    witness = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-destroyed_on", "-pk"]
        constraints = [
            CheckConstraint(name="qual_destroyed_something", condition=Q(count__gt=0)),
        ]
