"""Counts as they are stored: days, months, couriers, causes; and how far they reach."""

from __future__ import annotations

from django.db import models
from django.db.models import UniqueConstraint

from kpi.enums import CauseKind


class Cell(models.Model):
    """Counts of one metric for one day, site and product. Never a percentage.

    Where a metric adds up a column (fen, scans), `hits` and `total` hold the sums. `pending` rows
    are not yet due, `excluded` ones left the share by rule; neither is in `total`.
    """

    metric = models.CharField(max_length=8)
    day = models.DateField()
    site_id = models.BigIntegerField()
    product_id = models.BigIntegerField()
    # Below zero only where a record can count against the figure (V03).
    hits = models.BigIntegerField()
    total = models.PositiveBigIntegerField()
    pending = models.PositiveIntegerField(default=0)
    excluded = models.PositiveIntegerField(default=0)
    # Of these, what an approved exemption covers: adjusted figures go without them (B17).
    exempt_hits = models.PositiveBigIntegerField(default=0)
    exempt_total = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["metric", "day", "site_id", "product_id"], name="kpi_cell_once"
            )
        ]
        indexes = [models.Index(fields=["day", "metric"])]


class MonthCell(models.Model):
    """The cells of one metric, site and product summed over a month, for long series.

    Written in the same transaction as the cells it sums; derived, never a source.
    """

    metric = models.CharField(max_length=8)
    month = models.DateField()
    site_id = models.BigIntegerField()
    product_id = models.BigIntegerField()
    # Below zero only where a record can count against the figure (V03).
    hits = models.BigIntegerField()
    total = models.PositiveBigIntegerField()
    pending = models.PositiveIntegerField(default=0)
    excluded = models.PositiveIntegerField(default=0)
    # Of these, what an approved exemption covers: adjusted figures go without them (B17).
    exempt_hits = models.PositiveBigIntegerField(default=0)
    exempt_total = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["metric", "month", "site_id", "product_id"], name="kpi_month_cell_once"
            )
        ]
        indexes = [models.Index(fields=["month", "site_id"])]


class CourierCell(models.Model):
    """Counts of one metric for one day and courier."""

    metric = models.CharField(max_length=8)
    day = models.DateField()
    courier_id = models.BigIntegerField()
    site_id = models.BigIntegerField()
    hits = models.PositiveBigIntegerField()
    total = models.PositiveBigIntegerField()
    # Of these, what an approved exemption covers: adjusted figures go without them (B17).
    exempt_hits = models.PositiveBigIntegerField(default=0)
    exempt_total = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["metric", "day", "courier_id", "site_id"], name="kpi_courier_cell_once"
            )
        ]
        indexes = [models.Index(fields=["site_id", "day"])]


class CauseCell(models.Model):
    """How many records of one day and site had one cause: late parcels by link, complaints by
    reason. `cause_site_id` is where the cause lies, 0 when nobody knows."""

    kind = models.CharField(max_length=10, choices=CauseKind)
    day = models.DateField()
    site_id = models.BigIntegerField()
    cause = models.CharField(max_length=30, blank=True)
    cause_site_id = models.BigIntegerField()
    records = models.PositiveIntegerField()

    class Meta:
        constraints = [
            UniqueConstraint(
                fields=["kind", "day", "site_id", "cause", "cause_site_id"],
                name="kpi_cause_cell_once",
            )
        ]


class Watermark(models.Model):
    """How far figures reach: all facts changed and deadlines passed before `through`."""

    name = models.CharField(max_length=40, unique=True)
    through = models.DateTimeField()
