"""Returns, exchanges and recalls: the way back is a parcel of its own (LIF-19)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from shipments import enums
from shipments.models.parcels import Parcel


class ReturnRequest(TimestampedModel):
    """Somebody wants a parcel back: who, why, the parcel made for it, what came back."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="returns")
    kind = models.CharField(max_length=10, choices=enums.ReturnKind)
    asked_by = models.CharField(max_length=10, choices=enums.AskedBy)
    cause = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    back = models.OneToOneField(Parcel, models.PROTECT, null=True, related_name="returned_by")
    inspection = models.CharField(max_length=12, choices=enums.Inspection, blank=True)
    inspection_note = models.CharField(max_length=300, blank=True)
    inspected_at = models.DateTimeField(null=True)
    inspected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    replacement = models.OneToOneField(Parcel, models.PROTECT, null=True, related_name="replaces")

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["parcel"], condition=Q(inspected_at=None), name="ship_one_open_return"
            )
        ]
