"""The median of a time month by month, judged by its own movement and by its goal (TIM-05)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from courierqa.core import formats
from courierqa.core.timeframes import Period
from kpi import stats
from kpi.buckets import ERROR
from kpi.metrics import Duration
from kpi.selectors import Lengths

# Months that are read; the first twelve with a value lock the limits.
READ = 24
# Months a chart shows.
SHOWN = 18
HAIR = {"type": "dashed", "width": 1, "color": "$same"}


def judged(
    metric: Duration, months: Sequence[tuple[Period, Lengths]], as_of: datetime | None
) -> stats.Verdict:
    """Judge the medians of the months that are over, in hours; shorter is better.

    A month with too few records, or whose median still lies among the open ones, is a gap.
    """
    over = [(period, one) for period, one in months if as_of and period.end_at <= as_of]
    kept = min(len(over), SHOWN - (len(months) - len(over)))
    points = [_hours(one) for _period, one in over]
    chart = stats.latest(stats.xmr(points, clip=(0, None), grain=ERROR), kept)
    return stats.verdicts(
        chart.points,
        metric.goal,
        "down",
        name=_("%(name)s, P50") % {"name": metric.name},
        label=over[-1][0].label if over else "",
        show=_shown,
        chart=chart,
    )


def _hours(one: Lengths) -> float | None:
    return None if one.is_few or one.p50 is None else one.p50 / 60


def _shown(hours: float) -> str:
    return _("%(n)s hours") % {"n": formats.number(hours, 1)}


def course(
    months: Sequence[tuple[Period, Lengths]], verdict: stats.Verdict, goal: int | None
) -> dict[str, Any]:
    """Return the chart of the medians with their limits, mean and goal, in hours."""
    return {
        "grid": {"left": 8, "right": 124, "top": 24, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "category", "data": [period.key for period, _one in months]},
        "yAxis": {"type": "value", "name": _("hours"), "nameGap": 12, **_ends(verdict, goal)},
        "tooltip": {"trigger": "axis"},
        "series": [
            {
                "name": "P50", "type": "line", "symbolSize": 8, "showAllSymbol": True,
                "data": [_point(one, verdict, place) for place, (_p, one) in enumerate(months)],
                "markLine": {"symbol": "none", "silent": True, "data": _lines(verdict, goal)},
            }
        ],
    }  # fmt: skip


def _point(one: Lengths, verdict: stats.Verdict, place: int) -> dict[str, Any]:
    """Return a month: a square where it broke a pattern, hollow while it runs."""
    hours = _hours(one)
    point: dict[str, Any] = {"value": None if hours is None else round(hours, 1)}
    if place >= len(verdict.chart.points):
        return {**point, "symbol": "emptyCircle"}
    sides = {signal.side for signal in verdict.chart.at(place)}
    if not sides:
        return {**point, "symbol": "circle"}
    color = "$worse" if 1 in sides else "$better"
    return {**point, "symbol": "rect", "symbolSize": 10, "itemStyle": {"color": color}}


def _ends(verdict: stats.Verdict, goal: int | None) -> dict[str, int]:
    """Return the ends of the axis: what is drawn and some room, never below zero."""
    chart = verdict.chart
    drawn = [one for one in (*chart.points, chart.low, chart.high, goal) if one is not None]
    if not drawn:
        return {"min": 0}
    room = max(max(drawn) - min(drawn), 1) / 10
    return {"min": max(0, math.floor(min(drawn) - room)), "max": math.ceil(max(drawn) + room)}


def _lines(verdict: stats.Verdict, goal: int | None) -> list[dict[str, Any]]:
    named = [
        (_("Upper limit"), verdict.chart.high, HAIR),
        (_("Mean"), verdict.chart.mean, {**HAIR, "type": "solid"}),
        # A limit at zero is the floor of the chart, not a finding.
        (_("Lower limit"), verdict.chart.low or None, HAIR),
        (_("Goal"), goal, {"type": "solid", "width": 3, "color": "$action"}),
    ]
    return [
        {"yAxis": round(value, 1), "lineStyle": style,
         "label": {"formatter": f"{name} {formats.number(value, 1)}"}}
        for name, value, style in named if value is not None
    ]  # fmt: skip


def table(months: Sequence[tuple[Period, Lengths]], verdict: stats.Verdict) -> dict[str, Any]:
    """Return the same as a table."""
    ends = [
        formats.NOTHING if one is None else formats.number(one, 1)
        for one in (verdict.chart.low, verdict.chart.high)
    ]
    rows = [
        [period.key, _shown_or_gap(one), formats.number(one.n), *ends] for period, one in months
    ]
    return {"head": [_("Month"), "P50", "n", _("Lower limit"), _("Upper limit")], "rows": rows}


def _shown_or_gap(one: Lengths) -> str:
    hours = _hours(one)
    return formats.NOTHING if hours is None else formats.number(hours, 1)
