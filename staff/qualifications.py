"""Who may do guarded work: a certificate that ended bars what it guards (STF-13, STF-14)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from courierqa.core.errors import DomainError
from courierqa.core.formats import day as day_words
from staff.enums import CourseState, Guard
from staff.models import Certificate, Course, CourseAssignment, Employee, Post


class NotQualified(DomainError):
    """A person was to be given work that needs a certificate they do not hold."""

    code = "not_qualified"


def valid_on(day: date) -> Q:
    """Return the filter of certificates valid on a day. One that ends on the day is not."""
    stands = Q(withdrawn_on=None) | Q(withdrawn_on__gt=day)
    return stands & (Q(expires_on=None) | Q(expires_on__gt=day))


def uncovered(person: Employee, post: Post, guard: str, *, day: date) -> list[Course]:
    """Return the guarded courses of a post for which the person holds nothing valid."""
    held = Certificate.objects.filter(valid_on(day), employee=person).values("course")
    return list(post.courses.filter(guards=guard).exclude(pk__in=held))


def require_for_post(person: Employee, post: Post, *, day: date) -> None:
    """Refuse a post whose guarded certificates the person does not hold."""
    missing = uncovered(person, post, Guard.POST, day=day)
    if missing:
        raise NotQualified(
            _("%(name)s needs a valid certificate “%(course)s” for this post. Record it first")
            % {"name": person.name, "course": missing[0]},
            field="post",
        )


def require_for_round(person: Employee, *, day: date) -> None:
    """Refuse a round to whoever let a guarding certificate end or missed its exam.

    Somebody new may work under supervision until the first due day of the course.
    """
    for course in uncovered(person, person.post, Guard.ROUND, day=day):
        ended = last_of(person, course)
        if ended is not None:
            why = _("%(name)s cannot take a round: the certificate “%(course)s” ended on %(day)s")
            on = ended.ends_on
        elif owed := _missed(person, course, day):
            why = _("%(name)s cannot take a round: the exam “%(course)s” was due on %(day)s")
            on = owed.due_on
        else:
            continue
        raise NotQualified(
            why % {"name": person.name, "course": course, "day": day_words(on)}, field="courier"
        )


def last_of(person: Employee, course: Course) -> Certificate | None:
    """Return the certificate of a course that lasts longest, taken back or not."""
    held = list(person.certificates.filter(course=course).order_by("pk"))
    return max(held, key=lambda one: one.ends_on or date.max, default=None)


def _missed(person: Employee, course: Course, day: date) -> CourseAssignment | None:
    late = person.assignments.filter(course=course, due_on__lt=day)
    return late.exclude(state=CourseState.PASSED).order_by("due_on").first()
