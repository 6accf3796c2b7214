"""Acceptance beside its scan: what was checked, measured, packed, refused, reported."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import UniqueConstraint

from courierqa.core.models import TimestampedModel
from courierqa.core.privacy import EncryptedField
from shipments import enums
from shipments.models.catalogue import Reason
from shipments.models.exceptions import ParcelException
from shipments.models.parcels import Parcel
from staff.models import Employee, Site, local


class Instrument(TimestampedModel):
    """A scale or tape with the day its calibration ends; an expired one cannot be chosen."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=enums.InstrumentKind)
    site = models.ForeignKey(Site, models.PROTECT, related_name="instruments")
    calibrated_on = models.DateField()
    valid_until = models.DateField()
    certificate = models.CharField(max_length=60, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["site__code", "code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class PackingMaterial(models.Model):
    """What parcels are packed in, and the rule for packing with it (LIF-09, GRN-01)."""

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60)
    is_eco = models.BooleanField()
    is_reusable = models.BooleanField(default=False)
    # The sender's own box, sent as it is: nothing was added.
    is_original = models.BooleanField(default=False)
    fee_fen = models.PositiveIntegerField(default=0)
    rule = models.CharField(max_length=300)
    rule_en = models.CharField(max_length=300)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return local(self, "name")


class Acceptance(models.Model):
    """What RNV, INS, PUP and XRY scans say about taking a parcel in; rebuilt from them.

    Days are business days, weights grams, sizes centimetres. `missing` marks the facts of LIF-05
    that a deed already done lacks; before the deed the gate asks for them.
    """

    parcel = models.OneToOneField(
        Parcel, models.PROTECT, primary_key=True, related_name="acceptance", db_constraint=False
    )
    event_uid = models.UUIDField()
    accepted_at = models.DateTimeField()
    day = models.DateField()
    site_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    source = models.CharField(max_length=10, choices=enums.Source)
    needs_inspection = models.BooleanField()
    needs_identity = models.BooleanField()
    inspected_at = models.DateTimeField(null=True)
    inspected_by_id = models.BigIntegerField(null=True)
    identity_at = models.DateTimeField(null=True)
    identity_by_id = models.BigIntegerField(null=True)
    identity_kind = models.CharField(max_length=20, blank=True)
    screened_at = models.DateTimeField(null=True)
    item_kind = models.CharField(max_length=15, blank=True)
    item_name = models.CharField(max_length=100, blank=True)
    pieces = models.PositiveIntegerField(null=True)
    weight_g = models.PositiveIntegerField(null=True)
    declared_weight_g = models.PositiveIntegerField(null=True)
    length_cm = models.PositiveIntegerField(null=True)
    width_cm = models.PositiveIntegerField(null=True)
    height_cm = models.PositiveIntegerField(null=True)
    volume_cm3 = models.BigIntegerField(null=True)
    declared_volume_cm3 = models.BigIntegerField(null=True)
    differs = models.BooleanField(default=False)
    instrument = models.CharField(max_length=20, blank=True)
    appearance = models.CharField(max_length=10, blank=True)
    opened_intact = models.BooleanField(null=True)
    packing = models.CharField(max_length=20, blank=True)
    packing_checked = models.BooleanField(default=False)
    overpacked = models.BooleanField(null=True)
    seal = models.CharField(max_length=30, blank=True)
    marks = models.JSONField(default=list)
    waybill_kind = models.CharField(max_length=12, choices=enums.WaybillKind, blank=True)
    missing = models.JSONField(default=list)

    class Meta:
        indexes = [models.Index(fields=["day", "site_id"])]


class IdentityCheck(TimestampedModel):
    """The sender's document as seen: its kind and masked number, encrypted; never an image."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="identity_checks")
    kind = models.CharField(max_length=20, choices=enums.IdentityKind)
    number_masked = EncryptedField(data_class="party", blank=True)
    is_verified = models.BooleanField()
    checked_by = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField()
    event_uid = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["parcel", "-checked_at"])]


class Refusal(TimestampedModel):
    """An acceptance refused: counted, explained, and as good as an acceptance (ACC-03, ACC-09)."""

    number = models.CharField(max_length=20, unique=True)
    parcel = models.ForeignKey(Parcel, models.PROTECT, null=True, related_name="refusals")
    event_uid = models.UUIDField(null=True, unique=True)
    reason = models.ForeignKey(Reason, models.PROTECT, null=True, related_name="+")
    item_name = models.CharField(max_length=100, blank=True)
    explained = models.CharField(max_length=300, blank=True)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    source = models.CharField(max_length=10, choices=enums.Source)

    class Meta:
        indexes = [models.Index(fields=["site", "-at"])]


class DangerReport(TimestampedModel):
    """Dangerous goods found: reported at once, followed step by step to an outcome (ACC-08)."""

    number = models.CharField(max_length=20, unique=True)
    parcel = models.ForeignKey(Parcel, models.PROTECT, null=True, related_name="danger_reports")
    exception = models.ForeignKey(ParcelException, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=enums.DangerKind)
    what = models.CharField(max_length=200)
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-found_at"])]


class DangerStep(models.Model):
    """One thing done about dangerous goods, with its time. Insert-only."""

    report = models.ForeignKey(DangerReport, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=enums.DangerStepKind)
    note = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]


class PackingCount(TimestampedModel):
    """Pieces of packing handed out, taken back or used again at a site on a day (GRN-03)."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    day = models.DateField()
    material = models.ForeignKey(PackingMaterial, models.PROTECT, related_name="+")
    issued = models.PositiveIntegerField(default=0)
    collected = models.PositiveIntegerField(default=0)
    reused = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            UniqueConstraint(fields=["site", "day", "material"], name="ship_packing_once"),
        ]


class InstrumentUse(models.Model):
    """From which day on an instrument is in use, and where; or that it is not (F03). Insert-only.

    Of two rows of one day the later one holds.
    """

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="uses")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    is_active = models.BooleanField()
    from_day = models.DateField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["from_day", "pk"]


class Calibration(models.Model):
    """One span in which an instrument was calibrated (VEH-08). Insert-only: old spans stay.

    By them it is told which parcels were weighed with one out of date.
    """

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="calibrations")
    calibrated_on = models.DateField()
    valid_until = models.DateField()
    certificate = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-calibrated_on", "-pk"]
