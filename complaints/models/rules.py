"""What a company sets for its cases: limits, escalation, pauses, procedures, channels."""

from __future__ import annotations

from django.db import models

from complaints import enums
from courierqa.core.models import TimestampedModel
from staff.models import User, local


class CaseRules(models.Model):
    """One version of the rules of all cases. Insert-only: the newest version is in force.

    `ladder` says per clock how many minutes before its end the owner is warned, and how many
    minutes after it each head of the reporting line is told: {"first": [60, 0, 240, 1440], …}.
    """

    version = models.PositiveSmallIntegerField(unique=True)
    reopen_days = models.PositiveSmallIntegerField(default=30)
    transfer_hours = models.PositiveSmallIntegerField(default=24)
    follow_up_hours = models.PositiveSmallIntegerField(default=24)
    follow_up_tries = models.PositiveSmallIntegerField(default=3)
    try_again_hours = models.PositiveSmallIntegerField(default=4)
    regulator_days = models.PositiveSmallIntegerField(default=10)
    # For working hours, where the case's site has no calendar of its own.
    calendar_code = models.CharField(max_length=30, default="CN")
    ladder = models.JSONField(default=dict)
    why = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-version"]


class PauseReason(TimestampedModel):
    """Why the resolution clock may stand still, and for how long at most."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    most_hours = models.PositiveSmallIntegerField(default=72)
    is_active = models.BooleanField(default=True)
    is_proposal = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return local(self, "name")


class Procedure(TimestampedModel):
    """What is done about a class of complaints, and what may be offered (CMP-14).

    One line is one step or one remedy.
    """

    case_class = models.CharField(max_length=12, choices=enums.CaseClass, unique=True)
    steps = models.TextField()
    steps_en = models.TextField()
    remedies = models.TextField()
    remedies_en = models.TextField()
    is_proposal = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return str(enums.CaseClass(self.case_class).label)

    def step_lines(self) -> list[str]:
        """Return the steps in the reader's language."""
        return [line for line in local(self, "steps").splitlines() if line.strip()]

    def remedy_lines(self) -> list[str]:
        """Return what may be offered, in the reader's language."""
        return [line for line in local(self, "remedies").splitlines() if line.strip()]


class ChannelSetting(TimestampedModel):
    """Whether colleagues may choose a channel, where it arrives, whether a receipt is sent."""

    channel = models.CharField(max_length=10, choices=enums.Channel, unique=True)
    is_offered = models.BooleanField(default=True)
    sends_receipt = models.BooleanField(default=True)
    # A number, an address or a name by which colleagues know it.
    place = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return str(enums.Channel(self.channel).label)
