"""Pages 2 and 3: what changed, what needs a decision, and every figure with its counts."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from reportlab.platypus import Flowable, KeepTogether, Table, TableStyle

from courierqa.core import formats
from kpi.reports import numbers
from kpi.reports.charts.glyphs import assurance_glyph, variation_glyph
from kpi.reports.content import Counts
from kpi.reports.judging import Judged
from kpi.reports.parts import FRAME, Pages, gap
from kpi.reports.styles import BAND, HAIR, HEAD, WIDTH
from kpi.stats import verdict as verdicts
from kpi.stats.verdict import assurance_label, variation_label

SENTENCES = 5
VARIATIONS = ("concern", "none", "improvement")
ASSURANCES = ("fail", "hit_or_miss", "pass", "none")


def summary(pages: Pages) -> list[Flowable]:
    """Return the executive summary."""
    body: list[Flowable] = [pages.heading(_("Executive summary"))]
    body += [pages.bullet(sentence) for sentence in sentences(pages)]
    body += [pages.heading(_("Needs a decision"), level=1), *_decisions(pages)]
    matrix = [
        pages.heading(_("Is it changing, and can it meet its target?"), level=1),
        _matrix(pages),
        pages.text(_matrix_note(), "small"),
    ]
    return [*body, KeepTogether(matrix)]


def sentences(pages: Pages) -> list[str]:
    """Return at most five sentences, the most urgent first."""
    judged = list(pages.judged.values())
    worse = [one for one in judged if one.verdict.variation == "concern"]
    better = [one for one in judged if one.verdict.variation == "improvement"]
    failing = [one for one in judged if one.verdict.assurance == "fail" and one not in worse]
    counted = _("%(worse)s of %(all)s figures have worsened, %(better)s have improved.") % {
        "worse": len(worse),
        "better": len(better),
        "all": len(judged),
    }
    said = [counted, *(one.verdict.sentence for one in [*worse, *failing, *better])]
    misses = pages.content.complaints["legal"]
    late = misses["total"] - misses["hits"]
    if late:
        said.insert(1, _legal(late, misses["total"]))
    return said[:SENTENCES]


def _legal(late: int, total: int) -> str:
    text = ngettext(
        "%(late)s of %(total)s complaints was not settled within the legal 7 days.",
        "%(late)s of %(total)s complaints were not settled within the legal 7 days.",
        late,
    )
    return text % {"late": f"{late:,}", "total": f"{total:,}"}


def _decisions(pages: Pages) -> list[Flowable]:
    rows = [
        [
            pages.name(one.line),
            numbers.value(one.line, one.line.counts),
            numbers.target(one.line),
            _verdict_words(one),
            one.verdict.action,
        ]
        for one in pages.judged.values()
        if one.needs_word
    ]
    if not rows:
        return [pages.text(_nothing(pages))]
    head = [_("Figure"), _("Value"), _("Target"), _("Verdict"), _("What to do")]
    return [pages.table(head, rows, (34, 16, 18, 42, 40), numbers=(1, 2))]


def _nothing(pages: Pages) -> str:
    """Say why nothing needs a decision, and only of the figures that were judged."""
    bare = sum(one.line.target is None for one in pages.judged.values())
    if bare == len(pages.judged):
        return _("No figure worsened. No target is set for these figures.")
    said = _("Nothing: no figure worsened, none misses its target for certain.")
    if not bare:
        return said
    text = ngettext(
        "No target is set for %(n)s figure.", "No target is set for %(n)s figures.", bare
    )
    return f"{said}{verdicts.gap()}{text % {'n': bare}}"


def _verdict_words(one: Judged) -> str:
    return f"{one.verdict.variation_label} · {one.verdict.assurance_label}"


def _matrix(pages: Pages) -> Table:
    head = ["", *(assurance_label(key) for key in ASSURANCES)]
    rows = []
    for variation in VARIATIONS:
        cells: list[object] = [variation_label(variation)]
        for assurance in ASSURANCES:
            cells.append(_names(pages, variation, assurance))
        rows.append(cells)
    return pages.table(head, rows, (30, 34, 34, 34, 30), banded=False, extra=GRID)


# More figures than this in one cell stand there by their codes alone; the next page names them.
NAMED = 8
GRID: tuple[tuple, ...] = (
    ("INNERGRID", (0, 0), (-1, -1), 0.4, HAIR),
    ("BOX", (0, 0), (-1, -1), 0.4, HAIR),
    ("BACKGROUND", (0, 1), (0, -1), HEAD),
    ("VALIGN", (0, 1), (-1, -1), "TOP"),
    ("BOTTOMPADDING", (0, 1), (-1, -1), 8),
)


def _names(pages: Pages, variation: str, assurance: str) -> list[Flowable] | str:
    lines = [
        one.line
        for one in pages.judged.values()
        if one.verdict.variation == variation and one.verdict.assurance == assurance
    ]
    if len(lines) > NAMED:
        return [pages.text(_(", ").join(line.code for line in lines), "cell")]
    return [pages.text(f"{line.code} {pages.name(line)}", "cell") for line in lines] or "·"


def _matrix_note() -> str:
    return _(
        "Variation reads the figure's own months; assurance compares its limits with the target."
        " A target inside the limits is met or missed by chance, unless every month met it or"
        " missed it."
    )


def figures(pages: Pages) -> list[Flowable]:
    """Return the table of all figures with raw numerator, denominator and range."""
    lead = _(
        "Each figure with its raw counts. The range is the 95 % range of chance: Wilson for shares,"
        " exact Poisson for rare events."
    )
    return [
        pages.heading(_("Figures of the month")),
        pages.text(lead, "lead"),
        _figure_table(pages),
        gap(4),
        pages.text(_figure_note(pages), "small"),
    ]


def _figure_table(pages: Pages) -> Table:
    head = [
        _("Figure"), _("Value"), _("Target"), _("Last month"), _("A year ago"),
        _("Mean of 12 months"), _("Changing?"), _("Target within reach?"),
    ]  # fmt: skip
    right = (1, 2, 3, 4, 5)
    shown = [pages.cells(head, right, "head", "head_right")]
    style = [one for one in FRAME if one[:2] != ("LINEBELOW", (0, 1))]
    for one in pages.judged.values():
        top = len(shown)
        shown += [_first_row(pages, one), _second_row(pages, one)]
        style += [
            ("SPAN", (0, top + 1), (-1, top + 1)),
            ("LINEBELOW", (0, top + 1), (-1, top + 1), 0.4, HAIR),
            ("BOTTOMPADDING", (0, top), (-1, top), 1),
            ("TOPPADDING", (0, top + 1), (-1, top + 1), 0),
            ("NOSPLIT", (0, top), (-1, top + 1)),
        ]
        if (top // 2) % 2:
            style.append(("BACKGROUND", (0, top), (-1, top + 1), BAND))
    widths = [share * WIDTH / 174 for share in (37, 19, 19, 17, 17, 19, 23, 23)]
    return Table(shown, colWidths=widths, repeatRows=1, style=TableStyle(style), hAlign="LEFT")


def _first_row(pages: Pages, one: Judged) -> list[object]:
    line = one.line
    number = [
        pages.text(numbers.value(line, line.counts), "number_bold"),
        *(pages.text(text, "number") for text in _compared(pages, one)),
    ]
    return [
        pages.text(f"{line.code}  {pages.name(line)}", "cell_bold"),
        *number,
        _signed(
            pages, variation_glyph(one.verdict.variation, one.verdict.side), _short_variation(one)
        ),
        _signed(pages, assurance_glyph(one.verdict.assurance), _short_assurance(one)),
    ]


def _compared(pages: Pages, one: Judged) -> list[str]:
    line = one.line
    year, month = (int(part) for part in pages.content.period.split("-"))
    last = f"{year - (month == 1):04}-{(month - 2) % 12 + 1:02}"
    return [
        numbers.target(line),
        numbers.value(line, line.month(last)),
        numbers.value(line, line.month(f"{year - 1:04}-{month:02}")),
        numbers.value(line, _twelve(line.series)),
    ]


def _twelve(series: tuple[tuple[str, Counts], ...]) -> Counts | None:
    """Sum the counts of the last twelve months, then divide: shares are never averaged (B20)."""
    months = [counts for _period, counts in series[-12:]]
    if not months:
        return None
    return Counts(sum(one.hits for one in months), sum(one.total for one in months))


def _signed(pages: Pages, glyph: Flowable, words: str) -> Table:
    return Table(
        [[glyph, pages.text(words, "cell_hint")]],
        colWidths=[17, None],
        style=TableStyle(
            [
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
                ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            ]
        ),
    )


def _short_variation(one: Judged) -> str:
    if not one.verdict.is_judged:
        return _("too rare") if one.is_rare else _("too few months")
    return {
        verdicts.CONCERN: _("worse"),
        verdicts.IMPROVEMENT: _("better"),
        verdicts.CHANGE: _("changed"),
        verdicts.NONE: _("no signal"),
    }[one.verdict.variation]


def _short_assurance(one: Judged) -> str:
    return {
        verdicts.PASS: _("passes"),
        verdicts.FAIL: _("fails"),
        verdicts.HIT_OR_MISS: _("hit or miss"),
        verdicts.NONE: _("not judged"),
    }[one.verdict.assurance]


def _second_row(pages: Pages, one: Judged) -> list[object]:
    line = one.line
    said = [
        f"{numbers.fraction(line.counts)}",
        _("range %(range)s") % {"range": numbers.spread(line, line.counts)},
    ]
    if line.counts.pending:
        said.append(_("not yet due %(n)s") % {"n": f"{line.counts.pending:,}"})
    if line.counts.excluded:
        said.append(_("excluded %(n)s") % {"n": f"{line.counts.excluded:,}"})
    if not line.is_mature:
        said.append(_("provisional until %(day)s") % {"day": formats.day(line.mature_on)})
    if line.target_is_proposal:
        said.append(_("target is a proposal"))
    return [pages.text("  ·  ".join(said), "cell_hint"), *[""] * 7]


def _figure_note(pages: Pages) -> str:
    return _(
        "n<30: fewer than 30 items, no share is printed. Means of 12 months add up the counts, then"
        " divide. Every figure counts what was promised for the month: an item still open past its"
        " limit is a failure. As of %(moment)s."
    ) % {"moment": formats.moment(pages.content.as_of)}
