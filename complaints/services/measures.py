"""What is done with a person held liable: a talk, a course, or a proposed penalty (CMP-26)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from complaints.models import Case, Measure
from complaints.selectors import standing_ruling
from complaints.services.moves import hold
from complaints.services.ruling import is_final
from complaints.words import BadText, clean_line
from complaints.work_enums import MeasureKind, MeasureStatus
from courierqa.core import approvals, history
from courierqa.core.calendars import business_day
from courierqa.core.enums import Role
from courierqa.core.errors import DomainError, IllegalTransition, NotAllowed
from staff import services as people
from staff.enums import NeedSource, NeedState
from staff.models import Course, User

MACHINE = history.Machine(
    "measure",
    {
        MeasureStatus.WAITING: {"approve": MeasureStatus.ORDERED, "reject": MeasureStatus.REFUSED},
        MeasureStatus.ORDERED: {"carry_out": MeasureStatus.DONE},
        MeasureStatus.REFUSED: {},
        MeasureStatus.DONE: {},
    },
)


@dataclass(frozen=True)
class Order:
    """What the person has to do, in words, by a day; a training names its course."""

    kind: MeasureKind
    words: str
    due_on: date
    course: Course | None = None


@transaction.atomic
def order_measure(*, case: Case, order: Order, by: User, at: datetime) -> Measure:
    """Order it from the final decision on; a penalty waits for the people department's yes."""
    hold(case)
    person = case.liable_person
    words = clean_line(order.words, field="words", limit=300)
    _check(case, order, words, by=by, at=at)
    waits = order.kind == MeasureKind.PENALTY
    row = Measure.objects.create(
        case=case, person=person, kind=order.kind, words=words, course=order.course,
        status=MeasureStatus.WAITING if waits else MeasureStatus.ORDERED,
        due_on=order.due_on, by=by, at=at,
    )  # fmt: skip
    history.begin(row, machine=MACHINE, actor=by, at=at)
    if waits:
        row.approval = _ask(row, by=by, at=at)
    if order.course is not None and person is not None:
        row.assignment = people.assign_course(
            person, order.course, due_on=order.due_on, by=by, at=at, reason=case.number
        )
        _note_need(row, order, by=by, at=at)
    row.save(update_fields=["approval", "assignment", "updated_at"])
    return row


def _note_need(row: Measure, order: Order, *, by: User, at: datetime) -> None:
    """Keep the complaint as a need for training, answered by the course (TRN-12)."""
    need = people.raise_need(
        source=NeedSource.COMPLAINT, reference=row.case.number, text=row.words,
        employee=row.person, by=by, at=at,
    )  # fmt: skip
    if need.state == NeedState.OPEN:
        people.answer_need(
            need, course=order.course, due_on=order.due_on, answer=row.words, by=by, at=at
        )


@transaction.atomic
def decide_measure(
    *, measure: Measure, approve: bool, by: User, at: datetime, note: str = ""
) -> Measure:
    """The people department's yes or no to a proposed penalty."""
    hold(measure.case)
    measure.refresh_from_db()
    if measure.status != MeasureStatus.WAITING or measure.approval is None:
        raise IllegalTransition(_("This measure is not waiting for approval"))
    if measure.person.user_id == by.pk:
        raise NotAllowed(_("Nobody decides about themselves. Ask a colleague"))
    approvals.decide(
        measure.approval, approve=approve, by=by, at=at, note=note,
        current_fingerprint=_fingerprint(measure),
    )  # fmt: skip
    verb = "approve" if approve else "reject"
    history.transition(measure, verb, machine=MACHINE, actor=by, at=at, reason=note)
    return measure


@transaction.atomic
def finish_measure(*, measure: Measure, result: str, by: User, at: datetime) -> Measure:
    """Say that it was carried out, and how; not by the person it was ordered for."""
    hold(measure.case)
    shown = clean_line(result, field="result", limit=300)
    if not shown:
        raise BadText(_("Enter how it was carried out"), code="required", field="result")
    if measure.person.user_id == by.pk:
        raise NotAllowed(_("Somebody else must confirm this"))
    changes: dict[str, Any] = {"done_by": by, "done_at": at, "result": shown}
    history.transition(measure, "carry_out", machine=MACHINE, actor=by, at=at, changes=changes)
    return measure


def _check(case: Case, order: Order, words: str, *, by: User, at: datetime) -> None:
    if case.liable_person is None or not is_final(standing_ruling(case)):
        wrong = _("Measures follow a final decision that names a person")
        raise DomainError(wrong, code="not_final")
    if case.liable_person.user_id == by.pk:
        raise NotAllowed(_("Nobody decides about themselves. Ask a colleague"))
    if not words:
        raise BadText(_("Enter what is to be done"), code="required", field="words")
    if order.due_on < business_day(at):
        raise DomainError(_("Choose today or a later day"), code="past", field="due_on", status=422)
    if (order.kind == MeasureKind.TRAINING) != (order.course is not None):
        wrong = _("A training names its course, and only a training does")
        raise DomainError(wrong, code="required", field="course", status=422)


def _ask(row: Measure, *, by: User, at: datetime) -> Any:
    title = _("%(number)s: penalty proposed for %(person)s")
    return approvals.request_approval(
        kind="measure",
        obj=row,
        title=title % {"number": row.case.number, "person": row.person},
        needs_role=Role.HR.value,
        by=by,
        at=at,
        fingerprint=_fingerprint(row),
        link=reverse("complaints:measures"),
    )


def _fingerprint(row: Measure) -> str:
    return approvals.fingerprint_of(row.case_id, row.person_id, row.kind, row.words)
