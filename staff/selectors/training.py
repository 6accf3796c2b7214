"""Courses, sittings and certificates as the pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from courierqa.core.access import Access
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from courierqa.core.formats import day, is_english
from staff.enums import OWED, AttemptState, CourseState, EmployeeState
from staff.models import Attempt, Certificate, Course, CourseAssignment, Employee, Exam
from staff.qualifications import valid_on
from staff.sittings import check_start

# A certificate that ends this soon is worth a reminder.
SOON = timedelta(days=30)


@dataclass(frozen=True)
class OwnCourse:
    """A course a person owes, with how far they are."""

    assignment: CourseAssignment
    read: int
    lessons: int
    is_overdue: bool

    @property
    def course(self) -> Course:
        return self.assignment.course


def own_courses(employee: Employee, *, now: datetime) -> list[OwnCourse]:
    """Return what a person still owes, nearest due day first."""
    today = business_day(now)
    owed = employee.assignments.filter(state__in=OWED).select_related("course")
    return [
        OwnCourse(row, len(row.lessons_read), row.pages, row.due_on < today)
        for row in owed.annotate(pages=Count("course__lessons")).order_by("due_on", "pk")
    ]


def own_certificates(employee: Employee) -> list[Certificate]:
    """Return a person's certificates, newest first."""
    return list(employee.certificates.select_related("course"))


def ending_certificates(employee: Employee, *, now: datetime) -> list[Certificate]:
    """Return what of a person's certificates has ended or will within 30 days, not renewed."""
    own = _expired(Q(employee=employee), business_day(now) + SOON)
    return list(own.select_related("course").order_by("expires_on", "pk"))


def open_assignment(employee: Employee | None, course: Course) -> CourseAssignment | None:
    """Return what the person owes of this course, if anything."""
    if employee is None:
        return None
    return employee.assignments.filter(course=course, state__in=OWED).first()


@dataclass(frozen=True)
class Sitting:
    """How a person stands with an exam: may they start, go on, or when again."""

    open_attempt: Attempt | None
    refusal: str
    from_at: datetime | None
    past: list[Attempt]
    left: int


def sitting(employee: Employee, exam: Exam, *, now: datetime) -> Sitting:
    """Return what the start button should say."""
    sat = list(Attempt.objects.filter(employee=employee, exam=exam).order_by("number"))
    running = [a for a in sat if a.state == AttemptState.OPEN and a.ends_at >= now]
    owed = open_assignment(employee, exam.course)
    refusal, from_at = "", None
    try:
        check_start(employee, exam, sat, owed, at=now)
    except DomainError as error:
        refusal, from_at = error.message, getattr(error, "from_at", None)
        if error.code == "not_assigned":
            refusal = _why_not_owed(employee, exam.course, now=now)
    used = sum(attempt.assignment_id == owed.pk for attempt in sat) if owed else 0
    past = [a for a in reversed(sat) if a.state != AttemptState.OPEN]
    running_one = running[0] if running else None
    return Sitting(running_one, refusal, from_at, past, max(0, exam.max_attempts - used))


def _why_not_owed(employee: Employee, course: Course, *, now: datetime) -> str:
    """Say why there is nothing to sit: held, failed, about to be assigned, or not theirs."""
    held = employee.certificates.filter(valid_on(business_day(now)), course=course).first()
    if held is not None and held.expires_on is None:
        return _("You passed; your certificate has no end")
    if held is not None:
        return _("You passed; your certificate is valid until %(day)s") % {
            "day": day(held.expires_on)
        }
    last = employee.assignments.filter(course=course).order_by("-pk").first()
    if last is not None and last.state == CourseState.FAILED:
        return _("All attempts are used. Ask your trainer for a new assignment")
    if employee.post.courses.filter(pk=course.pk).exists():
        return _("Your post requires this course. It is assigned to you within the hour")
    return _("This course is not assigned to you")


@dataclass(frozen=True)
class CourseRow:
    """A course in the trainer's overview: counts over the people the trainer sees."""

    course: Course
    owed: int
    overdue: int
    due_soon: int
    tested: int
    passed_first: int
    expired: int

    @property
    def passed_share(self) -> float | None:
        return self.passed_first / self.tested if self.tested else None


def course_rows(access: Access, *, now: datetime) -> list[CourseRow]:
    """Return every course with who is due, who passed at the first try, what has expired."""
    today = business_day(now)
    seen = access.rows(site="employee__site", own="employee")
    working = seen & ~Q(employee__state=EmployeeState.LEFT)
    owed = _owed_counts(working, today)
    tested = dict(_first_try_counts(working))
    expired = dict(_expired(working, today).values_list("course").annotate(n=Count("pk")))
    return [
        CourseRow(
            course=course,
            **owed.get(course.pk, {"owed": 0, "overdue": 0, "due_soon": 0}),
            tested=tested.get(course.pk, (0, 0))[0],
            passed_first=tested.get(course.pk, (0, 0))[1],
            expired=expired.get(course.pk, 0),
        )
        for course in Course.objects.all()
    ]


