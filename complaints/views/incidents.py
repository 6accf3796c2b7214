"""Privacy incidents: the list, and one with its time line, picture and notices."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import forms, selectors, services
from complaints.models import PrivacyIncident
from complaints.services.incidents import MACHINE, missing_to_close
from complaints.views.requests import StaffRequest
from courierqa.core import history
from courierqa.core.access import allow
from courierqa.core.errors import DomainError
from courierqa.core.forms import FieldErrors, add_refusal
from courierqa.core.paging import page_of

PICTURE = (
    "kinds", "affected", "cause", "harm", "measures",
    "people_told_at", "authority_told_at", "postal_told_at",
)  # fmt: skip


@allow("privacy_incident", GET="read")
def incidents_page(request: StaffRequest) -> HttpResponse:
    """List privacy incidents; open ones first to see."""
    rows = selectors.incidents()
    state = request.GET.get("state", "")
    if state in ("open", "contained", "closed"):
        rows = rows.filter(status=state)
    page = page_of(rows, request.GET, order=("-opened_at", "-id"))
    context = {
        "title": _("Privacy incidents"), "page": page, "state": state,
        "states": PrivacyIncident._meta.get_field("status").choices,
    }  # fmt: skip
    return render(request, "complaints/incidents.html", context)


@allow("privacy_incident", GET="read")
def incident_page(request: StaffRequest, number: str) -> HttpResponse:
    """Show one incident."""
    return _page(request, _find(number))


def _find(number: str) -> PrivacyIncident:
    return get_object_or_404(selectors.incidents(), case__number=number)


def _page(
    request: StaffRequest, row: PrivacyIncident, *, name: str = "", form: Form | None = None
) -> HttpResponse:
    own: dict[str, Any] = {
        "picture": forms.IncidentForm(initial={field: getattr(row, field) for field in PICTURE}),
        "note": forms.IncidentNoteForm(), "move": forms.ReasonForm(),
    }  # fmt: skip
    if form is not None:
        own[name] = form
    moments = [(change.at, change.actor, change.verb, change.reason)
               for change in history.changes_of(row)]  # fmt: skip
    notes = [(note.at, note.by, "", note.text) for note in row.notes.select_related("by")]
    context = {
        "title": _("Privacy incident"), "row": row, "case": row.case, "forms": own, "form": form,
        "moments": sorted([*moments, *notes], key=lambda moment: moment[0]),
        "is_late": row.told_late(timezone.now()),
        "missing": missing_to_close(row), "verbs": MACHINE.verbs(row.status),
    }  # fmt: skip
    status = 422 if form is not None else 200
    return render(request, "complaints/incident.html", context, status=status)


@allow("privacy_incident", POST="change")
def incident_describe(request: StaffRequest, number: str) -> HttpResponse:
    """Write down what is known."""
    row, form = _find(number), forms.IncidentForm(request.POST)
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            picture = services.Picture(**form.cleaned_data)
            services.describe_incident(
                incident=row, picture=picture, by=request.user, at=timezone.now()
            )
    return _end(request, row, "picture", form, ok=errors.ok)


@allow("privacy_incident", POST="change")
def incident_note(request: StaffRequest, number: str) -> HttpResponse:
    """Add a line to the time line."""
    row, form = _find(number), forms.IncidentNoteForm(request.POST)
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            text = form.cleaned_data["text"]
            services.note_incident(incident=row, text=text, by=request.user, at=timezone.now())
    return _end(request, row, "note", form, ok=errors.ok)


@allow("privacy_incident", POST="change")
def incident_move(request: StaffRequest, number: str) -> HttpResponse:
    """Contain, close, dismiss or reopen."""
    row = _find(number)
    form = forms.ReasonForm(request.POST)
    form.fields["reason"].required = False
    form.is_valid()
    try:
        services.move_incident(
            incident=row, verb=request.POST.get("verb", ""), by=request.user,
            at=timezone.now(), reason=form.cleaned_data.get("reason", ""),
        )  # fmt: skip
    except DomainError as error:
        add_refusal(form, error)
        return _end(request, row, "move", form, ok=False)
    return _end(request, row, "move", form, ok=True)


def _end(
    request: StaffRequest, row: PrivacyIncident, name: str, form: Form, *, ok: bool
) -> HttpResponse:
    if ok:
        messages.success(request, _("Saved"))
        return redirect("complaints:incident", row.case.number)
    return _page(request, _find(row.case.number), name=name, form=form)
