"""The funnel plot: each site at its volume, against the limits of that volume."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from reportlab.graphics.shapes import Circle, Drawing, Polygon
from reportlab.lib.colors import Color
from reportlab.pdfbase.pdfmetrics import stringWidth

from kpi.reports.charts.plot import Plot, padded, spread_labels, ticks
from kpi.reports.fonts import BOLD
from kpi.reports.styles import ACTION, INK, SAME, TEXT2
from kpi.stats.funnel import Z998
from kpi.stats.intervals import Z95

STEPS = 60
Pair = tuple[float, float]
# The 95 % and the 99.8 % limits at a volume.
Limits = Callable[[float], tuple[Pair, Pair]]
Show = Callable[[float], str]


@dataclass(frozen=True)
class FunnelSite:
    """A site on the plot: its volume, its value, and whether it lies outside."""

    label: str
    total: int
    value: float
    tone: Color
    is_outside: bool


def funnel_chart(
    sites: Sequence[FunnelSite],
    *,
    centre: float,
    limits: Limits,
    show: Show,
    across: str,
    width: float,
    height: float,
) -> Drawing:
    """Draw the plot. `limits(n)` gives the 95 % and the 99.8 % limits at a volume."""
    most = max(site.total for site in sites)
    least = min(site.total for site in sites)
    start = max(least * 0.7, most / 200, 1)
    inner, outer = limits(least)
    values = [site.value for site in sites] + [*inner, *outer, centre]
    plot = Plot(width, height, (0, most * 1.12), padded(values, share=0.08), right=100, bottom=30)
    plot.rows(show)
    for total in ticks(0, most * 1.1, wanted=5):
        plot.text(plot.x(total), plot.bottom - 10, f"{total:,.0f}", anchor="middle")
    plot.text((plot.left + plot.x_end) / 2, 4, across, anchor="middle", color=TEXT2)
    _curves(plot, start, most * 1.12, centre, limits, show)
    _sites(plot, sites)
    return plot.drawing


def _curves(
    plot: Plot, start: float, end: float, centre: float, limits: Limits, show: Show
) -> None:
    """Draw the centre and both rings of limits, named at the right edge without overlap."""
    plot.level(centre, color=ACTION, width=1)
    places = [start * (end / start) ** (step / STEPS) for step in range(STEPS + 1)]
    rings = ((_("95 % of sites"), [2, 2], TEXT2), (_("99.8 % of sites"), None, SAME))
    named = [(_("Company %s") % show(centre), plot.y(centre), ACTION)]
    for ring, (name, dash, color) in enumerate(rings):
        for side in (0, 1):
            plot.line(_inside(plot, places, limits, ring, side), color=color, width=0.8, dash=dash)
        edge = min(limits(end)[ring][1], plot.y_range[1])
        named.append((name, plot.y(edge), TEXT2))
    heights = spread_labels(
        [y for _name, y, _color in named], gap=9.5, low=plot.bottom, high=plot.height - 4
    )
    for (name, _y, color), height in zip(named, heights, strict=True):
        plot.text(plot.x_end + 6, height - 2.6, name, color=color, bold=color is ACTION, size=7)


def _inside(
    plot: Plot, places: Sequence[float], limits: Limits, ring: int, side: int
) -> list[tuple[float, float]]:
    """Return a limit curve, cut where it leaves the window."""
    low, high = plot.y_range
    curve = ((n, limits(n)[ring][side]) for n in places)
    return [(n, value) for n, value in curve if low <= value <= high]


def _sites(plot: Plot, sites: Sequence[FunnelSite]) -> None:
    """Draw the marks, then the names of those outside that find room: inside, order is chance."""
    order = sorted(sites, key=lambda one: (not one.is_outside, -one.total, one.label))
    places = [(plot.x(site.total), plot.y(site.value)) for site in order]
    for site, place in zip(order, places, strict=True):
        plot.drawing.add(_mark(*place, site))
    taken = [(x - 5, x + 5, y - 5, y + 5) for x, y in places]
    for number, (site, place) in enumerate(zip(order, places, strict=True)):
        if not site.is_outside:
            break
        others = taken[:number] + taken[number + 1 :]
        box = _free(*place, site.label, others)
        if box is None:
            continue
        taken.append(box)
        plot.text(box[0], box[2] + 1.5, site.label, color=site.tone, size=7, bold=True)


def _mark(x: float, y: float, site: FunnelSite) -> Circle | Polygon:
    if not site.is_outside:
        return Circle(x, y, 2.4, fillColor=INK, strokeColor=INK)
    size = 4.4
    return Polygon(
        [x, y + size, x + size, y, x, y - size, x - size, y],
        fillColor=site.tone,
        strokeColor=site.tone,
    )


Box = tuple[float, float, float, float]


def _free(x: float, y: float, label: str, taken: Sequence[Box]) -> Box | None:
    """Return a box for the label beside its mark that touches nothing drawn before."""
    wide = stringWidth(label, BOLD, 7)
    for left, low in (
        (x + 6, y - 4), (x - wide - 6, y - 4), (x - wide / 2, y + 6), (x - wide / 2, y - 14),
        (x + 5, y + 5), (x + 5, y - 13), (x - wide - 5, y + 5), (x - wide - 5, y - 13),
    ):  # fmt: skip
        box = (left, left + wide, low, low + 8)
        if not any(_touch(box, other) for other in taken):
            return box
    return None


def _touch(one: Box, other: Box) -> bool:
    across = one[0] < other[1] and other[0] < one[1]
    return across and one[2] < other[3] and other[2] < one[3]


def binomial(centre: float) -> Limits:
    """Return the limits of a share around the company's, for any volume."""
    spread = math.sqrt(max(centre * (1 - centre), 0))

    def at(total: float) -> tuple[tuple[float, float], tuple[float, float]]:
        half = spread / math.sqrt(total)
        inner, outer = (
            (max(0.0, centre - z * half), min(1.0, centre + z * half)) for z in (Z95, Z998)
        )
        return inner, outer

    return at
