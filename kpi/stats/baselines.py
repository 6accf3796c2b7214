"""Baselines that stay locked, and the breaks where somebody set one anew with a reason.

The rule: the first 12 months with a value since the records begin, or since the last break, lock
mean and limits; later months are judged by them and never move them. A break begins a new course:
each month is judged by the baseline in force then, and no run or trend crosses a break.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from django.utils.translation import gettext as _

from kpi.stats.verdict import Verdict, gap
from kpi.stats.xmr import Signal, XmR

Chart = Callable[[int, int], XmR]


def segmented(chart_of: Chart, length: int, breaks: Sequence[int]) -> XmR:
    """Join the charts of the courses between breaks; `chart_of(start, end)` draws one of them.

    Mean, limits and the count of baseline months are those of the last course.
    """
    starts = [0, *sorted({place for place in breaks if 0 < place < length})]
    parts = [(start, chart_of(start, end)) for start, end in pairwise([*starts, length])]
    last_start, last = parts[-1]
    if not last_start:
        return last
    signals = [
        replace(signal, index=signal.index + start)
        for start, part in parts
        for signal in part.signals
    ]
    return replace(
        last,
        points=tuple(point for _start, part in parts for point in part.points),
        signals=tuple(sorted(signals)),
        lows=tuple(end for _start, part in parts for end in _ends(part, part.lows, part.low)),
        highs=tuple(end for _start, part in parts for end in _ends(part, part.highs, part.high)),
        means=tuple(part.mean for _start, part in parts for _point in part.points),
        breaks=tuple(starts[1:]),
    )


def _ends(
    part: XmR, own: tuple[float | None, ...], shared: float | None
) -> tuple[float | None, ...]:
    return own or (shared,) * len(part.points)


def latest(chart: XmR, shown: int) -> XmR:
    """Return the chart cut to its last months; what locked the limits may lie before them."""
    gone = len(chart.points) - shown
    if gone <= 0:
        return chart
    return replace(
        chart,
        points=chart.points[gone:],
        signals=tuple(
            Signal(one.index - gone, one.kind, one.side)
            for one in chart.signals
            if one.index >= gone
        ),
        lows=chart.lows[gone:],
        highs=chart.highs[gone:],
        means=chart.means[gone:],
        # A break before the first month shown leaves no line to draw.
        breaks=tuple(place - gone for place in chart.breaks if place > gone),
    )


def locked_by(values: Sequence[float | None], start: int, wanted: int) -> tuple[int, int] | None:
    """Return the places of the first and last month that lock the limits of a course."""
    places = [place for place, value in enumerate(values) if place >= start and value is not None]
    return (places[0], places[:wanted][-1]) if places else None


def said_anew(verdict: Verdict, labels: Sequence[str]) -> Verdict:
    """Return the verdict with the months named that began a baseline anew."""
    if not labels:
        return verdict
    text = _("Limits set anew from %(months)s: earlier months are judged by the earlier limits.")
    more = text % {"months": _(", ").join(labels)}
    return replace(verdict, sentence=gap().join((verdict.sentence, more)))
