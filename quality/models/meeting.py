"""Meetings, who came, what was decided; series of meetings."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from courierqa.core.recurrence import Every, Occurrence
from quality import communication_enums as enums
from quality.models.nonconformity import Nonconformity
from staff.models import Employee, Site, User


class MeetingSeries(TimestampedModel):
    """Meetings by a rule: whose, how often, about what (COM-03)."""

    kind = models.CharField(max_length=10, choices=enums.MeetingKind)
    title = models.CharField(max_length=100)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    chair = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    people = models.ManyToManyField(Employee, blank=True, related_name="+")
    agenda = models.CharField(max_length=1000)
    every = models.CharField(max_length=10, choices=Every)
    interval = models.PositiveSmallIntegerField(default=1)
    anchor = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            CheckConstraint(name="qual_series_interval", condition=Q(interval__gte=1)),
        ]

    def __str__(self) -> str:
        return self.title


class Meeting(Occurrence):
    """One meeting, of a series or for itself; not held after its day, it is overdue (COM-01)."""

    plan = models.ForeignKey(MeetingSeries, models.PROTECT, null=True, related_name="meetings")
    kind = models.CharField(max_length=10, choices=enums.MeetingKind)
    title = models.CharField(max_length=100)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    chair = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    agenda = models.CharField(max_length=1000)
    place = models.CharField(max_length=80, blank=True)
    minutes = models.TextField(blank=True)
    held_on = models.DateField(null=True)
    minutes_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta(Occurrence.Meta):
        ordering = ["-due_day", "-id"]
        indexes = [
            models.Index(fields=["-due_day", "-id"], name="qual_meeting_newest"),
            models.Index(fields=["done_at", "due_day"], name="qual_meeting_due"),
        ]
        constraints = [
            *Occurrence.Meta.constraints,
            CheckConstraint(
                name="qual_meeting_held_iff",
                condition=Q(done_at=None, held_on=None)
                | Q(done_at__isnull=False, held_on__isnull=False, minutes_by__isnull=False)
                & ~Q(minutes=""),
            ),
            CheckConstraint(
                name="qual_meeting_one_end", condition=Q(done_at=None) | Q(cancelled_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.due_day}"


class Attendance(models.Model):
    """Whether one person came to a meeting. Insert-only."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    presence = models.CharField(max_length=8, choices=enums.Presence)

    class Meta:
        ordering = ["employee__number"]
        constraints = [UniqueConstraint(fields=["meeting", "employee"], name="qual_attended_once")]


class Decision(models.Model):
    """What a meeting decided; a problem among it is dealt with as a nonconformity."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="decisions")
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    nonconformity = models.ForeignKey(Nonconformity, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["position"]
        constraints = [
            UniqueConstraint(fields=["meeting", "position"], name="qual_meeting_decision_place")
        ]
