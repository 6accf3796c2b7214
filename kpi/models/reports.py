"""Frozen months: content, comments, signatures, publication, files."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from courierqa.core.enums import Role
from kpi.enums import FileKind, Stage, Step


class Snapshot(models.Model):
    """A frozen month: every number the report prints, with its hash. Insert-only.

    `site` is the code of the one site it is about, empty for the whole company.
    """

    period = models.CharField(max_length=7)
    site = models.CharField(max_length=12, blank=True, default="")
    version = models.CharField(max_length=6)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    as_of = models.DateTimeField()
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    is_final = models.BooleanField(default=False)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["period", "site", "version"], name="kpi_snapshot_once")
        ]
        indexes = [models.Index(fields=["sha256"])]


class ReportComment(models.Model):
    """What a person says about one figure of a month, or about all of it (`code` empty).

    Insert-only: the newest counts until the month is frozen, which copies it into the content.
    """

    period = models.CharField(max_length=7)
    site = models.CharField(max_length=12, blank=True, default="")
    code = models.CharField(max_length=8, blank=True)
    text = models.CharField(max_length=600, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["period", "site"])]


class Signature(models.Model):
    """Who signed which hash of a frozen month, as what, when. Insert-only."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="signatures")
    step = models.CharField(max_length=10, choices=Step)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    role = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["snapshot", "step"], name="kpi_signature_step_once"),
            UniqueConstraint(fields=["snapshot", "user"], name="kpi_signature_three_people"),
        ]

    @property
    def role_label(self) -> str:
        """Return what the person signed as, in the reader's language."""
        return str(Role(self.role).label)


class DraftDiscard(models.Model):
    """A draft that was given up because nothing had moved since the frozen edition. Insert-only."""

    snapshot = models.OneToOneField(Snapshot, models.PROTECT, related_name="discard")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Publication(models.Model):
    """A signed month that was made known: from now on auditors see it and anybody can check it."""

    snapshot = models.OneToOneField(Snapshot, models.PROTECT, related_name="publication")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class ReportFile(models.Model):
    """A file made from a snapshot, in one language; the same snapshot gives the same bytes.

    A PDF that carries a digital signature is stored once; `plain_sha256` is the fingerprint of
    the bytes before it, which can be printed again at any time.
    """

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="files")
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=5, choices=FileKind, default=FileKind.PDF)
    stage = models.CharField(max_length=10, choices=Stage, default=Stage.MADE)
    file = models.FileField(upload_to="reports/")
    sha256 = models.CharField(max_length=64)
    plain_sha256 = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["snapshot", "language", "kind", "stage"], name="kpi_report_file_once"
            ),
            CheckConstraint(name="kpi_report_file_full", condition=Q(size__gt=0)),
        ]
        indexes = [models.Index(fields=["sha256"])]
