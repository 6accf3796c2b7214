"""Tasks across units: one deadline, a part for each unit, done when every part is."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from quality import communication_enums as enums
from quality.models.meeting import Decision, Meeting
from staff.models import Employee, Site, User


class CommonTask(TimestampedModel):
    """Something to be done by one or more units until one day (COM-04).

    `first_due_on` never changes. A task that a meeting gave names the meeting.
    """

    number = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=100)
    text = models.CharField(max_length=1000, blank=True)
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="tasks")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="tasks")
    owner = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    first_due_on = models.DateField()
    due_on = models.DateField()
    status = models.CharField(
        max_length=10, choices=enums.TaskStatus, default=enums.TaskStatus.OPEN
    )
    ended_at = models.DateTimeField(null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["status", "due_on", "id"], name="qual_task_due")]
        constraints = [
            CheckConstraint(
                name="qual_task_ended",
                condition=Q(status="open", ended_at=None)
                | ~Q(status="open") & Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class TaskPart(TimestampedModel):
    """The part of one unit: who reports it, what was done, what proves it."""

    task = models.ForeignKey(CommonTask, models.PROTECT, related_name="parts")
    position = models.PositiveSmallIntegerField()
    # The site that does it; whoever works at the head office belongs to the office.
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    text = models.CharField(max_length=300)
    status = models.CharField(
        max_length=10, choices=enums.PartStatus, default=enums.PartStatus.OPEN
    )
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # What was done, and the record elsewhere that shows it.
    note = models.CharField(max_length=500, blank=True)
    reference = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["owner", "status"], name="qual_part_owner")]
        constraints = [
            UniqueConstraint(fields=["task", "position"], name="qual_part_place"),
            CheckConstraint(
                name="qual_part_done_iff",
                condition=Q(status="open", done_at=None, done_by=None)
                | Q(status="done", done_at__isnull=False, done_by__isnull=False) & ~Q(note=""),
            ),
        ]


def _one_of(*names: str) -> Q:
    """Return the condition that exactly one of the fields is filled."""
    whole = Q()
    for name in names:
        whole |= Q(**{f"{one}__isnull": one != name for one in names})
    return whole


class KeptFile(models.Model):
    """A picture or PDF with what it proves: cleaned and hashed. Insert-only.

    It belongs to a part of a task, a benchmark, the check of a legal duty or a certificate.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    part = models.ForeignKey(TaskPart, models.PROTECT, null=True, related_name="files")
    benchmark = models.ForeignKey(
        "quality.Benchmark", models.PROTECT, null=True, related_name="files"
    )
    check_of_duty = models.ForeignKey(
        "quality.DutyCheck", models.PROTECT, null=True, related_name="files"
    )
    certification = models.ForeignKey(
        "quality.Certification", models.PROTECT, null=True, related_name="files"
    )
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=100)
    file = models.FileField(upload_to="improvement/%Y/%m/")
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            CheckConstraint(
                name="qual_kept_of_one",
                condition=_one_of("part", "benchmark", "check_of_duty", "certification"),
            ),
        ]

    @property
    def owner(self) -> Any:
        """The record it belongs to."""
        return self.part or self.benchmark or self.check_of_duty or self.certification
