"""The customer's voice: cases, clocks, messages, claims, follow-ups, surveys."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import CheckConstraint, Q

from complaints import enums
from courierqa.core.models import Approval, TimestampedModel
from courierqa.core.privacy import EncryptedField, PhoneIndexField
from shipments.models import Parcel
from staff.models import Employee, Site, User, local


class Reason(models.Model):
    """The editable tree under the five classes, zh/en, with severity and clock targets."""

    code = models.SlugField(max_length=30, unique=True)
    case_class = models.CharField(max_length=12, choices=enums.CaseClass)
    group = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    severity = models.PositiveSmallIntegerField(default=2)
    first_hours = models.PositiveSmallIntegerField(default=24)
    resolve_hours = models.PositiveSmallIntegerField(default=72)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["group", "position"]

    def __str__(self) -> str:
        return local(self, "name")


class Case(TimestampedModel):
    """One person, one parcel or matter, one class. Only `complaints.services` moves it."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(max_length=20, unique=True)
    # The customer's key to the public status page.
    token = models.CharField(max_length=40, unique=True)
    key = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=enums.CaseKind)
    reason = models.ForeignKey(Reason, models.PROTECT, related_name="cases")
    case_class = models.CharField(max_length=12, choices=enums.CaseClass)
    channel = models.CharField(max_length=10, choices=enums.Channel)
    language = models.CharField(max_length=10, default="zh-hans")
    wish = models.CharField(max_length=12, choices=enums.Wish, blank=True)
    parcel = models.ForeignKey(Parcel, models.PROTECT, null=True, related_name="cases")
    waybill_given = models.CharField(max_length=40, blank=True)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")

    customer_name = EncryptedField(data_class="complaint", blank=True)
    customer_phone = EncryptedField(data_class="complaint", blank=True)
    customer_email = EncryptedField(data_class="complaint", blank=True)
    phone_index = PhoneIndexField()
    words = EncryptedField(data_class="complaint")

    status = models.CharField(max_length=15, choices=enums.Status, default=enums.Status.RECEIVED)
    severity = models.PositiveSmallIntegerField(default=2)
    received_at = models.DateTimeField()
    first_responder = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="owned_cases")

    first_due_at = models.DateTimeField()
    resolve_due_at = models.DateTimeField()
    legal_due_at = models.DateTimeField()
    first_answer_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reopened = models.PositiveSmallIntegerField(default=0)
    repeat_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="repeats")

    liability = models.CharField(
        max_length=10, choices=enums.Liability, default=enums.Liability.UNDECIDED
    )
    liable_site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    liable_person = models.ForeignKey(Employee, models.PROTECT, null=True, related_name="+")
    liability_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    liability_at = models.DateTimeField(null=True)
    liability_reason = models.CharField(max_length=300, blank=True)
    cause = models.CharField(max_length=60, blank=True)
    summary = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["status", "legal_due_at"]),
            models.Index(fields=["owner", "status"]),
            models.Index(fields=["phone_index"]),
        ]
        constraints = [
            CheckConstraint(
                name="comp_case_status_known", condition=Q(status__in=enums.Status.values)
            )
        ]

    def __str__(self) -> str:
        return self.number


class Entry(models.Model):
    """A line of the case: the customer's words, a reply, a note. Insert-only."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12)
    is_public = models.BooleanField(default=False)
    author = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    text = EncryptedField(data_class="complaint")
    message_key = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["at", "id"]


class Transfer(models.Model):
    """A helper is asked; the owner stays until a named person accepts."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="transfers")
    to_user = models.ForeignKey(User, models.PROTECT, related_name="+")
    to_site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    question = models.CharField(max_length=300)
    takes_over = models.BooleanField(default=False)
    accepted_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True)


class Claim(TimestampedModel):
    """Money for a case: the rule and its arithmetic, the approval, the payment. Fen."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="claims")
    event_kind = models.CharField(max_length=12)
    amount_fen = models.PositiveBigIntegerField()
    suggested_fen = models.PositiveBigIntegerField(default=0)
    arithmetic = models.JSONField(default=list)
    status = models.CharField(
        max_length=10, choices=enums.ClaimStatus, default=enums.ClaimStatus.PROPOSED
    )
    paid_by = models.CharField(max_length=20, default="company")
    borne_by = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    approval = models.OneToOneField(Approval, models.PROTECT, null=True, related_name="claim")
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    paid_by_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    paid_at = models.DateTimeField(null=True)
    payment_ref = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(name="comp_claim_positive", condition=Q(amount_fen__gt=0)),
            CheckConstraint(
                name="comp_claim_payer_apart",
                condition=Q(paid_by_user=None) | ~Q(paid_by_user=models.F("approved_by")),
            ),
        ]


class FollowUp(TimestampedModel):
    """A call back after the answer; done by somebody who did not handle the case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="followups")
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    result = models.CharField(max_length=12, choices=enums.FollowUpResult, blank=True)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)


class ReplyTemplate(TimestampedModel):
    """Words for a reply; `{{blanks}}` must be filled before it can be sent."""

    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=80)
    title_en = models.CharField(max_length=80)
    body = models.TextField()
    body_en = models.TextField()
    is_active = models.BooleanField(default=True)


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


class CaseFacts(models.Model):
    """One narrow row per case with what figures need."""

    case = models.OneToOneField(
        Case, models.PROTECT, primary_key=True, related_name="facts", db_constraint=False
    )
    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=10)
    case_class = models.CharField(max_length=12)
    reason_code = models.CharField(max_length=30)
    site_id = models.BigIntegerField(null=True)
    product_id = models.BigIntegerField(null=True)
    courier_id = models.BigIntegerField(null=True)
    received_at = models.DateTimeField()
    received_day = models.DateField()
    legal_due_at = models.DateTimeField()
    legal_due_day = models.DateField()
    first_due_at = models.DateTimeField()
    first_answer_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    out_c03 = models.BooleanField(default=False)
    is_complaint = models.BooleanField(default=True)
    upheld = models.BooleanField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["received_day", "site_id"]),
            models.Index(fields=["legal_due_day", "site_id"]),
        ]
