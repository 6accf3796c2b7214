"""PeopleRow: training, grades and suggestions as H01 to H03 and H05 to H07 count them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from courierqa.core import calendars, counted, history
from staff.enums import AssessmentState, AttemptState, Grade, SessionState
from staff.models import (
    Assessment,
    CourseAssignment,
    EffectCheck,
    Employee,
    PeopleRow,
    Suggestion,
    TrainingSession,
)

PEOPLE = "people"
OF_SESSION, OF_COURSE = ("H01", "H03"), ("H02",)
OF_GRADE = ("H05", "H05A", "H05C")
OF_DUE = ("H06",)
# Joined with fewer working days left in a month, its assessment is not due (H06).
FEWEST_DAYS = 10
CALENDAR = "CN"
OF_SUGGESTION = ("H07",)
TICK = timedelta(microseconds=1)
Rows = Iterator[counted.CountedRow]


def end_of(day: date) -> datetime:
    """Return the last moment of a business day: a deadline in days."""
    return calendars.day_start(day + timedelta(days=1)) - TICK


def refresh_session(session: TrainingSession, *, at: datetime) -> None:
    """Make the rows of a session of the year plan anew."""
    _keep(_of_session(session), OF_SESSION, [session.pk], at)


def _of_session(one: TrainingSession) -> Rows:
    due = end_of(one.first_planned_on)
    label = f"{one.course.code} {one.first_planned_on}"
    common = {"label": label[:60], "site_id": one.site_id}
    held = one.held_on is not None and one.held_on <= one.first_planned_on
    yield counted.row(
        PeopleRow, "H01", one.pk, due, is_hit=held, is_out=_cancelled(one, due), **common
    )
    if one.effect_due_on is not None and one.state == SessionState.HELD:
        seen = EffectCheck.objects.filter(session=one).first()
        until = end_of(one.effect_due_on)
        helped = seen is not None and seen.is_effective and seen.at <= until
        yield counted.row(PeopleRow, "H03", one.pk, until, is_hit=helped, **common)


def _cancelled(one: TrainingSession, due: datetime) -> bool:
    """Taken off the plan before its day; afterwards it was not held, and stays so."""
    if one.state != SessionState.CANCELLED:
        return False
    said = [row.at for row in history.changes_of(one) if row.verb == "cancel"]
    return bool(said) and said[0] <= due


def refresh_course(owed: CourseAssignment, *, at: datetime) -> None:
    """Make the row of a course somebody owes anew; one without an exam is not tested."""
    exam = getattr(owed.course, "exam", None)
    rows = [_of_course(owed)] if exam is not None else []
    _keep(rows, OF_COURSE, [owed.pk], at)


def _of_course(owed: CourseAssignment) -> counted.CountedRow:
    due = end_of(owed.due_on)
    first = owed.attempts.order_by("number").first()
    ended = first.finished_at if first is not None and first.state == AttemptState.PASSED else None
    person = owed.employee
    return counted.row(
        PeopleRow, "H02", owed.pk, due, label=f"{person.number} {owed.course.code}"[:60],
        site_id=_site_on(person, owed.due_on), courier_id=person.pk,
        is_hit=ended is not None and ended <= due,
    )  # fmt: skip


def _site_on(person: Employee, day: date) -> int:
    """Return where somebody worked on a day: records stay with the site of their time (B19)."""
    later = person.moves.filter(on__gt=day).order_by("on", "pk")
    return later.values_list("from_site_id", flat=True).first() or person.site_id


def refresh_courses_of(person: Employee, *, at: datetime) -> None:
    """Make the rows of everything a person owed anew, after a move."""
    for owed in person.assignments.select_related("course__exam", "employee"):
        refresh_course(owed, at=at)


def refresh_grade(employee_id: int, month: str, *, at: datetime) -> None:
    """Make the rows of a person's month anew; its newest confirmed version counts."""
    every = Assessment.objects.filter(employee=employee_id, month=month).order_by("version")
    versions = list(every.select_related("employee"))
    told = [one for one in versions if one.state != AssessmentState.DRAFT]
    rows = list(_of_grade(told[-1])) if told else []
    _keep(rows, OF_GRADE, [one.pk for one in versions], at)


