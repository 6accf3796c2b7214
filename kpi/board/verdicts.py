"""The two verdicts of a figure: is it changing, and can it meet its target?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from courierqa.core.timeframes import parse_period
from kpi import stats
from kpi.board.show import points_of, show
from kpi.enums import Unit
from kpi.metrics import METRICS
from kpi.models import Target
from kpi.selectors import Figure

# Fewer bad events a month than this, on average, make no control chart.
RARE = 5
# The names of the drawn shapes, by variation.
SHAPES = {"improvement": "better", "concern": "worse", "change": "neutral"}


def finished(months: Sequence[Figure], as_of: datetime | None) -> list[Figure]:
    """Return the months that are over; a month still running cannot be judged yet."""
    return [one for one in months if as_of and parse_period(one.period).end_at <= as_of]


def judge(months: Sequence[Figure], target: Target | None, as_of: datetime | None) -> stats.Verdict:
    """Judge the finished months. A month with too few records is a gap, not a point."""
    over = finished(months, as_of)
    metric = METRICS[months[0].metric]
    judged = not _is_rare(over)
    points = [points_of(metric, one.value) if judged and not one.is_few else None for one in over]
    is_share = metric.unit == Unit.SHARE
    label = parse_period(over[-1].period).label if over else ""
    return stats.verdicts(
        points,
        points_of(metric, target.value) if target else None,
        metric.direction.value,
        name=str(metric.name),
        label=label,
        show=lambda value: show(metric, value / 100 if is_share else value),
        clip=(0, 100) if is_share else (0, None),
    )


def _is_rare(months: Sequence[Figure]) -> bool:
    """Say whether the bad events are too rare for a control chart: most months would show none.

    A loss then widens the limits and its absence looks like an improvement; neither is true. A
    share that was never missed is no such case: every month says the same.
    """
    if not months:
        return False
    bad = sum(one.failed for one in months)
    if METRICS[months[0].metric].unit == Unit.SHARE and bad == 0:
        return False
    return bad < RARE * len(months)


def shape(verdict: stats.Verdict) -> str:
    """Return the name of the variation's drawing: worse_low, better_high, same …"""
    if not verdict.is_judged:
        return ""
    if verdict.variation not in SHAPES:
        return "same"
    side = "high" if verdict.side == "H" else "low"
    return f"{SHAPES[verdict.variation]}_{side}"
