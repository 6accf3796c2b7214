"""Monthly assessments: the scheme, the score with its parts, the objection."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from staff import enums
from staff.models.people import Employee, Post
from staff.models.places import Site
from staff.models.signin import User


class AssessmentScheme(TimestampedModel):
    """Parts, weights and grade limits for a post from a date on (proposals, editable)."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="schemes")
    valid_from = models.DateField()
    # [{"code": "T01", "weight": 25, "target": 0.97, "floor": 0.85, "bound": "low"}, …]
    # bound: "low" = more is better (pass the lower Wilson bound), "high" = less is better,
    # "mean" = drawn to the company's mean as if by "pull" more records, else the plain share.
    parts = models.JSONField()
    a_from = models.DecimalField(max_digits=5, decimal_places=2, default=90)
    b_from = models.DecimalField(max_digits=5, decimal_places=2, default=75)
    min_deliveries = models.PositiveIntegerField(default=100)
    min_work_days = models.PositiveSmallIntegerField(default=10)
    min_weight_percent = models.PositiveSmallIntegerField(default=60)
    # The day of the next month by which a month is confirmed (H06).
    due_day = models.PositiveSmallIntegerField(default=10)
    # No rule gives these numbers; until the company decides, pages call them proposals.
    is_proposal = models.BooleanField(default=True)

    class Meta:
        ordering = ["post", "-valid_from"]
        constraints = [UniqueConstraint(fields=["post", "valid_from"], name="staff_scheme_once")]


class Assessment(TimestampedModel):
    """A person's month: the score with its parts, the grade, frozen with the month.

    A confirmed version never changes; new facts make the next version.
    """

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="assessments")
    month = models.CharField(max_length=7)
    version = models.PositiveSmallIntegerField(default=1)
    scheme = models.ForeignKey(AssessmentScheme, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    # Share of the weight that had data, in percent.
    covered_percent = models.PositiveSmallIntegerField(default=0)
    # What this month alone says; `grade` is after the two-months rule.
    raw_grade = models.CharField(max_length=1, choices=enums.Grade, blank=True)
    grade = models.CharField(max_length=1, choices=enums.Grade, blank=True)
    previous_grade = models.CharField(max_length=1, choices=enums.Grade, blank=True)
    not_graded_reason = models.CharField(max_length=60, choices=enums.NotGraded, blank=True)
    red_lines = models.JSONField(default=list)
    deliveries = models.PositiveIntegerField(null=True)
    work_days = models.PositiveSmallIntegerField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    state = models.CharField(
        max_length=10, choices=enums.AssessmentState, default=enums.AssessmentState.DRAFT
    )
    computed_at = models.DateTimeField()
    as_of = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirm_note = models.CharField(max_length=300, blank=True)
    object_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-month", "-version"]
        constraints = [
            UniqueConstraint(fields=["employee", "month", "version"], name="staff_assessment_once"),
            UniqueConstraint(
                fields=["employee", "month"],
                condition=Q(state="draft"),
                name="staff_one_draft_assessment",
            ),
            CheckConstraint(
                name="staff_assessment_confirmed_whole",
                condition=Q(state="draft")
                | Q(confirmed_at__isnull=False, object_until__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["month", "site"])]

    def __str__(self) -> str:
        return f"{self.employee_id} {self.month} v{self.version}"


class AssessmentPart(models.Model):
    """One part of a month's score, with the counts and the address of the records behind it."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="parts")
    code = models.CharField(max_length=12)
    weight = models.DecimalField(max_digits=5, decimal_places=2)
    hits = models.PositiveIntegerField(null=True)
    total = models.PositiveIntegerField(null=True)
    value = models.FloatField(null=True)
    # The figure scored: an end of the range, or the share drawn to `mean` by `pull` records.
    bound = models.FloatField(null=True)
    mean = models.FloatField(null=True)
    pull = models.PositiveSmallIntegerField(null=True)
    target = models.FloatField()
    floor = models.FloatField()
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    records_url = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            UniqueConstraint(fields=["assessment", "code"], name="staff_part_once"),
            CheckConstraint(name="staff_part_weight", condition=Q(weight__gt=0)),
        ]


class Objection(TimestampedModel):
    """The assessed person disagrees, in time and with reasons; somebody else decides."""

    assessment = models.OneToOneField(Assessment, models.PROTECT, related_name="objection")
    text = models.CharField(max_length=1000)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=enums.ObjectionState, default=enums.ObjectionState.OPEN
    )
    decision = models.CharField(max_length=1000, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
