"""The funnel plot: each site at its volume, against the limits of that volume."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from reportlab.graphics.shapes import Circle, Drawing, Polygon
from reportlab.lib.colors import Color

from kpi.reports.charts.plot import Plot, padded, ticks
from kpi.reports.styles import ACTION, INK, SAME, TEXT2

STEPS = 60


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
    limits: Callable[[float], tuple[tuple[float, float], tuple[float, float]]],
    show: Callable[[float], str],
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
    plot: Plot,
    start: float,
    end: float,
    centre: float,
    limits: Callable[[float], tuple[tuple[float, float], tuple[float, float]]],
    show: Callable[[float], str],
) -> None:
    plot.level(centre, color=ACTION, width=1)
    plot.text(
        plot.x_end + 6,
        plot.y(centre) - 2.6,
        _("Company %s") % show(centre),
        color=ACTION,
        bold=True,
    )
    places = [start * (end / start) ** (step / STEPS) for step in range(STEPS + 1)]
    low, high = plot.y_range
    for ring, (name, dash) in enumerate(
        ((_("95 % of sites"), [2, 2]), (_("99.8 % of sites"), None))
    ):
        for side in (0, 1):
            curve = [(n, limits(n)[ring][side]) for n in places]
            seen = [(n, min(max(value, low), high)) for n, value in curve]
            plot.line(seen, color=SAME if ring else TEXT2, width=0.8, dash=dash)
        edge = plot.y(seen[-1][1])
        lift = 7 if ring else -2
        plot.text(plot.x_end + 6, edge + lift - 2.6, name, color=TEXT2, size=7)


def _sites(plot: Plot, sites: Sequence[FunnelSite]) -> None:
    taken: list[tuple[float, float]] = []
    for site in sorted(sites, key=lambda one: (not one.is_outside, -one.total, one.label)):
        x, y = plot.x(site.total), plot.y(site.value)
        plot.drawing.add(_mark(x, y, site))
        place = _free(x, y, taken)
        if place is None and not site.is_outside:
            continue
        at = place or (x + 5, y + 3)
        taken.append(at)
        color = site.tone if site.is_outside else TEXT2
        plot.text(*at, site.label, color=color, size=7, bold=site.is_outside)


def _mark(x: float, y: float, site: FunnelSite) -> Circle | Polygon:
    if not site.is_outside:
        return Circle(x, y, 2.4, fillColor=INK, strokeColor=INK)
    size = 4.4
    return Polygon(
        [x, y + size, x + size, y, x, y - size, x - size, y],
        fillColor=site.tone,
        strokeColor=site.tone,
    )


def _free(x: float, y: float, taken: Sequence[tuple[float, float]]) -> tuple[float, float] | None:
    """Return a place beside the mark where no other label stands."""
    for dx, dy in ((6, -2.5), (6, 5), (6, -10), (-30, 5), (-30, -10)):
        place = (x + dx, y + dy)
        if all(abs(place[0] - a) > 34 or abs(place[1] - b) > 8 for a, b in taken):
            return place
    return None


def binomial(centre: float) -> Callable[[float], tuple[tuple[float, float], tuple[float, float]]]:
    """Return the limits of a share around the company's, for any volume."""
    spread = math.sqrt(max(centre * (1 - centre), 0))

    def at(total: float) -> tuple[tuple[float, float], tuple[float, float]]:
        half = spread / math.sqrt(total)
        ring = [
            (max(0.0, centre - z * half), min(1.0, centre + z * half)) for z in (1.959964, 3.090232)
        ]
        return ring[0], ring[1]

    return at
