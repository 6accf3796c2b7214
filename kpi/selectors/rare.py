"""The days on which something rare happened, and among how many items, from the stored cells."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Sum

from kpi.metrics import Metric
from kpi.models import Cell
from kpi.selectors.scope import Scope
from kpi.selectors.sums import narrow
from kpi.stats import EventDay


def event_days(
    metric: Metric, *, since: date, until: date, scope: Scope
) -> tuple[list[EventDay], int]:
    """Return the days with bad events in order, and all items counted; without what is exempt."""
    rows = narrow(Cell.objects.filter(metric=metric.code, day__gte=since, day__lt=until), scope)
    bad, items = F("hits") - F("exempt_hits"), F("total") - F("exempt_total")
    if metric.higher_is_better:
        bad = items - bad
    found, before = [], 0
    for row in rows.values("day").annotate(bad=Sum(bad), items=Sum(items)).order_by("day"):
        if row["bad"] > 0:
            found.append(EventDay(row["day"], row["bad"], row["items"], before))
        before += row["items"]
    return found, before
