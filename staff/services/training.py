"""Courses: who owes them, what was read, the certificate at the end."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError, NotAllowed
from staff import counted, on_post
from staff.enums import OWED, CourseState, EmployeeState
from staff.models import Attempt, Certificate, Course, CourseAssignment, Employee, Lesson, User


def assign_course(
    employee: Employee,
    course: Course,
    *,
    due_on: date,
    by: User | None = None,
    at: datetime,
    reason: str = "",
    renews: Certificate | None = None,
) -> CourseAssignment:
    """Make a person owe a course by a day; one already owed keeps its earlier day."""
    if employee.state == EmployeeState.LEFT:
        raise DomainError(_("This person has left"), code="left", field="person")
    with transaction.atomic():
        Employee.objects.select_for_update().get(pk=employee.pk)
        found = CourseAssignment.objects.filter(employee=employee, course=course, state__in=OWED)
        if owed := found.first():
            return owed
        made = CourseAssignment.objects.create(
            employee=employee, course=course, due_on=due_on, assigned_by=by, reason=reason,
            renews=renews,
        )  # fmt: skip
        counted.refresh_course(made, at=at)
        on_post.refresh_person(employee.pk, at=at)
        audit.record("training.assign", made, actor=by, at=at, reason=reason)
    return made


def assign_to_all(
    people: Iterable[Employee], course: Course, *, due_on: date, by: User, at: datetime
) -> int:
    """Assign to everybody who does not owe it yet; return how many."""
    if due_on < business_day(at):
        raise DomainError(_("Choose today or a later day"), code="past", field="due_on")
    before = set(
        CourseAssignment.objects.filter(course=course, state__in=OWED).values_list(
            "employee", flat=True
        )
    )
    wanted = [p for p in people if p.pk not in before and p.state != EmployeeState.LEFT]
    # People are locked in one order everywhere.
    wanted.sort(key=lambda one: one.pk)
    with transaction.atomic():
        for person in wanted:
            assign_course(person, course, due_on=due_on, by=by, at=at)
    return len(wanted)


@transaction.atomic
def read_lesson(employee: Employee, lesson: Lesson) -> CourseAssignment | None:
    """Note that a person read a lesson of a course they owe; reading twice changes nothing."""
    owed = (
        CourseAssignment.objects.select_for_update()
        .filter(employee=employee, course=lesson.course_id, state__in=OWED)
        .first()
    )
    if owed is None or lesson.position in owed.lessons_read:
        return owed
    owed.lessons_read = sorted([*owed.lessons_read, lesson.position])
    owed.state = CourseState.STARTED
    owed.save(update_fields=["lessons_read", "state", "updated_at"])
    return owed


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, the last of the month where it does not exist."""
    place = day.month - 1 + months
    year, month = day.year + place // 12, place % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@transaction.atomic
def issue_certificate(
    employee: Employee,
    course: Course,
    *,
    at: datetime,
    attempt: Attempt | None = None,
    now: datetime | None = None,
) -> Certificate:
    """Give the proof of a passed course; one attempt gives one certificate.

    It is dated `at`; where that lies in the past, `now` says up to when evenings change with it.
    """
    if attempt is not None and (given := Certificate.objects.filter(attempt=attempt).first()):
        return given
    day = business_day(at)
    # The person's row is locked so that two certificates never take one number.
    Employee.objects.select_for_update().get(pk=employee.pk)
    place = Certificate.objects.filter(employee=employee).count() + 1
    certificate = Certificate.objects.create(
        number=f"{day:%Y}-{employee.number}-{place:02}",
        employee=employee,
        course=course,
        attempt=attempt,
        issued_on=day,
        expires_on=add_months(day, course.valid_months) if course.valid_months else None,
    )
    on_post.refresh_person(employee.pk, at=now or at)
    audit.record("training.certify", certificate, actor=None, at=at)
    return certificate


@transaction.atomic
def withdraw_certificate(
    certificate: Certificate, *, on: date, reason: str, by: User, at: datetime
) -> Certificate:
    """Take a certificate back: from this day on it proves nothing (TRN-13)."""
    certificate = Certificate.objects.select_for_update().get(pk=certificate.pk)
    if by.pk == certificate.employee.user_id:
        raise NotAllowed(_("Nobody decides about themselves"))
    if certificate.withdrawn_on is not None:
        raise DomainError(_("This certificate was taken back already"), code="withdrawn")
    if not certificate.issued_on <= on <= business_day(at):
        raise DomainError(
            _("Choose a day from the issue of the certificate to today"), code="bad_day", field="on"
        )
    certificate.withdrawn_on, certificate.withdrawn_reason = on, reason
    certificate.save(update_fields=["withdrawn_on", "withdrawn_reason", "updated_at"])
    on_post.refresh_person(certificate.employee_id, at=at)
    audit.record("training.withdraw", certificate, actor=by, at=at, reason=reason)
    return certificate
