"""Supervision: what somebody saw of a person's work, and what they agreed."""

from __future__ import annotations

from django.db import models

from courierqa.core.models import TimestampedModel
from staff import enums
from staff.models.people import Employee
from staff.models.places import Site
from staff.models.signin import User


class Observation(models.Model):
    """A ride-along or spot check (INS-01); rows are only added, a mistake is corrected by another.

    `answers` is {"uniform": "ok" | "fail" | "na", …}; `fails` and `seen` are counted from it.
    """

    kind = models.CharField(max_length=12, choices=enums.ObservationKind)
    employee = models.ForeignKey(Employee, models.PROTECT, related_name="observations")
    # Where the person worked on that day.
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    on = models.DateField(db_index=True)
    answers = models.JSONField()
    seen = models.PositiveSmallIntegerField()
    fails = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=1000, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-on", "-pk"]


class CoachingNote(TimestampedModel):
    """What a supervisor and a person agreed, and when they look again."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="coaching")
    observation = models.ForeignKey(Observation, models.PROTECT, null=True, related_name="coaching")
    text = models.CharField(max_length=1000)
    next_on = models.DateField(null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    result = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
