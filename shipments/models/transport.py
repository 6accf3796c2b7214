"""What moves between sites: trips, bags, and the counting of what should lie on a site."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from courierqa.core.models import Approval, TimestampedModel
from shipments import network_enums as words
from shipments.models.catalogue import Lane
from shipments.models.parcels import Parcel
from staff.models import Employee, Site


class Trip(TimestampedModel):
    """One vehicle's way from a site to another, planned beside actual (LIF-15, NET-01)."""

    number = models.CharField(max_length=20, unique=True)
    origin = models.ForeignKey(Site, models.PROTECT, related_name="+")
    destination = models.ForeignKey(Site, models.PROTECT, related_name="+")
    # Codes of the sites on the way, in order.
    via = models.JSONField(default=list)
    mode = models.CharField(max_length=4, choices=words.Mode, default=words.Mode.ROAD)
    carrier = models.CharField(max_length=60, blank=True)
    vehicle = models.CharField(max_length=30)
    watcher = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    planned_departure = models.DateTimeField()
    planned_arrival = models.DateTimeField()
    departed_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    status = models.CharField(
        max_length=10, choices=words.TripStatus, default=words.TripStatus.PLANNED
    )

    class Meta:
        indexes = [
            models.Index(fields=["status", "planned_departure"]),
            models.Index(fields=["planned_departure", "id"]),
        ]
        constraints = [
            CheckConstraint(
                name="ship_trip_plan_in_order",
                condition=Q(planned_arrival__gt=F("planned_departure")),
            ),
            CheckConstraint(
                name="ship_trip_status_known", condition=Q(status__in=words.TripStatus.values)
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Bag(TimestampedModel):
    """A sealed container of parcels for one destination (LIF-14)."""

    number = models.CharField(max_length=20, unique=True)
    origin = models.ForeignKey(Site, models.PROTECT, related_name="+")
    destination = models.ForeignKey(Site, models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=8, choices=words.BagStatus, default=words.BagStatus.FILLING
    )
    seal = models.CharField(max_length=30, blank=True)
    sealed_at = models.DateTimeField(null=True)
    sealed_by = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    seal_found = models.CharField(max_length=30, blank=True)
    opened_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    opened_site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["status", "id"])]
        constraints = [
            CheckConstraint(
                name="ship_bag_sealed_has_seal", condition=Q(status="filling") | ~Q(seal="")
            )
        ]

    def __str__(self) -> str:
        return self.number


class BagItem(models.Model):
    """A parcel put into a bag, and whether it came out of it at the other end."""

    bag = models.ForeignKey(Bag, models.CASCADE, related_name="items")
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="bag_items")
    put_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    # Found in the bag although nobody put it in.
    is_surplus = models.BooleanField(default=False)

    class Meta:
        constraints = [UniqueConstraint(fields=["bag", "parcel"], name="ship_bag_item_once")]


class TripLoad(models.Model):
    """A parcel on a trip, by itself or in a bag, with the result of the out-check (LIF-20)."""

    trip = models.ForeignKey(Trip, models.CASCADE, related_name="loads")
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="loads")
    bag = models.ForeignKey(Bag, models.PROTECT, null=True, related_name="loads")
    loaded_at = models.DateTimeField()
    loaded_by = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    check_result = models.CharField(max_length=10, choices=words.CheckResult)
    unloaded_at = models.DateTimeField(null=True)
    # Came off the trip although nobody had loaded it.
    is_surplus = models.BooleanField(default=False)

    class Meta:
        constraints = [UniqueConstraint(fields=["trip", "parcel"], name="ship_load_once")]


class TripPosition(models.Model):
    """Where a vehicle was: recorded by its device or imported (TIM-05). Evidence, not a gate."""

    trip = models.ForeignKey(Trip, models.CASCADE, related_name="positions")
    at = models.DateTimeField()
    latitude = models.FloatField()
    longitude = models.FloatField()
    speed_kmh = models.FloatField(null=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [UniqueConstraint(fields=["trip", "at"], name="ship_position_once")]


class RouteChange(TimestampedModel):
    """A wish to drive another way than planned; somebody else must approve (LIF-15)."""

    trip = models.ForeignKey(Trip, models.PROTECT, related_name="route_changes")
    via = models.JSONField(default=list)
    planned_arrival = models.DateTimeField()
    reason = models.CharField(max_length=200)
    status = models.CharField(
        max_length=10, choices=words.RouteChangeStatus, default=words.RouteChangeStatus.WAITING
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approval = models.ForeignKey(Approval, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["trip"], condition=Q(status="waiting"), name="ship_one_route_change_waits"
            )
        ]


class LaneChange(models.Model):
    """What a lane was before and became: who changed a time standard, and why (TIM-01)."""

    lane = models.ForeignKey(Lane, models.PROTECT, related_name="changes")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")


class Stocktake(TimestampedModel):
    """A count of a site: what should lie there against what was scanned."""

    number = models.CharField(max_length=20, unique=True)
    site = models.ForeignKey(Site, models.PROTECT, related_name="stocktakes")
    status = models.CharField(
        max_length=10, choices=words.StocktakeStatus, default=words.StocktakeStatus.COUNTING
    )
    started_at = models.DateTimeField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["site"], condition=Q(status="counting"), name="ship_one_count_a_site"
            )
        ]

    def __str__(self) -> str:
        return self.number


class StocktakeLine(models.Model):
    """One parcel of a count: expected or not, seen or not."""

    stocktake = models.ForeignKey(Stocktake, models.CASCADE, related_name="lines")
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="+")
    is_expected = models.BooleanField()
    seen_at = models.DateTimeField(null=True)
    verdict = models.CharField(
        max_length=10, choices=words.StockVerdict, default=words.StockVerdict.OPEN
    )

    class Meta:
        constraints = [UniqueConstraint(fields=["stocktake", "parcel"], name="ship_line_once")]
