"""The flat shadow of cases that figures are counted from."""

from __future__ import annotations

from django.db import models

from complaints.models.cases import Case


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
    first_due_day = models.DateField(null=True)
    # A fortnight after receipt: by then it shows whether one answer was enough (C05).
    settled_at = models.DateTimeField(null=True)
    settled_day = models.DateField(null=True)
    first_answer_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    out_c03 = models.BooleanField(default=False)
    is_complaint = models.BooleanField(default=True)
    # The same matter again: answered like any complaint, received only once (C01, C08).
    is_repeat = models.BooleanField(default=False)
    upheld = models.BooleanField(null=True)
    # Withdrawn, or merged into another case.
    is_gone = models.BooleanField(default=False)
    # Answered again, reopened, repeated or taken to the authority within a week of the answer.
    needed_more = models.BooleanField(default=False)
    # What a customer took to the authority, and how it judged; nothing while it has not.
    is_appeal = models.BooleanField(default=False)
    appeal_valid = models.BooleanField(null=True)
    # By which version of `complaints.facts` the row was made; an older one is made anew.
    made_by = models.PositiveSmallIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["received_day", "site_id"]),
            models.Index(fields=["legal_due_day", "site_id"]),
            models.Index(fields=["first_due_day", "site_id"]),
            models.Index(fields=["settled_day", "site_id"]),
        ]
