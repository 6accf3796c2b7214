"""Reviews: when they recur, one of them with its figures, inputs, decisions and signed minutes."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from courierqa.core.recurrence import Every, Occurrence, add_months
from courierqa.core.timeframes import Period, month_of
from quality import review_enums as enums
from quality.models.action import Action
from quality.models.cause import Cause
from quality.models.document import Document
from quality.models.nonconformity import Nonconformity
from staff.models import Employee, Site, User

# How far back a management review looks.
MONTHS = 12


class ReviewPlan(TimestampedModel):
    """Who holds which review how often; the day of a turn is the last one it is in time (I11).

    A timeliness review looks at the month before its day; a management review at the year.
    """

    kind = models.CharField(max_length=12, choices=enums.ReviewKind)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    every = models.CharField(max_length=10, choices=Every)
    interval = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "site__code", "id"]
        constraints = [
            CheckConstraint(name="qual_review_plan_interval", condition=Q(interval__gte=1)),
            UniqueConstraint(
                fields=["kind", "site"], condition=Q(ends_on=None), name="qual_review_plan_once"
            ),
            UniqueConstraint(
                fields=["kind"], condition=Q(ends_on=None, site=None),
                name="qual_review_plan_company",
            ),
        ]  # fmt: skip


class Review(Occurrence):
    """One review: filled by the system when it is opened, signed when it is held (TIM-07, REV-01).

    `figures` are the figures as read at `read_at`; `told` says that the owner was told it is
    overdue.
    """

    plan = models.ForeignKey(ReviewPlan, models.PROTECT, related_name="reviews")
    # Repeats of the plan, so that lists need no join and a plan that changes hands alters none.
    kind = models.CharField(max_length=12, choices=enums.ReviewKind)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    status = models.CharField(
        max_length=10, choices=enums.ReviewStatus, default=enums.ReviewStatus.PLANNED
    )
    participants = models.ManyToManyField(Employee, blank=True, related_name="+")
    guests = models.CharField(max_length=200, blank=True)
    figures = models.JSONField(default=dict)
    read_at = models.DateTimeField(null=True)
    opened_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    causes = models.TextField(blank=True)
    conclusion = models.TextField(blank=True)
    held_on = models.DateField(null=True)
    prepared_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    told = models.BooleanField(default=False)

    class Meta(Occurrence.Meta):
        ordering = ["-due_day", "-id"]
        indexes = [
            models.Index(fields=["status", "due_day"], name="qual_review_due"),
            models.Index(fields=["kind", "-due_day", "-id"], name="qual_review_list"),
            models.Index(fields=["owner", "status", "due_day"], name="qual_review_owner"),
        ]
        constraints = [
            *Occurrence.Meta.constraints,
            CheckConstraint(
                name="qual_review_held_iff",
                condition=Q(status="held", done_at__isnull=False, held_on__isnull=False)
                | ~Q(status="held") & Q(done_at=None),
            ),
            CheckConstraint(
                name="qual_review_two_people",
                condition=Q(approved_by=None) | ~Q(approved_by=F("prepared_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people call it: TR-2026-10-HZ-01 for October of a site, MR-2026-11."""
        if self.kind == enums.ReviewKind.MANAGEMENT:
            return f"MR-{self.planned_day:%Y-%m}"
        place = f"-{self.site.code}" if self.site is not None else ""
        return f"TR-{self.period.key}{place}"

    @property
    def period(self) -> Period:
        """The month before its day; for a management review the twelve months before it."""
        month = month_of(self.planned_day).previous()
        if self.kind == enums.ReviewKind.TIMELINESS:
            return month
        start = add_months(month.start_day, 1 - MONTHS)
        last = month.end_day - timedelta(days=1)
        return Period(start, month.end_day, f"{start.isoformat()}/{last.isoformat()}", "span")


class ReviewInput(TimestampedModel):
    """One input of a management review as it stood when it was read, and what was said to it.

    `facts` is a list of [word code, number, address]; none means that there are no data.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="inputs")
    topic = models.CharField(max_length=14, choices=enums.Topic)
    facts = models.JSONField(default=list)
    note = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [UniqueConstraint(fields=["review", "topic"], name="qual_input_once")]


class ReviewVerdict(TimestampedModel):
    """Keep or change: what a management review says to the policy or to one objective (REV-02).

    `line` is the objective as it stood: target, value, n.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="verdicts")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    metric = models.CharField(max_length=8, blank=True)
    line = models.JSONField(default=dict)
    verdict = models.CharField(max_length=8, choices=enums.Verdict, blank=True)
    words = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            UniqueConstraint(
                fields=["review", "metric"], condition=~Q(metric=""), name="qual_verdict_figure"
            ),
            UniqueConstraint(fields=["review", "document"], name="qual_verdict_document"),
            CheckConstraint(
                name="qual_verdict_of_one",
                condition=Q(document=None) & ~Q(metric="")
                | Q(document__isnull=False) & Q(metric=""),
            ),
        ]


class ReviewDecision(TimestampedModel):
    """What a review decided, the measure it became, and what became of that (TIM-08 … TIM-11)."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="decisions")
    position = models.PositiveSmallIntegerField()
    output = models.CharField(max_length=12, choices=enums.Output)
    category = models.CharField(max_length=10, choices=enums.Category, blank=True)
    # The figure it is to move, and that figure as the review saw it.
    metric = models.CharField(max_length=8, blank=True)
    text = models.CharField(max_length=500)
    cause = models.ForeignKey(Cause, models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    due_on = models.DateField()
    # A measure that stood already, or the one made of this decision when the review was held.
    nonconformity = models.ForeignKey(Nonconformity, models.PROTECT, null=True, related_name="+")
    action = models.ForeignKey(Action, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=8, choices=enums.Outcome, blank=True)
    outcome_reason = models.CharField(max_length=500, blank=True)
    # Time, satisfaction and cost before and after, as whoever ended it saw them (TIM-10).
    reading = models.JSONField(default=list)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            UniqueConstraint(fields=["review", "position"], name="qual_decision_place"),
            CheckConstraint(
                name="qual_decision_ended_iff",
                condition=Q(outcome="", ended_at=None)
                | ~Q(outcome="") & ~Q(outcome_reason="") & Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review.number}-{self.position}"


class ReviewMinutes(models.Model):
    """The minutes of a held review in one canonical text with its hash. Insert-only."""

    review = models.OneToOneField(Review, models.PROTECT, related_name="minutes")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    signed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
