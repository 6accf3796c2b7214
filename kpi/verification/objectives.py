"""Objectives judged a second time, from the value and the target kept of their day (I08)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from courierqa.core import calendars
from kpi.metrics import METRICS
from kpi.models import ObjectiveResult
from kpi.verification.fallen import Fallen, said


def falls() -> Iterator[Fallen]:
    """Yield how each assessed objective falls, on the day its month was mature."""
    names = ("pk", "metric", "site_id", "month", "value", "wanted")
    for pk, code, site, month, value, wanted in ObjectiveResult.objects.values_list(*names):
        metric = METRICS[code]
        gap = None if value is None else value - wanted
        good = gap is not None and (gap >= 0 if metric.direction == "up" else gap <= 0)
        until = _following(month) + timedelta(days=metric.mature_days)
        moment = calendars.day_start(until) - timedelta(microseconds=1)
        yield Fallen("I08", pk, (site or 0, 0), moment, said(good))


def _following(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1)
