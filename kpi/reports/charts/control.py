"""The XmR chart of one figure: months, mean, limits, target, and which points signal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from reportlab.graphics.shapes import Circle, Drawing, Line, Polygon
from reportlab.lib.colors import Color

from kpi.reports.charts.plot import Plot, padded, spread_labels
from kpi.reports.styles import ACTION, HINT, INK, PAPER, SAME, TEXT2
from kpi.stats import XmR

RIGHT = 104


@dataclass(frozen=True)
class Line2:
    """A named level at the right edge: target, mean, limit."""

    value: float
    label: str
    color: Color
    is_bold: bool = False


def control_chart(
    chart: XmR,
    months: Sequence[str],
    *,
    target: float | None,
    show: Callable[[float], str],
    tone: Color,
    provisional: int | None,
    width: float,
    height: float,
) -> Drawing:
    """Draw the chart. `tone` colours signal points; `provisional` is a point still open."""
    known = [value for value in chart.points if value is not None]
    levels = [level for level in (chart.mean, chart.low, chart.high, target) if level is not None]
    span = (-0.5, max(len(months) - 0.5, 0.5))
    plot = Plot(width, height, span, padded([*known, *levels]), right=RIGHT)
    plot.rows(show)
    _month_labels(plot, months)
    _levels(plot, chart, target, show)
    _points(plot, chart, tone, provisional)
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


def _levels(plot: Plot, chart: XmR, target: float | None, show: Callable[[float], str]) -> None:
    named: list[Line2] = []
    trial = _(" (trial)") if chart.is_trial else ""
    if chart.mean is not None:
        plot.level(chart.mean, color=SAME, width=1)
        named.append(Line2(chart.mean, _("Mean %s") % show(chart.mean), HINT))
    for value, label in ((chart.high, _("Upper limit %s")), (chart.low, _("Lower limit %s"))):
        if value is not None:
            plot.level(value, color=TEXT2, dash=[4, 3])
            named.append(Line2(value, label % show(value) + trial, TEXT2))
    if target is not None:
        y = plot.y(target)
        for shift in (-1.1, 1.1):
            plot.drawing.add(
                Line(
                    plot.left, y + shift, plot.x_end, y + shift, strokeColor=ACTION, strokeWidth=0.7
                )
            )
        named.append(Line2(target, _("Target %s") % show(target), ACTION, is_bold=True))
    _named(plot, named)


def _named(plot: Plot, named: Sequence[Line2]) -> None:
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


def _points(plot: Plot, chart: XmR, tone: Color, provisional: int | None) -> None:
    run: list[tuple[float, float]] = []
    for place, value in enumerate([*chart.points, None]):
        if value is None:
            plot.line(run, color=INK, width=1.2)
            run = []
        else:
            run.append((place, value))
    leading = {signal.index for signal in chart.signals}
    for place, value in enumerate(chart.points):
        if value is not None:
            shape = _mark(
                plot.x(place), plot.y(value), tone, place in leading, place == provisional
            )
            plot.drawing.add(shape)


def _mark(x: float, y: float, tone: Color, is_signal: bool, is_open: bool) -> Circle | Polygon:  # noqa: FBT001
    """A signal is a diamond, an ordinary month a dot, a month still open is hollow."""
    fill = PAPER if is_open else (tone if is_signal else INK)
    line = tone if is_signal else INK
    if is_signal:
        size = 4.2
        corners = [x, y + size, x + size, y, x, y - size, x - size, y]
        return Polygon(corners, fillColor=fill, strokeColor=line, strokeWidth=1)
    return Circle(x, y, 2.3, fillColor=fill, strokeColor=line, strokeWidth=1)
