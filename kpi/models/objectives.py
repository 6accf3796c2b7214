"""What was measured of an objective on the day it was assessed."""

from __future__ import annotations

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint


class ObjectiveResult(models.Model):
    """An objective held against a month, once, on its day of assessment (I08). Insert-only.

    `wanted` and `value` are kept as they stood then, in the unit of the figure; no `value` means
    that nothing was counted. `due_at` is the moment of assessment, `at` when it was written.
    """

    target = models.ForeignKey("kpi.Target", models.PROTECT, related_name="results")
    metric = models.CharField(max_length=8)
    site = models.ForeignKey("staff.Site", models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey("staff.Team", models.PROTECT, null=True, related_name="+")
    # The first day of the month that was assessed.
    month = models.DateField()
    wanted = models.DecimalField(max_digits=12, decimal_places=4)
    value = models.DecimalField(max_digits=24, decimal_places=8, null=True)
    records = models.BigIntegerField()
    is_reached = models.BooleanField()
    due_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["month", "metric"], name="kpi_result_month")]
        constraints = [
            UniqueConstraint(
                fields=["metric", "month"],
                condition=Q(site=None, team=None),
                name="kpi_result_once",
            ),
            UniqueConstraint(
                fields=["metric", "site", "month"],
                condition=Q(team=None),
                name="kpi_result_once_per_site",
            ),
            UniqueConstraint(fields=["metric", "team", "month"], name="kpi_result_once_per_team"),
            CheckConstraint(
                name="kpi_result_measured", condition=Q(is_reached=False) | ~Q(value=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.month:%Y-%m}"
