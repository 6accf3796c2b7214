"""Disruptions: bad weather and the like, the measures taken, the trips and parcels touched."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors, form_page
from courierqa.core.paging import page_of
from shipments import selectors, services
from shipments.forms.transport import DisruptionForm, LinkForm
from shipments.models import Disruption
from shipments.services.disrupting import Situation
from shipments.views.places import acting_sites, plain_form


@allow("trip", GET="read")
def disruptions_page(request: HttpRequest) -> HttpResponse:
    """List what disturbed the network, newest first."""
    rows = selectors.disruptions_for(request.access)
    context = {"title": _("Disruptions"), "page": page_of(rows, request.GET)}
    return render(request, "shipments/disruptions.html", context)


@allow("trip", GET="change", POST="change")
def disruption_new_page(request: HttpRequest) -> HttpResponse:
    """Record a situation with its measures."""
    form = DisruptionForm(request.POST or None)
    fields: dict[str, Any] = form.fields
    fields["sites"].queryset = acting_sites(request.access)
    if not request.access.is_all:
        fields["sites"].required = True
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            row = services.record_disruption(
                said=Situation(**form.cleaned_data), at=timezone.now(), actor=request.user
            )
        if errors.ok:
            return redirect("shipments:disruption", row.number)
    return plain_form(request, form, title=_("New disruption"), submit=_("Record it"),
                      back=reverse("shipments:disruptions"))  # fmt: skip


@allow("trip", GET="read", POST="change")
def disruption_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show one situation; link trips and parcels to it, or end it."""
    row: Disruption = get_object_or_404(selectors.disruptions_for(request.access), number=number)
    form = LinkForm(None)
    if request.method == "POST":
        form = LinkForm(request.POST) if "numbers" in request.POST else form
        if _do(request, row, form):
            return redirect("shipments:disruption", number)
    context = {
        "title": row.number, "row": row, "form": form, "sites": row.sites.all(),
        "trips": row.trips.select_related("origin", "destination").order_by("number"),
        "parcels": row.parcels.order_by("waybill")[:200],
    }  # fmt: skip
    return form_page(request, "shipments/disruption.html", context)


def _do(request: HttpRequest, row: Disruption, form: LinkForm) -> bool:
    now = timezone.now()
    if request.POST.get("verb") == "end":
        services.end_disruption(row=row, ends_at=max(now, row.starts_at), at=now,
                                actor=request.user)  # fmt: skip
        return True
    if not form.is_valid():
        return False
    errors = FieldErrors(form)
    with errors:
        linked, unknown = services.link_disruption(
            row=row, numbers=form.cleaned_data["numbers"], at=now, actor=request.user
        )
        messages.success(request, _("%(n)d linked") % {"n": linked})
        if unknown:
            messages.warning(request, _("Unknown: %(numbers)s") % {"numbers": ", ".join(unknown)})
    return errors.ok
