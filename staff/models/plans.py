"""The training plan: sessions, who came, what is needed, whether it helped."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from staff import enums
from staff.models.people import Employee, Post
from staff.models.places import Site
from staff.models.signin import User
from staff.models.training import Course, CourseAssignment


class TrainingSession(TimestampedModel):
    """One item of the year plan (TRN-01). Its first planned day counts for H01, moved or not."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions")
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    trainer = models.CharField(max_length=60, blank=True)
    first_planned_on = models.DateField()
    planned_on = models.DateField()
    state = models.CharField(
        max_length=10, choices=enums.SessionState, default=enums.SessionState.PLANNED
    )
    held_on = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    # Whether it helped is asked by this day (H03); empty = nobody asked for a check.
    effect_due_on = models.DateField(null=True)

    class Meta:
        ordering = ["planned_on", "pk"]
        constraints = [
            CheckConstraint(
                name="staff_session_held_iff_day",
                condition=Q(state="held", held_on__isnull=False)
                | (~Q(state="held") & Q(held_on=None)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.course} {self.planned_on}"


class Attendance(models.Model):
    """Who was to come to a session, and did."""

    session = models.ForeignKey(TrainingSession, models.CASCADE, related_name="attendances")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="attendances")
    was_present = models.BooleanField(null=True)

    class Meta:
        ordering = ["employee__number"]
        constraints = [
            UniqueConstraint(fields=["session", "employee"], name="staff_attendance_once")
        ]


class TrainingNeed(TimestampedModel):
    """Something somebody must learn, and where that was seen (TRN-06, TRN-12)."""

    source = models.CharField(max_length=12, choices=enums.NeedSource)
    # Number of the case, month of the grade, or whatever names the record behind it.
    reference = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=500)
    employee = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="needs")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    raised_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    raised_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=enums.NeedState, default=enums.NeedState.OPEN)
    assignment = models.ForeignKey(
        CourseAssignment, models.PROTECT, null=True, related_name="needs"
    )
    answer = models.CharField(max_length=300, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            # A record raises one need about a person, however often its work is done again.
            UniqueConstraint(
                fields=["source", "reference", "employee"],
                condition=~Q(reference=""),
                name="staff_need_once",
            )
        ]


class EffectCheck(models.Model):
    """Whether a session helped, with what was seen before and after (TRN-07, H03)."""

    session = models.OneToOneField(TrainingSession, models.PROTECT, related_name="effect")
    kind = models.CharField(max_length=10, choices=enums.EffectKind)
    before = models.CharField(max_length=60, blank=True)
    after = models.CharField(max_length=60, blank=True)
    is_effective = models.BooleanField()
    note = models.CharField(max_length=300)
    # Where figures were compared: the metric, days each side, and the counts before and after.
    counts = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class PracticeTest(models.Model):
    """A course's practical part as an examiner saw it (TRN-11); rows are only added."""

    course = models.ForeignKey(Course, models.PROTECT, related_name="practice_tests")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="practice_tests")
    percent = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=300, blank=True)
    on = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            CheckConstraint(name="staff_practice_percent", condition=Q(percent__lte=100))
        ]
