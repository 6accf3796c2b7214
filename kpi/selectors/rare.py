"""The days on which something rare happened, from the stored cells."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Sum

from kpi.metrics import Metric
from kpi.models import Cell
from kpi.selectors.scope import Scope
from kpi.selectors.sums import narrow


def event_days(metric: Metric, *, since: date, until: date, scope: Scope) -> list[tuple[date, int]]:
    """Return (day, bad events) in order, without what is exempt; days without any are left out."""
    rows = narrow(Cell.objects.filter(metric=metric.code, day__gte=since, day__lt=until), scope)
    bad = F("hits") - F("exempt_hits")
    if metric.higher_is_better:
        bad = F("total") - F("exempt_total") - bad
    counted = rows.values("day").annotate(bad=Sum(bad)).filter(bad__gt=0).order_by("day")
    return [(row["day"], row["bad"]) for row in counted]
