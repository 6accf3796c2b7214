"""Our own figure beside those of others, as bars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from courierqa.core.formats import number
from kpi.board import show
from kpi.board.charts import points_of
from kpi.metrics import METRICS, Metric
from kpi.selectors.effects import Span, figure_in
from kpi.selectors.figures import Figure
from kpi.selectors.scope import EVERYTHING
from quality.models import Benchmark

# Our own value is that of so many whole days.
OWN_DAYS = 90


@dataclass(frozen=True)
class Group:
    """One figure: our own value, the newest of each other, a chart of both, and the finding."""

    metric: Metric
    own: str
    n: int
    rows: list[Benchmark]
    title: str
    chart: dict[str, Any]


def groups(*, today: date) -> list[Group]:
    """Return the figures others were compared with, in the order of the catalogue."""
    rows = Benchmark.objects.prefetch_related("files").order_by("metric", "-on", "-id")[:500]
    held: dict[str, list[Benchmark]] = {}
    for row in rows:
        held.setdefault(row.metric, []).append(row)
    span = Span(today - timedelta(days=OWN_DAYS), today - timedelta(days=1))
    return [
        _group(METRICS[code], held[code], figure_in(code, span, EVERYTHING))
        for code in METRICS if code in held
    ]  # fmt: skip


def _group(metric: Metric, rows: list[Benchmark], own: Figure) -> Group:
    newest: dict[str, Benchmark] = {}
    for row in rows:
        newest.setdefault(row.who, row)
    value = None if own.is_few else points_of(metric, own.value)
    others = [(who, float(one.value)) for who, one in newest.items()]
    bars = others if value is None else [(_("We"), round(value, 2)), *others]
    bars.sort(key=lambda bar: bar[1], reverse=metric.higher_is_better)
    return Group(
        metric, show.show(metric, None if own.is_few else own.value), own.total, rows,
        _finding(metric, value, others), _chart(metric, bars),
    )  # fmt: skip


def _finding(metric: Metric, value: float | None, others: list[tuple[str, float]]) -> str:
    """Return in one sentence where we stand."""
    if value is None:
        return _("Too few records of our own to compare")
    pick = max if metric.higher_is_better else min
    who, best = pick(others, key=lambda one: one[1])
    ahead = value >= best if metric.higher_is_better else value <= best
    if ahead:
        return _("Nobody compared is better than we are")
    gap = number(abs(best - value), 2)
    return _("%(who)s is ahead by %(gap)s %(unit)s") % {
        "who": who, "gap": gap, "unit": show.unit_of(metric)
    }  # fmt: skip


def _chart(metric: Metric, bars: list[tuple[str, float]]) -> dict[str, Any]:
    ours = str(_("We"))
    return {
        "grid": {"left": 8, "right": 56, "top": 8, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "value", "splitNumber": 4},
        "yAxis": {"type": "category", "inverse": True, "data": [who for who, _value in bars]},
        "tooltip": {"trigger": "axis"},
        "series": [{
            "name": str(metric.name), "type": "bar", "barMaxWidth": 22,
            "label": {"show": True, "position": "right"},
            "data": [
                {"value": value, "itemStyle": {"color": "$action" if who == ours else "$same"}}
                for who, value in bars
            ],
        }],
    }  # fmt: skip
