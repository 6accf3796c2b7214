"""Page 8: sites against the funnel of their own volume; no league table."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether

from kpi import stats
from kpi.reports import numbers
from kpi.reports.charts.funnel import FunnelSite, Limits, Pair, binomial, funnel_chart
from kpi.reports.content import FACTORS, Counts, MetricLine, SiteLine
from kpi.reports.parts import Pages
from kpi.reports.styles import BETTER, INK, WIDTH, WORSE

FUNNELS = ("T01", "C01")
COLUMNS = ("T01", "C01")


def sites(pages: Pages) -> list[Flowable]:
    """Return the site page: funnels, then a table sorted by name; nothing about one site alone."""
    if pages.content.site:
        return []
    body: list[Flowable] = [pages.heading(_("Sites")), pages.text(_why(), "lead")]
    for code in FUNNELS:
        line = pages.content.metric(code)
        if line is not None:
            body.append(KeepTogether(_funnel(pages, line)))
    return [*body, *pages.begun(_("All sites, by name")), *_table(pages)]


def _why() -> str:
    return _(
        "Sites differ in volume, so each is judged by the limits of its own volume. Inside the"
        " funnel the differences are chance, and a ranking would only sort luck. A site outside"
        " deserves a look for the cause, never a penalty from this page alone."
    )


def _funnel(pages: Pages, line: MetricLine) -> list[Flowable]:
    places = [site for site in pages.content.sites if _has(site, line)]
    title = pages.heading(f"{line.code} {pages.name(line)}", level=1)
    if len(places) < 2:
        return [title, pages.text(_("Fewer than two sites have enough items for a funnel."))]
    factor = FACTORS[line.unit]
    outside = [site for site in places if side_of(site, line)]
    drawing = funnel_chart(
        [_point(site, line, factor) for site in places],
        centre=_centre(line) * factor,
        limits=_limits(_centre(line), factor),
        show=lambda value: numbers.shown(line.unit, value),
        across=_("Items counted (n)"),
        width=WIDTH,
        height=45 * mm,
    )
    return [title, pages.text(_finding(pages, outside, len(places)), "note"), drawing]


def _finding(pages: Pages, outside: Sequence[SiteLine], count: int) -> str:
    if not outside:
        return _("All %(n)s sites lie inside the funnel: their differences are chance.") % {
            "n": count
        }
    names = _(", ").join(pages.local(site.names) for site in outside[:5])
    more = _(" and others") if len(outside) > 5 else ""
    return _("Outside the funnel: %(names)s%(more)s (%(k)s of %(n)s sites).") % {
        "names": names,
        "more": more,
        "k": len(outside),
        "n": count,
    }


def _has(site: SiteLine, line: MetricLine) -> bool:
    counts = site.figures.get(line.code)
    return counts is not None and not counts.adjusted.is_few


def _centre(line: MetricLine) -> float:
    """Return the company's own share, the middle of the funnel."""
    counts = line.counts.adjusted
    return min(counts.hits / counts.total, 1.0) if counts.total else 0.0


def _limits(centre: float, factor: float) -> Limits:
    """Return the funnel's limits in the unit the figure is shown in."""
    at = binomial(centre)

    def scaled(total: float) -> tuple[Pair, Pair]:
        inner, outer = at(total)
        return (inner[0] * factor, inner[1] * factor), (outer[0] * factor, outer[1] * factor)

    return scaled


def side_of(site: SiteLine, line: MetricLine) -> str:
    """Return H or L for a site outside the funnel around the company's share, else nothing."""
    counts = site.figures[line.code].adjusted
    place = stats.funnel(counts.hits, counts.total, _centre(line))
    return place.side if place else ""


def _point(site: SiteLine, line: MetricLine, factor: float) -> FunnelSite:
    counts = site.figures[line.code].adjusted
    side = side_of(site, line)
    return FunnelSite(
        site.code, counts.total, counts.hits * factor / counts.total, _tone(side, line), bool(side)
    )


def _tone(side: str, line: MetricLine) -> Color:
    if not side:
        return INK
    return BETTER if (side == "H") == (line.direction == "up") else WORSE


def _table(pages: Pages) -> list[Flowable]:
    lines = [line for code in COLUMNS if (line := pages.content.metric(code))]
    head = [_("Site"), *(word for line in lines for word in (pages.name(line), _("Funnel")))]
    rows = [_row(pages, site, lines) for site in _by_name(pages)]
    widths = [44, *([42, 23] * len(lines))]
    right = tuple(range(1, len(head), 2))
    return pages.bounded(head, rows, widths, numbers=right)


def _by_name(pages: Pages) -> list[SiteLine]:
    return sorted(pages.content.sites, key=lambda site: (pages.local(site.names), site.code))


def _row(pages: Pages, site: SiteLine, lines: Sequence[MetricLine]) -> list[str]:
    cells = [f"{pages.local(site.names)} {site.code}"]
    for line in lines:
        counts = site.figures.get(line.code)
        cells += [_both(line, counts), _place_words(site, line)]
    return cells


def _both(line: MetricLine, counts: Counts | None) -> str:
    """Return the raw value, and the adjusted one where it differs (B17)."""
    raw = numbers.value(line, counts)
    if counts is None or not counts.is_adjusted:
        return raw
    return _("%(raw)s, adjusted %(value)s") % {
        "raw": raw, "value": numbers.value(line, counts.adjusted)
    }  # fmt: skip


def _place_words(site: SiteLine, line: MetricLine) -> str:
    found = site.figures.get(line.code)
    counts = found.adjusted if found else None
    if counts is None or not counts.total:
        return "—"
    if counts.is_few:
        return _("too few")
    side = side_of(site, line)
    if not side:
        return _("inside")
    is_good = (side == "H") == (line.direction == "up")
    return _("outside, better") if is_good else _("outside, worse")
