"""What is excused, how often visitors asked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.utils import timezone

from courierqa.core.models import TimestampedModel
from shipments.exemption_enums import ExemptionReach, ExemptionStatus
from staff.models import Site


class Exemption(TimestampedModel):
    """Force majeure by approved record: area, period, cause, evidence (B17).

    Written by `kpi.exempting` alone; asked for by one person and approved by another. Of a region
    the sites are kept that belonged to it when it was asked for.
    """

    number = models.CharField(max_length=20, unique=True)
    reach = models.CharField(max_length=8, choices=ExemptionReach, default=ExemptionReach.SITES)
    region = models.CharField(max_length=30, blank=True)
    sites = models.ManyToManyField(Site, related_name="+")
    lanes = models.ManyToManyField("shipments.Lane", related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    cause = models.CharField(max_length=200)
    evidence = models.CharField(max_length=300)
    file = models.FileField(upload_to="exemptions/%Y/%m/", blank=True)
    file_kind = models.CharField(max_length=8, blank=True)
    file_name = models.CharField(max_length=100, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    status = models.CharField(
        max_length=10, choices=ExemptionStatus, default=ExemptionStatus.REQUESTED
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    approval = models.ForeignKey("core.Approval", models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-starts_at", "-pk"]
        constraints = [
            CheckConstraint(name="ship_exemption_order", condition=Q(ends_at__gt=F("starts_at"))),
        ]
        indexes = [models.Index(fields=["status", "starts_at"], name="ship_exemption_when")]

    def __str__(self) -> str:
        return self.number


class TrackLookup(models.Model):
    """How often an address asked for tracking in one minute: an exact limit, kept in SQL."""

    visitor = models.CharField(max_length=64)
    minute = models.DateTimeField()
    hits = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [UniqueConstraint(fields=["visitor", "minute"], name="ship_lookup_once")]
