"""The XmR chart of one figure: months, mean, limits, target, and which points signal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon
from reportlab.lib.colors import Color

from kpi.reports.charts.plot import Plot, padded, spread_labels
from kpi.reports.styles import ACTION, BETTER, HINT, INK, PAPER, SAME, TEXT2, WORSE
from kpi.stats import XmR

RIGHT = 104
DASHES = [4, 3]


@dataclass(frozen=True)
class Named:
    """A named level at the right edge: target, mean, limit."""

    value: float
    label: str
    color: Color
    is_bold: bool = False


def control_chart(
    chart: XmR,
    points: Sequence[float | None],
    months: Sequence[str],
    *,
    target: float | None,
    show: Callable[[float], str],
    fine: Callable[[float], str],
    goal: str,
    good_side: int,
    provisional: int | None,
    width: float,
    height: float,
) -> Drawing:
    """Draw the chart. `good_side` is +1 when higher is better; `provisional` a point still open.

    `show` writes the values of the grid, `fine` those of mean and limits, `goal` is the target.
    """
    known = [value for value in points if value is not None]
    levels = [level for level in (chart.mean, chart.low, chart.high, target) if level is not None]
    span = (-0.5, max(len(months) - 0.5, 0.5))
    own = [level for level in (*chart.lows, *chart.highs) if level is not None]
    plot = Plot(width, height, span, padded([*known, *levels, *own]), right=RIGHT)
    plot.rows(show)
    _month_labels(plot, months)
    _named(plot, [*_levels(plot, chart, fine), *_aim(plot, target, goal)])
    _points(plot, chart, points, good_side, provisional)
    return plot.drawing


def _month_labels(plot: Plot, months: Sequence[str]) -> None:
    """Write each month, and the year under its first month."""
    seen = ""
    for place, period in enumerate(months):
        year, month = period.split("-")
        x = plot.x(place)
        plot.text(x, plot.bottom - 10, str(int(month)), anchor="middle")
        if year != seen:
            plot.text(x, plot.bottom - 19, year, anchor="middle", color=TEXT2, bold=True)
            seen = year


def _levels(plot: Plot, chart: XmR, fine: Callable[[float], str]) -> list[Named]:
    """Draw mean and limits; limits that still move are called so."""
    named: list[Named] = []
    trial = _(" (trial)") if chart.is_trial else ""
    if chart.mean is not None:
        if chart.breaks:
            _steps(plot, chart.means, color=SAME, dash=None)
            for place in chart.breaks:
                x = plot.x(place - 0.5)
                plot.drawing.add(
                    Line(x, plot.bottom, x, plot.height, strokeColor=ACTION, strokeWidth=0.8)
                )
        else:
            plot.level(chart.mean, color=SAME, width=1)
        named.append(Named(chart.mean, _("Mean %s") % fine(chart.mean), HINT))
    for value, label in ((chart.high, _("Upper limit %s")), (chart.low, _("Lower limit %s"))):
        if value is not None:
            if not chart.lows:
                plot.level(value, color=TEXT2, dash=[4, 3])
            named.append(Named(value, label % fine(value) + trial, TEXT2))
    for ends in (chart.lows, chart.highs):
        _steps(plot, ends)
    return named


def _steps(
    plot: Plot,
    ends: Sequence[float | None],
    *,
    color: Color = TEXT2,
    dash: list[int] | None = DASHES,
) -> None:
    """Draw the limits of each month's own volume, or its mean, as steps."""
    run: list[tuple[float, float]] = []
    for place, value in enumerate([*ends, None]):
        if value is None:
            plot.line(run, color=color, width=0.8, dash=dash)
            run = []
        else:
            run += [(place - 0.5, value), (place + 0.5, value)]


def _aim(plot: Plot, target: float | None, goal: str) -> list[Named]:
    """Draw the target as a double line, which no limit is."""
    if target is None:
        return []
    for shift in (-1.1, 1.1):
        y = plot.y(target) + shift
        line = Line(plot.left, y, plot.x_end, y, strokeColor=ACTION, strokeWidth=0.7)
        plot.drawing.add(line)
    return [Named(target, _("Target %s") % goal, ACTION, is_bold=True)]


def _named(plot: Plot, named: Sequence[Named]) -> None:
    heights = spread_labels(
        [plot.y(one.value) for one in named], gap=10, low=plot.bottom, high=plot.height - 4
    )
    for one, height in zip(named, heights, strict=True):
        y = plot.y(one.value)
        if abs(height - y) > 1:
            leader = Line(
                plot.x_end + 1, y, plot.x_end + 6, height, strokeColor=one.color, strokeWidth=0.4
            )
            plot.drawing.add(leader)
        plot.text(plot.x_end + 8, height - 2.6, one.label, color=one.color, bold=one.is_bold)


def _points(
    plot: Plot,
    chart: XmR,
    points: Sequence[float | None],
    good_side: int,
    provisional: int | None,
) -> None:
    run: list[tuple[float, float]] = []
    for place, value in enumerate([*points, None]):
        if value is None:
            plot.line(run, color=INK, width=1.2)
            run = []
        else:
            run.append((place, value))
    sides = {signal.index: signal.side for signal in reversed(chart.signals)}
    for place, value in enumerate(points):
        if value is None:
            continue
        tone = _tone(sides.get(place), good_side)
        mark = _mark(plot.x(place), plot.y(value), tone, is_open=place == provisional)
        plot.drawing.add(mark)


def _tone(side: int | None, good_side: int) -> Color | None:
    """Colour a signal by the direction it moves, seen from the better side."""
    if side is None:
        return None
    return BETTER if side == good_side else WORSE


def _mark(x: float, y: float, tone: Color | None, *, is_open: bool) -> Circle | Polygon:
    """A signal is a diamond, an ordinary month a dot, a month still open is hollow."""
    line = tone or INK
    fill = PAPER if is_open else line
    if tone is None:
        return Circle(x, y, 2.3, fillColor=fill, strokeColor=line, strokeWidth=1)
    size = 4.2
    corners = [x, y + size, x + size, y, x, y - size, x - size, y]
    return Polygon(corners, fillColor=fill, strokeColor=line, strokeWidth=1)
