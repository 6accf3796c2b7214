"""Sitting an exam: one question a screen, saved as it is answered."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from courierqa.core.access import allow
from courierqa.core.errors import DomainError
from staff import selectors, services
from staff.enums import AttemptState
from staff.models import Attempt, Course, Employee


def _own(request: HttpRequest) -> Employee:
    person = getattr(request.user, "employee", None)
    if person is None:
        raise Http404
    return person


def _own_attempt(request: HttpRequest, attempt_id: int) -> Attempt:
    """Return the reader's own sitting, closed if its time ran out meanwhile."""
    found = Attempt.objects.select_related("exam__course")
    attempt = get_object_or_404(found, pk=attempt_id, employee=_own(request))
    if attempt.state == AttemptState.OPEN and attempt.ends_at < timezone.now():
        services.close_overdue(attempt, at=timezone.now())
        attempt.refresh_from_db()
    return attempt


def _at(attempt: Attempt, place: int) -> str:
    return f"{reverse('staff:exam', args=[attempt.pk])}?n={place + 1}"


@allow("training", POST="take")
def exam_start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin, or go on where the open sitting stands."""
    course = get_object_or_404(Course.objects.filter(exam__isnull=False), code=code)
    try:
        attempt = services.start_attempt(_own(request), course.exam, at=timezone.now())
    except services.NoAttempt as refused:
        messages.error(request, refused.message)
        return redirect("staff:course", code)
    return redirect(_at(attempt, _first_open(attempt)))


def _first_open(attempt: Attempt) -> int:
    places = range(len(attempt.paper))
    return next((place for place in places if str(place) not in attempt.answers), 0)


@allow("training", GET="take")
@never_cache
def exam_page(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """One question; `?n=` says which."""
    attempt = _own_attempt(request, attempt_id)
    if attempt.state != AttemptState.OPEN:
        return redirect("staff:exam_result", attempt_id)
    asked = request.GET.get("n", "")
    place = int(asked) - 1 if asked.isdecimal() and len(asked) < 4 else _first_open(attempt)
    return _show(request, attempt, min(max(place, 0), len(attempt.paper) - 1))


def _show(
    request: HttpRequest, attempt: Attempt, place: int, problem: str = "", status: int = 200
) -> HttpResponse:
    total = len(attempt.paper)
    page = {
        "title": str(attempt.exam.course),
        "attempt": attempt,
        "question": selectors.shown_question(attempt, place),
        "number": place + 1,
        "total": total,
        "is_last": place == total - 1,
        "answered": len(attempt.answers),
        "steps": [(n + 1, str(n) in attempt.answers) for n in range(total)],
        "seconds_left": max(0, int((attempt.ends_at - timezone.now()).total_seconds())),
        "problem": problem,
    }
    template = "staff/_question.html" if request.htmx else "staff/exam.html"
    return render(request, template, page, status=status)


@allow("training", POST="take")
@never_cache
def exam_answer(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """Keep the answer; with `go` move on, without it only say that it is saved."""
    attempt = _own_attempt(request, attempt_id)
    if attempt.state != AttemptState.OPEN:
        return _to_result(request, attempt)
    posted = request.POST.get("place", "")
    place = int(posted) if posted.isdecimal() and len(posted) < 4 else -1
    if not 0 <= place < len(attempt.paper):
        raise Http404
    go = request.POST.get("go", "")
    key = request.POST.get("key", "")
    if key:
        try:
            attempt = services.answer_question(
                attempt, employee=_own(request), place=place, key=key, at=timezone.now()
            )
        except DomainError as refused:
            return _refused(request, attempt, place, refused)
    if not go:
        return render(request, "staff/_saved.html", {"answered": len(attempt.answers)})
    step = {"next": 1, "back": -1}.get(go, 0)
    wanted = min(max(place + step, 0), len(attempt.paper) - 1)
    return redirect(_at(attempt, wanted))


def _refused(
    request: HttpRequest, attempt: Attempt, place: int, refused: DomainError
) -> HttpResponse:
    attempt.refresh_from_db()
    if attempt.state != AttemptState.OPEN:
        return _to_result(request, attempt)
    return _show(request, attempt, place, problem=refused.message, status=refused.status)


def _to_result(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    address = reverse("staff:exam_result", args=[attempt.pk])
    if request.htmx:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = address
        return response
    return redirect(address)


@allow("training", POST="take")
def exam_extend(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """More time, once."""
    attempt = _own_attempt(request, attempt_id)
    posted = request.POST.get("place", "0")
    place = int(posted) if posted.isdecimal() and len(posted) < 4 else 0
    try:
        services.extend_attempt(attempt, employee=_own(request), at=timezone.now())
    except DomainError as refused:
        messages.error(request, refused.message)
    return redirect(_at(attempt, place))


@allow("training", POST="take")
def exam_finish(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """Hand in."""
    attempt = _own_attempt(request, attempt_id)
    if attempt.state == AttemptState.OPEN:
        services.finish_attempt(attempt, employee=_own(request), at=timezone.now())
    return redirect("staff:exam_result", attempt_id)


@allow("training", GET="read")
@never_cache
def exam_result(request: HttpRequest, attempt_id: int) -> HttpResponse:
    """The result, with the rule behind every miss."""
    attempt = get_object_or_404(selectors.attempts_for(request.access), pk=attempt_id)
    if attempt.state == AttemptState.OPEN:
        return redirect("staff:exam", attempt_id)
    shown = [selectors.shown_question(attempt, place) for place in range(len(attempt.paper))]
    own = getattr(request.user, "employee", None)
    is_own = own is not None and own.pk == attempt.employee_id
    page = {
        "title": _("Result: %(course)s") % {"course": attempt.exam.course},
        "attempt": attempt,
        "misses": [question for question in shown if not question.is_hit],
        "percent": round(100 * (attempt.hits or 0) / max(attempt.total or 1, 1)),
        "certificate": getattr(attempt, "certificate", None),
        "sitting": (
            selectors.sitting(own, attempt.exam, now=timezone.now()) if is_own and own else None
        ),
        "is_own": is_own,
    }
    return render(request, "staff/exam_result.html", page)
