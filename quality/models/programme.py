"""Improvement programmes and plans: a goal on a figure, fixed before anything is done."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, F, Q

from courierqa.core.models import TimestampedModel
from quality import improvement_enums as enums
from quality.models.action import Action
from shipments.models import Product
from staff.models import Employee, Site, User


class Programme(TimestampedModel):
    """One improvement over a period: from which value to which, by whom, at what cost (IMP-01).

    `target` is in the unit of the figure: shares as fractions (0.97), counts as they are.
    `baseline` and `reading` hold the figures with their counts and days, as they were read; the
    first is fixed in the draft and never changes afterwards.
    """

    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=10, choices=enums.ProgrammeKind)
    # The programme a plan belongs to (IMP-03).
    programme = models.ForeignKey("self", models.PROTECT, null=True, related_name="plans")
    # The one whose result was "adjust".
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    field = models.CharField(max_length=10, choices=enums.Field)
    title = models.CharField(max_length=100)
    # The data behind it, in words (IMP-10).
    problem = models.CharField(max_length=1000)
    status = models.CharField(
        max_length=10, choices=enums.ProgrammeStatus, default=enums.ProgrammeStatus.DRAFT
    )
    metric = models.CharField(max_length=8)
    target = models.DecimalField(max_digits=12, decimal_places=4)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, null=True, related_name="+")
    owner = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    team = models.ManyToManyField(Employee, blank=True, related_name="+")
    # The measures of it are those of nonconformities; there is no second kind.
    actions = models.ManyToManyField(Action, blank=True, related_name="programmes")
    start_on = models.DateField()
    first_due_on = models.DateField()
    due_on = models.DateField()
    budget_fen = models.PositiveBigIntegerField(default=0)
    cost_fen = models.PositiveBigIntegerField(null=True)
    baseline = models.JSONField(default=dict)
    baseline_at = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    reading = models.JSONField(default=dict)
    verdict = models.CharField(max_length=8, choices=enums.Verdict, blank=True)
    verdict_note = models.CharField(max_length=1000, blank=True)
    judged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["status", "due_on", "id"], name="qual_programme_board"),
            models.Index(fields=["site", "status"], name="qual_programme_site"),
        ]
        constraints = [
            CheckConstraint(name="qual_programme_lasts", condition=Q(due_on__gt=F("start_on"))),
            CheckConstraint(
                name="qual_programme_begins_known",
                condition=Q(status__in=["draft", "dropped"]) | Q(baseline_at__isnull=False),
            ),
            CheckConstraint(
                name="qual_programme_judged_iff",
                condition=Q(status="ended", judged_by__isnull=False) & ~Q(verdict="")
                | ~Q(status="ended") & Q(verdict="", judged_by=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
