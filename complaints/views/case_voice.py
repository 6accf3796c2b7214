"""The panel beside a case: whose customer it is, what is known, an honest no, a need."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from complaints.enums import OPEN, CustomerClass, Status
from complaints.forms.customers import NeedOfCaseForm, NotPossibleForm
from complaints.models import Case, LibraryEntry, Need, NotPossible
from complaints.selectors import customers as selectors
from complaints.services import wishes
from complaints.views.case import find_case
from complaints.views.requests import StaffRequest
from courierqa.core.access import allow, may
from courierqa.core.forms import FieldErrors


@allow("case", GET="read")
def case_voice(request: StaffRequest, number: str) -> HttpResponse:
    """Give the case page its panel about the customer."""
    return _panel(request, find_case(request, number))


@allow("case", POST="change")
def case_need(request: StaffRequest, number: str) -> HttpResponse:
    """Take the case up as a need of customers (CUS-03, CUS-08)."""
    case, form = find_case(request, number), NeedOfCaseForm(request.POST, auto_id="need-%s")
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            words = form.cleaned_data["requirement"]
            wishes.need_of_case(case=case, requirement=words, by=request.user, at=timezone.now())
    return _done(request, case, errors, need_form=form)


@allow("case", POST="change")
def case_not_possible(request: StaffRequest, number: str) -> HttpResponse:
    """Keep why a wish cannot be met and what is offered instead (CUS-07)."""
    case, form = find_case(request, number), NotPossibleForm(request.POST, auto_id="no-%s")
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            wishes.say_not_possible(
                case=case, by=request.user, at=timezone.now(), **form.cleaned_data
            )
    return _done(request, case, errors, no_form=form)


def _done(request: StaffRequest, case: Case, errors: FieldErrors, **forms: Form) -> HttpResponse:
    """After a deed: the fresh panel, or the page again where there is no script."""
    if errors.ok:
        forms = {}
        if not request.htmx:
            return redirect("complaints:case", case.number)
    return _panel(request, case, status=200 if errors.ok else 422, **forms)


def _panel(request: StaffRequest, case: Case, *, status: int = 200, **forms: Any) -> HttpResponse:
    found = selectors.file_of(parcel=case.parcel, phone_index=case.phone_index)
    context = {
        "case": case, "file": found,
        "class_name": dict(CustomerClass.choices).get(found.customer.customer_class, "")
        if found else "",
        "refusal": NotPossible.objects.filter(case=case).select_related("by").first(),
        "need": Need.objects.filter(case=case).first(),
        "example": LibraryEntry.objects.filter(case=case).first(),
        "no_form": NotPossibleForm(auto_id="no-%s"),
        "need_form": NeedOfCaseForm(auto_id="need-%s"),
        "is_open": case.status in OPEN, "is_closed": case.status == Status.CLOSED,
        "may_change": may(request.user, "case", "change"),
        "may_write": may(request.user, "example", "create"),
        "may_customer": may(request.user, "customer", "read"), **forms,
    }  # fmt: skip
    return render(request, "complaints/customers/_case_voice.html", context, status=status)
