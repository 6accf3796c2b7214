"""The two verdicts of a figure: is it changing, and can it meet its target?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from courierqa.core.timeframes import parse_period
from kpi import stats
from kpi.board.show import points_of, show
from kpi.enums import Unit
from kpi.metrics import METRICS, Metric
from kpi.models import Target
from kpi.selectors import Figure

# Numerators that count records, so that chance follows the volume; sums of money do not.
COUNTED = frozenset({"share", "per_100", "per_10k", "per_100k", "per_million"})
# The names of the drawn shapes, by variation.
SHAPES = {"improvement": "better", "concern": "worse", "change": "neutral"}


def finished(months: Sequence[Figure], as_of: datetime | None) -> list[Figure]:
    """Return the months that are over; a month still running cannot be judged yet."""
    return [one for one in months if as_of and parse_period(one.period).end_at <= as_of]


def judge(months: Sequence[Figure], target: Target | None, as_of: datetime | None) -> stats.Verdict:
    """Judge the finished months. A month with too few records is a gap, not a point."""
    over = finished(months, as_of)
    metric = METRICS[months[0].metric]
    rare = _is_rare(over, metric)
    points = [None if rare or one.is_few else points_of(metric, one.value) for one in over]
    is_share = metric.unit == Unit.SHARE
    chart = None
    if metric.unit in COUNTED:
        hits = [
            None if point is None else one.hits for point, one in zip(points, over, strict=True)
        ]
        factor = metric.factor * (100 if is_share else 1)
        chart = stats.control(hits, [one.n for one in over], factor=factor, is_share=is_share)
    label = parse_period(over[-1].period).label if over else ""
    verdict = stats.verdicts(
        points,
        points_of(metric, target.value) if target else None,
        metric.direction.value,
        name=str(metric.name),
        label=label,
        show=lambda value: show(metric, value / 100 if is_share else value),
        clip=(0, 100) if is_share else (0, None),
        chart=chart,
    )
    return replace(verdict, sentence=_too_rare(metric)) if rare else verdict


def _is_rare(months: Sequence[Figure], metric: Metric) -> bool:
    bad, totals = [one.failed for one in months], [one.total for one in months]
    return not metric.is_sum and stats.is_rare(bad, totals, is_share=metric.unit == Unit.SHARE)


def _too_rare(metric: Metric) -> str:
    text = _("%(name)s: too few events for a control chart. Read the range.")
    return text % {"name": metric.name}


def shape(verdict: stats.Verdict) -> str:
    """Return the name of the variation's drawing: worse_low, better_high, same …"""
    if not verdict.is_judged:
        return ""
    if verdict.variation not in SHAPES:
        return "same"
    side = "high" if verdict.side == "H" else "low"
    return f"{SHAPES[verdict.variation]}_{side}"
