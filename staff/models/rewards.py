"""Rewards, penalties, discipline, promotion, honours and suggestions."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from staff import enums
from staff.models.grading import Assessment
from staff.models.people import Employee, Post
from staff.models.signin import User


class RewardRule(TimestampedModel):
    """What a grade brings from a day on (ASM-05); the amounts are proposals of the product."""

    grade = models.CharField(max_length=1, choices=enums.Grade)
    amount_fen = models.IntegerField()
    words = models.CharField(max_length=120)
    words_en = models.CharField(max_length=120)
    valid_from = models.DateField()
    is_proposal = models.BooleanField(default=True)

    class Meta:
        ordering = ["grade", "-valid_from"]
        constraints = [UniqueConstraint(fields=["grade", "valid_from"], name="staff_rule_once")]


class RewardProposal(TimestampedModel):
    """A reward or deduction somebody must approve; amounts in fen, deductions below zero."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="proposals")
    assessment = models.OneToOneField(
        Assessment, models.PROTECT, null=True, related_name="proposal"
    )
    amount_fen = models.IntegerField()
    basis = models.CharField(max_length=300)
    state = models.CharField(
        max_length=10, choices=enums.ProposalState, default=enums.ProposalState.OPEN
    )
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]


class LedgerEntry(models.Model):
    """Money a person gained or lost; rows are only added, the balance is their sum."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="ledger")
    proposal = models.OneToOneField(RewardProposal, models.PROTECT, null=True, related_name="entry")
    discipline = models.OneToOneField(
        "staff.Discipline", models.PROTECT, null=True, related_name="entry"
    )
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")
    amount_fen = models.IntegerField()
    words = models.CharField(max_length=300)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        constraints = [CheckConstraint(name="staff_ledger_not_zero", condition=~Q(amount_fen=0))]


class Discipline(TimestampedModel):
    """A step against a person: level, basis, evidence, decision, appeal (ASM-07)."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="discipline")
    level = models.CharField(max_length=12, choices=enums.DisciplineLevel)
    basis = models.CharField(max_length=300)
    evidence = models.CharField(max_length=500)
    amount_fen = models.PositiveIntegerField(default=0)
    state = models.CharField(
        max_length=10, choices=enums.DisciplineState, default=enums.DisciplineState.PROPOSED
    )
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=500, blank=True)
    appeal_until = models.DateTimeField(null=True)
    appeal = models.CharField(max_length=1000, blank=True)
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-pk"]


class Promotion(TimestampedModel):
    """A person asks for a higher post; the conditions are checked when asked and decided."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="promotions")
    to_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    words = models.CharField(max_length=500)
    # [{"code": "tenure", "met": true, "value": "26"}, …] as they stood on the day of asking.
    conditions = models.JSONField()
    state = models.CharField(
        max_length=10, choices=enums.ProposalState, default=enums.ProposalState.OPEN
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            UniqueConstraint(
                fields=["employee"], condition=Q(state="open"), name="staff_one_open_promotion"
            )
        ]


class Nomination(TimestampedModel):
    """Somebody proposes a person as service star of a month (ASM-06)."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="nominations")
    month = models.CharField(max_length=7)
    words = models.CharField(max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    awarded_at = models.DateTimeField(null=True)
    awarded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-month", "-pk"]
        constraints = [
            UniqueConstraint(fields=["employee", "month", "by"], name="staff_nominated_once")
        ]


class Suggestion(TimestampedModel):
    """How something could be done better, and what became of it (H07)."""

    employee = models.ForeignKey(Employee, models.PROTECT, related_name="suggestions")
    title = models.CharField(max_length=100)
    text = models.CharField(max_length=2000)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=enums.SuggestionState, default=enums.SuggestionState.OPEN
    )
    answer = models.CharField(max_length=1000, blank=True)
    # What an adopted one brought: proposed with the answer, agreed to by somebody else (IMP-02).
    reward = models.OneToOneField(
        RewardProposal, models.PROTECT, null=True, related_name="suggestion"
    )
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
