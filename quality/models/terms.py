"""How long the steps of the loop may take, as the company fixed it."""

from __future__ import annotations

from django.db import models

from staff.models import User


class LoopTerms(models.Model):
    """One setting of all terms (NCR-09, SAF-03). Insert-only: the newest holds, old ones stay.

    Days are days of the calendar until a plan has to be approved; minutes are how long a report of
    danger may lie before the next superior is told.
    """

    plan_days = models.PositiveSmallIntegerField(default=7)
    plan_days_major = models.PositiveSmallIntegerField(default=3)
    climb_slight = models.PositiveSmallIntegerField(default=120)
    climb_serious = models.PositiveSmallIntegerField(default=30)
    climb_grave = models.PositiveSmallIntegerField(default=10)
    reason = models.CharField(max_length=300)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
