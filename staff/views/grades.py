"""Monthly grades: the page of one month, confirming, objecting, deciding."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import access_for, allow
from courierqa.core.forms import FieldErrors
from courierqa.core.timeframes import parse_period
from staff import selectors, services
from staff.enums import AssessmentState
from staff.forms import ConfirmForm, DecideForm, ObjectForm
from staff.models import Assessment
from staff.views.files import file_of, wants_file


def _assessment(request: HttpRequest, number: str, month: str) -> Assessment:
    """Return the newest version the reader may see."""
    rows = selectors.assessments_for(request.access)
    found = rows.filter(employee__number=number, month=month).order_by("-version").first()
    if found is None:
        raise Http404
    return found


@allow("grade", GET="read")
def grades_page(request: HttpRequest) -> HttpResponse:
    """A month's grades within reach, for those who confirm them."""
    access = request.access
    if access.scope == "own":
        return _own_latest(request)
    months = selectors.months_known(access)
    month = request.GET.get("month", "") or (months[0] if months else "")
    state = request.GET.get("state", "")
    rows = selectors.month_rows(access, month, state=state) if month in months else []
    if wants_file(request):
        return _month_file(request, rows)
    page = {
        "title": _("Monthly grades"),
        "may_export": access_for(request.user, "grade", "export") is not None,
        "rows": rows,
        "months": months,
        "month": month,
        "state": state,
        "states": AssessmentState.choices,
    }
    return render(request, "staff/grades.html", page)


def _month_file(request: HttpRequest, rows: list[Assessment]) -> HttpResponse:
    """Answer with the month as it is filtered."""
    heads = [_("Month"), _("Staff number"), _("Name"), _("Site"), _("Grade"), _("Before"),
             _("Points"), _("Deliveries"), _("State")]  # fmt: skip
    lines = (
        [row.month, row.employee.number, row.employee.name, row.site, row.grade,
         row.previous_grade, float(row.score) if row.score is not None else None, row.deliveries,
         row.get_state_display()]
        for row in rows
    )  # fmt: skip
    return file_of(request, "grade", heads, lines)


def _own_latest(request: HttpRequest) -> HttpResponse:
    person = getattr(request.user, "employee", None)
    history = selectors.grade_history(person, limit=1) if person else []
    if history:
        return redirect("staff:grade", person.number, history[0].month)
    return render(request, "staff/grades.html", {"title": _("Monthly grades"), "own_empty": True})


@allow("grade", GET="read")
def grade_page(request: HttpRequest, number: str, month: str) -> HttpResponse:
    """Every part with value and target, how many, and the records behind it."""
    assessment, now = _assessment(request, number, month), timezone.now()
    services.note_look(assessment.employee, "grade", by=request.user, at=now, request=request)
    return _show(request, assessment)


def _show(request: HttpRequest, assessment: Assessment, **forms: Any) -> HttpResponse:
    now, person, reader = timezone.now(), assessment.employee, request.user
    objection = getattr(assessment, "objection", None)
    is_own = person.user_id == reader.pk
    is_draft = assessment.state == AssessmentState.DRAFT
    page = {
        "title": _("Grade of %(name)s") % {"name": person.name},
        "assessment": assessment,
        "person": person,
        "period": parse_period(assessment.month),
        "lines": selectors.part_lines(assessment),
        "red_lines": selectors.red_line_words(assessment),
        "history": selectors.grade_history(person),
        "objection": objection,
        "is_own": is_own,
        "may_confirm": is_draft and not is_own and _reaches(reader, "change", assessment),
        "may_object": is_own
        and assessment.state == AssessmentState.CONFIRMED
        and now <= assessment.object_until
        and access_for(reader, "grade", "object") is not None,
        "may_decide": assessment.state == AssessmentState.OBJECTED
        and not is_own
        and assessment.confirmed_by_id != reader.pk
        and _reaches(reader, "decide", assessment),
        "confirm_form": ConfirmForm(),
        "object_form": ObjectForm(),
        "decide_form": _decide_form(assessment),
        **forms,
    }
    is_bad = any(form.errors for form in forms.values())
    return render(request, "staff/grade.html", page, status=422 if is_bad else 200)


def _reaches(reader: Any, action: str, assessment: Assessment) -> bool:
    access = access_for(reader, "grade", action)
    if access is None:
        return False
    return access.is_all or assessment.site_id in access.sites


def _decide_form(assessment: Assessment, data: Any = None) -> DecideForm:
    codes = [part.code for part in assessment.parts.all() if part.score is not None]
    return DecideForm(data, parts=codes, red_lines=assessment.red_lines)


@allow("grade", POST="change")
def grade_confirm(request: HttpRequest, number: str, month: str) -> HttpResponse:
    """Freeze the month and start the time to object."""
    assessment = _assessment(request, number, month)
    form = ConfirmForm(request.POST)
    if form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.confirm_assessment(
                assessment, by=request.user, at=timezone.now(), note=form.cleaned_data["note"]
            )
        if errors.ok:
            messages.success(request, _("Confirmed. The person can object for five working days"))
            return redirect("staff:grade", number, month)
    return _show(request, assessment, confirm_form=form)


@allow("grade", POST="object")
def grade_object(request: HttpRequest, number: str, month: str) -> HttpResponse:
    """Disagree, with reasons."""
    assessment = _assessment(request, number, month)
    form = ObjectForm(request.POST)
    if form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.object_to_assessment(
                assessment, by=request.user, at=timezone.now(), text=form.cleaned_data["text"]
            )
        if errors.ok:
            messages.success(request, _("Objection sent. Somebody else will decide"))
            return redirect("staff:grade", number, month)
    return _show(request, assessment, object_form=form)


@allow("grade", POST="decide")
def grade_decide(request: HttpRequest, number: str, month: str) -> HttpResponse:
    """Decide on the objection."""
    assessment = _assessment(request, number, month)
    objection = getattr(assessment, "objection", None)
    if objection is None:
        raise Http404
    form = _decide_form(assessment, request.POST)
    if form.is_valid():
        asked = form.cleaned_data
        upheld = asked["outcome"] == "upheld"
        errors = FieldErrors(form)
        with errors:
            services.decide_objection(
                objection,
                by=request.user,
                at=timezone.now(),
                decision=asked["decision"],
                leave_out=asked["leave_out"] if upheld else (),
            )
        if errors.ok:
            messages.success(request, _("Decided. The person sees the reason"))
            return redirect("staff:grade", number, month)
    return _show(request, get_object_or_404(Assessment, pk=assessment.pk), decide_form=form)
