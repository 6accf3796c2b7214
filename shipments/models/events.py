"""What devices saw, and the evidence and consent beside it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from courierqa.core.privacy import PhoneIndexField
from shipments import enums
from shipments.models.parcels import Parcel
from staff.models import Employee


class ScanEvent(models.Model):
    """What a device saw. Insert-only; a correction or void is a new event.

    Plain ids instead of foreign keys on the hot path; they are checked set-wise at ingest.
    `effective_at` is the time figures use (B5); `flags` says why it is not `happened_at`.
    """

    uid = models.UUIDField()
    device = models.CharField(max_length=60)
    parcel_id = models.BigIntegerField(null=True)
    waybill = models.CharField(max_length=40)
    code = models.CharField(max_length=3, choices=enums.Code)
    reason = models.CharField(max_length=30, blank=True)
    detail = models.JSONField(default=dict)
    happened_at = models.DateTimeField()
    utc_offset = models.SmallIntegerField(default=480)
    recorded_at = models.DateTimeField()
    effective_at = models.DateTimeField()
    flags = models.JSONField(default=list)
    site_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    source = models.CharField(max_length=10, choices=enums.Source)
    corrects = models.UUIDField(null=True)
    fingerprint = models.CharField(max_length=32)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    accuracy_m = models.FloatField(null=True)
    # Of devices that tell more (parcels.md §4.1). Nullable, so that adding them wrote no row.
    device_recorded_at = models.DateTimeField(null=True)
    is_mock = models.BooleanField(null=True)
    read_point = models.CharField(max_length=40, null=True)
    audience = models.CharField(max_length=8, choices=enums.Audience, null=True)
    batch = models.UUIDField(null=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["device", "uid"], name="ship_event_once")]
        indexes = [
            models.Index(fields=["parcel_id", "happened_at"]),
            models.Index(fields=["site_id", "happened_at"]),
            # A parcel registered after its first scans finds them by its number.
            models.Index(
                fields=["waybill"], condition=Q(parcel_id=None), name="ship_event_unmatched"
            ),
        ]


class Proof(TimestampedModel):
    """Evidence hung on an event: a drawn signature, a photo, a code; with its hash."""

    uid = models.UUIDField(unique=True)
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="proofs")
    event_uid = models.UUIDField(db_index=True)
    kind = models.CharField(max_length=10, choices=enums.ProofKind)
    file = models.FileField(upload_to="proofs/%Y/%m/", blank=True)
    strokes = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    # Of the bytes as sent: the phone lets go of its own copy when this one is the same.
    received_sha256 = models.CharField(max_length=64, blank=True)
    captured_at = models.DateTimeField()
    received_at = models.DateTimeField()
    person = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")


class Consent(TimestampedModel):
    """A recipient's word on how to deliver, as its own record (Express Market Measures 28)."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, null=True, related_name="consents")
    # A standing consent belongs to a phone number instead of a parcel.
    phone_index = PhoneIndexField()
    kind = models.CharField(max_length=12, choices=enums.DeliveryWay)
    given = models.BooleanField()
    way = models.CharField(max_length=12, choices=enums.ConsentWay)
    who = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    event_uid = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["phone_index"])]


class Finding(models.Model):
    """Something the fold or a gate noticed: stored, shown, never a refusal."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, null=True, related_name="findings")
    event_uid = models.UUIDField(null=True)
    kind = models.CharField(max_length=15, choices=enums.FindingKind)
    code = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)
    site_id = models.BigIntegerField(null=True)
    found_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    # What a person made of it, or that a later scan healed it; "" while it is open.
    decision = models.CharField(max_length=10, choices=enums.Decision, default="", blank=True)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["parcel", "kind", "code", "event_uid"], name="ship_finding_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["site_id", "kind"], condition=Q(closed_at=None), name="ship_finding_open"
            ),
            models.Index(fields=["-found_at", "-id"], name="ship_finding_newest"),
        ]
