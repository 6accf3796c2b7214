"""A need that was not met, from the moment it is seen to the proof that it is gone."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import CheckConstraint, Q

from courierqa.core.models import TimestampedModel
from quality import enums
from staff.models import Employee, Site, User


class NumberOfYear(models.Model):
    """The last number given in a year."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)


class Nonconformity(TimestampedModel):
    """One problem and what is done about it (NCR-01 … NCR-10).

    `round` counts the attempts: an effect check that fails opens the next one, and what was
    found, planned and measured before stays with its own round.
    """

    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, choices=enums.NcKind, default=enums.NcKind.ACTUAL)
    severity = models.CharField(max_length=8, choices=enums.Severity, default=enums.Severity.MINOR)
    status = models.CharField(max_length=12, choices=enums.Status, default=enums.Status.OPEN)
    source = models.CharField(max_length=12, choices=enums.SourceKind)
    # What the source is called there: waybill, case number, figure|site|period.
    source_ref = models.CharField(max_length=60, blank=True)
    # The data behind the problem as they stood when it was raised (IMP-10).
    data = models.JSONField(default=dict)
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    found_at = models.DateTimeField()
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    # The immediate correction: what was done for those it hit.
    correction = models.TextField(blank=True)
    corrected_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    corrected_at = models.DateTimeField(null=True)
    cause = models.ForeignKey("quality.Cause", models.PROTECT, null=True, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    # The day the plan must be approved by; kept as first set (NCR-09).
    plan_first_due_on = models.DateField()
    plan_due_on = models.DateField()
    # What is due next, whatever it is: kept by the services for the board.
    due_on = models.DateField(null=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # The earlier one this repeats, and on that one when it came back (I06).
    repeats = models.ForeignKey("self", models.PROTECT, null=True, related_name="repeated_by")
    came_back_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["status", "due_on", "id"], name="qual_nc_board"),
            models.Index(fields=["site", "status", "due_on"], name="qual_nc_site"),
            models.Index(fields=["owner", "status", "due_on"], name="qual_nc_owner"),
            models.Index(fields=["source", "source_ref"], name="qual_nc_source"),
            models.Index(fields=["site", "closed_at"], name="qual_nc_closed_site"),
            models.Index(fields=["status", "-closed_at"], name="qual_nc_closed"),
            models.Index(fields=["-raised_at", "-id"], name="qual_nc_raised"),
        ]
        constraints = [
            CheckConstraint(
                name="qual_nc_closed_iff",
                condition=Q(status="closed", closed_at__isnull=False)
                | ~Q(status="closed") & Q(closed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class QualityFile(TimestampedModel):
    """A picture or PDF that proves a deed: cleaned, hashed, opened only through a checked link."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    nonconformity = models.ForeignKey(Nonconformity, models.PROTECT, related_name="files")
    action = models.ForeignKey("quality.Action", models.PROTECT, null=True, related_name="files")
    kind = models.CharField(max_length=8)
    name = models.CharField(max_length=100)
    file = models.FileField(upload_to="quality/%Y/%m/")
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    received_sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["nonconformity", "received_sha256"], name="qual_file_once"
            )
        ]
