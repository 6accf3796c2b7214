"""Talking with recipients: calls, booked slots, wishes, questions, notes from the door."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from courierqa.core.privacy import EncryptedField, PhoneIndexField
from shipments import enums
from shipments.models.events import Consent
from shipments.models.parcels import Parcel
from staff.models import Employee


class Contact(TimestampedModel):
    """One call or message about a parcel: when, how, with what result (DEL-05)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True)
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="contacts")
    way = models.CharField(max_length=10, choices=enums.ContactWay)
    purpose = models.CharField(max_length=10, choices=enums.ContactPurpose)
    result = models.CharField(max_length=15, choices=enums.ContactResult)
    seconds = models.PositiveSmallIntegerField(default=0)
    words = EncryptedField(data_class="party", blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    person = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")


class Slot(models.Model):
    """A booked delivery time. Booking anew adds a row; the latest one counts (DEL-06, DEL-18)."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="slots")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    asked_by = models.CharField(max_length=10, choices=enums.AskedBy)
    cause = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            CheckConstraint(name="ship_slot_has_length", condition=Q(ends_at__gt=F("starts_at")))
        ]


class Preference(TimestampedModel):
    """How the person behind a phone number wants parcels delivered (DEL-23)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    phone_index = PhoneIndexField()
    way = models.CharField(max_length=12, choices=enums.DeliveryWay)
    words = EncryptedField(data_class="party", blank=True)
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["phone_index"], condition=Q(ended_at=None), name="ship_one_wish"
            )
        ]


class ConsentRequest(TimestampedModel):
    """The recipient was asked whether a place is all right; the answer arrives later (DEL-12)."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="consent_requests")
    kind = models.CharField(max_length=12, choices=enums.DeliveryWay)
    way = models.CharField(max_length=10, choices=enums.ContactWay)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["answered_at", "expires_at"])]


class AttemptNote(TimestampedModel):
    """What stands behind a failed attempt: next step, dispute, what was agreed (DEL-17, DEL-30)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="attempt_notes")
    event_uid = models.UUIDField(unique=True)
    next_step = models.CharField(max_length=10, choices=enums.NextStep)
    next_on = models.DateField(null=True)
    dispute = EncryptedField(data_class="party", blank=True)
    agreed = EncryptedField(data_class="party", blank=True)
    # Two tries are free; a third is charged only when the customer was told beforehand.
    charge_fen = models.PositiveIntegerField(default=0)
    told_of_charge = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            CheckConstraint(
                name="ship_charge_was_told", condition=Q(charge_fen=0) | Q(told_of_charge=True)
            )
        ]


class ContentLine(models.Model):
    """One line of a parcel's contents; gifts are named so that none is kept back (DEL-24)."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="content_lines")
    name = models.CharField(max_length=60)
    count = models.PositiveSmallIntegerField(default=1)
    is_gift = models.BooleanField(default=False)
