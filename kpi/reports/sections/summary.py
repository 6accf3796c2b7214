"""Page 2: what changed, what needs a decision, and where each figure stands."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from reportlab.platypus import Flowable, KeepTogether, Table

from kpi.reports import numbers
from kpi.reports.parts import Pages
from kpi.reports.sections.finding import sentences
from kpi.reports.styles import HAIR, HEAD
from kpi.stats import verdict as verdicts
from kpi.stats.verdict import assurance_label, variation_label

VARIATIONS = (verdicts.CONCERN, verdicts.CHANGE, verdicts.NONE, verdicts.IMPROVEMENT)
ASSURANCES = ("fail", "hit_or_miss", "pass", "none")


def summary(pages: Pages) -> list[Flowable]:
    """Return the executive summary."""
    body: list[Flowable] = [pages.heading(_("Executive summary"))]
    body += [pages.bullet(sentence) for sentence in sentences(pages)]
    body += _whole_comment(pages)
    body += [pages.heading(_("Needs a decision"), level=1), *_decisions(pages)]
    matrix = [
        pages.heading(_("Is it changing, and can it meet its target?"), level=1),
        _matrix(pages),
        *_unjudged(pages),
        pages.text(_matrix_note(), "small"),
    ]
    return [*body, KeepTogether(matrix)]


def _whole_comment(pages: Pages) -> list[Flowable]:
    said = pages.content.comments.get("")
    if not said:
        return []
    title = pages.heading(_("What the makers say"), level=1)
    return [title, pages.text(said["text"]), pages.text(said["by"], "small")]


def _decisions(pages: Pages) -> list[Flowable]:
    rows = [
        [
            pages.name(one.line),
            numbers.judged_value(one.line),
            numbers.target(one.line),
            one.words,
            one.action,
        ]
        for one in pages.judged.values()
        if one.needs_word
    ]
    if not rows:
        return [pages.text(_nothing(pages))]
    head = [_("Figure"), _("Value"), _("Target"), _("Verdict"), _("What to do")]
    return [pages.compact(head, rows, (38, 22, 16, 57, 41), numbers=(1, 2))]


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


def _matrix(pages: Pages) -> Table:
    head = ["", *(assurance_label(key) for key in ASSURANCES)]
    rows = []
    for variation in VARIATIONS:
        if variation == verdicts.CHANGE and not _changing(pages):
            continue
        cells: list[object] = [variation_label(variation)]
        for assurance in ASSURANCES:
            cells.append(_names(pages, variation, assurance))
        rows.append(cells)
    return pages.table(head, rows, (30, 34, 34, 34, 30), banded=False, extra=GRID)


def _changing(pages: Pages) -> bool:
    return any(one.verdict.variation == verdicts.CHANGE for one in pages.judged.values())


def _unjudged(pages: Pages) -> list[Flowable]:
    """Name the figures that stand in no cell: no months or events enough for a verdict."""
    left = [one for one in pages.judged.values() if not one.verdict.is_judged]
    rare = [one.line.code for one in left if one.is_rare]
    young = [one.line.code for one in left if not one.is_rare]
    missed = [one.line.code for one in left if one.is_missed]
    said = [
        (_("Too few events for a monthly verdict: %(codes)s."), rare),
        (_("Too few months, or too few items in them, to judge: %(codes)s."), young),
        (_("Of these, missed their target this month beyond chance: %(codes)s."), missed),
    ]
    return [
        pages.text(text % {"codes": _(", ").join(codes)}, "small") for text, codes in said if codes
    ]


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
        if one.verdict.is_judged
        and one.verdict.variation == variation
        and one.verdict.assurance == assurance
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
