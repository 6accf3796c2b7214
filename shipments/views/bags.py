"""Bags: filled, sealed, opened; what was missing or too many when they were."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors
from courierqa.core.history import changes_of
from courierqa.core.paging import page_of
from shipments import selectors, services
from shipments.forms.transport import BagForm, OpenForm, PutForm, SealForm
from shipments.models import Bag
from shipments.network_enums import BagStatus
from shipments.views.places import acting_sites, person_of, plain_form


@allow("trip", GET="read")
def bags_page(request: HttpRequest) -> HttpResponse:
    """List bags with their pieces, seal and what did not come out."""
    rows = selectors.bags_for(request.access)
    status = request.GET.get("status", "")
    if status in BagStatus.values:
        rows = rows.filter(status=status)
    context = {
        "title": _("Bags"), "page": page_of(rows, request.GET), "statuses": BagStatus.choices,
        "status": status,
    }  # fmt: skip
    return render(request, "shipments/bags.html", context)


@allow("trip", GET="change", POST="change")
def bag_new_page(request: HttpRequest) -> HttpResponse:
    """Begin a bag."""
    form = BagForm(request.POST or None, sites=acting_sites(request.access))
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            bag = services.create_bag(**form.cleaned_data, at=timezone.now(), actor=request.user)
        if errors.ok:
            return redirect("shipments:bag", bag.number)
    return plain_form(request, form, title=_("New bag"), back=reverse("shipments:bags"),
                      submit=_("Begin the bag"))  # fmt: skip


@allow("trip", GET="read")
def bag_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show one bag with everything in it."""
    return _show(request, _bag(request, number))


def _bag(request: HttpRequest, number: str) -> Bag:
    return get_object_or_404(selectors.bags_for(request.access), number=number)


def _show(request: HttpRequest, bag: Bag, **bound: Any) -> HttpResponse:
    sites = acting_sites(request.access)
    items = list(bag.items.select_related("parcel").order_by("is_surplus", "pk"))
    context = {
        "title": bag.number, "bag": bag, "items": items, "changes": changes_of(bag),
        "put_form": PutForm(), "seal_form": SealForm(), "refused": {},
        "open_form": OpenForm(sites=sites, initial={"site": bag.destination.code}),
        "may_fill": sites.filter(pk=bag.origin_id).exists(), "may_open": sites.exists(),
        **bound,
    }  # fmt: skip
    faulty = [f for f in bound.values() if getattr(f, "errors", None)]
    return render(request, "shipments/bag.html", context, status=422 if faulty else 200)


@allow("trip", POST="change")
def bag_put(request: HttpRequest, number: str) -> HttpResponse:
    """Put scanned parcels in."""
    bag, form = _bag(request, number), PutForm(request.POST)
    if form.is_valid():
        errors = FieldErrors(form)
        with errors:
            refused = services.put_into_bag(
                bag=bag, waybills=form.cleaned_data["numbers"], at=timezone.now(),
                person=person_of(request), actor=request.user,
            )  # fmt: skip
        if errors.ok:
            return _show(request, bag, refused=refused)
    return _show(request, bag, put_form=form)


@allow("trip", POST="change")
def bag_seal(request: HttpRequest, number: str) -> HttpResponse:
    """Close the bag with a numbered seal."""
    bag, form = _bag(request, number), SealForm(request.POST)
    if form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.seal_bag(
                bag=bag, seal=form.cleaned_data["seal"], at=timezone.now(),
                person=person_of(request), actor=request.user,
            )  # fmt: skip
        if errors.ok:
            messages.success(request, _("Sealed"))
            return redirect("shipments:bag", number)
    return _show(request, bag, seal_form=form)


@allow("trip", POST="change")
def bag_open(request: HttpRequest, number: str) -> HttpResponse:
    """Open the bag and compare."""
    bag = _bag(request, number)
    form = OpenForm(request.POST, sites=acting_sites(request.access))
    if form.is_valid():
        said = form.cleaned_data
        errors = FieldErrors(form)
        with errors:
            found = services.open_bag(
                bag=bag, site=said["site"], seal_found=said["seal_found"],
                waybills=said["numbers"] or [], at=timezone.now(), person=person_of(request),
                actor=request.user,
            )  # fmt: skip
        if errors.ok:
            return _show(request, _bag(request, number), found=found)
    return _show(request, bag, open_form=form)
