"""Theory and practice together: the certificate comes when both are passed (TRN-11)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from staff.enums import OWED, AttemptState, CourseState
from staff.models import Attempt, Course, Employee, PracticeTest, User
from staff.services.training import issue_certificate


def practice_passed(employee: Employee, course: Course) -> bool:
    """Say whether the practical part is passed, or the course has none."""
    if course.practice_percent is None:
        return True
    last = PracticeTest.objects.filter(employee=employee, course=course).first()
    return last is not None and last.percent >= course.practice_percent


@transaction.atomic
def record_practice(
    employee: Employee, course: Course, *, percent: int, note: str = "", by: User, at: datetime
) -> PracticeTest:
    """Keep the points of a practical test; with theory passed before, the certificate follows."""
    if employee.user_id == by.pk:
        raise DomainError(_("Somebody else must examine you"), code="self", field="person")
    if course.practice_percent is None:
        raise DomainError(_("This course has no practical part"), code="no_practice")
    made = PracticeTest.objects.create(
        course=course, employee=employee, percent=percent, note=note, on=business_day(at),
        by=by, at=at,
    )  # fmt: skip
    audit.record("practice.create", made, actor=by, at=at)
    if percent >= course.practice_percent:
        _complete(employee, course, at=at)
    return made


def _complete(employee: Employee, course: Course, *, at: datetime) -> None:
    owed = employee.assignments.select_for_update().filter(course=course, state__in=OWED).first()
    theory = Attempt.objects.filter(assignment=owed, state=AttemptState.PASSED).first()
    if owed is None or theory is None:
        return
    issue_certificate(employee, course, at=at, attempt=theory)
    owed.state, owed.finished_at = CourseState.PASSED, at
    owed.save(update_fields=["state", "finished_at", "updated_at"])
