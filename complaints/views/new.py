"""F2: a complaint by phone, written down while the caller speaks."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import selectors, services
from complaints.enums import Channel, Wish
from complaints.forms import NewCaseForm
from complaints.models import Case
from complaints.views.requests import StaffRequest
from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors, form_page

_FIELDS = (
    "key", "reason", "words", "wish", "phone", "email", "name", "waybill", "parcel", "forum",
    "source_url",
)  # fmt: skip


@allow("case", GET="create", POST="create")
def case_new(request: StaffRequest) -> HttpResponse:
    """Show the form, or register what it says."""
    if request.method != "POST":
        return form_page(request, "complaints/new.html", _context(_fresh(request)))
    form = NewCaseForm(request.POST)
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            case = _open(form.cleaned_data, request)
    if not errors.ok:
        caller = _caller(request.POST.get("who", ""), chosen=request.POST.get("waybill", ""))
        return form_page(request, "complaints/new.html", _context(form) | caller)
    if request.POST.get("next"):
        said = _("Saved as %(number)s") % {"number": case.number}
        messages.success(request, said)
        return redirect("complaints:case_new")
    return redirect(f"{reverse('complaints:case_saved', args=[case.number])}")


@allow("case", GET="create")
def case_saved(request: StaffRequest, number: str) -> HttpResponse:
    """Print the number large, for the agent to read out."""
    case = selectors.cases_for(request.access).filter(number=number).first()
    if case is None:
        return redirect("complaints:inbox")
    return render(request, "complaints/saved.html", {"title": _("Saved"), "case": case})


@allow("case", POST="create")
def find_caller(request: StaffRequest) -> HttpResponse:
    """Show the parcels of a phone or waybill, and open cases about them."""
    return render(request, "complaints/_caller.html", _caller(request.POST.get("who", "")))


def _caller(said: str, *, chosen: str = "") -> dict[str, Any]:
    """What is known about a phone or waybill; `chosen` is the parcel picked before."""
    text = said[:60]
    parcels = selectors.parcels_for_caller(text)
    picked = [p for p in parcels if p.waybill == chosen or len(parcels) == 1]
    cases = selectors.duplicates_of(parcel=picked[0] if picked else None, phone=text)
    return {
        "parcels": parcels, "cases": cases, "asked": bool(text.strip()),
        "picked": picked[0].waybill if picked else "",
    }  # fmt: skip


@allow("case", POST="change")
def add_to(request: StaffRequest, number: str) -> HttpResponse:
    """Put the caller's words into a case that is open already."""
    case = selectors.cases_for(request.access).filter(number=number).first()
    words = request.POST.get("words", "")
    if case is None or not words.strip():
        messages.error(request, _("Enter what the customer said"))
        return redirect("complaints:case_new")
    services.add_words(case=case, text=words[:4000], at=timezone.now())
    messages.success(request, _("Added to %(number)s") % {"number": case.number})
    return redirect("complaints:case", case.number)


def _open(found: dict[str, Any], request: StaffRequest) -> Case:
    intake = services.Intake(
        channel=Channel(found["channel"]),
        kind=found["kind"],
        language=found["language"],
        **{name: found[name] for name in _FIELDS if name != "key"},
        key=str(found["key"]),
    )
    return services.open_case(intake, by=request.user, at=timezone.now())


def _fresh(request: StaffRequest) -> NewCaseForm:
    waybill = request.GET.get("waybill", "")[:40]
    initial = {"key": uuid.uuid4(), "who": waybill, "channel": "phone", "language": "zh-hans"}
    # The page of a watched forum leads here with its number.
    if request.GET.get("forum", "").isdecimal():
        initial |= {"channel": Channel.FORUM.value, "forum": request.GET["forum"][:9]}
    return NewCaseForm(initial=initial)


def _context(form: NewCaseForm) -> dict[str, Any]:
    return {
        "title": _("New complaint"),
        "form": form,
        "groups": selectors.reason_groups(),
        "procedures": selectors.procedures(),
        "is_public": form["channel"].value() == Channel.FORUM,
        "wishes": list(enumerate(Wish, start=1)),
    }
