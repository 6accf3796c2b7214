"""Giving a pickup to a courier, or to another one."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors, form_page
from shipments import enums, selectors, services
from shipments.forms.assigning import AssignForm

OPEN = (enums.State.ORDERED, enums.State.PICKUP_DUE)


@allow("parcel", GET="change", POST="change")
def assign_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Choose who fetches this parcel; the courier's phone shows it at the next look."""
    open_ones = selectors.parcels_for(request.access).filter(state__in=OPEN)
    parcel = get_object_or_404(open_ones, waybill=waybill)
    form = AssignForm(request.POST or None, parcel=parcel)
    if request.method == "POST" and form.is_valid():
        courier, errors = form.cleaned_data["courier"], FieldErrors(form)
        with errors:
            services.assign_pickup(
                parcel=parcel, courier=courier, at=timezone.now(), actor=request.user
            )
        if errors.ok:
            messages.success(request, _("%(courier)s fetches this parcel") % {"courier": courier})
            return redirect("shipments:parcel", waybill)
    context = {"title": _("Assign the pickup"), "form": form, "parcel": parcel}
    return form_page(request, "shipments/assign.html", context)
