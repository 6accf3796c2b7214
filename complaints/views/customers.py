"""Files of customers: the list, one file with its history, the contact behind a logged door."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.enums import CustomerClass
from complaints.forms import RevealForm
from complaints.forms.customers import CustomerForm
from complaints.models import CustomerFile
from complaints.selectors import cases as case_selectors
from complaints.selectors import customers as selectors
from complaints.services import customers as services
from complaints.views.requests import StaffRequest
from courierqa.core import audit, privacy
from courierqa.core.access import access_for, allow, may
from courierqa.core.enums import ViewTask
from courierqa.core.exports import csv_response
from courierqa.core.forms import FieldErrors, form_page
from courierqa.core.paging import page_of
from shipments.models import Customer


@allow("customer", GET="read")
def customers_page(request: StaffRequest) -> HttpResponseBase:
    """List customers by class and words, key customers not hidden among the rest."""
    text = request.GET.get("q", "")[:60].strip()
    wanted = request.GET.get("class", "")
    reading = access_for(request.user, "case", "read")
    rows = selectors.customers(access=reading, text=text, customer_class=wanted)
    if request.GET.get("format") == "csv" and may(request.user, "customer", "export"):
        return _file(rows, request)
    context = {
        "title": _("Customer files"), "page": page_of(rows, request.GET, order=("code",)),
        "q": text, "wanted": wanted, "classes": CustomerClass.choices, "tab": "customers",
    }  # fmt: skip
    return render(request, "complaints/customers/list.html", context)


@allow("customer", GET="change", POST="change")
def customer_new(request: StaffRequest) -> HttpResponse:
    """Take a customer on the books."""
    form = _form(request, initial={"customer_class": "standard"})
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            said = dict(form.cleaned_data)
            code = said.pop("code")
            text = services.FileText(**said)
            services.open_file(code=code, said=text, by=request.user, at=timezone.now())
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("complaints:customer", code)
    return _edit(request, form, title=_("New customer"))


@allow("customer", GET="change", POST="change")
def customer_edit(request: StaffRequest, code: str) -> HttpResponse:
    """Change a file."""
    customer = get_object_or_404(Customer.objects.select_related("file"), code=code)
    form = _form(request, initial=_start(customer))
    form.fields["code"].disabled = True
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            said = dict(form.cleaned_data)
            said.pop("code")
            said["contact_phone"] = said["contact_phone"] or None
            text = services.FileText(**said)
            services.change_file(customer=customer, said=text, by=request.user, at=timezone.now())
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("complaints:customer", code)
    return _edit(request, form, title=customer.name, customer=customer)


@allow("customer", GET="read")
def customer_page(request: StaffRequest, code: str) -> HttpResponse:
    """Show one file; that it was opened is written down (CUS-01)."""
    customer = get_object_or_404(Customer.objects.select_related("file__manager"), code=code)
    audit.record(
        "customer.read_file", customer, actor=request.user, at=timezone.now(), request=request
    )
    return _show(request, customer)


@allow("personal", POST="reveal")
def customer_reveal(request: StaffRequest, code: str) -> HttpResponse:
    """Show who to call, after the access log has it."""
    customer = get_object_or_404(Customer.objects.select_related("file__manager"), code=code)
    if not may(request.user, "customer", "read"):
        return redirect("core:home")
    form = RevealForm(request.POST)
    row = getattr(customer, "file", None)
    if row is None or not form.is_valid():
        return _show(request, customer, reveal=form)
    task = privacy.Task(ViewTask.CUSTOMER, customer.code)
    seen = privacy.reveal(
        row, ["contact_name", "contact_phone"], actor=request.user, case_ref=customer.code,
        reason=form.cleaned_data["reason"], request=request, at=timezone.now(),
        task=task if row.manager_id == request.user.pk else None,
    )  # fmt: skip
    response = _show(request, customer, seen=seen)
    response["Cache-Control"] = "no-store"
    return response


def _show(request: StaffRequest, customer: Customer, **more: Any) -> HttpResponse:
    reading = access_for(request.user, "case", "read")
    context = {
        "title": customer.name, "customer": customer, "file": getattr(customer, "file", None),
        "class_name": dict(CustomerClass.choices).get(customer.customer_class, ""),
        "parcels": selectors.parcels_of(customer, reading),
        "cases": list(selectors.cases_of(customer, reading)[: selectors.SHOWN]) if reading else [],
        "answers": selectors.answers_of(customer),
        "visits": customer.visits.select_related("visitor").order_by("-planned_on")[:10],
        "reveal": RevealForm(auto_id="reveal-%s"),
        "may_reveal": may(request.user, "personal", "reveal"), **more,
    }  # fmt: skip
    return render(request, "complaints/customers/file.html", context)


def _form(request: StaffRequest, *, initial: dict[str, Any]) -> CustomerForm:
    people = case_selectors.colleagues(at=timezone.now())
    return CustomerForm(request.POST or None, initial=initial, people=people)


def _start(customer: Customer) -> dict[str, Any]:
    row = getattr(customer, "file", None) or CustomerFile(customer=customer)
    start = {name: getattr(row, name) for name in ("notes", "first_hours", "resolve_hours",
                                                    "manager", "contact_name")}  # fmt: skip
    own = ("code", "name", "customer_class", "agreement_from", "agreement_to")
    return start | {name: getattr(customer, name) for name in own}


def _edit(
    request: StaffRequest, form: CustomerForm, *, title: str, customer: Customer | None = None
) -> HttpResponse:
    context = {"title": title, "form": form, "customer": customer}
    return form_page(request, "complaints/customers/edit.html", context)


def _file(rows: Any, request: StaffRequest) -> HttpResponseBase:
    now: datetime = timezone.now()
    audit.record("customer.export", actor=request.user, at=now, request=request, seal_now=True)
    head = (_("Customer number"), _("Name"), _("Class"), _("Parcels sent"), _("Complaints"),
            _("Last visit"))  # fmt: skip
    classes = dict(CustomerClass.choices)
    cells = (
        (one.code, one.name, classes.get(one.customer_class, ""), one.parcels_sent,
         one.complaints_made, one.last_visit)
        for one in rows.order_by("code")
    )  # fmt: skip
    return csv_response("customers.csv", head, cells)
