"""The two verdicts of a figure: is it changing, and can it meet its target?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from courierqa.core.calendars import business_day
from courierqa.core.timeframes import Period, month_of, parse_period
from kpi import stats
from kpi.board.show import points_of, show
from kpi.enums import Unit
from kpi.metrics import METRICS, Metric
from kpi.models import Target
from kpi.selectors import Figure
from kpi.stats.verdict import NONE

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


def is_judged(period: Period, as_of: datetime | None) -> bool:
    """Say whether a period may carry a verdict: a month that is over as far as figures reach."""
    return period.kind == "month" and as_of is not None and period.end_at <= as_of


def judged_month(period: Period, as_of: datetime | None) -> Period | None:
    """Return the newest month that was over at the end of a period, or at the as-of time."""
    if as_of is None:
        return None
    month = month_of(period.end_day - timedelta(days=1))
    if month.end_day > period.end_day:
        month = month.previous()
    newest = month_of(business_day(as_of)).previous()
    return min(month, newest, key=lambda one: one.start_day)


def withheld_words(period: Period, as_of: datetime | None, figure: Figure | None) -> str:
    """Say why a period carries no verdict, or nothing when it is a month that is over."""
    if is_judged(period, as_of):
        # A gap in the course: the last point known is another month's.
        if figure is None or not figure.adjusted.is_few:
            return ""
        return _("too few records, not judged") if figure.n else _("nothing counted")
    if as_of is None or period.end_at > as_of:
        return _("running, not judged yet")
    month = judged_month(period, as_of)
    return _("judged by months: see %(month)s") % {"month": month.label if month else "—"}


def for_period(
    verdict: stats.Verdict, period: Period, metric: Metric, as_of: datetime | None,
    figure: Figure | None,
) -> stats.Verdict:  # fmt: skip
    """Return the verdict as it may stand beside the number of a period.

    A verdict is a month's own. What is still running, or is a day, a week, a quarter or a year,
    keeps the chart with its limits, without icons, findings and advice.
    """
    words = withheld_words(period, as_of, figure)
    if not words:
        return verdict
    said = _("%(name)s: %(words)s") % {"name": metric.name, "words": words}
    return replace(
        verdict, variation=NONE, assurance=NONE, side="", action="", sentence=said,
        withheld=words,
    )  # fmt: skip


def _chart(
    every: Sequence[Figure], metric: Metric, breaks: Sequence[date], *, rare: bool
) -> stats.XmR:
    """Chart all months known, each course between two breaks by its own baseline."""
    points = [None if rare or one.is_few else points_of(metric, one.value) for one in every]
    is_share = metric.unit == Unit.SHARE
    factor = metric.factor * (100 if is_share else 1)

    def part(start: int, end: int) -> stats.XmR:
        if metric.unit not in COUNTED:
            low = None if metric.unit == Unit.NPS else 0
            return stats.xmr(points[start:end], clip=(low, 100 if is_share else None))
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
    """Return the first and last month that lock the limits now in force, as readers name them.

    None while the limits are on trial: fewer months than it takes lock nothing.
    """
    every = [one.adjusted for one in finished(months, as_of)]
    values = [None if one.is_few else one.value for one in every]
    firsts = [parse_period(one.period).start_day for one in every]
    start = sum(first < breaks[-1] for first in firsts) if breaks else 0
    found = stats.locked_by(values, start, stats.BASELINE)
    if found is None or sum(value is not None for value in values[start:]) < stats.BASELINE:
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