def _owed_counts(seen: Q, today: date) -> dict[int, dict[str, int]]:
    rows = (
        CourseAssignment.objects.filter(seen, state__in=OWED)
        .values("course")
        .annotate(
            owed=Count("pk"),
            overdue=Count("pk", filter=Q(due_on__lt=today)),
            due_soon=Count("pk", filter=Q(due_on__gte=today, due_on__lte=today + SOON)),
        )
        .order_by()
    )
    return {row.pop("course"): row for row in rows}


def _first_try_counts(seen: Q) -> list[tuple[int, tuple[int, int]]]:
    """Count the first sitting of each person and course: taken, passed (H02)."""
    first = Attempt.objects.filter(seen).exclude(state=AttemptState.OPEN)
    earlier = Attempt.objects.filter(
        employee=OuterRef("employee"), exam=OuterRef("exam"), number__lt=OuterRef("number")
    )
    rows = (
        first.exclude(Exists(earlier))
        .values_list("exam__course")
        .annotate(n=Count("pk"), passed=Count("pk", filter=Q(state=AttemptState.PASSED)))
        .order_by()
    )
    return [(course, (n, passed)) for course, n, passed in rows]


def _expired(seen: Q, today: date) -> QuerySet[Certificate]:
    """Return certificates that ended and were not renewed. Expired today is not valid."""
    rows = Certificate.objects.filter(seen, expires_on__lte=today, withdrawn_on=None)
    renewed = Certificate.objects.filter(
        valid_on(today), employee=OuterRef("employee"), course=OuterRef("course")
    )
    return rows.exclude(Exists(renewed)).order_by()


def expired_certificates(access: Access, *, now: datetime) -> list[Certificate]:
    """Return what has expired and what soon will, for the people the reader sees."""
    today = business_day(now)
    seen = access.rows(site="employee__site", own="employee")
    working = seen & ~Q(employee__state=EmployeeState.LEFT)
    found = _expired(working, today + SOON).select_related("employee__site", "course")
    return list(found.order_by("expires_on", "pk")[:50])


@dataclass(frozen=True)
class Learner:
    """A person in a course's table."""

    person: Employee
    assignment: CourseAssignment
    best: int | None
    is_overdue: bool


def learners(
    course: Course, access: Access, *, site: str = "", only: str = "", now: datetime
) -> list[Learner]:
    """Return the people of a course, overdue first, narrowed by site and state."""
    today = business_day(now)
    rows = CourseAssignment.objects.filter(
        access.rows(site="employee__site", own="employee"), course=course
    ).exclude(employee__state=EmployeeState.LEFT)
    if site:
        rows = rows.filter(employee__site__code=site)
    if only == "overdue":
        rows = rows.filter(state__in=OWED, due_on__lt=today)
    elif only == "open":
        rows = rows.filter(state__in=OWED)
    rows = rows.select_related("employee__site", "employee__post")
    best = Max("attempts__hits")
    return [
        Learner(row.employee, row, row.best, row.state in OWED and row.due_on < today)
        for row in rows.annotate(best=best).order_by("due_on", "employee__number")[:500]
    ]


@dataclass(frozen=True)
class Shown:
    """A question of a paper in the reader's language."""

    place: int
    text: str
    options: list[dict[str, str]]
    chosen: str
    correct: str
    explanation: str

    @property
    def is_hit(self) -> bool:
        return self.chosen == self.correct


def shown_question(attempt: Attempt, place: int) -> Shown:
    """Return one question as the reader sees it."""
    question = attempt.paper[place]
    return Shown(
        place=place,
        text=_words(question, "text"),
        options=[
            {"key": option["key"], "text": option["en" if is_english() else "zh"]}
            for option in question["options"]
        ],
        chosen=attempt.answers.get(str(place), ""),
        correct=question["correct"],
        explanation=_words(question, "explanation"),
    )


def _words(question: dict[str, Any], name: str) -> str:
    return question[f"{name}_en"] if is_english() else question[name]


def attempts_for(access: Access) -> QuerySet[Attempt]:
    """Return the sittings the reader may see."""
    rows = access.rows(site="employee__site", own="employee")
    return Attempt.objects.filter(rows).select_related("exam__course", "employee__site")


def certificates_for(access: Access) -> QuerySet[Certificate]:
    """Return the certificates the reader may see."""
    rows = access.rows(site="employee__site", own="employee")
    return Certificate.objects.filter(rows).select_related("course", "employee__post")


def weak_questions(course: Course, *, limit: int = 5) -> list[tuple[str, int, int]]:
    """Return the questions most often missed in finished sittings: (text, misses, times asked)."""
    asked: dict[int, list[int]] = {}
    texts: dict[int, dict[str, Any]] = {}
    finished = Attempt.objects.filter(exam__course=course).exclude(state=AttemptState.OPEN)
    for paper, answers in finished.order_by("-pk").values_list("paper", "answers")[:500]:
        for place, question in enumerate(paper):
            texts.setdefault(question["id"], question)
            tally = asked.setdefault(question["id"], [0, 0])
            tally[0] += answers.get(str(place)) != question["correct"]
            tally[1] += 1
    worst = sorted(asked.items(), key=lambda item: (-item[1][0] / item[1][1], item[0]))
    return [(_words(texts[pk], "text"), m, n) for pk, (m, n) in worst[:limit] if m]
