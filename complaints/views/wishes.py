"""What customers expect, need and suggest; visits to them; who serves them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from complaints import survey_scores
from complaints.enums import NeedSource, NeedStatus
from complaints.forms.customers import (
    DutyForm,
    ExpectationForm,
    NeedDecisionForm,
    NeedForm,
    VisitDoneForm,
    VisitForm,
    WhyForm,
)
from complaints.models import DeskDuty, Expectation, Need, Visit
from complaints.selectors import cases as case_selectors
from complaints.selectors import customers as selectors
from complaints.services import desk, visits
from complaints.services import wishes as services
from complaints.steps import NEED
from complaints.views.requests import StaffRequest
from courierqa.core.access import access_for, allow, may
from courierqa.core.calendars import business_day
from courierqa.core.forms import FieldErrors, form_page
from courierqa.core.paging import page_of
from courierqa.core.timeframes import BadPeriod, Period, parse_period, period_of
from shipments.models import Customer


@allow("customer", GET="read")
def visits_page(request: StaffRequest) -> HttpResponse:
    """List visits to make, late ones first, and what the quarter's visits say (CUS-09)."""
    now = timezone.now()
    today, view = business_day(now), request.GET.get("view", "")
    quarter = _quarter(request, today)
    marks = selectors.visits_in(quarter.start_at, quarter.end_at)
    context = {
        "title": _("Return visits"), "view": view, "today": today, "tab": "visits",
        "page": page_of(selectors.visits(view=view, today=today), request.GET,
                        order=("planned_on", "id")),
        "held": len(marks), "quarter": quarter.label,
        "happy": survey_scores.share_satisfied([mark for mark in marks if mark]),
    }  # fmt: skip
    return render(request, "complaints/customers/visits.html", context)


def _quarter(request: StaffRequest, today: date) -> Period:
    """Return the period asked for, or this quarter."""
    try:
        return parse_period(request.GET.get("period", "")[:20])
    except BadPeriod:
        return period_of("quarter", today)


@allow("customer", GET="change", POST="change")
def visit_new(request: StaffRequest, code: str) -> HttpResponse:
    """Plan a visit to a customer."""
    customer = get_object_or_404(Customer, code=code)
    people = case_selectors.colleagues(at=timezone.now())
    form = VisitForm(request.POST or None, people=people, initial={"visitor": request.user})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        errors = FieldErrors(form)
        with errors:
            visits.plan_visit(
                customer=customer, on=said["planned_on"], way=said["way"], by=request.user,
                purpose=said["purpose"], visitor=said["visitor"], at=timezone.now(),
            )  # fmt: skip
        if errors.ok:
            messages.success(request, _("Planned"))
            return redirect("complaints:customer", code)
    context = {
        "title": _("Plan a visit"), "lead": customer.name, "form": form,
        "back": reverse("complaints:customer", args=[code]), "submit": pgettext("verb", "Plan"),
    }  # fmt: skip
    return form_page(request, "components/form_page.html", context)


