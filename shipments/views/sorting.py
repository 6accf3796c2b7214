"""Sorting: mis-sort rates by hand and machine, and what waits to be sent on the right way."""

from __future__ import annotations

from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.errors import DomainError
from shipments import selectors, services
from shipments.models import Parcel
from shipments.views.places import acting_sites, person_of


@allow("trip", GET="read")
def sorting_page(request: HttpRequest) -> HttpResponse:
    """Show how often sorting went wrong in 30 days, and the parcels still on the wrong way."""
    now = timezone.now()
    context = {
        "title": _("Sorting"), "rates": selectors.sort_rates(request.access, now=now),
        "rows": selectors.missorted(request.access, now=now),
    }  # fmt: skip
    return render(request, "shipments/sorting.html", context)


@allow("trip", POST="change")
def redispatch(request: HttpRequest, waybill: str) -> HttpResponse:
    """Send a parcel on the right way from where it was scanned last."""
    sites = acting_sites(request.access)
    rows = Parcel.objects.filter(last_site__in=sites).select_related("last_site")
    parcel = get_object_or_404(rows, waybill=waybill)
    person = person_of(request)
    try:
        target = services.redispatch(
            parcel=parcel, site=parcel.last_site, at=timezone.now(), actor=request.user,
            person_id=person.pk if person else None, key=uuid4(),
        )  # fmt: skip
    except DomainError as error:
        messages.error(request, error.message)
    else:
        words = _("%(waybill)s goes to %(site)s")
        messages.success(request, words % {"waybill": waybill, "site": target})
    return redirect("shipments:sorting")