def _of_grade(one: Assessment) -> Rows:
    """A month that was not graded has no score and no share."""
    if one.score is None or not one.grade or one.not_graded_reason:
        return
    moment = calendars.day_start(_next_month(one.month)) - TICK
    common = {
        "label": f"{one.employee.number} {one.month}", "site_id": one.site_id,
        "courier_id": one.employee_id,
    }  # fmt: skip
    yield counted.row(
        PeopleRow, "H05", one.pk, moment, is_hit=True, amount=round(one.score * 100), **common
    )
    yield counted.row(PeopleRow, "H05A", one.pk, moment, is_hit=one.grade == Grade.A, **common)
    yield counted.row(PeopleRow, "H05C", one.pk, moment, is_hit=one.grade == Grade.C, **common)


def refresh_due(month: str, people: Iterable[int], *, at: datetime) -> None:
    """Make the rows anew that say whether the month of these people was confirmed in time (H06)."""
    rows = Assessment.objects.filter(month=month, employee__in=people).order_by("version")
    versions: dict[int, list[Assessment]] = {}
    for one in rows.select_related("employee", "scheme"):
        versions.setdefault(one.employee_id, []).append(one)
    every = list(versions.values())
    _keep(map(_of_due, every), OF_DUE, [some[0].pk for some in every], at)


def _of_due(versions: Sequence[Assessment]) -> counted.CountedRow:
    """Confirmed once by its day is done; `amount` marks an objection that is open."""
    first = versions[0]
    until = end_of(_next_month(first.month).replace(day=first.scheme.due_day))
    told = [one.confirmed_at for one in versions if one.confirmed_at is not None]
    return counted.row(
        PeopleRow, "H06", first.pk, until, label=f"{first.employee.number} {first.month}",
        site_id=first.site_id, courier_id=first.employee_id,
        is_hit=bool(told) and min(told) <= until, is_out=_is_new(first.employee, first.month),
        amount=int(any(one.state == AssessmentState.OBJECTED for one in versions)),
    )  # fmt: skip


def _is_new(person: Employee, month: str) -> bool:
    """Say whether somebody joined too late in a month to be assessed for it."""
    day, end = person.hired_on, _next_month(month)
    if day < date.fromisoformat(f"{month}-01"):
        return False
    calendar, days = calendars.load(CALENDAR), 0
    while day < end and days < FEWEST_DAYS:
        days += bool(calendar.periods(day))
        day += timedelta(days=1)
    return days < FEWEST_DAYS


def _next_month(month: str) -> date:
    year, number = map(int, month.split("-"))
    return date(year + number // 12, number % 12 + 1, 1)


def refresh_suggestion(one: Suggestion, *, at: datetime) -> None:
    """Make the row of a suggestion anew: answered within thirty days, or not (H07).

    Neither its words nor who made it: those read who may read suggestions.
    """
    in_time = one.decided_at is not None and one.decided_at <= one.due_at
    row = counted.row(
        PeopleRow, "H07", one.pk, one.due_at, label=f"{calendars.business_day(one.at)}",
        site_id=_site_on(one.employee, calendars.business_day(one.at)), is_hit=in_time,
    )  # fmt: skip
    _keep([row], OF_SUGGESTION, [one.pk], at)


def renew(*, at: datetime) -> None:
    """Make every row anew, after an upgrade."""
    for session in TrainingSession.objects.select_related("course").order_by("pk"):
        refresh_session(session, at=at)
    owed = CourseAssignment.objects.select_related("course__exam", "employee").order_by("pk")
    for one in owed.iterator(chunk_size=500):
        refresh_course(one, at=at)
    months = Assessment.objects.exclude(state=AssessmentState.DRAFT).order_by("employee", "month")
    for employee_id, month in months.values_list("employee_id", "month").distinct():
        refresh_grade(employee_id, month, at=at)
    for month in Assessment.objects.order_by("month").values_list("month", flat=True).distinct():
        graded = Assessment.objects.filter(month=month).values_list("employee", flat=True)
        refresh_due(month, graded, at=at)
    ideas = Suggestion.objects.select_related("employee").order_by("pk")
    for idea in ideas.iterator(chunk_size=500):
        refresh_suggestion(idea, at=at)


def _keep(
    rows: Iterable[counted.CountedRow], kinds: Iterable[str], records: Iterable[int], at: datetime
) -> None:
    counted.keep(PeopleRow, rows, kinds=tuple(kinds), records=records, source=PEOPLE, at=at)
