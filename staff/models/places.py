"""The places of the network."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language

from courierqa.core.models import Calendar, TimestampedModel
from staff import enums


def local(obj: object, field: str) -> str:
    """Return the English text of `field` for English readers, the Chinese one otherwise."""
    english = getattr(obj, f"{field}_en", "")
    return english if english and (get_language() or "").startswith("en") else getattr(obj, field)


class Site(TimestampedModel):
    """A place of the network: station, hub, service point, locker or office."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=10, choices=enums.SiteKind)
    region = models.CharField(max_length=30, blank=True)
    region_en = models.CharField(max_length=30, blank=True)
    city = models.CharField(max_length=40, blank=True)
    city_en = models.CharField(max_length=40, blank=True)
    hub = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="spokes")
    calendar = models.ForeignKey(Calendar, models.PROTECT, null=True, related_name="+")
    phone = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=120, blank=True)
    # Parcels a day the place can handle; unknown where nobody measured it.
    daily_capacity = models.PositiveIntegerField(null=True)
    is_partner = models.BooleanField(default=False)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return local(self, "name")
