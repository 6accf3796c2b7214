"""Vehicles: what they are, whether they may be used, who drives them when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from shipments import vehicle_enums as words
from shipments.models.rounds import Round
from staff.models import Employee, Site


class Vehicle(TimestampedModel):
    """One vehicle of the fleet (VEH-01). Only services move `status`; weight kg, space litres."""

    plate = models.CharField(max_length=30, unique=True)
    kind = models.CharField(max_length=10, choices=words.VehicleKind)
    energy = models.CharField(max_length=10, choices=words.Energy)
    site = models.ForeignKey(Site, models.PROTECT, related_name="vehicles")
    load_kg = models.PositiveIntegerField()
    space_l = models.PositiveIntegerField()
    # Codes of `SafetyGear` that are on board.
    gear = models.JSONField(default=list)
    acquired_on = models.DateField(null=True)
    status = models.CharField(max_length=8, choices=words.Fitness, default=words.Fitness.FIT)
    status_since = models.DateField()
    odometer_km = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["plate"]
        constraints = [
            CheckConstraint(
                name="ship_vehicle_status_known", condition=Q(status__in=words.Fitness.values)
            ),
        ]

    def __str__(self) -> str:
        return self.plate


class VehicleReading(models.Model):
    """One reading of an odometer, in kilometres. Insert-only: a wrong one is never lowered."""

    vehicle = models.ForeignKey(Vehicle, models.PROTECT, related_name="readings")
    km = models.PositiveIntegerField()
    on = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]


class VehicleDefect(TimestampedModel):
    """Something broken. A safety defect keeps the vehicle off the road until solved (VEH-03)."""

    vehicle = models.ForeignKey(Vehicle, models.PROTECT, related_name="defects")
    what = models.CharField(max_length=200)
    is_safety = models.BooleanField(default=False)
    status = models.CharField(
        max_length=8, choices=words.DefectStatus, default=words.DefectStatus.OPEN
    )
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    # The line of the check that found it, and the round it belonged to.
    item = models.SlugField(max_length=30, blank=True)
    round = models.ForeignKey(Round, models.PROTECT, null=True, related_name="defects")
    solved_at = models.DateTimeField(null=True)
    solved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    solution = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-found_at", "-pk"]
        indexes = [models.Index(fields=["status", "is_safety"], name="ship_defect_open")]
        constraints = [
            CheckConstraint(
                name="ship_defect_solved_iff",
                condition=Q(status="open", solved_at=None)
                | Q(status="solved", solved_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.vehicle} · {self.what}"


class VehicleBooking(models.Model):
    """One vehicle and one driver for one shift of a day; neither twice (VEH-10)."""

    vehicle = models.ForeignKey(Vehicle, models.PROTECT, related_name="bookings")
    driver = models.ForeignKey(Employee, models.PROTECT, related_name="bookings")
    day = models.DateField()
    shift = models.CharField(max_length=6, choices=words.Shift)
    route = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["day", "shift", "vehicle"]
        constraints = [
            UniqueConstraint(fields=["vehicle", "day", "shift"], name="ship_booking_vehicle_once"),
            UniqueConstraint(fields=["driver", "day", "shift"], name="ship_booking_driver_once"),
        ]


class RiskArea(TimestampedModel):
    """Where a courier should not go, or only with care; shown on the run sheet (SAF-06)."""

    name = models.CharField(max_length=60)
    # Streets or places as they stand in an address; any of them marks a stop.
    keywords = models.JSONField(default=list)
    city = models.CharField(max_length=40, blank=True)
    advice = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    until = models.DateField(null=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
