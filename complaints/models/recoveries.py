"""Money that came back for a paid claim."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q

from complaints.models.claims import Claim
from complaints.work_enums import RecoveredFrom
from staff.models import User


class Recovery(models.Model):
    """What an insurer or partner paid back for a claim, in fen. Insert-only (P04).

    A wrong entry is taken back by a row of its own with the same amount below zero.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="recoveries")
    amount_fen = models.BigIntegerField()
    source = models.CharField(max_length=10, choices=RecoveredFrom)
    party = models.CharField(max_length=80)
    received_on = models.DateField()
    document_no = models.CharField(max_length=60)
    takes_back = models.OneToOneField("self", models.PROTECT, null=True, related_name="taken_back")
    reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["received_on", "id"]
        indexes = [models.Index(fields=["received_on"])]
        constraints = [
            CheckConstraint(
                name="comp_recovery_sign",
                condition=Q(takes_back=None, amount_fen__gt=0, reason="")
                | Q(takes_back__isnull=False, amount_fen__lt=0) & ~Q(reason=""),
            ),
        ]
