"""Looking at service from further away: outside bodies, yearly plans, reviews, camera clips."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import UniqueConstraint

from courierqa.core.models import TimestampedModel
from quality import inspection_enums as enums
from staff.models import Employee, Site, User


class ExternalEvaluation(models.Model):
    """What a unit outside the line, or a body outside the company, found (INS-06)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=10, choices=enums.EvaluatorKind)
    body = models.CharField(max_length=120)
    subject = models.CharField(max_length=160)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    on = models.DateField()
    result = models.CharField(max_length=1000)
    name = models.CharField(max_length=100)
    file = models.FileField(upload_to="inspections/%Y/%m/")
    file_kind = models.CharField(max_length=8)
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-id"]

    def __str__(self) -> str:
        return f"{self.body} · {self.subject}"


class EvaluationPlan(TimestampedModel):
    """The evaluation of a year's service quality, with its time nodes (INS-07)."""

    year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)
    scope = models.CharField(max_length=500)
    owner = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-year", "id"]
        constraints = [UniqueConstraint(fields=["year", "name"], name="qual_evaluation_once")]

    def __str__(self) -> str:
        return f"{self.year} {self.name}"


class Milestone(TimestampedModel):
    """One node of a plan: due, and what came of it."""

    plan = models.ForeignKey(EvaluationPlan, models.PROTECT, related_name="milestones")
    name = models.CharField(max_length=120)
    first_due_on = models.DateField()
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    result = models.CharField(max_length=1000, blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]


class ProcessReview(models.Model):
    """A process looked at as a whole: whether it still fits, and what follows (INS-15)."""

    process = models.CharField(max_length=12, choices=enums.Process)
    on = models.DateField()
    outcome = models.CharField(max_length=10, choices=enums.ReviewOutcome)
    text = models.CharField(max_length=1000)
    next_on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-id"]


class CameraClip(models.Model):
    """Where the pictures of a moment lie, for a case, a finding or a nonconformity (INS-13)."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    camera = models.CharField(max_length=60)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    # Where the copy is kept: the recorder's own number, a folder, a disc.
    kept_at = models.CharField(max_length=160)
    keep_until = models.DateField()
    # What it shows: the number of the complaint, parcel, finding or nonconformity.
    about = models.CharField(max_length=60, db_index=True)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-from_at", "-id"]
