"""The network as data: lockers, served areas, screening rules, disruptions, partners."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from courierqa.core.models import Calendar, TimestampedModel
from shipments import network_enums as words
from shipments.models.parcels import Parcel
from staff.models import Employee, Site, local


class Locker(TimestampedModel):
    """The register of parcel lockers: who runs one, its cells, its rules (DEL-29)."""

    site = models.OneToOneField(Site, models.PROTECT, related_name="locker")
    operator = models.CharField(max_length=60)
    cells = models.PositiveSmallIntegerField()
    consent_rule = models.CharField(
        max_length=10, choices=words.ConsentRule, default=words.ConsentRule.EACH
    )
    # How long a parcel may lie inside before it is brought back.
    dwell_limit_hours = models.PositiveSmallIntegerField(default=24)
    is_working = models.BooleanField(default=True)

    def __str__(self) -> str:
        return str(self.site)


class ServiceArea(TimestampedModel):
    """Where a site, or one courier of it, delivers; the longest keyword of an address wins."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="areas")
    courier = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="areas")
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    city = models.CharField(max_length=40)
    # Districts, streets or buildings as they stand in an address; none means the whole city.
    keywords = models.JSONField(default=list)
    is_served = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["site", "name"]

    def __str__(self) -> str:
        return local(self, "name")


class ScreeningRule(models.Model):
    """Which parcels must pass the machine before they leave (ACC-04). Empty means any."""

    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    mode = models.CharField(max_length=4, choices=words.Mode, blank=True)
    region = models.CharField(max_length=30, blank=True)
    destination = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            CheckConstraint(
                name="ship_screening_says_something",
                condition=~Q(mode="") | ~Q(region="") | Q(destination__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return local(self, "name")


class RefusedDeed(TimestampedModel):
    """A dispatch that was stopped: the deed that did not happen is counted too (ACC-04)."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="refused_deeds")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    scan_code = models.CharField(max_length=3)
    code = models.CharField(max_length=30)
    mode = models.CharField(max_length=4, blank=True)
    person = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_index=True)


class Disruption(TimestampedModel):
    """Bad weather or another special situation, and what was done about it (LIF-18)."""

    number = models.CharField(max_length=20, unique=True)
    area = models.CharField(max_length=100)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    cause = models.CharField(max_length=200)
    measures = models.CharField(max_length=500)
    sites = models.ManyToManyField(Site, related_name="disruptions")
    trips = models.ManyToManyField("shipments.Trip", related_name="disruptions")
    parcels = models.ManyToManyField(Parcel, related_name="disruptions")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            CheckConstraint(
                name="ship_disruption_in_order",
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
            )
        ]

    def __str__(self) -> str:
        return self.number


class CalendarChange(models.Model):
    """A holiday or make-up workday entered, and how many open promises it moved (TIM-13)."""

    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    day = models.DateField()
    is_working = models.BooleanField()
    name = models.CharField(max_length=60)
    reason = models.CharField(max_length=200)
    looked_at = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")


class Partner(TimestampedModel):
    """A firm we work with: carrier, station or locker operator, supplier (NET-04)."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=words.PartnerKind)
    agreement_from = models.DateField(null=True)
    agreement_to = models.DateField(null=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class PartnerScore(TimestampedModel):
    """A partner's marks of one month, 0 to 100, with the evidence behind them (NET-04)."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="scores")
    month = models.CharField(max_length=7)
    punctuality = models.PositiveSmallIntegerField()
    care = models.PositiveSmallIntegerField()
    cooperation = models.PositiveSmallIntegerField()
    note = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["partner", "month"], name="ship_score_once"),
            CheckConstraint(
                name="ship_score_in_range",
                condition=Q(punctuality__lte=100) & Q(care__lte=100) & Q(cooperation__lte=100),
            ),
        ]

    @property
    def total(self) -> int:
        """The mean of the three marks, whole points."""
        return round((self.punctuality + self.care + self.cooperation) / 3)


class Purchase(TimestampedModel):
    """Material bought, such as packing or scales, with its quality check (NET-09)."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="purchases")
    item = models.CharField(max_length=80)
    quantity = models.PositiveIntegerField()
    received_on = models.DateField()
    result = models.CharField(max_length=12, choices=words.QualityResult)
    found = models.CharField(max_length=300)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
