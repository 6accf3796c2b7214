"""Products, lanes, senders with an account, reasons, prohibited goods."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from courierqa.core.enums import ClockKind
from courierqa.core.models import TimestampedModel
from shipments import enums
from shipments.network_enums import Mode
from staff.models import Site, local


class Product(TimestampedModel):
    """What is promised: the clock, the limit, the cut-off (seed 004 §6.1.2)."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40)
    clock = models.CharField(max_length=15, choices=ClockKind)
    low = models.PositiveSmallIntegerField()
    high = models.PositiveSmallIntegerField()
    cutoff = models.TimeField(null=True)
    calendar_code = models.CharField(max_length=30, default="CN")
    # Limits of what is taken (ACC-15): grams, the longest side and the sum of sides in cm, fen.
    max_weight_g = models.PositiveIntegerField(default=50_000)
    max_side_cm = models.PositiveSmallIntegerField(default=150)
    max_sum_cm = models.PositiveSmallIntegerField(default=300)
    max_declared_fen = models.PositiveIntegerField(default=2_000_000)
    is_active = models.BooleanField(default=True)
    number_rule = models.CharField(
        max_length=5, choices=enums.NumberRule, default=enums.NumberRule.ANY
    )

    def __str__(self) -> str:
        return local(self, "name")


class Lane(TimestampedModel):
    """A way through the network from an origin to a destination site."""

    origin = models.ForeignKey(Site, models.PROTECT, related_name="+")
    destination = models.ForeignKey(Site, models.PROTECT, related_name="+")
    is_key = models.BooleanField(default=False)
    mode = models.CharField(max_length=4, choices=Mode, default=Mode.ROAD)
    # Whose limit the links must add up to while the lane has none of its own.
    product = models.ForeignKey(Product, models.PROTECT, null=True, related_name="+")
    # A promise of this lane's own; it goes before the product's.
    promise_hours = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["origin", "destination"], name="ship_lane_once")]

    def __str__(self) -> str:
        return f"{self.origin} → {self.destination}"


class LaneLeg(models.Model):
    """One planned link: be at `site` no later than `limit_minutes` after acceptance."""

    lane = models.ForeignKey(Lane, models.CASCADE, related_name="legs")
    position = models.PositiveSmallIntegerField()
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    code = models.CharField(max_length=3, choices=enums.Code)
    limit_minutes = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]


class Customer(TimestampedModel):
    """A sender with an account; an agreement replaces the identity check."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=80)
    customer_class = models.CharField(max_length=20, default="standard")
    agreement_from = models.DateField(null=True)
    agreement_to = models.DateField(null=True)


class GoodsList(models.Model):
    """One version of the list of goods that may not, or not freely, be sent (ACC-05)."""

    version = models.PositiveIntegerField(unique=True)
    valid_from = models.DateTimeField()
    source = models.CharField(max_length=200)
    source_en = models.CharField(max_length=200)
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-version"]


class ProhibitedItem(models.Model):
    """Goods that may not be accepted, or only with care; matched against the item name.

    An entry is never edited: it ends with a version, and another begins with it.
    """

    term = models.CharField(max_length=60)
    term_en = models.CharField(max_length=60)
    rule = models.CharField(max_length=200)
    rule_en = models.CharField(max_length=200)
    kind = models.CharField(
        max_length=10, choices=enums.GoodsKind, default=enums.GoodsKind.PROHIBITED
    )
    category = models.CharField(
        max_length=12, choices=enums.GoodsCategory, default=enums.GoodsCategory.OTHER
    )
    since = models.PositiveIntegerField(default=1)
    until = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["term", "since"], name="ship_goods_once")]


class Reason(models.Model):
    """Why a scan was not what it should be; the party that answers; never reused."""

    code = models.SlugField(max_length=30, unique=True)
    scan_code = models.CharField(max_length=3, choices=enums.Code)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    party = models.CharField(max_length=10, choices=enums.Party)
    needs_photo = models.BooleanField(default=False)
    needs_call = models.BooleanField(default=False)
    may_excuse = models.BooleanField(default=False)
    # What may follow, the usual one first (values of NextStep).
    next_steps = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["scan_code", "position"]

    def __str__(self) -> str:
        return local(self, "name")
