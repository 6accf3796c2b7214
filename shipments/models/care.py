"""What is excused, how often visitors asked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from courierqa.core.models import TimestampedModel
from staff.models import Site


class Exemption(TimestampedModel):
    """Force majeure by approved record: area, period, cause (B17)."""

    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    cause = models.CharField(max_length=200)
    evidence = models.CharField(max_length=300)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)


class TrackLookup(models.Model):
    """How often an address asked for tracking in one minute: an exact limit, kept in SQL."""

    visitor = models.CharField(max_length=64)
    minute = models.DateTimeField()
    hits = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [UniqueConstraint(fields=["visitor", "minute"], name="ship_lookup_once")]
