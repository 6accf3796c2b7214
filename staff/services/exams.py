"""Sitting an exam: start, answer, more time, finish. Every limit is kept here, on the server."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError, NotAllowed
from staff import counted
from staff.enums import OWED, AttemptState, CourseState
from staff.models import Attempt, CourseAssignment, Employee, Exam, Question
from staff.services.needs import need_of_exam
from staff.services.practice import practice_passed
from staff.services.training import issue_certificate
from staff.sittings import NoAttempt, check_start, draw_paper


def start_attempt(
    employee: Employee, exam: Exam, *, at: datetime, seed: int | None = None
) -> Attempt:
    """Begin a sitting, or go on with the open one.

    The person's row is locked, so of two starts at once the second finds the first; the unique
    constraints hold even without the lock.
    """
    overdue = Attempt.objects.filter(
        employee=employee, exam=exam, state=AttemptState.OPEN, ends_at__lt=at
    ).first()
    if overdue is not None:
        close_overdue(overdue, at=at)
    try:
        with transaction.atomic():
            Employee.objects.select_for_update().get(pk=employee.pk)
            return _start(employee, exam, at=at, seed=seed)
    except IntegrityError:
        return Attempt.objects.get(employee=employee, exam=exam, state=AttemptState.OPEN)


def _start(employee: Employee, exam: Exam, *, at: datetime, seed: int | None) -> Attempt:
    sat = list(Attempt.objects.filter(employee=employee, exam=exam).order_by("number"))
    if sat and sat[-1].state == AttemptState.OPEN:
        return sat[-1]
    owed = CourseAssignment.objects.filter(
        employee=employee, course=exam.course_id, state__in=OWED
    ).first()
    check_start(employee, exam, sat, owed, at=at)
    questions = list(Question.objects.filter(course=exam.course_id, is_active=True))
    if not questions:
        raise NoAttempt(_("This exam has no questions yet"), code="empty")
    drawn = draw_paper(
        questions, exam.size, seed=secrets.randbits(64) if seed is None else seed,
        blueprint=exam.blueprint,
    )  # fmt: skip
    if owed is not None and owed.state == CourseState.ASSIGNED:
        owed.state = CourseState.STARTED
        owed.save(update_fields=["state", "updated_at"])
    return Attempt.objects.create(
        exam=exam,
        employee=employee,
        assignment=owed,
        number=len(sat) + 1,
        paper=drawn,
        total=len(drawn),
        started_at=at,
        ends_at=at + timedelta(minutes=exam.minutes),
    )


def _own_open(attempt: Attempt, employee: Employee) -> Attempt:
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if locked.employee_id != employee.pk:
        raise NotAllowed(_("This is somebody else's exam"))
    if locked.state != AttemptState.OPEN:
        raise DomainError(_("This exam is finished"), code="finished")
    return locked


def answer_question(
    attempt: Attempt, *, employee: Employee, place: int, key: str, at: datetime
) -> Attempt:
    """Keep an answer; it may be changed until the exam is finished or its time is over."""
    with transaction.atomic():
        locked = _own_open(attempt, employee)
        in_time = at <= locked.ends_at
        if in_time:
            _keep(locked, place, key)
        else:
            locked = _close(locked, at=locked.ends_at, now=at)
    if not in_time:
        raise DomainError(_("Time is over; the exam was closed"), code="time_over")
    return locked


def _keep(attempt: Attempt, place: int, key: str) -> None:
    if not 0 <= place < len(attempt.paper):
        raise DomainError(_("There is no such question"), code="no_question", status=400)
    if key not in {option["key"] for option in attempt.paper[place]["options"]}:
        raise DomainError(_("Choose one of the answers"), code="no_option", field="key", status=400)
    attempt.answers = {**attempt.answers, str(place): key}
    attempt.save(update_fields=["answers"])


@transaction.atomic
def extend_attempt(attempt: Attempt, *, employee: Employee, at: datetime) -> Attempt:
    """Give more time, once, before the time is over."""
    locked = _own_open(attempt, employee)
    if locked.extended_at is not None:
        raise DomainError(_("More time was already given"), code="extended")
    if at > locked.ends_at:
        raise DomainError(_("Time is over"), code="time_over")
    locked.extended_at = at
    locked.ends_at += timedelta(minutes=locked.exam.extra_minutes)
    locked.save(update_fields=["extended_at", "ends_at"])
    return locked


@transaction.atomic
def finish_attempt(attempt: Attempt, *, employee: Employee, at: datetime) -> Attempt:
    """Hand the paper in; after the time is over it counts as handed in at its end."""
    locked = _own_open(attempt, employee)
    return _close(locked, at=min(at, locked.ends_at), now=at)


@transaction.atomic
def close_overdue(attempt: Attempt, *, at: datetime) -> Attempt:
    """Close a sitting whose time ran out while nobody was looking."""
    locked = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if locked.state == AttemptState.OPEN and at > locked.ends_at:
        locked = _close(locked, at=locked.ends_at, now=at)
    return locked


def _close(attempt: Attempt, *, at: datetime, now: datetime) -> Attempt:
    """Count the hits; what was not answered is a miss.

    It is closed as of `at`, the end of its time, however much later (`now`) that is seen: every
    evening in between changes with it.
    """
    exam = attempt.exam
    attempt.hits = sum(
        attempt.answers.get(str(place)) == question["correct"]
        for place, question in enumerate(attempt.paper)
    )
    passed = 100 * attempt.hits >= exam.pass_percent * len(attempt.paper)
    ran_out = at >= attempt.ends_at
    failed = AttemptState.EXPIRED if ran_out else AttemptState.FAILED
    attempt.state = AttemptState.PASSED if passed else failed
    attempt.finished_at = at
    attempt.save(update_fields=["hits", "state", "finished_at"])
    audit.record("exam.finish", attempt, actor=attempt.employee.user, at=at)
    _settle(attempt, passed=passed, at=at, now=now)
    if attempt.assignment is not None:
        counted.refresh_course(attempt.assignment, at=at)
    return attempt


def _settle(attempt: Attempt, *, passed: bool, at: datetime, now: datetime) -> None:
    """Close the course with a certificate, or, when no attempt is left, as not passed."""
    owed = attempt.assignment
    if passed and not practice_passed(attempt.employee, attempt.exam.course):
        # The practical part is still to come; the course stays owed until then.
        return
    if passed:
        issue_certificate(attempt.employee, attempt.exam.course, at=at, attempt=attempt, now=now)
    if owed is None:
        return
    used = Attempt.objects.filter(assignment=owed).count()
    if passed or used >= attempt.exam.max_attempts:
        owed.state = CourseState.PASSED if passed else CourseState.FAILED
        owed.finished_at = at
        owed.save(update_fields=["state", "finished_at", "updated_at"])
        if not passed:
            need_of_exam(attempt, at=at)
