"""Courses and lessons, who owes them, certificates."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courierqa.core.access import Access, access_for, allow, may
from courierqa.core.calendars import business_day
from courierqa.core.enums import Scope
from courierqa.core.forms import FieldErrors
from staff import selectors, services
from staff.enums import EmployeeState
from staff.forms import AssignForm
from staff.forms.work import WithdrawForm
from staff.lessons import rendered
from staff.models import Course, Employee, Lesson
from staff.views.records import Deed, Record, record_page

DUE_IN = timedelta(days=14)


def _own(request: HttpRequest) -> Employee | None:
    return getattr(request.user, "employee", None)


@allow("training", GET="read")
def training_page(request: HttpRequest) -> HttpResponse:
    """What I owe and hold; for trainers also what everybody owes."""
    now, person, access = timezone.now(), _own(request), request.access
    sees_others = access.scope != Scope.OWN
    page = {
        "title": _("Training"),
        "person": person,
        "own": selectors.own_courses(person, now=now) if person else [],
        "certificates": selectors.own_certificates(person) if person else [],
        "courses": Course.objects.all(),
        "rows": selectors.course_rows(access, now=now) if sees_others else [],
        "expired": selectors.expired_certificates(access, now=now) if sees_others else [],
        "today": business_day(now),
        "sees_others": sees_others,
    }
    return render(request, "staff/training.html", page)


@allow("training", GET="read", POST="assign")
def course_page(request: HttpRequest, code: str) -> HttpResponse:
    """A course with its lessons and exam; POST assigns it."""
    course = get_object_or_404(Course.objects.select_related("exam"), code=code)
    reach = access_for(request.user, "training", "assign")
    form = _assign_form(request, reach) if reach else None
    if request.method == "POST" and form is not None and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            count = services.assign_to_all(
                form.chosen(),
                course,
                due_on=form.cleaned_data["due_on"],
                by=request.user,
                at=timezone.now(),
            )
        if errors.ok:
            messages.success(request, _assigned_words(count))
            return redirect("staff:course", code)
    status = 422 if form is not None and form.is_bound and form.errors else 200
    return render(request, "staff/course.html", _course(request, course, form), status=status)


def _assign_form(request: HttpRequest, reach: Access) -> AssignForm:
    people = selectors.employees_for(reach).exclude(state=EmployeeState.LEFT)
    return AssignForm(
        request.POST or None,
        people=people,
        sites=selectors.sites_for(reach),
        initial={"due_on": business_day(timezone.now()) + DUE_IN},
    )


def _assigned_words(count: int) -> str:
    if not count:
        return _("Everybody chosen owes this course already")
    return ngettext("Assigned to %(n)d person", "Assigned to %(n)d people", count) % {"n": count}


def _course(request: HttpRequest, course: Course, form: AssignForm | None) -> dict[str, Any]:
    now, person, access = timezone.now(), _own(request), _reading(request)
    exam = getattr(course, "exam", None)
    site, only = request.GET.get("site", ""), request.GET.get("only", "")
    sees_others = access.scope != Scope.OWN
    return {
        "title": str(course),
        "course": course,
        "lessons": course.lessons.all(),
        "exam": exam,
        "owed": selectors.open_assignment(person, course),
        "sitting": selectors.sitting(person, exam, now=now) if person and exam else None,
        "form": form,
        "sees_others": sees_others,
        "sites": selectors.sites_for(access).distinct() if sees_others else [],
        "site": site,
        "only": only,
        "learners": (
            selectors.learners(course, access, site=site, only=only, now=now) if sees_others else []
        ),
        "weak": selectors.weak_questions(course) if access.is_all else [],
    }


def _reading(request: HttpRequest) -> Access:
    """Return the reader's reach for reading, also when the request assigns."""
    access = access_for(request.user, "training", "read")
    return access if access is not None else request.access


@allow("training", GET="read", POST="take")
def lesson_page(request: HttpRequest, code: str, position: int) -> HttpResponse:
    """One lesson; POST marks it as read and goes on to the next."""
    lessons = Lesson.objects.select_related("course")
    lesson = get_object_or_404(lessons, course__code=code, position=position)
    last = Lesson.objects.filter(course=lesson.course).count()
    person = _own(request)
    if request.method == "POST":
        if person is not None:
            services.read_lesson(person, lesson)
        if position < last:
            return redirect("staff:lesson", code, position + 1)
        return redirect("staff:course", code)
    english = (request.LANGUAGE_CODE or "").startswith("en")
    owed = selectors.open_assignment(person, lesson.course)
    page = {
        "title": str(lesson),
        "lesson": lesson,
        "body": rendered(lesson.body_en if english else lesson.body),
        "last": last,
        "owed": owed,
        "is_read": owed is not None and position in owed.lessons_read,
    }
    return render(request, "staff/lesson.html", page)


@allow("training", GET="read", POST="change")
def certificate_page(request: HttpRequest, number: str) -> HttpResponse:
    """A certificate as a page that prints well; it can be taken back here."""
    found = selectors.certificates_for(request.access)
    certificate = get_object_or_404(found, number=number)
    today = business_day(timezone.now())

    def withdraw(said: dict[str, Any]) -> None:
        services.withdraw_certificate(certificate, **said, by=request.user, at=timezone.now())

    deed = Deed("withdraw", _("Take the certificate back"),
                partial(WithdrawForm, initial={"on": today}), withdraw, icon="x",
                is_grave=True)  # fmt: skip
    may_withdraw = certificate.withdrawn_on is None and may(request.user, "training", "change")
    record = Record(
        title=_("Certificate %(number)s") % {"number": number}, back=reverse("staff:training"),
        back_label=_("Training"), facts=[], deeds=[deed] if may_withdraw else [],
    )  # fmt: skip
    is_valid = certificate.ends_on is None or certificate.ends_on > today
    return record_page(request, record, "staff/certificate.html", certificate=certificate,
                       is_valid=is_valid)  # fmt: skip
