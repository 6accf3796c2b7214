"""Money for a case."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from complaints import enums, work_enums
from complaints.models.cases import Case
from courierqa.core.models import Approval, TimestampedModel
from shipments.models import Order, Parcel
from staff.models import Site, User


class Claim(TimestampedModel):
    """Money for a case: the rule and its arithmetic, the approval, the payment. Fen."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="claims")
    # The parcel paid for: the same loss is never paid to two cases.
    parcel = models.ForeignKey(Parcel, models.PROTECT, null=True, related_name="+")
    event_kind = models.CharField(max_length=12, choices=enums.EventKind)
    amount_fen = models.PositiveBigIntegerField()
    suggested_fen = models.PositiveBigIntegerField(default=0)
    arithmetic = models.JSONField(default=list)
    status = models.CharField(
        max_length=10, choices=enums.ClaimStatus, default=enums.ClaimStatus.PROPOSED
    )
    # Version of the rule the arithmetic follows; 0 where none applies.
    rule_version = models.PositiveSmallIntegerField(default=0)
    # A refund is tied to the line of the order's fee it pays back (PAY-04).
    order = models.ForeignKey(Order, models.PROTECT, null=True, related_name="+")
    fee_line = models.CharField(max_length=10, choices=work_enums.FeeLine, blank=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    pay_due_at = models.DateTimeField(null=True)
    paid_by = models.CharField(
        max_length=20, choices=work_enums.Payer, default=work_enums.Payer.COMPANY
    )
    borne_by = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    approval = models.OneToOneField(Approval, models.PROTECT, null=True, related_name="claim")
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    paid_by_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    paid_at = models.DateTimeField(null=True)
    payment_ref = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["status", "-opened_at"]),
            models.Index(fields=["-opened_at", "-id"]),
        ]
        constraints = [
            CheckConstraint(name="comp_claim_positive", condition=Q(amount_fen__gt=0)),
            CheckConstraint(
                name="comp_claim_payer_apart",
                condition=Q(paid_by_user=None)
                | (
                    ~Q(paid_by_user=models.F("requested_by"))
                    & (Q(approved_by=None) | ~Q(paid_by_user=models.F("approved_by")))
                ),
            ),
            CheckConstraint(
                name="comp_claim_approver_apart",
                condition=Q(approved_by=None) | ~Q(approved_by=models.F("requested_by")),
            ),
            CheckConstraint(
                name="comp_claim_paid_whole",
                condition=Q(status="paid", paid_at__isnull=False, paid_by_user__isnull=False)
                & ~Q(payment_ref="")
                | ~Q(status="paid") & Q(paid_at=None, paid_by_user=None, payment_ref=""),
            ),
            # The same matter is never paid for twice, and one transfer pays one claim.
            UniqueConstraint(
                fields=["case", "event_kind"],
                condition=~Q(status="rejected"),
                name="comp_one_live_claim",
            ),
            UniqueConstraint(
                fields=["parcel", "event_kind"],
                condition=Q(event_kind__in=["delay", "loss", "damage", "shortage"])
                & ~Q(status="rejected"),
                name="comp_one_claim_per_parcel",
            ),
            UniqueConstraint(
                fields=["order", "fee_line"],
                condition=~Q(fee_line="") & ~Q(status="rejected"),
                name="comp_fee_line_once",
            ),
            UniqueConstraint(
                fields=["payment_ref"], condition=~Q(payment_ref=""), name="comp_payment_ref_once"
            ),
        ]


class ProofRequest(models.Model):
    """What the customer was asked to show; the clock of the decision stands still meanwhile (P02).

    While it is open the claim's due time is the latest one, as if nothing ever came.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="proofs")
    asked = models.CharField(max_length=300)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    # When the clock runs again although nothing came.
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_how = models.CharField(max_length=10, choices=enums.PauseEnd, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            UniqueConstraint(
                fields=["claim"], condition=Q(ended_at=None), name="comp_one_open_proof"
            ),
            CheckConstraint(
                name="comp_proof_in_order",
                condition=Q(until__gte=models.F("asked_at"))
                & (Q(ended_at=None) | Q(ended_at__gte=models.F("asked_at"))),
            ),
        ]


class ClaimBand(models.Model):
    """Up to this amount a claim needs this role's yes; an empty role means the agent's own."""

    up_to_fen = models.PositiveBigIntegerField(null=True, unique=True)
    role = models.CharField(max_length=12, blank=True)

    class Meta:
        ordering = [models.F("up_to_fen").asc(nulls_last=True)]
