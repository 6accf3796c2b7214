"""A warehouse: arrivals counted, zones with their room, which zone each parcel lies in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from shipments.models.parcels import Parcel
from shipments.models.transport import Trip
from staff.models import Site


class Zone(TimestampedModel):
    """A part of a warehouse for one class of goods (WHS-02). Capacity in parcels."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="zones")
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=60)
    # What lies here: large pieces, small pieces, fragile, waiting for a decision …
    goods = models.CharField(max_length=60, blank=True)
    capacity = models.PositiveIntegerField()
    # A parcel that lies here longer is looked at (WHS-08).
    dwell_hours = models.PositiveSmallIntegerField(default=24)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["site__code", "code"]
        constraints = [UniqueConstraint(fields=["site", "code"], name="ship_zone_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ZoneStay(models.Model):
    """A parcel in a zone from when to when; one open stay a parcel (WHS-03, WHS-07)."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="stays")
    zone = models.ForeignKey(Zone, models.PROTECT, related_name="stays")
    put_at = models.DateTimeField()
    put_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    left_at = models.DateTimeField(null=True)
    # When somebody looked at it because it lay too long, and what was found (WHS-08).
    looked_at = models.DateTimeField(null=True)
    look = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["put_at", "pk"]
        indexes = [models.Index(fields=["zone", "left_at"], name="ship_stay_zone")]
        constraints = [
            UniqueConstraint(
                fields=["parcel"], condition=Q(left_at=None), name="ship_stay_one_open"
            ),
            CheckConstraint(
                name="ship_stay_in_order",
                condition=Q(left_at=None) | Q(left_at__gte=F("put_at")),
            ),
        ]


class ArrivalCount(models.Model):
    """How many pieces a trip should bring and how many were counted (WHS-01). Insert-only."""

    trip = models.ForeignKey(Trip, models.PROTECT, related_name="counts")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    expected = models.PositiveIntegerField()
    counted = models.PositiveIntegerField()
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]

    @property
    def difference(self) -> int:
        """Counted less expected, pieces."""
        return self.counted - self.expected
