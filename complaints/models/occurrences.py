"""The days a survey was planned for, held or not."""

from __future__ import annotations

from django.db import models
from django.db.models import UniqueConstraint

from complaints.models.surveys import SurveyPlan


class SurveyOccurrence(models.Model):
    """One planned day of a plan, written down when it comes (V05).

    A round held later than `due_at`, the end of that day, was not held on time; one that was
    skipped has no `held_at`. Ended by decision before the day was over it is `dropped_at`.
    """

    plan = models.ForeignKey(SurveyPlan, models.PROTECT, related_name="occurrences")
    planned_on = models.DateField()
    due_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-planned_on", "-id"]
        constraints = [UniqueConstraint(fields=["plan", "planned_on"], name="comp_occurrence_once")]

    @property
    def is_on_time(self) -> bool:
        return self.held_at is not None and self.held_at <= self.due_at
