"""The two verdicts of a figure: is it changing, and can it meet its target?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

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
# Months a chart shows.
SHOWN = 18
# The names of the drawn shapes, by variation.
SHAPES = {"improvement": "better", "concern": "worse", "change": "neutral"}


def finished(months: Sequence[Figure], as_of: datetime | None) -> list[Figure]:
    """Return the months that are over; a month still running cannot be judged yet."""
    return [one for one in months if as_of and parse_period(one.period).end_at <= as_of]


def judge(
    months: Sequence[Figure],
    target: Target | None,
    as_of: datetime | None,
    *,
    breaks: Sequence[date] = (),
    shown: int = SHOWN,
) -> stats.Verdict:
    """Judge the finished months as adjusted (B17); a month with too few records is a gap.

    The newest `shown` months are judged; those before them only lock the limits. `breaks` are the
    months that begin a baseline anew.
    """
    every = [one.adjusted for one in finished(months, as_of)]
    kept = max(0, min(len(every), shown - (len(months) - len(every))))
    over, metric = every[len(every) - kept :], METRICS[months[0].metric]
    rare = _is_rare(over, metric)
    chart = stats.latest(_chart(every, metric, breaks, rare=rare), kept)
    is_share = metric.unit == Unit.SHARE
    verdict = stats.verdicts(
        chart.points,
        points_of(metric, target.value) if target else None,
        metric.direction.value,
        name=str(metric.name),
        label=parse_period(over[-1].period).label if over else "",
        show=lambda value: show(metric, value / 100 if is_share else value),
        chart=chart,
    )
    if rare:
        return replace(verdict, sentence=_too_rare(metric), is_rare=True)
    labels = [parse_period(over[place].period).label for place in chart.breaks]
    return stats.said_anew(verdict, labels)


def _chart(
    every: Sequence[Figure], metric: Metric, breaks: Sequence[date], *, rare: bool
) -> stats.XmR:
    """Chart all months known, each course between two breaks by its own baseline."""
    points = [None if rare or one.is_few else points_of(metric, one.value) for one in every]
    is_share = metric.unit == Unit.SHARE
    factor = metric.factor * (100 if is_share else 1)

    def part(start: int, end: int) -> stats.XmR:
        if metric.unit not in COUNTED:
            return stats.xmr(points[start:end], clip=(0, 100 if is_share else None))
        pairs = zip(points[start:end], every[start:end], strict=True)
        hits = [None if point is None else one.hits for point, one in pairs]
        totals = [one.n for one in every[start:end]]
        return stats.control(hits, totals, factor=factor, is_share=is_share)

    firsts = [parse_period(one.period).start_day for one in every]
    places = [sum(first < month for first in firsts) for month in breaks]
    return stats.segmented(part, len(every), places)


def locked(
    months: Sequence[Figure], breaks: Sequence[date], as_of: datetime | None
) -> tuple[str, str] | None:
    """Return the first and last month that lock the limits now in force, as readers name them."""
    every = [one.adjusted for one in finished(months, as_of)]
    values = [None if one.is_few else one.value for one in every]
    firsts = [parse_period(one.period).start_day for one in every]
    start = sum(first < breaks[-1] for first in firsts) if breaks else 0
    found = stats.locked_by(values, start, stats.BASELINE)
    if found is None:
        return None
    first, last = (parse_period(every[place].period).label for place in found)
    return first, last


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
