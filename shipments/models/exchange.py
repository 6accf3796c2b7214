"""Other systems that are told about parcels, and what they were told."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from courierqa.core.models import TimestampedModel
from courierqa.core.privacy import EncryptedField
from shipments import enums
from staff.models import Site


class Webhook(TimestampedModel):
    """A subscription: this address hears of these events at these sites (none: everywhere)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=60)
    url = models.CharField(max_length=300)
    # Needed in clear to sign; shown to a person once.
    secret = EncryptedField(data_class="secret")
    events = models.JSONField(default=list)
    sites = models.ManyToManyField(Site, blank=True, related_name="+")
    status = models.CharField(
        max_length=10, choices=enums.WebhookStatus, default=enums.WebhookStatus.ACTIVE
    )
    # Deliveries given up in a row; a taken one sets it back.
    misses = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    def __str__(self) -> str:
        return self.name


class ImportTrace(models.Model):
    """An import stored something about a parcel: it made the parcel, or added scans to it.

    What an import did is found, and taken back, by these rows; nothing is deleted.
    """

    run_id = models.BigIntegerField()
    parcel_id = models.BigIntegerField()
    created = models.BooleanField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["run_id", "parcel_id"], name="ship_import_trace_once")
        ]
        indexes = [models.Index(fields=["parcel_id"], name="ship_import_trace_parcel")]


class WebhookDelivery(TimestampedModel):
    """One message to one subscription, with what became of it. The body holds no personal data."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="deliveries")
    # What it tells; the same fact is told to a subscription once.
    key = models.CharField(max_length=120)
    event = models.CharField(max_length=30, choices=enums.WebhookEvent)
    body = models.JSONField(default=dict)
    state = models.CharField(
        max_length=10, choices=enums.DeliveryState, default=enums.DeliveryState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    sendings = models.PositiveSmallIntegerField(default=1)
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=30, blank=True)
    milliseconds = models.PositiveIntegerField(null=True)
    last_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["webhook", "key"], name="ship_webhook_told_once")]
        indexes = [models.Index(fields=["webhook", "-id"], name="ship_webhook_log")]
