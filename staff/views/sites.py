"""Opening and changing the places of the network."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors, form_page
from staff import services
from staff.forms.sites import SiteForm
from staff.models import Site
from staff.services.sites import CHANGEABLE


@allow("network", GET="change", POST="change")
def site_new(request: HttpRequest) -> HttpResponse:
    """Open a place."""
    return _edit(request, None)


@allow("network", GET="change", POST="change")
def site_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change what is known about a place."""
    rows = Site.objects.filter(request.access.rows(site="pk")).select_related("hub")
    return _edit(request, get_object_or_404(rows, code=code))


def _edit(request: HttpRequest, site: Site | None) -> HttpResponse:
    form = SiteForm(request.POST or None, site=site, initial=_initial(site))
    if request.method == "POST" and form.is_valid():
        said: dict[str, Any] = dict(form.cleaned_data)
        errors = FieldErrors(form)
        with errors:
            saved = services.save_site(
                site=site, code=said.pop("code"), at=timezone.now(), actor=request.user, **said
            )
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("staff:site", saved.code)
    context = {
        "title": str(site) if site else _("New site"), "form": form, "submit": _("Save"),
        "back": reverse("staff:site", args=[site.code]) if site else reverse("staff:sites"),
    }  # fmt: skip
    return form_page(request, "components/form_page.html", context)


def _initial(site: Site | None) -> dict[str, Any]:
    if site is None:
        return {"is_partner": "0"}
    found = {name: getattr(site, name) for name in CHANGEABLE}
    return {
        **found, "code": site.code, "hub": site.hub.code if site.hub else None,
        "is_partner": "1" if site.is_partner else "0",
    }  # fmt: skip
