"""Page 3: every figure with its counts, range, limits, comparisons, verdict and comment."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from reportlab.graphics.shapes import Drawing
from reportlab.platypus import Flowable, Table, TableStyle

from courierqa.core import formats
from kpi.reports import numbers
from kpi.reports.charts.glyphs import SIZE, assurance_glyph, variation_glyph
from kpi.reports.content import Counts, MetricLine
from kpi.reports.judging import Judged
from kpi.reports.parts import CLOSE, FRAME, Pages, gap
from kpi.reports.styles import BAND, HAIR, WIDTH
from kpi.stats import verdict as verdicts

# How large the signs stand in a row, so that it is no higher than its words.
SIGN = 0.8


def figures(pages: Pages) -> list[Flowable]:
    """Return the table of all figures with raw numerator, denominator and range."""
    lead = _(
        "Each figure with its raw counts. The range is the 95 % range of chance: Wilson for shares,"
        " exact Poisson for rare events."
    )
    return [
        pages.heading(_("Figures of the month")),
        pages.text(lead, "lead"),
        _figure_table(pages, list(pages.judged.values())),
        gap(4),
        pages.text(_figure_note(pages), "small"),
    ]


def _figure_table(pages: Pages, every: Sequence[Judged]) -> Table:
    head = [
        _("Figure"), _("Value"), _("Target"), _("Last month"), _("A year ago"),
        _("Mean of 12 months"), _("Changing?"), _("Target within reach?"),
    ]  # fmt: skip
    right = (1, 2, 3, 4, 5)
    shown = [pages.cells(head, right, "tiny_head", "tiny_head_right")]
    style = [*(one for one in FRAME if one[:2] != ("LINEBELOW", (0, 1))), *CLOSE]
    for place, one in enumerate(every):
        top = len(shown)
        shown.append(_first_row(pages, one))
        if _has_second(pages, one):
            shown.append(_second_row(pages, one))
            style += _joined(top)
        end = len(shown) - 1
        style.append(("LINEBELOW", (0, end), (-1, end), 0.4, HAIR))
        if place % 2:
            style.append(("BACKGROUND", (0, top), (-1, end), BAND))
    widths = [share * WIDTH / 174 for share in (50, 16, 17, 15, 15, 16, 25, 20)]
    return Table(shown, colWidths=widths, repeatRows=1, style=TableStyle(style), hAlign="LEFT")


def _has_second(pages: Pages, one: Judged) -> bool:
    """Say whether there is more to say of a figure than that nothing was there to count."""
    counts = one.line.counts
    something = counts.total or counts.hits or counts.pending or counts.excluded
    return bool(something or _normal(one) or one.line.code in pages.content.comments)


def _joined(top: int) -> list[tuple]:
    """Return how the two rows of a figure stand together."""
    return [
        ("SPAN", (0, top + 1), (-1, top + 1)),
        ("BOTTOMPADDING", (0, top), (-1, top), 0),
        ("TOPPADDING", (0, top + 1), (-1, top + 1), 0),
        ("NOSPLIT", (0, top), (-1, top + 1)),
        # The cells that are spanned are empty, and as high as their type all the same.
        ("LEADING", (1, top + 1), (-1, top + 1), 1),
    ]


def _first_row(pages: Pages, one: Judged) -> list[object]:
    line = one.line
    number = [
        pages.text(numbers.value(line, line.counts), "line_number_bold"),
        *(pages.text(text, "line_number") for text in _compared(pages, one)),
    ]
    return [
        pages.text(f"{line.code}  {pages.name(line)}", "line_bold"),
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


def _signed(pages: Pages, glyph: Drawing, words: str) -> Table:
    glyph.renderScale = SIGN
    return Table(
        [[glyph, pages.text(words, "line_hint")]],
        colWidths=[SIZE * SIGN, None],
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
        f"{numbers.fraction(line.counts, line.unit)}",
        _("range %(range)s") % {"range": numbers.spread(line, line.counts)},
    ]
    said += _adjusted(line) + _normal(one)
    if line.counts.pending:
        said.append(_("not yet due %(n)s") % {"n": f"{line.counts.pending:,}"})
    if line.counts.excluded:
        said.append(_("excluded %(n)s") % {"n": f"{line.counts.excluded:,}"})
    if not line.is_mature:
        said.append(_("provisional until %(day)s") % {"day": formats.day(line.mature_on)})
    if line.target_is_proposal:
        said.append(_("target is a proposal"))
    lines = [pages.text("  ·  ".join(said), "line_hint")]
    comment = pages.content.comments.get(line.code)
    if comment:
        lines.append(pages.text(f"{comment['text']} — {comment['by']}", "line"))
    return [lines, *[""] * 7]


def _adjusted(line: MetricLine) -> list[str]:
    """Return the adjusted figure beside the raw one, where they differ (B17)."""
    if not line.counts.is_adjusted:
        return []
    other = line.counts.adjusted
    share = formats.share(line.counts.exempt_total / line.counts.total)
    said = {"value": numbers.value(line, other), "n": f"{line.counts.exempt_total:,}",
            "fraction": numbers.fraction(other, line.unit), "share": share}  # fmt: skip
    return [_("adjusted %(value)s (%(fraction)s), exempt %(n)s (%(share)s)") % said]


def _normal(one: Judged) -> list[str]:
    """Return the limits of the figure's own months, when there are enough to draw them."""
    chart = one.verdict.chart
    if chart.low is None or chart.high is None:
        return []
    ends = {"low": numbers.fine(one.line, chart.low), "high": numbers.fine(one.line, chart.high)}
    return [_("limits %(low)s – %(high)s") % ends]


def _figure_note(pages: Pages) -> str:
    return _(
        "n<30: fewer than 30 items, no share is printed. —: nothing was there to count. Means of"
        " 12 months add up the counts, then divide. Every figure counts what was promised for the"
        " month: an item still open past its limit is a failure. As of %(moment)s. Adjusted figures"
        " go without what an approved exemption covers; targets and verdicts are judged on them."
    ) % {"moment": formats.moment(pages.content.as_of)}
