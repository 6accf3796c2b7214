"""What happens to an order beside its parcel: other fees, other pickup times, payments."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from shipments import enums
from shipments.models.parcels import Order


class FeeChange(models.Model):
    """A fee that left the tariff, or was worked out anew: who, when, why. Insert-only (LIF-23)."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="fee_changes")
    old_fen = models.PositiveIntegerField()
    new_fen = models.PositiveIntegerField()
    # What the tariff asks for, so that the list shows how far a fee strayed.
    tariff_fen = models.PositiveIntegerField()
    is_manual = models.BooleanField()
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["-at"])]


class PickupChange(models.Model):
    """Another pickup time: the old one stays, with who was told, when and why. Insert-only."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="pickup_changes")
    old_start = models.DateTimeField(null=True)
    old_end = models.DateTimeField(null=True)
    new_start = models.DateTimeField()
    new_end = models.DateTimeField()
    reason = models.CharField(max_length=200)
    # Who wanted it: a time we moved is judged by the old one, too (T08). Unknown before this was
    # asked: then it counts as ours.
    asked_by = models.CharField(max_length=10, choices=enums.AskedBy, default=enums.AskedBy.US)
    told_who = models.CharField(max_length=20, choices=enums.Told)
    told_way = models.CharField(max_length=12, choices=enums.ConsentWay)
    told_at = models.DateTimeField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")


class Payment(TimestampedModel):
    """One try to pay an order; at most one of them succeeds."""

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    order = models.ForeignKey(Order, models.PROTECT, related_name="payments")
    provider = models.CharField(max_length=20)
    amount_fen = models.PositiveIntegerField()
    state = models.CharField(
        max_length=10, choices=enums.PaymentTry, default=enums.PaymentTry.STARTED
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["order"], condition=Q(state="paid"), name="ship_one_paid_payment"
            )
        ]