@allow("customer", GET="read", POST="change")
def visit_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a visit; write down what was heard, or cancel it."""
    visit = get_object_or_404(Visit.objects.select_related("customer", "visitor"), pk=pk)
    verb = request.POST.get("verb", "")
    done = VisitDoneForm(request.POST if verb == "hold" else None)
    why = WhyForm(request.POST if verb == "cancel" else None, auto_id="why-%s")
    sent: Any = why if verb == "cancel" else done
    if verb and sent.is_valid():
        errors = FieldErrors(sent)
        with errors:
            _settle_visit(request, visit, verb, sent.cleaned_data)
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("complaints:visit", pk)
    context = {
        "title": _("Visit to %(name)s") % {"name": visit.customer.name}, "visit": visit,
        "done": done, "why": why, "form": sent,
        "may_change": may(request.user, "customer", "change"),
    }  # fmt: skip
    return form_page(request, "complaints/customers/visit.html", context)


def _settle_visit(request: StaffRequest, visit: Visit, verb: str, said: dict[str, Any]) -> None:
    if verb == "hold":
        visits.hold_visit(visit=visit, said=visits.Said(**said), by=request.user, at=timezone.now())
    else:
        visits.cancel_visit(visit=visit, reason=said["reason"], by=request.user, at=timezone.now())


@allow("customer", GET="read")
def expectations_page(request: StaffRequest) -> HttpResponse:
    """Show the table: group, expectation, promise, gap (CUS-10)."""
    rows = Expectation.objects.select_related("checked_by")
    context = {"title": _("What customers expect"), "rows": rows, "tab": "expectations"}
    return render(request, "complaints/customers/expectations.html", context)


@allow("customer", GET="change", POST="change")
def expectation_edit(request: StaffRequest, pk: int = 0) -> HttpResponse:
    """Write a line of the table."""
    row = get_object_or_404(Expectation, pk=pk) if pk else None
    start = {name: getattr(row, name) for name in ExpectationForm.base_fields} if row else {}
    form = ExpectationForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.save_expectation(
                row=row, said=form.cleaned_data, by=request.user, at=timezone.now()
            )
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("complaints:expectations")
    title = str(row) if row else _("New expectation")
    context = {"title": title, "form": form, "back": reverse("complaints:expectations"),
               "submit": _("Save")}  # fmt: skip
    return form_page(request, "components/form_page.html", context)


@allow("customer", GET="read")
def needs_page(request: StaffRequest) -> HttpResponse:
    """List needs by where they were heard and what became of them (CUS-03)."""
    source, status = request.GET.get("source", ""), request.GET.get("status", "")
    reading = access_for(request.user, "case", "read")
    rows = selectors.needs(access=reading, source=source, status=status)
    context = {
        "title": _("What customers need"), "source": source, "status": status, "tab": "needs",
        "page": page_of(rows, request.GET, order=("-heard_at", "-id")),
        "sources": NeedSource.choices, "statuses": NeedStatus.choices,
    }  # fmt: skip
    return render(request, "complaints/customers/needs.html", context)


@allow("customer", GET="change", POST="change")
def need_new(request: StaffRequest) -> HttpResponse:
    """Write down a need."""
    form = NeedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            heard = services.Heard(**form.cleaned_data)
            need = services.record_need(heard=heard, by=request.user, at=timezone.now())
        if errors.ok:
            return redirect("complaints:need", need.pk)
    context = {"title": _("New need"), "form": form, "back": reverse("complaints:needs"),
               "submit": _("Save")}  # fmt: skip
    return form_page(request, "components/form_page.html", context)


@allow("customer", GET="read", POST="change")
def need_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a need; decide what changes and which improvement follows."""
    need = get_object_or_404(
        selectors.needs(access=access_for(request.user, "case", "read")), pk=pk
    )
    start = {"analysis": need.analysis, "improvement": need.improvement, "change": need.change}
    form = NeedDecisionForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        errors = FieldErrors(form)
        with errors:
            services.decide_need(
                need=need, status=said.pop("status"), said=said, by=request.user, at=timezone.now()
            )
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("complaints:need", pk)
    context = {
        "title": need.requirement, "need": need, "form": form, "tab": "needs",
        "may_change": may(request.user, "customer", "change") and bool(NEED.verbs(need.status)),
    }  # fmt: skip
    return form_page(request, "complaints/customers/need.html", context)


@allow("customer", GET="read")
def suggestions_page(request: StaffRequest) -> HttpResponse:
    """List what customers suggest, with the answer and what became of it (CUS-08)."""
    reading = access_for(request.user, "case", "read")
    rows = selectors.suggestions(reading) if reading else Need.objects.none()
    context = {"title": _("Suggestions"), "tab": "suggestions",
               "page": page_of(rows, request.GET, order=("-received_at", "-id"))}  # fmt: skip
    return render(request, "complaints/customers/suggestions.html", context)


@allow("customer", GET="read", POST="change")
def desk_page(request: StaffRequest) -> HttpResponse:
    """Show who does what at the desk, and name people for it (CUS-04)."""
    now = timezone.now()
    people = case_selectors.colleagues(at=now)
    may_change = may(request.user, "customer", "change")
    form = DutyForm(request.POST or None, people=people, initial={"weekdays": list("0123456")})
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        errors = FieldErrors(form)
        with errors:
            person, days = said.pop("person"), "".join(said.pop("weekdays"))
            duty = desk.Duty(**said, weekdays=days)
            desk.give_duty(person=person, duty=duty, by=request.user, at=now)
        if errors.ok:
            return redirect("complaints:desk")
    context = {"title": _("Customer service desk"), "duties": selectors.duties(), "form": form,
               "may_change": may_change, "tab": "desk"}  # fmt: skip
    return form_page(request, "complaints/customers/desk.html", context)


@allow("customer", POST="change")
def duty_end(request: StaffRequest, pk: int) -> HttpResponse:
    """End a duty."""
    desk.end_duty(duty=get_object_or_404(DeskDuty, pk=pk), by=request.user, at=timezone.now())
    return redirect("complaints:desk")
