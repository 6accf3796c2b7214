"""The trend pages: three charts a page, each with its finding, its months and what to do.

The core figures always, and those that broke their pattern; the months of all others stand in the
data annex, their values of the month in the table of figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, Table, TableStyle

from courierqa.core.calendars import business_day
from kpi import stats
from kpi.core_figures import CORE, FIRST
from kpi.reports import numbers
from kpi.reports.charts.between import between_chart
from kpi.reports.charts.control import control_chart
from kpi.reports.judging import Judged
from kpi.reports.parts import Pages, gap
from kpi.reports.styles import BAND, HAIR, WIDTH
from kpi.stats import Between, verdict

# So tall that three charts with their words and months stand on a page.
HEIGHT = 36 * mm
WAITS_HEIGHT = 31 * mm
# So many figures beside the core ones, the worst signals first; the others say theirs in words.
MOST_MORE = 4


def trends(pages: Pages) -> list[Flowable]:
    """Return the trend pages."""
    waits = _waits(pages)
    core, broken = _core(pages), _broken(pages, waits)
    more = [code for code in broken if code not in core]
    empty = [code for code in core if _is_empty(pages.judged[code])]
    shown = [*(code for code in core if code not in empty), *more[:MOST_MORE]]
    charts = [
        KeepTogether(_block(pages, pages.judged[code], waits=waits.get(code))) for code in shown
    ]
    return [
        pages.heading(_("Trends")),
        pages.text(_which(pages, len(core), more), "lead"),
        # First, as they fill what is left of a page that has no room for a chart.
        *_in_words(pages, [*empty, *more[MOST_MORE:]], waits),
        *charts,
    ]


def _is_empty(one: Judged) -> bool:
    """Say whether no month has enough items for a point, so that a chart would be blank."""
    return all(value is None for value in one.points)


def _in_words(pages: Pages, codes: Sequence[str], waits: Mapping[str, Between]) -> list[Flowable]:
    """Return one sentence for each of the figures without a chart."""
    if not codes:
        return []
    body: list[Flowable] = [pages.heading(_("In words, without a chart"), level=1)]
    for code in codes:
        name = pages.name(pages.judged[code].line)
        said = stats.between_words(name, waits[code]) if code in waits else ""
        body.append(pages.text(f"{code} {said or pages.judged[code].verdict.sentence}", "note"))
    return body


def _core(pages: Pages) -> list[str]:
    """Return the core figures of this month, in the order managers read them."""
    return [code for code in FIRST if code in pages.judged][:CORE]


def _broken(pages: Pages, waits: Mapping[str, Between]) -> list[str]:
    """Return the figures that broke their pattern in the month, worse ones first."""
    found = [
        code
        for code, one in pages.judged.items()
        if one.verdict.variation != verdict.NONE or (code in waits and waits[code].side)
    ]
    return sorted(found, key=lambda code: pages.judged[code].verdict.variation != verdict.CONCERN)


def _which(pages: Pages, core: int, more: Sequence[str]) -> str:
    """Say which figures have a chart here, and where the others are."""
    text = ngettext(
        "Charts of the %(core)s core figures, and of %(n)s more that broke its pattern this month.",
        "Charts of the %(core)s core figures, and of %(n)s more that broke their pattern this"
        " month.",
        min(len(more), MOST_MORE),
    )
    said = [text % {"core": core, "n": min(len(more), MOST_MORE)}]
    said.append(
        _("All %(n)s figures stand in the table of figures; the months of each in the data annex.")
        % {"n": len(pages.judged)}
    )
    return verdict.gap().join(said)


def _waits(pages: Pages) -> dict[str, Between]:
    """Return what lies between events of the rare figures that have enough of them to judge."""
    end = min(pages.content.end, business_day(pages.content.as_of))
    found = {
        code: stats.items_between(one.line.events, one.line.events_counted, end)
        for code, one in pages.judged.items()
        if one.is_rare and one.line.events
    }
    return {code: between for code, between in found.items() if between.is_judged}


def _block(pages: Pages, one: Judged, *, waits: Between | None = None) -> list[Flowable]:
    line = one.line
    said = [one.verdict.sentence, _("What to do: %(action)s") % {"action": one.action}]
    drawn: list[Flowable] = [] if one.is_rare else [_chart(pages, one)]
    if waits is not None:
        said.insert(1, stats.between_words(pages.name(line), waits))
        drawn.insert(0, between_chart(waits, width=WIDTH, height=WAITS_HEIGHT))
    return [
        pages.heading(f"{line.code} {pages.name(line)}", level=1),
        pages.text(verdict.gap().join(said), "note"),
        pages.text(_subtitle(pages, one, waits), "under"),
        *drawn,
        _months(pages, one),
        gap(4),
    ]


def _subtitle(pages: Pages, one: Judged, waits: Between | None) -> str:
    first, last = one.months[0], one.months[-1]
    unit = numbers.unit_name(one.line)
    return _("%(formula)s · %(unit)s · n = %(n)s in %(month)s · %(first)s to %(last)s") % {
        "formula": one.line.text("formula", pages.language),
        "unit": unit if waits is None else _("chart: items from one event to the next"),
        "n": numbers.amount(one.line.unit, one.line.counts.total),
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
    """Return the months of the chart as a table: what it shows, readable without it."""
    months = one.line.series[-len(one.months) :]
    cells = [
        [_("Month"), *(period[2:] for period, _counts in months)],
        [_("Value"), *(numbers.bare(one.line, counts) for _period, counts in months)],
        ["n", *(numbers.amount(one.line.unit, counts.total) for _period, counts in months)],
    ]
    shown = [[pages.text(cell, "twin" if place else "twin_head") for place, cell in enumerate(row)]
             for row in cells]  # fmt: skip
    first = 11 * mm
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
