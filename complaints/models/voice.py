"""Ready words for replies, ratings of deliveries, and the counter at the public door."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from courierqa.core.privacy import EncryptedField
from shipments.models import Parcel
from staff.models import local


class ReplyTemplate(TimestampedModel):
    """Words for a reply; `{{blanks}}` must be filled before it can be sent."""

    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=80)
    title_en = models.CharField(max_length=80)
    body = models.TextField()
    body_en = models.TextField()
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return local(self, "title")


class Answer(TimestampedModel):
    """A customer's rating of one delivery, by invitation or imported."""

    key = models.CharField(max_length=80, unique=True)
    parcel = models.ForeignKey(Parcel, models.PROTECT, null=True, related_name="ratings")
    channel = models.CharField(max_length=20)
    score = models.PositiveSmallIntegerField()
    asked_on = models.DateField(null=True)
    answered_at = models.DateTimeField()
    words = EncryptedField(data_class="complaint", blank=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        constraints = [
            CheckConstraint(name="comp_score_1_5", condition=Q(score__gte=1, score__lte=5))
        ]


class RateHit(models.Model):
    """How often an address (only its fingerprint) knocked within a minute."""

    scope = models.CharField(max_length=20)
    visitor = models.CharField(max_length=64)
    minute = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            UniqueConstraint(fields=["scope", "visitor", "minute"], name="comp_rate_once")
        ]
        indexes = [models.Index(fields=["minute"])]
