"""Did it work? What must be seen was fixed beforehand; somebody else looks on another day."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from courierqa.core.models import TimestampedModel
from quality import enums
from quality.models.nonconformity import Nonconformity
from staff.models import Employee, Site, User


class EffectCheck(TimestampedModel):
    """The criterion of one round, and what the check found (NCR-07, I05).

    `threshold` is in the unit of the figure: shares as fractions (0.97), counts as they are.
    `days` is how long after the last deed the figure is read, and as long before it.
    """

    nonconformity = models.ForeignKey(Nonconformity, models.PROTECT, related_name="checks")
    round = models.PositiveSmallIntegerField()
    rule = models.CharField(max_length=10, choices=enums.EffectRule)
    metric = models.CharField(max_length=8, blank=True)
    site = models.ForeignKey(Site, models.PROTECT, null=True, related_name="+")
    threshold = models.DecimalField(max_digits=12, decimal_places=4, null=True)
    words = models.CharField(max_length=500, blank=True)
    first_due_on = models.DateField()
    due_on = models.DateField()
    # The criterion itself says that it may be looked at before its day.
    may_be_early = models.BooleanField(default=False)
    verifier = models.ForeignKey(Employee, models.PROTECT, related_name="+")
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    result = models.CharField(max_length=12, choices=enums.EffectResult, blank=True)
    # The figure before and after with counts, limits and verdict, as the checker saw it.
    reading = models.JSONField(default=dict)
    note = models.CharField(max_length=1000, blank=True)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["round"]
        indexes = [
            models.Index(fields=["first_due_on"], name="qual_check_first_due"),
            models.Index(fields=["verifier", "result", "due_on"], name="qual_check_verifier"),
        ]
        constraints = [
            UniqueConstraint(fields=["nonconformity", "round"], name="qual_check_once"),
            CheckConstraint(
                name="qual_check_whole",
                condition=Q(result="", checked_at=None, checked_by=None)
                | ~Q(result="") & Q(checked_at__isnull=False, checked_by__isnull=False),
            ),
            CheckConstraint(
                name="qual_check_says_what",
                condition=Q(rule="words") & ~Q(words="") & Q(metric="")
                | Q(rule="signal", threshold=None) & ~Q(metric="")
                | Q(rule__in=["at_least", "at_most"], threshold__isnull=False) & ~Q(metric=""),
            ),
        ]
