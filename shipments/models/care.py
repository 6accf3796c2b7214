"""What went wrong, what is excused, how often visitors asked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from shipments import enums
from shipments.models.parcels import Parcel
from staff.models import Employee, Site


class ParcelException(TimestampedModel):
    """A thing gone wrong with a parcel, with an owner, a due time and the customer told."""

    number = models.CharField(max_length=20, unique=True)
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="exceptions")
    kind = models.CharField(max_length=12, choices=enums.ExceptionKind)
    status = models.CharField(
        max_length=10, choices=enums.ExceptionStatus, default=enums.ExceptionStatus.NEW
    )
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    owner = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    cause = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [models.Index(fields=["status", "due_at"])]
        constraints = [
            UniqueConstraint(
                fields=["parcel", "kind"],
                condition=~Q(status="solved"),
                name="ship_one_open_exception",
            )
        ]

    def __str__(self) -> str:
        return self.number


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
