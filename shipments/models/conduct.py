"""What couriers must never do with parcels, as editable kinds, and when somebody did."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from courierqa.core.models import TimestampedModel
from courierqa.core.privacy import EncryptedField
from shipments import enums
from shipments.models.parcels import Parcel
from staff.models import Employee, local


class ViolationKind(TimestampedModel):
    """A kind of violation; one with a red line caps the grade of its month (DEL-16)."""

    code = models.SlugField(max_length=30, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    # A value of `staff.enums.RedLine`, or empty.
    red_line = models.CharField(max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return local(self, "name")


class Violation(TimestampedModel):
    """One violation by one courier, with the complaint or inspection it came from (DEL-15)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.ForeignKey(ViolationKind, models.PROTECT, related_name="+")
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="violations")
    courier = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    happened_on = models.DateField(db_index=True)
    source = models.CharField(max_length=12, choices=enums.ViolationSource)
    reference = models.CharField(max_length=40, blank=True)
    words = EncryptedField(data_class="party", blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)
