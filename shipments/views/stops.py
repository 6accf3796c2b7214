"""Stop a suspicious parcel, and release it after the check (ACC-14)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import access_for, allow
from courierqa.core.forms import FieldErrors, form_page
from shipments import selectors, services
from shipments.forms import StopForm
from shipments.models import Parcel


def _parcel(request: HttpRequest, waybill: str) -> Parcel:
    """The parcel must be one the reader sees and may stop."""
    rows = selectors.parcels_for(access_for(request.user, "parcel", "read"))
    rows = rows.filter(pk__in=selectors.parcels_for(request.access).values("pk"))
    return get_object_or_404(rows.select_related("last_site"),
                             waybill=selectors.plain_waybill(waybill))  # fmt: skip


def _answer(request: HttpRequest, waybill: str, deed: Any, words: dict[str, str]) -> HttpResponse:
    parcel = _parcel(request, waybill)
    form = StopForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        employee = getattr(request.user, "employee", None)
        with errors:
            deed(parcel=parcel, why=form.cleaned_data["why"], at=timezone.now(),
                 actor=request.user, person_id=employee.pk if employee else None)  # fmt: skip
        if errors.ok:
            messages.success(request, words["done"])
            return redirect("shipments:parcel", parcel.waybill)
    context = {**words, "form": form, "parcel": parcel}
    return form_page(request, "shipments/stop.html", context)


@allow("security_stop", GET="create", POST="create")
def stop_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Stop a parcel: no form takes a further scan of it until it is released."""
    words = {
        "title": _("Stop this parcel"), "button": _("Stop it now"), "tone": "danger",
        "hint": _("It goes nowhere until somebody releases it. An exception is opened at once."),
        "done": _("Stopped. No scan moves it until it is released"),
    }  # fmt: skip
    return _answer(request, waybill, services.stop_parcel, words)


@allow("security_stop", GET="release", POST="release")
def release_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Release a stopped parcel with what the check found."""
    words = {
        "title": _("Release this parcel"), "button": _("Release it"), "tone": "primary",
        "hint": _("Write what the check found. It stays on record with your name."),
        "done": _("Released"),
    }  # fmt: skip
    return _answer(request, waybill, services.release_parcel, words)
