"""What sending costs and on what terms: versioned, each valid from a day."""

from __future__ import annotations

from django.db import models
from django.db.models import UniqueConstraint

from courierqa.core.models import TimestampedModel
from shipments import enums
from shipments.models.catalogue import Product
from staff.models import local


class Tariff(TimestampedModel):
    """One published price list. The newest one whose day has come is in force."""

    version = models.CharField(max_length=20, unique=True)
    valid_from = models.DateField(unique=True)
    # A parcel of this many cubic centimetres is charged like one kilogram.
    volume_divisor = models.PositiveIntegerField(default=6000)
    # Value insurance: parts per ten thousand of the declared value, and the least premium.
    premium_bp = models.PositiveSmallIntegerField(default=50)
    premium_least_fen = models.PositiveIntegerField(default=100)
    is_proposal = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    note_en = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.version


class TariffRate(models.Model):
    """The first and each further weight step of a product in a zone."""

    tariff = models.ForeignKey(Tariff, models.PROTECT, related_name="rates")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    zone = models.CharField(max_length=12, choices=enums.Zone)
    first_g = models.PositiveIntegerField(default=1000)
    first_fen = models.PositiveIntegerField()
    step_g = models.PositiveIntegerField(default=1000)
    step_fen = models.PositiveIntegerField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tariff", "product", "zone"], name="ship_rate_once")
        ]


class Terms(TimestampedModel):
    """What the sender is told before saying yes, as it stood from a day on (ACC-10)."""

    version = models.CharField(max_length=20, unique=True)
    valid_from = models.DateField(unique=True)
    # [{"code": "price", "title": …, "title_en": …, "text": …, "text_en": …}, …]
    points = models.JSONField(default=list)
    is_proposal = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.version


class LegalBasis(models.Model):
    """A rule that acceptance must keep to: name, article, since when (ACC-17)."""

    code = models.SlugField(max_length=40, unique=True)
    topic = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160)
    article = models.CharField(max_length=60, blank=True)
    says = models.CharField(max_length=300)
    says_en = models.CharField(max_length=300)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["topic", "position"]

    def __str__(self) -> str:
        return local(self, "name")
