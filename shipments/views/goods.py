"""The goods list and the packing rules, for staff and, without login, for customers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core import calendars
from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors, form_page
from shipments import enums, selectors, services
from shipments.forms import GoodsForm
from shipments.models import ProhibitedItem


def _context(request: HttpRequest) -> dict[str, Any]:
    """Return the list as asked: a word, a class, an older version."""
    versions = list(selectors.goods_versions())
    newest = versions[0].version if versions else 1
    asked = request.GET.get("version", "")
    known = {str(row.version): row for row in versions}
    shown = known.get(asked, versions[0] if versions else None)
    rows = selectors.goods_in(shown.version if shown else newest)
    text, kind = request.GET.get("q", "")[:60], request.GET.get("kind", "")
    return {
        "rows": selectors.search_goods(rows, text, kind), "text": text, "kind": kind,
        "version": shown, "newest": newest, "versions": versions,
        "kinds": enums.GoodsKind.choices, "today": calendars.business_day(timezone.now()),
    }  # fmt: skip


@allow("goods", GET="read")
def goods_page(request: HttpRequest) -> HttpResponse:
    """Search the list of prohibited and restricted goods (ACC-05)."""
    context = {"title": _("Prohibited and restricted goods"), **_context(request)}
    return render(request, "shipments/goods.html", context)


@allow("public", GET="read")
def prohibited_page(request: HttpRequest) -> HttpResponse:
    """Show customers what may not be sent."""
    context = {"title": _("What may not be sent"), **_context(request)}
    return render(request, "shipments/prohibited.html", context)


@allow("goods", GET="change", POST="change")
def goods_new_page(request: HttpRequest) -> HttpResponse:
    """Put an entry on the list; that makes a new version."""
    form = GoodsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = dict(form.cleaned_data)
        errors = FieldErrors(form)
        with errors:
            services.add_goods(
                note=said.pop("note"), fields=said, at=timezone.now(), actor=request.user
            )
        if errors.ok:
            messages.success(request, _("The list has a new version"))
            return redirect("shipments:goods")
    context = {"title": _("New entry of the goods list"), "form": form}
    return form_page(request, "shipments/goods_new.html", context)


@allow("goods", POST="change")
def goods_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an entry off the list; older versions keep it."""
    item = get_object_or_404(ProhibitedItem, pk=pk, until=None)
    form = GoodsForm(request.POST)
    errors = FieldErrors(form)
    with errors:
        services.retire_goods(
            item=item, note=request.POST.get("note", ""), at=timezone.now(), actor=request.user
        )
    if errors.ok:
        messages.success(request, _("The list has a new version"))
    else:
        messages.error(request, _("Say why the list changes"))
    return redirect("shipments:goods")


@allow("goods", GET="read")
def packing_page(request: HttpRequest) -> HttpResponse:
    """Show the limits of each product, the packing and its rules (LIF-09, ACC-15)."""
    day = calendars.business_day(timezone.now())
    context = {
        "title": _("Packing rules and limits"), "products": selectors.products_offered(),
        "materials": selectors.packing_materials(),
        "basis": [row for t in ("packing", "acceptance") for row in selectors.legal_basis(t, day)],
    }  # fmt: skip
    return render(request, "shipments/packing.html", context)
