"""Chart options for the pages, as plain data: the browser only draws what is decided here."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from courierqa.core import formats
from courierqa.core.timeframes import parse_period
from kpi import stats
from kpi.board.show import points_of, show
from kpi.enums import Unit
from kpi.metrics import METRICS, Metric
from kpi.models import Note, Target
from kpi.selectors import Figure

HAIR = {"type": "dashed", "width": 1}
# Names at the edge of a chart nearer to each other than this part of its height would collide.
ROOM = 0.06
# How high a name at the edge is, in pixels.
LETTER = 13


def trend(
    raw: Sequence[Figure], verdict: stats.Verdict, target: Target | None, query: str | None
) -> dict[str, Any]:
    """Return the control chart: the course, its mean and limits, the target named apart.

    A point leads to its records with `query` as further filters, or nowhere without one.

    The course is the adjusted one, as it is judged; where it differs the raw one is drawn, too.
    """
    metric, months = METRICS[raw[0].metric], [one.adjusted for one in raw]
    over = len(verdict.chart.points)
    return {
        "grid": {"left": 8, "right": 124, "top": 24, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "category", "data": [one.period for one in months]},
        "yAxis": {
            "type": "value",
            "name": _axis(metric),
            "nameGap": 12,
            # The ends are odd numbers that would crowd the round ones next to them.
            "axisLabel": {"showMinLabel": False, "showMaxLabel": False},
            **_ends([*months, *raw], verdict, target),
        },
        "tooltip": {"trigger": "axis"},
        "series": [
            {
                "name": str(metric.name),
                "type": "line",
                "symbolSize": 8,
                "showAllSymbol": True,
                "data": [
                    _point(metric, one, verdict, place, query, running=place >= over)
                    for place, one in enumerate(months)
                ],
                "markLine": {
                    "symbol": "none",
                    "data": [
                        *_lines(metric, verdict, target),
                        *_breaks(months, verdict),
                    ],
                },
            },
            *_own_limits(months, verdict, target),
            *_means(verdict),
            *_raw(raw),
        ],
    }


def _means(verdict: stats.Verdict) -> list[dict[str, Any]]:
    """Return the mean each month was judged by, where a baseline was set anew."""
    chart = verdict.chart
    if not chart.breaks:
        return []
    line = {"type": "solid", "width": 1, "color": "$same"}
    data = [rounded(one) for one in chart.means]
    return [{**edge([]), "name": _("Mean"), "data": data, "step": "middle", "lineStyle": line}]


def _breaks(months: Sequence[Figure], verdict: stats.Verdict) -> list[dict[str, Any]]:
    """Return the upright lines where a baseline begins anew."""
    return [
        {
            "xAxis": months[place].period,
            "lineStyle": {"type": "solid", "width": 2, "color": "$action"},
            "label": {"formatter": _("New limits"), "position": "end"},
        }
        for place in verdict.chart.breaks
    ]


def _raw(months: Sequence[Figure]) -> list[dict[str, Any]]:
    """Return the raw course where an exemption makes it another one (B17)."""
    if not any(one.is_adjusted for one in months):
        return []
    metric = METRICS[months[0].metric]
    values = [None if one.is_few else rounded(points_of(metric, one.value)) for one in months]
    return [
        {
            "name": _("Raw, nothing exempt"),
            "type": "line",
            "data": values,
            "symbol": "emptyCircle",
            "symbolSize": 6,
            "lineStyle": {"type": "dotted", "width": 2, "color": "$neutral"},
            "itemStyle": {"color": "$neutral"},
        }
    ]


def _own_limits(
    months: Sequence[Figure], verdict: stats.Verdict, target: Target | None
) -> list[dict[str, Any]]:
    """Return the limits of each month's own volume as steps, each named beside its end."""
    metric, chart = METRICS[months[0].metric], verdict.chart
    ends = _ends(months, verdict, target)
    aim = points_of(metric, target.value) if target else None
    taken = [one for one in (chart.mean, aim) if one is not None]
    found = []
    for name, limits in ((_("Upper limit"), chart.highs), (_("Lower limit"), chart.lows)):
        last = next((end for end in reversed(limits) if end is not None), None)
        if last is None:
            continue
        steps = {**edge([]), "data": [rounded(end) for end in limits], "step": "middle"}
        room = (ends["max"] - ends["min"]) * ROOM
        text = f"{name} {_plain(metric, last)}"
        steps["endLabel"] = {
            "show": True,
            "formatter": text,
            "distance": 28,
            "offset": [0, _aside(last, taken, room)],
        }
        found.append(steps)
    return found


def _aside(value: float, taken: Sequence[float], room: float) -> int:
    """Return by how many pixels a name moves down so as not to cover one that stands there."""
    near = [one for one in taken if abs(value - one) <= room]
    if not near:
        return 0
    return LETTER if value <= min(near) else -LETTER


