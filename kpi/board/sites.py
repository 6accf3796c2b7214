"""The site table: every site against every figure, coloured by the distance to the target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi import stats
from kpi.board import show
from kpi.enums import Unit
from kpi.metrics import METRICS, Metric
from kpi.models import Target
from kpi.selectors import Figure, SiteRow
from staff.models import Site


@dataclass(frozen=True)
class HeatCell:
    """One site's figure: its words, its colour, and H or L when outside its funnel."""

    metric: Metric
    figure: Figure
    text: str
    heat: str
    side: str
    title: str
    # The ends of the 95 % range, without words.
    ends: str
    # The raw value where an exemption makes the adjusted one differ (B17).
    raw: str = ""
    # The figure as counted, nothing exempt.
    counted: Figure | None = None


@dataclass(frozen=True)
class HeatRow:
    """A site with its cells and its volume."""

    site: Site
    cells: list[HeatCell]
    n: int


def heat_rows(
    rows: Sequence[SiteRow],
    company: Mapping[str, Figure],
    targets: Mapping[str, Target],
    *,
    codes: Sequence[str] = tuple(METRICS),
) -> list[HeatRow]:
    """Return the table; a site is compared with the limits of its own volume, not ranked."""
    return [
        HeatRow(
            row.site,
            [_cell(row.figures[code], company.get(code), targets.get(code)) for code in codes],
            max(row.figures["T01"].n, row.figures["S02"].n),
        )
        for row in rows
    ]


def _cell(raw: Figure, company: Figure | None, target: Target | None) -> HeatCell:
    """Return the adjusted figure, held against the company's adjusted one and the target."""
    metric, figure = raw.declared, raw.adjusted
    company = company.adjusted if company else None
    few, text = figure.is_few, show.show(metric, figure.value)
    return HeatCell(
        metric=metric,
        figure=figure,
        text=text,
        heat="" if few else show.heat(metric, figure, target.value if target else None),
        side="" if few else side_of(figure, company),
        title=show.range_text(metric, figure),
        ends="" if few else show.range_ends(metric, figure),
        raw=_other(show.show(metric, raw.value), text),
        counted=raw,
    )


def _other(raw: str, adjusted: str) -> str:
    """Return the raw value where it reads differently from the adjusted one."""
    return "" if raw == adjusted else raw


def side_of(figure: Figure, company: Figure | None) -> str:
    """Return H or L when the figure lies outside the funnel around the company's share."""
    if company is None or company.value is None or not figure.total or figure.declared.is_sum:
        return ""
    if figure.declared.unit == Unit.SHARE:
        place = stats.funnel(figure.hits, figure.total, company.value)
        return place.side if place else ""
    expected = company.value / figure.declared.factor
    low, high = stats.poisson_exact(figure.hits, level=0.998)
    if low > expected * figure.total:
        return "H"
    return "L" if high < expected * figure.total else ""


def furthest(
    rows: Sequence[HeatRow], targets: Mapping[str, Target]
) -> tuple[Site, HeatCell] | None:
    """Return the cell with the most records beyond what its target allows, chance excluded."""
    found = [
        (_excess(cell, targets[cell.metric.code]), row.site, cell)
        for row in rows
        for cell in row.cells
        if cell.heat == "heat-5" and cell.metric.code in targets
    ]
    if not found:
        return None
    _most, site, cell = max(found, key=lambda one: one[0])
    return site, cell


def _excess(cell: HeatCell, target: Target) -> float:
    """Return how many of the failed records lie beyond the allowed ones, as a share of all."""
    value, aim = float(cell.figure.value or 0), float(target.value)
    gap = aim - value if cell.metric.higher_is_better else value - aim
    return gap / cell.metric.factor * cell.figure.n
