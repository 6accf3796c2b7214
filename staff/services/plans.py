"""The training plan: sessions, needs, effects, practical tests, certificates of others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, history
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from staff import counted, on_post
from staff.enums import CourseKind, NeedState, SessionState
from staff.models import (
    Attendance,
    Certificate,
    Course,
    EffectCheck,
    Employee,
    TrainingNeed,
    TrainingSession,
    User,
)
from staff.services.training import assign_course

MACHINE = history.Machine(
    name="session",
    field="state",
    transitions={
        SessionState.PLANNED: {"hold": SessionState.HELD, "cancel": SessionState.CANCELLED}
    },
)
INDUCTION = timedelta(days=30)


@transaction.atomic
def plan_session(
    course: Course, *, on: date, by: User | None, at: datetime,
    people: Iterable[Employee] = (), **fields: object,
) -> TrainingSession:  # fmt: skip
    """Put a session on the year plan (TRN-01)."""
    made = TrainingSession.objects.create(
        course=course, planned_on=on, first_planned_on=on, **fields
    )
    history.begin(made, machine=MACHINE, actor=by, at=at)
    Attendance.objects.bulk_create(Attendance(session=made, employee=p) for p in people)
    counted.refresh_session(made, at=at)
    return made


@transaction.atomic
def move_session(
    session: TrainingSession, *, on: date, reason: str, by: User, at: datetime
) -> TrainingSession:
    """Plan another day; the first one stays and counts, so a moved session is late (H01)."""
    session = TrainingSession.objects.select_for_update().get(pk=session.pk)
    if session.state != SessionState.PLANNED:
        raise DomainError(_("Only a planned session can be moved"), code="not_planned")
    session.planned_on, session.reason = on, reason
    session.save(update_fields=["planned_on", "reason", "updated_at"])
    audit.record("session.move", session, actor=by, at=at, reason=reason)
    return session


@transaction.atomic
def hold_session(
    session: TrainingSession, *, on: date, present: Iterable[Employee], by: User | None,
    at: datetime,
) -> TrainingSession:  # fmt: skip
    """Note that a session took place and who came."""
    if on > business_day(at):
        raise DomainError(_("Choose today or an earlier day"), code="future", field="on")
    history.transition(session, "hold", machine=MACHINE, actor=by, at=at, changes={"held_on": on})
    counted.refresh_session(session, at=at)
    session.attendances.update(was_present=False)
    for person in present:
        Attendance.objects.update_or_create(
            session=session, employee=person, defaults={"was_present": True}
        )
    return session


@transaction.atomic
def cancel_session(
    session: TrainingSession, *, reason: str, by: User, at: datetime
) -> TrainingSession:
    """Take a session off the plan by decision, with the reason."""
    history.transition(
        session, "cancel", machine=MACHINE, actor=by, at=at, reason=reason,
        changes={"reason": reason},
    )  # fmt: skip
    counted.refresh_session(session, at=at)
    return session


@transaction.atomic
def raise_need(
    *, source: str, text: str, at: datetime, by: User | None = None,
    employee: Employee | None = None, reference: str = "", **about: object,
) -> TrainingNeed:  # fmt: skip
    """Note that somebody must learn something (TRN-06); one record raises one need a person."""
    if reference:
        found = TrainingNeed.objects.filter(
            source=source, reference=reference, employee=employee
        ).first()
        if found is not None:
            return found
    need = TrainingNeed.objects.create(
        source=source, reference=reference, text=text[:500], employee=employee, raised_by=by,
        raised_at=at, **about,
    )  # fmt: skip
    audit.record("need.create", need, actor=by, at=at)
    return need


@transaction.atomic
def answer_need(
    need: TrainingNeed, *, course: Course | None, due_on: date | None, answer: str, by: User,
    at: datetime,
) -> TrainingNeed:  # fmt: skip
    """Assign a course for a need, or say why none is needed."""
    need = TrainingNeed.objects.select_for_update().get(pk=need.pk)
    if need.state != NeedState.OPEN:
        raise DomainError(_("This need has been answered already"), code="answered")
    if course is not None:
        if need.employee is None or due_on is None:
            raise DomainError(
                _("A course is assigned to one person by a day; for several plan a session"),
                code="no_person", field="course",
            )  # fmt: skip
        need.assignment = assign_course(
            need.employee, course, due_on=due_on, by=by, at=at, reason=need.text[:200]
        )
    elif not answer:
        raise DomainError(_("Write why no course is needed"), code="no_answer", field="answer")
    need.state = NeedState.ASSIGNED if course else NeedState.DROPPED
    need.answer, need.answered_by, need.answered_at = answer, by, at
    need.save()
    audit.record("need.decide", need, actor=by, at=at)
    return need


@transaction.atomic
def check_effect(
    session: TrainingSession, *, kind: str, before: str, after: str, is_effective: bool,
    note: str, by: User, at: datetime, counts: dict[str, object] | None = None,
) -> EffectCheck:  # fmt: skip
    """Keep whether a held session helped; asked once (TRN-07).

    Compared figures bring their `counts`, so that anybody can recompute them.
    """
    if session.state != SessionState.HELD:
        raise DomainError(_("Check the effect after the session was held"), code="not_held")
    if EffectCheck.objects.filter(session=session).exists():
        raise DomainError(_("The effect of this session was checked"), code="checked")
    made = EffectCheck.objects.create(
        session=session, kind=kind, before=before, after=after, is_effective=is_effective,
        note=note, counts=counts or {}, by=by, at=at,
    )  # fmt: skip
    counted.refresh_session(session, at=at)
    audit.record("session.verify", session, actor=by, at=at)
    return made


@transaction.atomic
def record_external(
    employee: Employee, course: Course, *, issuer: str, outer_number: str, issued_on: date,
    expires_on: date | None, level: str = "", by: User | None, at: datetime,
) -> Certificate:  # fmt: skip
    """Register a certificate somebody else issued (TRN-13, STF-17)."""
    if expires_on is not None and expires_on <= issued_on:
        raise DomainError(
            _("The last day lies before the first. Correct one of them"),
            code="bad_days", field="expires_on",
        )  # fmt: skip
    Employee.objects.select_for_update().get(pk=employee.pk)
    place = Certificate.objects.filter(employee=employee).count() + 1
    made = Certificate.objects.create(
        number=f"{issued_on:%Y}-{employee.number}-{place:02}", employee=employee, course=course,
        issued_on=issued_on, expires_on=expires_on, issuer=issuer, outer_number=outer_number,
        level=level,
    )  # fmt: skip
    on_post.refresh_person(employee.pk, at=at)
    audit.record("training.certify", made, actor=by, at=at)
    return made


def assign_induction(employee: Employee, *, by: User | None, at: datetime) -> int:
    """Make a new person owe the induction of their post; return how many courses (TRN-02)."""
    courses = employee.post.courses.filter(kind=CourseKind.INDUCTION)
    due = max(employee.hired_on, business_day(at)) + INDUCTION
    for course in courses:
        assign_course(employee, course, due_on=due, by=by, at=at)
    return len(courses)
