"""What a post requires is owed by itself: at first, and anew before a certificate ends."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from courierqa.core import notify
from courierqa.core.calendars import business_day
from staff.enums import OWED, CourseKind, EmployeeState
from staff.models import Certificate, Course, CourseAssignment, Employee
from staff.qualifications import last_of, valid_on
from staff.services.training import assign_course

# A certificate that ends this soon is to be renewed.
AHEAD = timedelta(days=30)
# However late the rule comes, nobody has less time than this to learn.
AT_LEAST = timedelta(days=7)
# Not assigned by this rule: given at the start, or examined by somebody else.
BY_HAND = (CourseKind.INDUCTION, CourseKind.EXTERNAL)


def assign_required(*, now: datetime) -> dict[str, int]:
    """Assign the courses posts require to whoever holds no certificate that lasts.

    Each certificate is renewed once: whoever then fails is the trainer's to decide about, not
    this rule's to send into the exam again and again. Inductions are for new people, who get them
    on being taken on.
    """
    made = 0
    required = Course.objects.filter(posts__isnull=False).exclude(kind__in=BY_HAND)
    for course in required.distinct():
        for person in _uncovered(course, business_day(now) + AHEAD):
            made += _assign(person, course, now=now)
    return {"assigned": made}


def _uncovered(course: Course, until: date) -> QuerySet[Employee]:
    """Return who needs this course, does not owe it, and holds it no longer than `until`."""
    theirs = {"employee": OuterRef("pk"), "course": course}
    lasting = Certificate.objects.filter(valid_on(until), **theirs)
    owed = CourseAssignment.objects.filter(state__in=OWED, **theirs)
    people = Employee.objects.filter(post__courses=course).exclude(state=EmployeeState.LEFT)
    return people.exclude(Exists(lasting)).exclude(Exists(owed)).order_by("pk")


@transaction.atomic
def _assign(person: Employee, course: Course, *, now: datetime) -> bool:
    held = last_of(person, course)
    done = person.assignments.filter(course=course)
    # Without a certificate any earlier assignment was the first; with one, its own renewal.
    if (done.filter(renews=held) if held else done).exists():
        return False
    owed = assign_course(person, course, due_on=_due_on(held, now), at=now, renews=held)
    _tell(owed, held, at=now)
    return True


def _due_on(held: Certificate | None, now: datetime) -> date:
    """Return the last day the certificate is valid, or a first date, never too soon to learn."""
    today = business_day(now)
    if held is None or held.ends_on is None:
        return today + AHEAD
    return max(held.ends_on - timedelta(days=1), today + AT_LEAST)


def _tell(owed: CourseAssignment, held: Certificate | None, *, at: datetime) -> None:
    user = owed.employee.user
    if user is None or not user.is_active:
        return
    link = reverse("staff:course", args=[owed.course.code])
    notify.send(
        key=f"course-{owed.pk}",
        channel="in_app",
        template=f"staff/{'course_renewal' if held else 'course_required'}",
        language=user.language or settings.LANGUAGE_CODE,
        user=user,
        context={"course": owed.course, "due_on": owed.due_on, "ends_on": held and held.ends_on},
        obj=owed,
        link=link,
        at=at,
    )
