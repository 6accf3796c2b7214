"""A courier's day: the run sheet, what is looked at before and after it, pickups accepted."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from shipments import enums
from shipments.models.parcels import Order, Parcel
from staff.models import Employee, Site, local


class Round(TimestampedModel):
    """One courier on one business day (DEL-01).

    Which parcels were loaded and what became of each is read from the scans, never stored here.
    """

    courier = models.ForeignKey(Employee, models.PROTECT, related_name="rounds")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    day = models.DateField()
    status = models.CharField(
        max_length=10, choices=enums.RoundStatus, default=enums.RoundStatus.PLANNED
    )
    given_at = models.DateTimeField()
    accept_by = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    vehicle = models.CharField(max_length=30, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["courier", "day"], name="ship_round_once"),
            CheckConstraint(
                name="ship_round_status_known", condition=Q(status__in=enums.RoundStatus.values)
            ),
            CheckConstraint(
                name="ship_round_ends_after_start",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
            ),
        ]
        indexes = [models.Index(fields=["day", "site"])]

    @property
    def accepted_late(self) -> bool:
        """Say whether the courier accepted after the set time."""
        return self.accepted_at is not None and self.accepted_at > self.accept_by


class RoundStop(models.Model):
    """One parcel given to a round, with its place in the order of delivery (DEL-04)."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="stops")
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="+")
    sequence = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["sequence", "pk"]
        constraints = [UniqueConstraint(fields=["round", "parcel"], name="ship_stop_once")]


class CheckItem(TimestampedModel):
    """A thing to look at before, after or during a round: editable data, never reused."""

    code = models.SlugField(max_length=30, unique=True)
    phase = models.CharField(max_length=10, choices=enums.CheckPhase)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    # A round may not start while this one is not in order.
    is_critical = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["phase", "position"]

    def __str__(self) -> str:
        return local(self, "name")


class RoundCheck(models.Model):
    """One saved look at vehicle, box and gear. Insert-only: a second look is a second row."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="checks")
    phase = models.CharField(max_length=10, choices=enums.CheckPhase)
    # Item code → in order or not, as they were asked then.
    answers = models.JSONField(default=dict)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    @property
    def failed(self) -> list[str]:
        """Return the codes of what was not in order."""
        return [code for code, good in self.answers.items() if not good]


class OrderAcceptance(models.Model):
    """A courier took a pickup after looking at its details (LIF-02). Insert-only."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="acceptances")
    courier = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [UniqueConstraint(fields=["order", "courier"], name="ship_accepted_once")]