def _ends(
    months: Sequence[Figure], verdict: stats.Verdict, target: Target | None
) -> dict[str, float]:
    """Return ends of the axis that leave no line outside: points, limits, mean and target."""
    metric = METRICS[months[0].metric]
    marks = [points_of(metric, one.value) for one in months if not one.is_few]
    marks += [verdict.chart.low, verdict.chart.high, verdict.chart.mean]
    marks += [*verdict.chart.lows, *verdict.chart.highs]
    marks.append(points_of(metric, target.value) if target else None)
    known = [mark for mark in marks if mark is not None]
    if not known:
        return {}
    room = (max(known) - min(known)) * 0.06 or 1.0
    step = 10 ** math.floor(math.log10(max(room, 1e-6)))
    low = math.floor((min(known) - room) / step) * step
    high = math.ceil((max(known) + room) / step) * step
    top = 100.0 if metric.unit == Unit.SHARE else high
    return {"min": round(max(0.0, low), 6), "max": round(min(high, top), 6)}


def _axis(metric: Metric) -> str:
    return "%" if metric.unit == Unit.SHARE else str(Unit(metric.unit).label)


def rounded(value: float | None) -> float | None:
    """Return a value as exactly as a chart needs it."""
    return None if value is None else round(value, 4)


def _point(
    metric: Metric,
    one: Figure,
    verdict: stats.Verdict,
    place: int,
    query: str | None,
    *,
    running: bool,
) -> dict[str, Any]:
    value = None if one.is_few else rounded(points_of(metric, one.value))
    point: dict[str, Any] = {"value": value}
    if query is not None:
        point["url"] = f"{reverse('kpi:records', args=[metric.code])}?period={one.period}{query}"
    if running:
        return {**point, "symbol": "emptyDiamond", "itemStyle": {"color": "$same"}}
    if verdict.chart.at(place):
        color = "$better" if verdict.variation == "improvement" else "$worse"
        sides = {signal.side for signal in verdict.chart.at(place)}
        if len(sides) == 1:
            good = (sides.pop() > 0) == metric.higher_is_better
            color = "$better" if good else "$worse"
        return {**point, "symbol": "rect", "symbolSize": 10, "itemStyle": {"color": color}}
    return {**point, "symbol": "circle"}


def _lines(metric: Metric, verdict: stats.Verdict, target: Target | None) -> list[dict[str, Any]]:
    found = []
    named = [
        (_("Upper limit"), verdict.chart.high, {**HAIR, "color": "$same"}),
        (_("Mean"), verdict.chart.mean, {"type": "solid", "width": 1, "color": "$same"}),
        # A limit at zero is the floor of the chart, not a finding.
        (_("Lower limit"), verdict.chart.low or None, {**HAIR, "color": "$same"}),
    ]
    aim = points_of(metric, target.value) if target else None
    named.append((_("Target"), aim, {"type": "solid", "width": 3, "color": "$action"}))
    for name, value, style in named:
        if value is not None:
            if verdict.chart.lows and style["type"] == "dashed":
                continue  # drawn month by month
            text = f"{name} {_plain(metric, value)}"
            found.append(
                {"yAxis": rounded(value), "lineStyle": style, "label": {"formatter": text}}
            )
    return found


def _plain(metric: Metric, value: float) -> str:
    return show(metric, value / 100 if metric.unit == Unit.SHARE else value)


def trend_table(
    months: Sequence[Figure], verdict: stats.Verdict, target: Target | None
) -> dict[str, Any]:
    """Return the table twin of the control chart."""
    metric = METRICS[months[0].metric]
    own = list(zip(verdict.chart.lows, verdict.chart.highs, strict=True))
    is_adjusted = any(one.is_adjusted for one in months)
    rows = [
        [
            parse_period(one.period).label,
            _("n<30") if one.is_few and one.n else show(metric, one.value),
            formats.yuan(one.hits) if metric.divides_money else one.hits,
            formats.yuan(one.n) if metric.divides_money else one.n,
            one.not_yet_due,
            *([show(metric, one.adjusted.value), one.exempt_total] if is_adjusted else []),
            *_limit_cells(metric, own, place),
        ]
        for place, one in enumerate(months)
    ]
    head = [_("Month"), _("Value"), _("Numerator"), "n", _("Not yet due")]
    head += [_("Adjusted"), _("Exempt")] if is_adjusted else []
    return {"head": [*head, *([_("Lower limit"), _("Upper limit")] if own else [])], "rows": rows}


def _limit_cells(
    metric: Metric, own: Sequence[tuple[float | None, float | None]], place: int
) -> list[str]:
    """Return the limits of a month as the table shows them; none for a month not judged yet."""
    if not own:
        return []
    ends = own[place] if place < len(own) else (None, None)
    return ["—" if end is None else _plain(metric, end) for end in ends]


def edge(data: list[list[Any]]) -> dict[str, Any]:
    """Return a thin line without points, for limits."""
    return {
        "type": "line",
        "data": data,
        "showSymbol": False,
        "silent": True,
        "lineStyle": {**HAIR, "color": "$same"},
    }


def with_notes(option: dict[str, Any], notes: Sequence[Note]) -> dict[str, Any]:
    """Return the control chart with a numbered pin at the month of each note."""
    serie = option["series"][0]
    values = dict(zip(option["xAxis"]["data"], serie["data"], strict=True))
    pins = [
        {"coord": [month, values[month]["value"]], "value": str(number)}
        for number, note in enumerate(notes, start=1)
        if (month := note.day.strftime("%Y-%m")) in values and values[month]["value"] is not None
    ]
    if not pins:
        return option
    marks = {"symbol": "pin", "symbolSize": 34, "itemStyle": {"color": "$neutral"}, "data": pins}
    return {**option, "series": [{**serie, "markPoint": marks}, *option["series"][1:]]}
