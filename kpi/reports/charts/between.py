"""The chart of items between rare events: each wait a point, the running one hollow."""

from __future__ import annotations

from django.utils.translation import gettext as _
from reportlab.graphics.shapes import Circle, Drawing, Polygon
from reportlab.lib.colors import Color

from kpi.reports.charts.plot import Plot, spread_labels
from kpi.reports.styles import BETTER, HINT, INK, PAPER, SAME, TEXT2, WORSE
from kpi.stats import Between, one_in

RIGHT = 104
# So many waits are drawn, the newest ones.
DRAWN = 40


def between_chart(found: Between, *, width: float, height: float) -> Drawing:
    """Draw the waits in items against their mean and limits; longer is better."""
    waits = found.waits[-DRAWN:]
    gone = len(found.waits) - len(waits)
    levels = [one for one in (found.mean, found.low, found.high) if one is not None]
    tops = [one.items for one in waits] + levels + [float(found.running or 0)]
    count = len(waits) + (found.running is not None)
    plot = Plot(width, height, (-0.5, max(count - 0.5, 0.5)), (0, max(*tops, 1) * 1.1), right=RIGHT)
    plot.rows(lambda value: f"{value:,.0f}")
    _ends(plot, found)
    _levels(plot, found)
    plot.line([(place, one.items) for place, one in enumerate(waits)], width=1.2)
    for place, one in enumerate(waits):
        signals = found.powers.at(place + gone) if found.is_judged else ()
        tone = (BETTER if signals[0].side > 0 else WORSE) if signals else None
        plot.drawing.add(_mark(plot.x(place), plot.y(one.items), tone))
    if found.running is not None:
        x, y = plot.x(len(waits)), plot.y(found.running)
        plot.drawing.add(_mark(x, y, BETTER if found.is_long_quiet else None, is_open=True))
    return plot.drawing


def _ends(plot: Plot, found: Between) -> None:
    """Name the day on which the first and the last wait drawn ended."""
    waits = found.waits[-DRAWN:]
    plot.text(plot.x(0), plot.bottom - 12, waits[0].day.isoformat())
    if len(waits) > 1:
        last = plot.x(len(waits) - 1)
        plot.text(last, plot.bottom - 12, waits[-1].day.isoformat(), anchor="middle")


def _levels(plot: Plot, found: Between) -> None:
    named = [
        (found.high, _("Upper limit %s"), TEXT2, [4, 3]),
        (found.mean, _("Mean %s"), HINT, None),
        (found.low if found.low and found.low >= 1 else None, _("Lower limit %s"), TEXT2, [4, 3]),
    ]
    known = [
        (value, label, color, dash) for value, label, color, dash in named if value is not None
    ]
    heights = spread_labels(
        [plot.y(one[0]) for one in known], gap=10, low=plot.bottom, high=plot.height - 4
    )
    for (value, label, color, dash), height in zip(known, heights, strict=True):
        plot.level(value, color=SAME if dash is None else TEXT2, dash=dash)
        plot.text(plot.x_end + 8, height - 2.6, label % one_in(value), color=color)


def _mark(x: float, y: float, tone: Color | None, *, is_open: bool = False) -> Circle | Polygon:
    """A signal is a diamond, an ordinary wait a dot, the one still running is hollow."""
    line = tone or INK
    fill = PAPER if is_open else line
    if tone is None:
        return Circle(x, y, 2.3, fillColor=fill, strokeColor=line, strokeWidth=1)
    size = 4.2
    corners = [x, y + size, x + size, y, x, y - size, x - size, y]
    return Polygon(corners, fillColor=fill, strokeColor=line, strokeWidth=1)
