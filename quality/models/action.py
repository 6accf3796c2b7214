"""What is done about it, by whom, until when; and each time the day was moved."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q

from courierqa.core.models import TimestampedModel
from quality import enums
from quality.models.nonconformity import Nonconformity
from staff.models import Employee, User


class Action(TimestampedModel):
    """One deed of a plan. `first_due_on` never changes: in time means in time for it (I04)."""

    nonconformity = models.ForeignKey(Nonconformity, models.PROTECT, related_name="actions")
    round = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=enums.ActionKind)
    text = models.CharField(max_length=500)
    owner = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=10, choices=enums.ActionStatus, default=enums.ActionStatus.OPEN
    )
    first_due_on = models.DateField()
    due_on = models.DateField()
    # When the plan it belongs to was approved: before that it may still be taken out.
    ordered_at = models.DateTimeField(null=True)
    done_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # What was done, or why it was cancelled; and the record elsewhere that shows it.
    note = models.CharField(max_length=1000, blank=True)
    reference = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["round", "position"]
        indexes = [
            models.Index(fields=["status", "due_on"], name="qual_action_due"),
            models.Index(fields=["owner", "status", "due_on"], name="qual_action_owner"),
            models.Index(fields=["first_due_on"], name="qual_action_first_due"),
        ]
        constraints = [
            CheckConstraint(
                name="qual_action_ended",
                condition=Q(status="open", ended_at=None)
                | ~Q(status="open") & Q(ended_at__isnull=False),
            ),
            CheckConstraint(
                name="qual_action_done_on",
                condition=Q(status="done", done_on__isnull=False)
                | ~Q(status="done") & Q(done_on=None),
            ),
            models.UniqueConstraint(
                fields=["nonconformity", "round", "position"], name="qual_action_place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nonconformity.number}-{self.position}"


class Extension(models.Model):
    """One move of a due day with its reason. Insert-only."""

    action = models.ForeignKey(Action, models.PROTECT, null=True, related_name="extensions")
    effect = models.ForeignKey(
        "quality.EffectCheck", models.PROTECT, null=True, related_name="extensions"
    )
    nonconformity = models.ForeignKey(Nonconformity, models.PROTECT, related_name="extensions")
    old_due_on = models.DateField()
    due_on = models.DateField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
