"""Served areas: drawn as words of addresses, looked up, and the addresses nobody has."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import access_for, allow
from courierqa.core.forms import FieldErrors
from courierqa.core.text import BadText, clean_text
from shipments import selectors, services
from shipments.forms.network import AreaForm
from shipments.models import ServiceArea
from shipments.views.places import acting_sites, plain_form


@allow("network", GET="read")
def areas_page(request: HttpRequest) -> HttpResponse:
    """Show the areas, and which one an address typed here falls into."""
    asked = _typed(request.GET.get("address", ""))
    context = {
        "title": _("Served areas"), "areas": selectors.areas_for(request.access), "asked": asked,
        "answer": selectors.address_coverage(asked) if asked else None,
    }  # fmt: skip
    return render(request, "shipments/areas.html", context)


def _typed(text: str) -> str:
    try:
        return clean_text(text, max_length=200, lines=False)
    except BadText:
        return ""


@allow("network", GET="change", POST="change")
def area_new_page(request: HttpRequest) -> HttpResponse:
    """Draw an area."""
    return _edit(request, None)


@allow("network", GET="change", POST="change")
def area_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Redraw an area."""
    rows = ServiceArea.objects.filter(request.access.rows(site="site_id"))
    return _edit(request, get_object_or_404(rows.select_related("site", "courier"), pk=pk))


def _edit(request: HttpRequest, area: ServiceArea | None) -> HttpResponse:
    sites = acting_sites(request.access)
    form = AreaForm(request.POST or None, sites=sites, initial=_initial(area))
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.save_area(
                area=area, **form.cleaned_data, at=timezone.now(), actor=request.user
            )  # fmt: skip
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("shipments:areas")
    title = str(area) if area else _("New area")
    return plain_form(request, form, title=title, back=reverse("shipments:areas"),
                      submit=_("Save"))  # fmt: skip


def _initial(area: ServiceArea | None) -> dict[str, object]:
    if area is None:
        return {}
    return {
        "site": area.site.code, "courier": area.courier.number if area.courier else "",
        "name": area.name, "name_en": area.name_en, "city": area.city,
        "keywords": "\n".join(area.keywords), "is_served": area.is_served,
        "is_active": area.is_active,
    }  # fmt: skip


@allow("network", GET="read")
def unassigned_page(request: HttpRequest) -> HttpResponse:
    """List parcels on their way whose address belongs to no courier's area."""
    parcels = access_for(request.user, "parcel", "read")
    rows = selectors.unassigned(parcels) if parcels else []
    context = {"title": _("Addresses without a courier"), "rows": rows}
    return render(request, "shipments/unassigned.html", context)
