"""What is found out about a case: statements, evidence files, the root cause."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import CheckConstraint, Q

from complaints import work_enums as enums
from complaints.models.cases import Case
from courierqa.core.models import TimestampedModel
from courierqa.core.privacy import EncryptedField
from staff.models import Employee, Site, User, local


class RootCause(models.Model):
    """A cause of the coded tree: an area, and the causes under it. Edited by the company."""

    code = models.SlugField(max_length=30, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return local(self, "name")


class Investigation(TimestampedModel):
    """Why it happened: up to five answers to "why?", and the cause of the tree they end in."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="investigation")
    root_cause = models.ForeignKey(RootCause, models.PROTECT, related_name="+")
    whys = models.JSONField(default=list)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Statement(TimestampedModel):
    """What a courier or a site has to say, asked with a due time."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="statements")
    person = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    question = models.CharField(max_length=300)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    text = EncryptedField(data_class="complaint", blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    # When the watch told the asker and the site that nothing came.
    missed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "id"]
        indexes = [
            models.Index(fields=["person", "answered_at"]),
            models.Index(fields=["site", "answered_at"]),
            models.Index(fields=["answered_at", "missed_at", "due_at"]),
        ]
        constraints = [
            CheckConstraint(
                name="comp_statement_whole",
                condition=Q(answered_at=None, answered_by=None)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            )
        ]


class EvidenceFile(TimestampedModel):
    """A picture or a PDF of a case: cleaned, hashed, opened only through a checked link."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="files")
    statement = models.ForeignKey(Statement, models.PROTECT, null=True, related_name="files")
    kind = models.CharField(max_length=8, choices=enums.FileKind)
    # What it was called when sent; the stored name is random.
    name = models.CharField(max_length=100)
    file = models.FileField(upload_to="cases/%Y/%m/")
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    received_sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    removed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    removed_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [
            # The same picture sent twice is one piece of evidence.
            models.UniqueConstraint(
                fields=["case", "received_sha256"],
                condition=Q(removed_at=None),
                name="comp_file_once",
            )
        ]
