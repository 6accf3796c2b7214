"""Money taken at the door: a ledger that only grows, and its daily hand-in (LIF-24)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from shipments import enums
from shipments.models.parcels import Parcel
from staff.models import Employee, Site


class CodEntry(models.Model):
    """One line of the ledger, in fen. Insert-only: a mistake is reversed by another line."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="cod_entries")
    courier = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=enums.CodKind)
    amount_fen = models.BigIntegerField(default=0)
    expected_fen = models.PositiveBigIntegerField(default=0)
    goods_checked = models.BooleanField(default=False)
    reason = models.CharField(max_length=30, blank=True)
    event_uid = models.UUIDField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["day", "courier"])]
        constraints = [
            UniqueConstraint(fields=["event_uid", "kind"], name="ship_cod_entry_once"),
            CheckConstraint(
                name="ship_cod_sign",
                condition=Q(kind="collected", amount_fen__gt=0)
                | Q(kind="refused", amount_fen=0)
                | Q(kind="reversed", amount_fen__lt=0),
            ),
        ]


class CodHandIn(models.Model):
    """What a courier handed in for one day, against what the ledger says. Insert-only."""

    courier = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    day = models.DateField()
    ledger_fen = models.BigIntegerField()
    handed_fen = models.PositiveBigIntegerField()
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["day", "site"])]
        constraints = [
            CheckConstraint(
                name="ship_hand_in_explained",
                condition=Q(handed_fen=F("ledger_fen")) | ~Q(reason=""),
            )
        ]

    @property
    def difference_fen(self) -> int:
        """Return what is missing (below zero) or too much, in fen."""
        return self.handed_fen - self.ledger_fen
