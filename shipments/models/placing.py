"""Where parcels wait for their recipient, what proves a handover, rules of the last mile."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import UniqueConstraint

from courierqa.core.models import TimestampedModel
from courierqa.core.privacy import EncryptedField
from shipments import enums
from shipments.models.parcels import Parcel
from staff.enums import SiteKind
from staff.models import Site, local


class Placement(TimestampedModel):
    """A parcel in a locker, at a point or in a safe place, with its pickup code (DEL-13)."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="placements")
    event_uid = models.UUIDField(unique=True)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    way = models.CharField(max_length=12, choices=enums.DeliveryWay)
    place = models.CharField(max_length=60, blank=True)
    pickup_code = EncryptedField(data_class="party", blank=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    placed_at = models.DateTimeField()
    keep_until = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    collected_at = models.DateTimeField(null=True)
    # Taken away without having been collected: out again, returned, lost, or scanned by mistake.
    left_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["collected_at", "keep_until"])]


class ProofRule(TimestampedModel):
    """What evidence a way of delivery asks for: any one of `kinds` (DEL-10, DEL-14)."""

    way = models.CharField(max_length=12, choices=enums.DeliveryWay)
    # Any one of signature, photo, code, id_shown will do; an empty list asks for none.
    kinds = models.JSONField(default=list)
    needs_signer = models.BooleanField(default=False)
    needs_relation = models.BooleanField(default=False)
    needs_consent = models.BooleanField(default=False)

    class Meta:
        constraints = [UniqueConstraint(fields=["way"], name="ship_proof_rule_once")]


class DeliveryRule(TimestampedModel):
    """Last-mile limit, way of notice and placing rule of one kind of site (DEL-19). Proposals."""

    # A kind of site; the words are those of `staff.enums.SiteKind`.
    kind = models.CharField(max_length=15, unique=True)
    accept_minutes = models.PositiveSmallIntegerField(default=30)
    last_mile_hours = models.PositiveSmallIntegerField(default=24)
    notice_minutes = models.PositiveSmallIntegerField(default=30)
    keep_hours = models.PositiveSmallIntegerField(default=72)
    notice = models.CharField(max_length=200)
    notice_en = models.CharField(max_length=200)
    placing = models.CharField(max_length=300)
    placing_en = models.CharField(max_length=300)

    class Meta:
        ordering = ["kind"]

    def __str__(self) -> str:
        return local(self, "placing")

    @property
    def kind_label(self) -> str:
        """Return the kind of site in words."""
        return str(SiteKind(self.kind).label) if self.kind in SiteKind.values else self.kind
