"""What a customer gets: remedies, the rules money follows, and who bears the cost in the end."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from complaints import work_enums as enums
from complaints.enums import EventKind
from complaints.models.cases import Case
from complaints.models.claims import Claim
from courierqa.core.models import TimestampedModel
from staff.models import Employee, Site, User


class Remedy(TimestampedModel):
    """Something promised to the customer besides money, done or not."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="remedies")
    kind = models.CharField(max_length=10, choices=enums.RemedyKind)
    words = models.CharField(max_length=300)
    status = models.CharField(
        max_length=8, choices=enums.RemedyStatus, default=enums.RemedyStatus.PROMISED
    )
    due_at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    # The waybill of what was sent again, or what was said.
    result = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "id"]
        verbose_name_plural = "remedies"


class ClaimRule(models.Model):
    """One version of the arithmetic for a kind of event. Insert-only; never a legal maximum."""

    event_kind = models.CharField(max_length=12, choices=EventKind)
    insured = models.BooleanField()
    version = models.PositiveSmallIntegerField()
    valid_from = models.DateTimeField()
    # Share of the service fee that is waived, and whether only when everything is lost.
    fee_percent = models.PositiveSmallIntegerField(default=100)
    fee_only_whole = models.BooleanField(default=False)
    # Share of the insured value, or of the loss shown, that is paid.
    value_percent = models.PositiveSmallIntegerField(default=0)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["event_kind", "insured", "-version"]
        constraints = [
            UniqueConstraint(
                fields=["event_kind", "insured", "version"], name="comp_rule_version_once"
            ),
            CheckConstraint(
                name="comp_rule_percent",
                condition=Q(fee_percent__lte=100, value_percent__lte=100),
            ),
        ]


class CostShare(TimestampedModel):
    """A part of a paid claim, booked to whoever bears it (PAY-08). Fen."""

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="shares")
    bearer = models.CharField(max_length=10, choices=enums.Bearer)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    outside = models.CharField(max_length=80, blank=True)
    amount_fen = models.PositiveBigIntegerField()
    booked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    booked_at = models.DateTimeField()
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settle_ref = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            CheckConstraint(name="comp_share_positive", condition=Q(amount_fen__gt=0)),
            CheckConstraint(
                name="comp_share_names_one",
                condition=Q(bearer="company", site=None, person=None, outside="")
                | Q(bearer="site", site__isnull=False, person=None, outside="")
                | Q(bearer="person", site=None, person__isnull=False, outside="")
                | Q(bearer="outside", site=None, person=None) & ~Q(outside=""),
            ),
            CheckConstraint(
                name="comp_share_settled_whole",
                condition=Q(settled_at=None, settled_by=None, settle_ref="")
                | Q(settled_at__isnull=False, settled_by__isnull=False) & ~Q(settle_ref=""),
            ),
        ]
