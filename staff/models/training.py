"""Courses, lessons, exams, sittings and certificates."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from staff import enums
from staff.models.places import local
from staff.models.signin import User


class Course(TimestampedModel):
    """Something people must know, with lessons and an exam."""

    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=100)
    title_en = models.CharField(max_length=100)
    summary = models.CharField(max_length=300, blank=True)
    summary_en = models.CharField(max_length=300, blank=True)
    valid_months = models.PositiveSmallIntegerField(null=True)
    kind = models.CharField(max_length=10, choices=enums.CourseKind, default=enums.CourseKind.POST)
    # What is refused to whoever holds no valid certificate of it.
    guards = models.CharField(max_length=10, choices=enums.Guard, blank=True)
    # Points of 100 in the practical test; empty = the course has none.
    practice_percent = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return local(self, "title")


class Lesson(models.Model):
    """A page of a course, in Markdown, readable on a phone."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="lessons")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=100)
    title_en = models.CharField(max_length=100)
    body = models.TextField()
    body_en = models.TextField()

    class Meta:
        ordering = ["position"]
        constraints = [UniqueConstraint(fields=["course", "position"], name="staff_lesson_place")]

    def __str__(self) -> str:
        return local(self, "title")


class Question(TimestampedModel):
    """A single-choice question of a course, both languages."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="questions")
    text = models.CharField(max_length=500)
    text_en = models.CharField(max_length=500)
    # [{"key": "A", "zh": …, "en": …}, …]
    options = models.JSONField()
    correct = models.CharField(max_length=1)
    explanation = models.CharField(max_length=500)
    explanation_en = models.CharField(max_length=500)
    # The part of the bank the blueprint of an exam draws from.
    section = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return local(self, "text")


class Exam(TimestampedModel):
    """The rules under which a course is examined."""

    course = models.OneToOneField(Course, models.PROTECT, related_name="exam")
    size = models.PositiveSmallIntegerField(default=10)
    pass_percent = models.PositiveSmallIntegerField(default=80)
    minutes = models.PositiveSmallIntegerField(default=20)
    # More time, asked for by the person sitting, once per attempt.
    extra_minutes = models.PositiveSmallIntegerField(default=10)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    retake_hours = models.PositiveSmallIntegerField(default=24)
    # {section: how many questions of it}; the rest of `size` comes from the whole bank.
    blueprint = models.JSONField(default=dict)


class CourseAssignment(TimestampedModel):
    """A person owes a course by a date."""

    employee = models.ForeignKey("staff.Employee", models.PROTECT, related_name="assignments")
    course = models.ForeignKey(Course, models.PROTECT, related_name="assignments")
    due_on = models.DateField()
    state = models.CharField(
        max_length=10, choices=enums.CourseState, default=enums.CourseState.ASSIGNED
    )
    assigned_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    # The certificate whose end made this owed; a certificate is renewed once.
    renews = models.OneToOneField(
        "staff.Certificate", models.PROTECT, null=True, related_name="renewal"
    )
    lessons_read = models.JSONField(default=list)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            UniqueConstraint(
                fields=["employee", "course"],
                condition=Q(state__in=["assigned", "started"]),
                name="staff_one_open_assignment",
            )
        ]


class Attempt(models.Model):
    """One sitting of an exam: the paper drawn, each answer as it was given, the result."""

    exam = models.ForeignKey(Exam, models.PROTECT, related_name="attempts")
    employee = models.ForeignKey("staff.Employee", models.PROTECT, related_name="attempts")
    assignment = models.ForeignKey(
        CourseAssignment, models.PROTECT, null=True, related_name="attempts"
    )
    number = models.PositiveSmallIntegerField()
    # The paper as drawn: [{"id": …, "text": …, "text_en": …, "options": […], "correct": …, …}].
    # A question edited later does not change a sitting that has begun.
    paper = models.JSONField()
    # {"0": "B", …}: place on the paper → key chosen.
    answers = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    extended_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    state = models.CharField(
        max_length=10, choices=enums.AttemptState, default=enums.AttemptState.OPEN
    )
    hits = models.PositiveSmallIntegerField(null=True)
    total = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            UniqueConstraint(fields=["exam", "employee", "number"], name="staff_attempt_number"),
            UniqueConstraint(
                fields=["exam", "employee"],
                condition=Q(state="open"),
                name="staff_one_open_attempt",
            ),
            CheckConstraint(
                name="staff_attempt_hits_within_total",
                condition=Q(hits=None) | Q(hits__lte=F("total")),
            ),
        ]


class Certificate(TimestampedModel):
    """Proof that a person passed a course, until it expires."""

    number = models.CharField(max_length=30, unique=True)
    employee = models.ForeignKey("staff.Employee", models.PROTECT, related_name="certificates")
    course = models.ForeignKey(Course, models.PROTECT, related_name="certificates")
    attempt = models.OneToOneField(Attempt, models.PROTECT, null=True, related_name="certificate")
    issued_on = models.DateField()
    expires_on = models.DateField(null=True)
    # Taken back: not valid on this day any more.
    withdrawn_on = models.DateField(null=True)
    withdrawn_reason = models.CharField(max_length=200, blank=True)
    # Set where somebody else examined: who, the number on the paper, the level (TRN-13, STF-17).
    issuer = models.CharField(max_length=100, blank=True)
    outer_number = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-issued_on", "-pk"]

    def __str__(self) -> str:
        return self.number

    @property
    def ends_on(self) -> date | None:
        """The first day it is not valid on; None where it has no end."""
        return min(filter(None, (self.expires_on, self.withdrawn_on)), default=None)
