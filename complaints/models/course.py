"""What happens beside the steps of a case: pauses, the regulator's file, watched forums."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from complaints import enums
from complaints.models.cases import Case
from complaints.models.forums import Forum
from complaints.models.rules import PauseReason
from courierqa.core.models import TimestampedModel
from staff.models import User


class Pause(models.Model):
    """A stretch in which the resolution clock stands still; who ended it, and how."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="pauses")
    reason = models.ForeignKey(PauseReason, models.PROTECT, related_name="+")
    note = models.CharField(max_length=300)
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_how = models.CharField(max_length=10, choices=enums.PauseEnd, blank=True)

    class Meta:
        ordering = ["started_at", "id"]
        constraints = [
            UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="comp_one_open_pause"
            ),
            CheckConstraint(
                name="comp_pause_forward",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
            ),
        ]


class RegulatorFile(TimestampedModel):
    """A matter an authority sent: its number, when the reply is due, what was replied (CMP-29)."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="regulator_file")
    authority = models.CharField(max_length=100)
    reference = models.CharField(max_length=60, unique=True)
    matter = models.CharField(max_length=10, choices=enums.RegulatorMatter)
    forwarded_at = models.DateTimeField()
    due_at = models.DateTimeField()
    replied_at = models.DateTimeField(null=True)
    replied_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    reply_reference = models.CharField(max_length=60, blank=True)
    reply = models.TextField(blank=True)
    outcome = models.CharField(
        max_length=10, choices=enums.RegulatorOutcome, default=enums.RegulatorOutcome.OPEN
    )

    class Meta:
        indexes = [models.Index(fields=["replied_at", "due_at"])]
        constraints = [
            CheckConstraint(
                name="comp_regulator_reply_whole",
                condition=Q(replied_at=None, replied_by=None, reply="")
                | Q(replied_at__isnull=False, replied_by__isnull=False) & ~Q(reply=""),
            )
        ]


class ForumLook(models.Model):
    """Somebody looked at a forum: how many posts about us, what they say. Insert-only."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="looks")
    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    found = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["forum", "-at"])]
