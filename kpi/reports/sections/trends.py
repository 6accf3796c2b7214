"""Pages 4 on: two charts per page, each with its control chart, its months and its finding."""

from __future__ import annotations

from django.utils.translation import gettext as _
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Table, TableStyle

from courierqa.core.calendars import business_day
from kpi import stats
from kpi.reports import numbers
from kpi.reports.charts.between import between_chart
from kpi.reports.charts.control import control_chart
from kpi.reports.judging import Judged
from kpi.reports.parts import Pages, gap
from kpi.reports.sections.cover import HEADLINES
from kpi.reports.styles import BAND, HAIR, WIDTH
from kpi.stats import Between, verdict

# So tall that two charts with their words and months fill a page.
HEIGHT = 62 * mm
MONTHS_SHOWN = 12
# Eight pages of charts; beyond, a figure without a signal shows its months as numbers.
MOST_CHARTS = 16
# Two more of rare figures, by the days between their events.
MOST_WAITS = 4
WAITS_HEIGHT = 44 * mm


def trends(pages: Pages) -> list[Flowable]:
    """Return the trend pages."""
    body: list[Flowable] = [pages.heading(_("Trends"))]
    charted, waits = _charted(pages), _waits(pages)
    body += [
        KeepTogether(_block(pages, one, with_chart=code in charted, waits=waits.get(code)))
        for code, one in pages.judged.items()
    ]
    return body


def _charted(pages: Pages) -> set[str]:
    """Return the figures that get a chart: those that say something first, then the headlines.

    A report of many figures stays readable; the months of all of them are printed as numbers.
    """
    able = [code for code, one in pages.judged.items() if not one.is_rare]
    rank = {code: _rank(pages.judged[code]) for code in able}
    return set(sorted(able, key=lambda code: rank[code])[:MOST_CHARTS])


def _waits(pages: Pages) -> dict[str, Between]:
    """Return the days between events of the rare figures, the most telling ones charted."""
    end = min(pages.content.end, business_day(pages.content.as_of))
    found = {
        code: stats.days_between(one.line.events, end)
        for code, one in pages.judged.items()
        if one.is_rare and one.line.events
    }
    able = [code for code, one in found.items() if one.is_judged]
    first = sorted(able, key=lambda code: (not found[code].side, -len(found[code].waits)))
    return {code: found[code] for code in first[:MOST_WAITS]}


def _rank(one: Judged) -> int:
    if one.needs_word:
        return 0
    if one.verdict.variation != verdict.NONE:
        return 1
    return 2 if one.line.code in HEADLINES else 3


def _block(
    pages: Pages, one: Judged, *, with_chart: bool, waits: Between | None = None
) -> list[Flowable]:
    line = one.line
    block: list[Flowable] = [
        pages.heading(f"{line.code} {pages.name(line)}", level=1),
        pages.text(one.verdict.sentence, "note"),
        pages.text(_subtitle(pages, one), "small"),
    ]
    if waits is not None:
        block += [
            pages.text(stats.between_words(pages.name(line), waits), "note"),
            between_chart(waits, width=WIDTH, height=WAITS_HEIGHT),
        ]
    if all(value is None for value in one.points):
        return [*block, pages.text(_("No month has enough items for a point."), "note")]
    return [
        *block,
        *([_chart(pages, one)] if with_chart else []),
        _months(pages, one),
        gap(3),
        pages.text(_("What to do: %(action)s") % {"action": one.verdict.action}, "note"),
        gap(8),
    ]


def _subtitle(pages: Pages, one: Judged) -> str:
    first, last = one.months[0], one.months[-1]
    return _("%(formula)s · %(unit)s · n = %(n)s in %(month)s · %(first)s to %(last)s") % {
        "formula": one.line.text("formula", pages.language),
        "unit": numbers.unit_name(one.line),
        "n": f"{one.line.counts.total:,}",
        "month": numbers.month_name(pages.content.period),
        "first": first,
        "last": last,
    }


def _chart(pages: Pages, one: Judged) -> Flowable:
    line, chart = one.line, one.verdict.chart
    scale = 100 if line.unit == "share" else 1
    is_open = pages.content.is_open or not line.is_mature
    return control_chart(
        chart,
        one.points,
        one.months,
        target=None if line.target is None else float(line.target) * scale,
        show=lambda value: numbers.on_axis(line, value),
        fine=lambda value: numbers.fine(line, value),
        goal=numbers.goal(line),
        good_side=1 if line.direction == "up" else -1,
        provisional=len(one.months) - 1 if is_open else None,
        width=WIDTH,
        height=HEIGHT,
    )


def _months(pages: Pages, one: Judged) -> Table:
    """Return the last months as a table: what the chart shows, readable without it."""
    months = one.line.series[-MONTHS_SHOWN:]
    cells = [
        [_("Month"), *(period[2:] for period, _counts in months)],
        [_("Value"), *(numbers.value(one.line, counts) for _period, counts in months)],
        ["n", *(f"{counts.total:,}" for _period, counts in months)],
    ]
    shown = [[pages.text(cell, "twin" if place else "twin_head") for place, cell in enumerate(row)]
             for row in cells]  # fmt: skip
    first = 15 * mm
    each = (WIDTH - first) / max(len(months), 1)
    table = Table(shown, colWidths=[first, *[each] * len(months)], hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, 0), BAND),
                ("LINEBELOW", (0, 0), (-1, -1), 0.3, HAIR),
                ("LEFTPADDING", (0, 0), (-1, -1), 1.5),
                ("RIGHTPADDING", (0, 0), (-1, -1), 1.5),
                ("TOPPADDING", (0, 0), (-1, -1), 1),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ]
        )
    )
    return table
