"""The appendix: every site with every figure, and what the codes mean in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from math import ceil

from django.utils.translation import gettext as _
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Table

from kpi.reports import numbers
from kpi.reports.charts.glyphs import assurance_glyph, variation_glyph
from kpi.reports.content import MetricLine, SiteLine
from kpi.reports.parts import Pages, gap
from kpi.stats import verdict

# So many figures stand side by side before their digits break.
MOST_COLUMNS = 10
VARIATIONS = (
    (verdict.CONCERN, "H"),
    (verdict.IMPROVEMENT, "H"),
    (verdict.CHANGE, "H"),
    (verdict.NONE, ""),
)
ASSURANCES = (verdict.PASS, verdict.HIT_OR_MISS, verdict.FAIL)


def appendix(pages: Pages) -> list[Flowable]:
    """Return the site × figure table and the glossary."""
    return [
        pages.heading(_("Appendix: sites and figures")),
        pages.text(
            _("Value, and n below it. Raw counts of every cell stand in the data annex."), "lead"
        ),
        *chain.from_iterable(_site_table(pages, lines) for lines in _side_by_side(pages)),
        CondPageBreak(180),
        pages.heading(_("Glossary"), level=1),
        _glossary(pages),
        KeepTogether([pages.heading(_("How to read the icons"), level=1), _guide(pages)]),
    ]


def _guide(pages: Pages) -> Table:
    """Return every icon with its word and what to do about it."""
    rows: list[list[str | Flowable]] = [
        [variation_glyph(one, side), verdict.variation_label(one)] for one, side in VARIATIONS
    ]
    rows += [[assurance_glyph(one), verdict.assurance_label(one)] for one in ASSURANCES]
    return pages.table([_("Icon"), _("Meaning")], rows, (24, 150))


def _side_by_side(pages: Pages) -> list[Sequence[MetricLine]]:
    """Return the figures in as few tables as the page is wide for, of about the same width."""
    lines = pages.content.metrics
    tables = max(ceil(len(lines) / MOST_COLUMNS), 1)
    width = ceil(len(lines) / tables)
    return [lines[start : start + width] for start in range(0, len(lines), width or 1)] or [lines]


def _site_table(pages: Pages, lines: Sequence[MetricLine]) -> list[Flowable]:
    head = [_("Site"), *(line.code for line in lines)]
    rows = [_site_row(pages, site, lines) for site in pages.content.sites]
    widths = [40, *[134 / max(len(lines), 1)] * len(lines)]
    right = tuple(range(1, len(head)))
    return [*pages.bounded(head, rows, widths, numbers=right, most=80), gap(6)]


def _site_row(
    pages: Pages, site: SiteLine, lines: Sequence[MetricLine]
) -> list[str | list[Flowable]]:
    row: list[str | list[Flowable]] = [f"{pages.local(site.names)} {site.code}"]
    for line in lines:
        counts = site.figures.get(line.code)
        total = f"n {counts.total:,}" if counts else "n 0"
        row.append(
            [
                pages.text(numbers.value(line, counts), "number"),
                pages.text(total, "hint_right"),
            ]
        )
    return row


def _glossary(pages: Pages) -> Table:
    rows = [
        [line.code, line.text("name", "zh-hans"), line.text("name", "en"), numbers.unit_name(line)]
        for line in pages.content.metrics
    ]
    head = [_("Code"), _("Chinese"), _("English"), _("Unit")]
    return pages.table(head, rows, (16, 56, 60, 42))
