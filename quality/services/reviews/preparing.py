"""Preparing a review: what stands is read and kept, people write what they say to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, history
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from courierqa.core.text import clean_text
from quality.document_enums import Category, VersionStatus
from quality.measured import measure
from quality.models import Document, Review, ReviewInput, ReviewVerdict
from quality.review_enums import ReviewKind, Verdict
from quality.review_enums import ReviewStatus as R
from quality.selectors.reviews.inputs import LINES, inputs_of
from quality.services.moves import said
from staff.models import Employee, User

MACHINE = history.Machine(
    "review",
    {
        R.PLANNED: {"open": R.OPEN},
        R.OPEN: {"propose": R.PROPOSED, "hold": R.HELD},
        R.PROPOSED: {"approve": R.HELD, "reject": R.OPEN},
        R.HELD: {},
    },
)


@dataclass(frozen=True)
class Written:
    """What people write into a review while it is prepared."""

    participants: Sequence[Employee] = ()
    guests: str = ""
    causes: str = ""
    conclusion: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)
    # Key of a verdict → (keep or change or "", words).
    verdicts: Mapping[int, tuple[str, str]] = field(default_factory=dict)


def held_row(review: Review) -> Review:
    """Return the review locked and read anew."""
    rows = Review.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("plan", "site", "owner").get(pk=review.pk)


@transaction.atomic
def open_review(review: Review, *, by: User, at: datetime) -> Review:
    """Begin it: the system fills in what stands now, with how far the figures reach."""
    row = held_row(review)
    if business_day(at) < row.period.end_day:
        text = _("The time it looks at is not over. Open it from %(day)s")
        raise DomainError(text % {"day": row.period.end_day}, code="too_early")
    move(row, "open", by=by, at=at, opened_by=by)
    _fill(row, at)
    return row


@transaction.atomic
def refill(review: Review, *, by: User, at: datetime) -> Review:
    """Read figures and inputs anew; notes and verdicts that were written stay."""
    row = held_row(review)
    require_open(row)
    _fill(row, at)
    audit.record("review.refill", row, actor=by, at=at)
    return row


@transaction.atomic
def write_review(review: Review, *, written: Written, by: User, at: datetime) -> Review:
    """Keep who takes part, what was found out, what is said to inputs and objectives."""
    row = held_row(review)
    require_open(row)
    row.guests = clean_text(written.guests, max_length=200, field="guests").strip()
    row.causes = clean_text(written.causes, max_length=4000, field="causes", lines=True).strip()
    row.conclusion = clean_text(
        written.conclusion, max_length=4000, field="conclusion", lines=True
    ).strip()
    row.save(update_fields=["guests", "causes", "conclusion"])
    row.participants.set(written.participants)
    _notes(row, written.notes)
    _verdicts(row, written.verdicts)
    audit.record("review.change", row, actor=by, at=at)
    return row


def require_open(row: Review) -> None:
    """Refuse a deed while a review is not being prepared."""
    if row.status != R.OPEN:
        raise DomainError(_("It can be changed only while it is being prepared"), code="wrong_step")


def _fill(row: Review, at: datetime) -> None:
    """Read what stands: a month's figures, or every input of a management review."""
    if row.kind == ReviewKind.TIMELINESS:
        row.figures = measure().timeliness(row.period, row.site)
    else:
        row.figures = {topic: measure().figures(row.period, codes)
                       for topic, codes in LINES.items()}  # fmt: skip
        _fill_inputs(row, at)
        _fill_verdicts(row, at)
    row.read_at = at
    row.save(update_fields=["figures", "read_at"])


def _fill_inputs(row: Review, at: datetime) -> None:
    for topic, facts in inputs_of(row, at=at).items():
        ReviewInput.objects.update_or_create(review=row, topic=topic, defaults={"facts": facts})


def _fill_verdicts(row: Review, at: datetime) -> None:
    """One line for the policy and one for each objective, as they stand (REV-02, OBJ-06)."""
    policies = Document.objects.filter(
        category=Category.POLICY, versions__status=VersionStatus.EFFECTIVE
    )
    for document in policies.order_by("number"):
        ReviewVerdict.objects.get_or_create(review=row, document=document)
    for line in measure().objectives(row.period, business_day(at)):
        ReviewVerdict.objects.update_or_create(
            review=row, metric=line["code"], defaults={"line": line}
        )


def _notes(row: Review, notes: Mapping[str, str]) -> None:
    for one in row.inputs.filter(topic__in=notes):
        words = clean_text(notes[one.topic], max_length=1000, field=one.topic, lines=True).strip()
        if words != one.note:
            one.note = words
            one.save(update_fields=["note", "updated_at"])


def _verdicts(row: Review, verdicts: Mapping[int, tuple[str, str]]) -> None:
    for one in row.verdicts.filter(pk__in=verdicts):
        verdict, words = verdicts[one.pk]
        clean = clean_text(words, max_length=300, field=f"words{one.pk}").strip()
        if verdict == Verdict.CHANGE:
            said(clean, field=f"words{one.pk}", limit=300, lines=False)
        if (verdict, clean) != (one.verdict, one.words):
            one.verdict, one.words = verdict, clean
            one.save(update_fields=["verdict", "words", "updated_at"])


def move(
    row: Review, verb: str, *, by: User, at: datetime, reason: str = "", **changes: Any
) -> None:
    """Move a locked review."""
    history.transition(row, verb, machine=MACHINE, actor=by, at=at, reason=reason, changes=changes)
