"""What figures know of exceptions and handovers: flat rows kept beside their records."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from courierqa.core.counted import CountedRow
from courierqa.core.evenings import EveningSpan


class TroubleRow(CountedRow):
    """Exceptions as figures count them: opened, closed in time, told, reported (E01 to E04)."""


class RunRow(CountedRow):
    """Runs that were started: checked before, and what drove them (F02, G04)."""


class ValiditySpan(EveningSpan):
    """A run of evenings on which a device or licence was needed at one site (F03, F04)."""

    class Meta:
        constraints = [
            UniqueConstraint(fields=["kind", "record_id", "day"], name="ship_span_once"),
            CheckConstraint(
                name="ship_span_in_order", condition=Q(last_day=None) | Q(last_day__gte=F("day"))
            ),
        ]
        indexes = [models.Index(fields=["day", "last_day"], name="ship_span_days")]


class HandoverFacts(models.Model):
    """One row per placement or delivery that counts (D05 to D08, D11); the shadow of the fold.

    Moments and days belong together: the limit of each figure, and the business day it ends on.
    """

    parcel_id = models.BigIntegerField()
    event_uid = models.UUIDField()
    waybill = models.CharField(max_length=40)
    site_id = models.BigIntegerField()
    product_id = models.BigIntegerField()
    courier_id = models.BigIntegerField(null=True)
    way = models.CharField(max_length=12)
    is_placing = models.BooleanField()
    # A file tells neither notices nor evidence.
    is_import = models.BooleanField()
    made_at = models.DateTimeField()
    made_day = models.DateField()
    needs_consent = models.BooleanField()
    agreed = models.BooleanField()
    told_at = models.DateTimeField(null=True)
    tell_by = models.DateTimeField(null=True)
    tell_day = models.DateField(null=True)
    # When fitting evidence was complete here.
    proof_at = models.DateTimeField(null=True)
    proof_by = models.DateTimeField(null=True)
    proof_day = models.DateField(null=True)
    # When somebody fetched what was put down, and when it was taken away otherwise.
    fetched_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    fetch_by = models.DateTimeField(null=True)
    fetch_day = models.DateField(null=True)
    # When it was proven that nobody received it.
    denied_at = models.DateTimeField(null=True)
    denied_day = models.DateField(null=True)
    # No consent, or no fitting evidence in time: the delivery was not perfect (S07).
    is_faulty = models.BooleanField()

    class Meta:
        constraints = [
            UniqueConstraint(fields=["parcel_id", "event_uid"], name="ship_handover_once")
        ]
        indexes = [
            models.Index(fields=["made_day", "site_id"]),
            models.Index(fields=["tell_day", "site_id"]),
            models.Index(fields=["proof_day", "site_id"]),
            models.Index(fields=["fetch_day", "site_id"]),
            models.Index(fields=["denied_day", "site_id"]),
            models.Index(
                fields=["parcel_id"], condition=Q(is_faulty=True), name="ship_handover_faulty"
            ),
        ]
