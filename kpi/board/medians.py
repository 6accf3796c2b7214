"""The median of a time month by month, judged by its own movement and by its goal (TIM-05)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from courierqa.core import formats
from courierqa.core.timeframes import Period
from kpi import stats
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
    chart = stats.latest(stats.xmr([_hours(one) for _period, one in over], clip=(0, None)), kept)
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


def with_limits(course: dict[str, Any], verdict: stats.Verdict, goal: int | None) -> dict[str, Any]:
    """Return the chart of quantiles with limits, mean and goal of the median drawn into it."""
    named = [
        (_("Upper limit"), verdict.chart.high, HAIR),
        (_("Mean"), verdict.chart.mean, {**HAIR, "type": "solid"}),
        # A limit at zero is the floor of the chart, not a finding.
        (_("Lower limit"), verdict.chart.low or None, HAIR),
        (_("Goal"), goal, {"type": "solid", "width": 3, "color": "$action"}),
    ]
    lines = [
        {"yAxis": round(value, 1), "lineStyle": style,
         "label": {"formatter": f"{name} {formats.number(value, 1)}"}}
        for name, value, style in named if value is not None
    ]  # fmt: skip
    half, *others = course["series"]
    drawn = {"symbol": "none", "silent": True, "data": lines}
    return {
        **course, "grid": {**course["grid"], "right": 120},
        "series": [{**half, "markLine": drawn}, *others],
    }  # fmt: skip
