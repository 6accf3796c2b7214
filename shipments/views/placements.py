"""Parcels that wait for collection: the list, telling the recipient, handing over by code."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.errors import DomainError
from courierqa.core.forms import FieldErrors, form_page
from courierqa.core.paging import page_of
from shipments import selectors, services
from shipments.enums import ContactWay
from shipments.forms.delivery import CollectForm
from shipments.models import Parcel
from shipments.selectors import placements
from shipments.views.contacts import person_id


@allow("delivery", GET="read")
def placements_page(request: HttpRequest) -> HttpResponse:
    """List what waits, whose recipient was not told, what was not collected in time."""
    view = request.GET.get("view", "waiting")
    view = view if view in placements.VIEWS else "waiting"
    now = timezone.now()
    rows = placements.placement_list(request.access, view, now=now)
    order = ("-collected_at", "-id") if view == "collected" else ("placed_at", "id")
    context = {
        "title": _("Waiting for collection"), "view": view, "now": now,
        "page": page_of(rows, request.GET, order=order),
        "counts": placements.placement_counts(request.access, now=now),
    }  # fmt: skip
    return render(request, "shipments/placements.html", context)


@allow("delivery", POST="change")
def placement_tell(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that the recipient was called about the place."""
    row = get_object_or_404(placements.placements_for(request.access), pk=pk)
    try:
        services.tell_placed(
            row, channel=request.POST.get("channel", ContactWay.CALL), at=timezone.now(),
            actor=request.user, person_id=person_id(request),
        )  # fmt: skip
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Recorded: the recipient was told"))
    view = request.GET.get("view", "")
    address = redirect("shipments:placements")
    if view in placements.VIEWS:
        address["Location"] += f"?view={view}"
    return address


@allow("delivery", GET="change", POST="change")
def collect_page(request: HttpRequest) -> HttpResponse:
    """Hand a parcel over at the counter against its code."""
    initial = {"waybill": request.GET.get("waybill", "")[:40]}
    form = CollectForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        parcel = None
        with errors:
            parcel = _collect(request, form)
        if errors.ok and parcel is not None:
            text = _("%(waybill)s handed over") % {"waybill": parcel.waybill}
            messages.success(request, text)
            return redirect("shipments:collect")
    context = {"title": _("Hand over at the counter"), "form": form}
    return form_page(request, "shipments/collect.html", context)


def _collect(request: HttpRequest, form: CollectForm) -> Parcel:
    said = form.cleaned_data
    rows = selectors.parcels_for(request.access)
    parcel = rows.filter(waybill=selectors.plain_waybill(said["waybill"])).first()
    if parcel is None:
        text = _("No such parcel at your sites. Check the number")
        raise DomainError(text, code="unknown", field="waybill")
    try:
        services.collect(
            parcel=parcel, code=said["code"], id_shown=said["id_shown"], at=timezone.now(),
            actor=request.user, person_id=person_id(request), site_id=parcel.last_site_id,
            paid=said["cod_paid"],
        )  # fmt: skip
    except services.WrongCode as error:
        services.count_wrong_code(error.placement_id)
        raise
    return parcel
