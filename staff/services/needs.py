"""Needs that raise themselves: what grades, exams and checks say somebody must learn (TRN-06).

Each names its record, so that one record raises one need about a person, however often it is
confirmed or counted again. Their words are made when they are read, in the reader's language
(`selectors.need_words`); what is stored serves the search and the audit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from courierqa.core import audit
from staff.enums import (
    FORBIDDEN,
    Answer,
    AttemptState,
    Grade,
    GradePart,
    NeedSource,
    NeedState,
    ObservationItem,
)
from staff.models import Assessment, Attempt, Employee, Observation, TrainingNeed, User
from staff.services.plans import raise_need

# A point found wanting again within this span is a habit, not a slip (proposal).
AGAIN = timedelta(days=90)


def needs_of_grade(assessment: Assessment, *, by: User | None, at: datetime) -> None:
    """Raise a need for each part at its floor or below, and one for a grade C without any.

    Such a part has no points at all: its careful figure lies at the floor or beyond.
    """
    lost = [part.code for part in assessment.parts.all() if part.score == 0]
    reasons = lost or (["C"] if assessment.grade == Grade.C else [])
    for code in reasons:
        label = dict(GradePart.choices).get(code, _("Grade C"))
        raise_need(
            source=NeedSource.GRADE, reference=f"{assessment.month}-{code}",
            text=f"{label} · {assessment.month}", employee=assessment.employee,
            site=assessment.site, by=by, at=at,
        )  # fmt: skip


def need_of_exam(attempt: Attempt, *, at: datetime) -> None:
    """Raise a need when nobody may try again: every attempt at a course was used in vain."""
    if attempt.state not in (AttemptState.FAILED, AttemptState.EXPIRED):
        return
    raise_need(
        source=NeedSource.EXAM, reference=f"exam-{attempt.pk}", text=str(attempt.exam.course),
        employee=attempt.employee, site=attempt.employee.site, at=at,
    )  # fmt: skip


def needs_of_observation(seen: Observation, fails: Iterable[str], *, by: User) -> None:
    """Raise a need for a forbidden act at once, and for any other point found wanting again."""
    if seen.corrects is not None:
        answer = _("The record was corrected")
        drop_needs(
            seen.employee, NeedSource.INSPECTION, [f"observation-{seen.corrects_id}"],
            answer=answer, by=by, at=seen.at,
        )  # fmt: skip
    if acts := sorted(FORBIDDEN & set(fails)):
        _raise_points(seen, acts, f"observation-{seen.pk}", by=by)
    for code in sorted(set(fails) - FORBIDDEN):
        if _was_wanting(seen, code):
            _raise_points(seen, [code], f"{code}-{seen.on:%Y-%m}", by=by)


def _raise_points(seen: Observation, codes: Sequence[str], reference: str, *, by: User) -> None:
    words = ", ".join(str(ObservationItem(code).label) for code in codes)
    raise_need(
        source=NeedSource.INSPECTION, reference=reference, text=words, employee=seen.employee,
        site=seen.site, by=by, at=seen.at,
    )  # fmt: skip


def _was_wanting(seen: Observation, code: str) -> bool:
    """Say whether an earlier record that still counts had the same point, and nobody answers it."""
    since: date = seen.on - AGAIN
    earlier = Observation.objects.filter(
        employee=seen.employee, on__gte=since, on__lte=seen.on, corrected_by=None
    ).exclude(pk=seen.pk)
    waits = TrainingNeed.objects.filter(
        source=NeedSource.INSPECTION, employee=seen.employee, state=NeedState.OPEN,
        reference__startswith=f"{code}-",
    )  # fmt: skip
    found = (row.answers.get(code) == Answer.FAIL for row in earlier)
    return any(found) and not waits.exists()


def drop_needs(
    employee: Employee, source: str, references: Iterable[str], *, answer: str, by: User | None,
    at: datetime,
) -> None:  # fmt: skip
    """Close open needs whose record fell away, with the reason."""
    rows = TrainingNeed.objects.select_for_update().filter(
        employee=employee, source=source, reference__in=list(references), state=NeedState.OPEN
    )
    for need in rows:
        need.state, need.answer = NeedState.DROPPED, answer[:300]
        need.answered_by, need.answered_at = by, at
        need.save()
        audit.record("need.decide", need, actor=by, at=at, reason=need.answer)
