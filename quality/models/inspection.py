"""Inspections: planned, done on the phone, kept as they were done, corrected only with trace."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from courierqa.core.recurrence import Every, Occurrence
from quality import inspection_enums as enums
from quality.models.checklist import Checklist, ChecklistLine, ChecklistVersion
from shipments.models import Violation
from staff.models import Employee, Site, User


class InspectionPlan(TimestampedModel):
    """Who looks at what, where and how often (INS-02). Several members are a joint team."""

    checklist = models.ForeignKey(Checklist, models.PROTECT, related_name="plans")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=enums.SampleKind)
    # Why this site is looked at, for a targeted one.
    reason = models.CharField(max_length=200, blank=True)
    lead = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    members = models.ManyToManyField(Employee, related_name="+", blank=True)
    every = models.CharField(max_length=10, choices=Every)
    interval = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]


class PlannedInspection(Occurrence):
    """One day of a plan. An inspection after it repairs no missed day (I01)."""

    plan = models.ForeignKey(InspectionPlan, models.PROTECT, related_name="days")

    class Meta(Occurrence.Meta):
        indexes = [models.Index(fields=["due_day", "id"], name="qual_planned_due")]


class Inspection(models.Model):
    """One visit as it was recorded. The counts are the shadow of its lines and corrections."""

    # Made by the phone: sending twice makes one.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Of what was sent, so that the same id with other content is refused.
    fingerprint = models.CharField(max_length=64)
    version = models.ForeignKey(ChecklistVersion, models.PROTECT, related_name="inspections")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=enums.SampleKind)
    planned = models.OneToOneField(
        PlannedInspection, models.PROTECT, null=True, related_name="inspection"
    )
    inspector = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    team = models.ManyToManyField(Employee, related_name="+", blank=True)
    # The person whose work was looked at, where it was one.
    person = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    received_at = models.DateTimeField()
    on = models.DateField(db_index=True)
    note = models.CharField(max_length=1000, blank=True)
    # Strokes of the inspector, and of who stood for the site; without one, why.
    signature = models.JSONField(default=list)
    site_signature = models.JSONField(default=list)
    signed_by = models.CharField(max_length=60, blank=True)
    not_signed_why = models.CharField(max_length=200, blank=True)
    points = models.PositiveSmallIntegerField()
    checked = models.PositiveSmallIntegerField()
    conform = models.PositiveSmallIntegerField()
    minor = models.PositiveSmallIntegerField()
    major = models.PositiveSmallIntegerField()
    unchecked = models.PositiveSmallIntegerField()
    # A critical point failed: the whole inspection did, whatever its rate.
    is_failed = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["-on", "-id"], name="qual_insp_on"),
            models.Index(fields=["site", "-on"], name="qual_insp_site"),
        ]
        constraints = [
            CheckConstraint(name="qual_insp_order", condition=Q(finished_at__gte=F("started_at"))),
            CheckConstraint(
                name="qual_insp_counts",
                condition=Q(checked=F("conform") + F("minor") + F("major")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version.checklist} · {self.site} · {self.on}"


class InspectionLine(models.Model):
    """One point as it was graded. Insert-only in the database (INS-02)."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="lines")
    line = models.ForeignKey(ChecklistLine, models.PROTECT, related_name="+")
    grade = models.CharField(max_length=10, choices=enums.PointGrade)
    note = models.CharField(max_length=300, blank=True)
    # How many photos the phone took: until they arrived, the record says so.
    photos = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["inspection", "line"], name="qual_graded_once"),
        ]


class InspectionCorrection(models.Model):
    """A closed record put right: the old grade stays, the new one counts. Insert-only."""

    graded = models.ForeignKey(InspectionLine, models.PROTECT, related_name="corrections")
    old = models.CharField(max_length=10, choices=enums.PointGrade)
    new = models.CharField(max_length=10, choices=enums.PointGrade)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            CheckConstraint(name="qual_correction_differs", condition=~Q(old=F("new"))),
        ]


class CheckFinding(TimestampedModel):
    """A point that failed: until when it is mended, what shows it, who saw it (INS-11)."""

    graded = models.OneToOneField(InspectionLine, models.PROTECT, related_name="finding")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    severity = models.CharField(max_length=10, choices=enums.PointGrade)
    text = models.CharField(max_length=300)
    owner = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    # The day as first set is kept: in time means in time for it.
    first_due_on = models.DateField()
    due_on = models.DateField()
    found_at = models.DateTimeField()
    status = models.CharField(
        max_length=10, choices=enums.FindingState, default=enums.FindingState.OPEN
    )
    fix = models.CharField(max_length=500, blank=True)
    fixed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    fixed_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    verified_at = models.DateTimeField(null=True)
    # What it led to among the couriers' violations (INS-12).
    violation = models.ForeignKey(Violation, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["status", "due_on", "id"], name="qual_finding_due"),
            models.Index(fields=["site", "status", "due_on"], name="qual_finding_site"),
        ]
        constraints = [
            CheckConstraint(
                name="qual_finding_four_eyes",
                condition=Q(verified_by=None) | ~Q(verified_by=F("fixed_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class InspectionFile(models.Model):
    """A photo of a failed point, or what shows that it was mended; hashed, never replaced."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    graded = models.ForeignKey(InspectionLine, models.PROTECT, related_name="files")
    kind = models.CharField(max_length=8, choices=enums.FileKind)
    name = models.CharField(max_length=100)
    file = models.FileField(upload_to="inspections/%Y/%m/")
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    received_sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
