"""The appendix: every site with every figure, and what the codes mean in both languages."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from math import ceil

from django.utils.translation import gettext as _
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Table

from kpi.core_figures import CORE, FIRST
from kpi.reports import numbers
from kpi.reports.charts.glyphs import assurance_glyph, variation_glyph
from kpi.reports.content import MetricLine, SiteLine
from kpi.reports.parts import Pages, gap
from kpi.stats import verdict

# So many sites stand side by side before their digits break; beyond two such tables they stand
# downwards, as many as two pages hold.
MOST_COLUMNS = 16
MOST_ACROSS = 28
MOST_DOWN = 60
NARROW: tuple[tuple, ...] = (
    ("LEFTPADDING", (1, 0), (-1, -1), 0.5),
    ("RIGHTPADDING", (1, 0), (-1, -1), 1),
    ("TOPPADDING", (0, 1), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 1), (-1, -1), 1.5),
)
VARIATIONS = (
    (verdict.CONCERN, "H"),
    (verdict.IMPROVEMENT, "H"),
    (verdict.CHANGE, "H"),
    (verdict.NONE, ""),
)
ASSURANCES = (verdict.PASS, verdict.HIT_OR_MISS, verdict.FAIL)


def appendix(pages: Pages) -> list[Flowable]:
    """Return the table of figures by site, and the glossary."""
    return [
        pages.heading(_("Appendix: sites and figures")),
        *_by_site(pages),
        CondPageBreak(120),
        pages.heading(_("Glossary: how each figure is counted"), level=1),
        pages.text(_glossary_note(), "small"),
        _glossary(pages),
        KeepTogether([pages.heading(_("How to read the icons"), level=1), _guide(pages)]),
    ]


def _by_site(pages: Pages) -> list[Flowable]:
    """Return figures down and sites across; many sites stand downwards, by the core figures."""
    if pages.content.site:
        return [pages.text(_("One site: its counts are those of the table of figures."), "lead")]
    sites = [site for site in pages.content.sites if _counted(site)]
    counted = [line for line in pages.content.metrics if _at_any(line, sites)]
    lines = [line for line in counted if _printable(line, sites)]
    left = {"sites": len(pages.content.sites) - len(sites),
            "figures": len(pages.content.metrics) - len(counted)}  # fmt: skip
    said = [_("Value, and n below it. Raw counts of every cell stand in the data annex.")]
    if any(left.values()):
        text = _("Left out as nothing was counted: %(sites)s sites, %(figures)s figures.")
        said.append(text % left)
    few = [line for line in counted if line not in lines]
    shown = [site for site in sites if any(_total(site, line) for line in lines)]
    said += _few(few, [site for site in sites if site not in shown])
    sites = shown
    body: list[Flowable] = [pages.text(verdict.gap().join(said), "lead")]
    if len(sites) > MOST_ACROSS:
        core = [line for code in FIRST for line in lines if line.code == code][:CORE]
        return [*body, pages.text(_many(len(core)), "note"), *_site_table(pages, core, sites)]
    for part in _shared(sites):
        body += [_figure_table(pages, lines, part), gap(6)]
    return body


def _counted(site: SiteLine) -> bool:
    return any(counts.total for counts in site.figures.values())


def _at_any(line: MetricLine, sites: Sequence[SiteLine]) -> bool:
    return any(_total(site, line) for site in sites)


def _printable(line: MetricLine, sites: Sequence[SiteLine]) -> bool:
    """Say whether a value can be printed for any site: a share of few items is not."""
    found = (site.figures.get(line.code) for site in sites)
    return any(counts is not None and counts.total and not counts.is_few for counts in found)


def _few(lines: Sequence[MetricLine], sites: Sequence[SiteLine]) -> list[str]:
    """Name the figures no site had enough of, and the sites that have no other ones.

    A row or a column of "n<30" would say no more.
    """
    codes, places = (", ".join(one.code for one in some) for some in (lines, sites))
    said = []
    if codes:
        said.append(_("Fewer than 30 items at every site: %(codes)s.") % {"codes": codes})
    if places:
        said.append(_("Sites with no other figure: %(sites)s.") % {"sites": places})
    return said


def _total(site: SiteLine, line: MetricLine) -> int:
    counts = site.figures.get(line.code)
    return counts.total if counts else 0


def _many(core: int) -> str:
    return _("Too many sites to print all figures: here the %(n)s core ones.") % {"n": core}


def _shared(sites: Sequence[SiteLine]) -> list[Sequence[SiteLine]]:
    """Return the sites in as few tables as the page is wide for, of about the same width."""
    tables = max(ceil(len(sites) / MOST_COLUMNS), 1)
    width = ceil(len(sites) / tables)
    return [sites[start : start + width] for start in range(0, len(sites), width or 1)]


def _figure_table(pages: Pages, lines: Sequence[MetricLine], sites: Sequence[SiteLine]) -> Flowable:
    head = [_("Figure"), *(site.code for site in sites)]
    rows = [[line.code, *(_cell(pages, line, site) for site in sites)] for line in lines]
    widths = [11, *[163 / max(len(sites), 1)] * len(sites)]
    right = tuple(range(1, len(head)))
    return pages.compact(head, rows, widths, numbers=right, extra=NARROW)


def _cell(pages: Pages, line: MetricLine, site: SiteLine) -> list[Flowable]:
    counts = site.figures.get(line.code)
    total = f"n {numbers.amount(line.unit, counts.total)}" if counts else "n 0"
    value = numbers.value(line, counts)
    return [pages.text(value, "least_right"), pages.text(total, "tiny_hint")]


def _guide(pages: Pages) -> Table:
    """Return every icon with its word and what to do about it."""
    rows: list[list[str | Flowable]] = [
        [variation_glyph(one, side), verdict.variation_label(one)] for one, side in VARIATIONS
    ]
    rows += [[assurance_glyph(one), verdict.assurance_label(one)] for one in ASSURANCES]
    half = ceil(len(rows) / 2)
    pairs = [
        left + right for left, right in zip_longest(rows[:half], rows[half:], fillvalue=["", ""])
    ]
    head = [_("Icon"), _("Meaning")]
    return pages.compact([*head, *head], pairs, (14, 73, 14, 73))


def _site_table(
    pages: Pages, lines: Sequence[MetricLine], sites: Sequence[SiteLine]
) -> list[Flowable]:
    head = [_("Site"), *(line.code for line in lines)]
    rows = [
        [f"{pages.local(site.names)} {site.code}", *(_cell(pages, line, site) for line in lines)]
        for site in sites[:MOST_DOWN]
    ]
    widths = [40, *[134 / max(len(lines), 1)] * len(lines)]
    body: list[Flowable] = [pages.compact(head, rows, widths, numbers=tuple(range(1, len(head))))]
    if len(sites) > MOST_DOWN:
        left = _("%(n)s more rows stand in the data annex.") % {"n": len(sites) - MOST_DOWN}
        body.append(pages.text(left, "small"))
    return body


def _glossary(pages: Pages) -> Table:
    """Return names in both languages, formula, date that counts and target, two figures a row."""
    cells = [pages.text(_entry(pages, line), "least") for line in pages.content.metrics]
    rows = list(zip_longest(cells[::2], cells[1::2], fillvalue=""))
    return pages.compact([_("Figure"), _("Figure")], rows, (1, 1))


def _entry(pages: Pages, line: MetricLine) -> str:
    """Return one figure; the name in the other language stands in brackets."""
    other = "en" if pages.language != "en" else "zh-hans"
    said = {
        "code": line.code,
        "name": pages.name(line),
        "other": line.text("name", other),
        "formula": line.text("formula", pages.language),
        "assigned": line.text("assigned", pages.language),
        "target": numbers.target(line),
    }
    return (
        _("%(code)s %(name)s (%(other)s): %(formula)s. Date: %(assigned)s. Target: %(target)s.")
        % said
    )


def _glossary_note() -> str:
    return _(
        "Edge cases, when a figure is settled, and its source stand in the data annex and on the"
        " page of the figure."
    )
