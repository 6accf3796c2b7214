"""The minutes of a review on paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.platypus import Flowable, Spacer

from courierqa.core import formats
from quality.models import Review, ReviewMinutes
from quality.reports.paper import Head, facts, printed, table, words
from quality.review_enums import ReviewKind
from quality.selectors.reviews import lists as selectors


def review_pdf(row: Review, *, printed_at: datetime) -> bytes:
    """Return the minutes: who met, what the figures said, what was decided, who signed."""
    kind, state = str(row.get_kind_display()), str(row.get_status_display())
    head = Head(
        title=f"{row.number} {kind}", left=f"{kind} {row.number}", right=state,
        foot=_("As of %(at)s") % {"at": formats.moment(printed_at)},
    )  # fmt: skip
    story: list[Flowable] = [words(f"{kind} {row.period.label}", "title"), Spacer(1, 4)]
    story.append(facts(_facts(row, state)))
    is_month = row.kind == ReviewKind.TIMELINESS
    story += _month(row) if is_month else _agenda(row)
    if row.conclusion:
        story += [words(_("What was concluded"), "h2"), words(row.conclusion)]
    story += [words(_("Decisions"), "h2"), *_decisions(row)]
    return printed(head, story + _signed(row))


def _facts(row: Review, state: str) -> list[tuple[str, object]]:
    people = [one.name for one in row.participants.order_by("number")]
    return [
        (_("Site"), row.site or _("Whole company")),
        (_("Looks at"), row.period.label),
        (_("Status"), state),
        (_("Held on"), formats.day(row.held_on) if row.held_on else formats.NOTHING),
        (_("Who holds it"), row.owner.name),
        (_("Who takes part"), ", ".join(filter(None, [*people, row.guests])) or formats.NOTHING),
        (_("Figures read"), formats.moment(row.read_at) if row.read_at else formats.NOTHING),
    ]


def _month(row: Review) -> list[Flowable]:
    lines = selectors.shown_lines(row.figures.get("lines", []))
    story = [words(_("Figures"), "h2"), _lines(lines)]
    if row.causes:
        story += [words(_("Causes that were discussed"), "h2"), words(row.causes)]
    return story


def _agenda(row: Review) -> list[Flowable]:
    story: list[Flowable] = []
    for one in selectors.agenda(row):
        story.append(words(f"{one.letter}) {one.label}", "h2"))
        story += _topic(one)
    story.append(words(_("Policy and objectives"), "h2"))
    rows = [
        [str(one.document) if one.document else line["name"] if line else one.metric,
         f"{line['value']} ({line['target']})" if line else formats.NOTHING,
         one.get_verdict_display() if one.verdict else formats.NOTHING, one.words]
        for one, line in selectors.verdicts_of(row)
    ]  # fmt: skip
    heads = [_("Policy or objective"), _("Reached (target)"), _("Keep or change"), _("Why")]
    story.append(table(heads, rows, (34, 24, 18, 40)))
    return story


def _topic(one: selectors.Shown) -> Iterable[Flowable]:
    if not one.has_data:
        yield words(_("No data in this time"), "hint")
    counted = [f"{number} {label}" for label, number, _url in one.facts if one.has_data]
    if counted:
        yield words(" · ".join(counted))
    if one.lines:
        yield _lines(one.lines)
    if one.row.note:
        yield words(_("Note: %(text)s") % {"text": one.row.note})


def _lines(lines: list[dict[str, Any]]) -> Flowable:
    heads = [_("Figure"), _("Value"), "n", _("Target"), pgettext("figure", "Course")]
    rows = [[one["name"], one["value"], one["n"], one["target"], one.get("sentence", "")]
            for one in lines]  # fmt: skip
    return table(heads, rows, (30, 16, 14, 16, 44))


def _decisions(row: Review) -> Iterable[Flowable]:
    found = selectors.decisions_of(row)
    if not found:
        yield words(pgettext("decisions", "None"))
        return
    yield table(
        ["#", _("What will be done"), _("Who does it"), _("Due on"), _("What followed")],
        [[one.row.position, f"{one.row.get_output_display()}: {one.row.text}",
          one.row.owner.name, formats.day(one.row.due_on), _followed(one)] for one in found],
        (6, 48, 18, 18, 30),
    )  # fmt: skip


def _followed(one: selectors.Followed) -> str:
    parts = []
    if one.row.nonconformity is not None:
        nc = one.row.nonconformity
        parts.append(f"{nc.number} {nc.get_status_display()}")
    if one.row.outcome:
        parts.append(f"{one.row.get_outcome_display()}: {one.row.outcome_reason}")
    return "\n".join(parts) or formats.NOTHING


def _signed(row: Review) -> list[Flowable]:
    kept = ReviewMinutes.objects.filter(review=row).select_related("signed_by").first()
    if kept is None:
        return [Spacer(1, 8), words(_("These minutes are not signed yet"), "h3")]
    return [
        words(_("Signed"), "h2"),
        facts([
            (_("By"), f"{kept.signed_by}　{formats.moment(kept.at)}"),
            (_("Approved by"), row.approved_by or formats.NOTHING), ("SHA-256", kept.sha256),
        ]),
    ]  # fmt: skip
