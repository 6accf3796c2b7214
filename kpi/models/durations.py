"""How long things took, in buckets that add up."""

from __future__ import annotations

from django.db import models
from django.db.models import UniqueConstraint


class Durations(models.Model):
    """How long things took: numbers per bucket of `kpi.buckets`.

    `buckets` holds [bucket, number] pairs of the `measured`, `minutes` their sum. `still_open` rank
    behind all; `left` are out of the ranks by rule; `missing` were passed without a measure.
    """

    metric = models.CharField(max_length=8)
    site_id = models.BigIntegerField()
    product_id = models.BigIntegerField()
    buckets = models.JSONField(default=list)
    measured = models.PositiveIntegerField()
    minutes = models.PositiveBigIntegerField()
    still_open = models.PositiveIntegerField()
    left = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()

    class Meta:
        abstract = True


class DurationCell(Durations):
    """The durations of one figure, day, site and product."""

    day = models.DateField()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["metric", "day", "site_id", "product_id"], name="kpi_duration_day_once"
            )
        ]
        indexes = [models.Index(fields=["day", "metric"], name="kpi_duration_day")]


class DurationMonth(Durations):
    """The duration cells of one figure, site and product summed over a month."""

    month = models.DateField()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["metric", "month", "site_id", "product_id"], name="kpi_duration_month_once"
            )
        ]
        indexes = [models.Index(fields=["month", "metric"], name="kpi_duration_month")]
