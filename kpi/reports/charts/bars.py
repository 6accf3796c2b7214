"""Bars: the Pareto of causes, and the three parts of a grade distribution."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from reportlab.graphics.shapes import Circle, Drawing, Line, Rect
from reportlab.pdfbase.pdfmetrics import stringWidth

from kpi.reports.charts.plot import Plot
from kpi.reports.fonts import REGULAR
from kpi.reports.styles import ACTION, BETTER, HAIR, INK, PAPER, TEXT2, WORSE

ROW = 17


def pareto_chart(causes: Sequence[tuple[str, int]], *, width: float) -> Drawing:
    """Draw causes from most to least, with the running share on the same scale."""
    total = sum(count for _name, count in causes)
    height = ROW * len(causes) + 26
    plot = Plot(width, height, (0, 100), (0, len(causes)), left=130, right=98, top=4)
    for share in (0, 20, 40, 60, 80, 100):
        x = plot.x(share)
        plot.drawing.add(Line(x, plot.bottom, x, height - 4, strokeColor=HAIR, strokeWidth=0.4))
        plot.text(x, plot.bottom - 10, f"{share} %", anchor="middle")
    running = 0
    line: list[tuple[float, float]] = []
    for place, (name, count) in enumerate(causes):
        running += count
        middle = len(causes) - place - 0.5
        _bar(plot, middle, name, count, total, running)
        line.append((100 * running / total, middle))
    plot.line(line, color=INK, width=1)
    for x, y in line:
        plot.drawing.add(Circle(plot.x(x), plot.y(y), 2, fillColor=PAPER, strokeColor=INK))
    return plot.drawing


def _bar(plot: Plot, middle: float, name: str, count: int, total: int, running: int) -> None:
    y = plot.y(middle)
    share = 100 * count / total
    plot.text(plot.left - 6, y - 2.6, shortened(name, 122), anchor="end", color=INK)
    plot.drawing.add(
        Rect(plot.left, y - 5, plot.x(share) - plot.left, 10, fillColor=ACTION, strokeColor=None)
    )
    words = _("%(count)s · %(share)s %% · total %(running)s %%") % {
        "count": f"{count:,}",
        "share": f"{share:.0f}",
        "running": f"{100 * running / total:.0f}",
    }
    plot.text(plot.x_end + 6, y - 2.6, words, color=TEXT2, size=7)


def shortened(text: str, room: float, *, size: float = 7.5) -> str:
    """Cut a label to the room it has, with an ellipsis."""
    if stringWidth(text, REGULAR, size) <= room:
        return text
    while text and stringWidth(f"{text}…", REGULAR, size) > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def grade_bar(counts: Sequence[int], *, width: float, height: float = 11) -> Drawing:
    """Draw A solid, B outlined, C hatched: three parts of one bar, telling apart in grey."""
    drawing = Drawing(width, height)
    total = sum(counts)
    start = 0.0
    for place, count in enumerate(counts):
        size = width * count / total if total else 0
        if size:
            fill = (BETTER, PAPER, PAPER)[place]
            edge = (BETTER, BETTER, WORSE)[place]
            drawing.add(
                Rect(start, 1, size, height - 2, fillColor=fill, strokeColor=edge, strokeWidth=0.7)
            )
            if place == 2:
                _hatch(drawing, start, size, height)
        start += size
    return drawing


def _hatch(drawing: Drawing, start: float, size: float, height: float) -> None:
    step = 3.5
    tall = height - 2
    places = int((size + tall) / step)
    for place in range(1, places + 1):
        x = start + place * step
        low, high = max(x - tall, start), min(x, start + size)
        if low < high:
            drawing.add(
                Line(low, 1 + (x - low), high, 1 + (x - high), strokeColor=WORSE, strokeWidth=0.6)
                if x - low <= tall
                else Line(low, 1 + tall, high, 1 + (x - high), strokeColor=WORSE, strokeWidth=0.6)
            )
