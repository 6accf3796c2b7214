"""Acceptance and refusal at a counter, and the list of what was refused."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core import audit, calendars
from courierqa.core.access import access_for, allow
from courierqa.core.exports import csv_response
from courierqa.core.forms import FieldErrors, add_refusal, form_page
from courierqa.core.paging import page_of
from shipments import enums, selectors, services
from shipments.forms import AcceptForm, RefuseForm, WalkInRefusalForm
from shipments.models import Parcel, Reason, Refusal
from shipments.views.parcels import own_parcel
from staff.models import Site
from staff.selectors import sites_for

EXPORT_ROWS = 20_000


def counter_sites(request: HttpRequest) -> Any:
    """Return the places where this reader stands at a counter."""
    rows = Site.objects.filter(kind__in=("station", "point"), closed_on=None).order_by("code")
    access, person = request.access, getattr(request.user, "employee", None)
    if access.is_all:
        return rows
    own = {person.site_id} if person else set()
    return rows.filter(pk__in=access.sites | own)


@allow("acceptance", GET="create", POST="create")
def accept_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Take a parcel in: every check, measured beside declared, gates before the deed."""
    parcel, now = own_parcel(request, waybill), timezone.now()
    sites = counter_sites(request)
    tools = services.usable_instruments(sites.values("pk"), calendars.business_day(now))
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = AcceptForm(*sent, parcel=parcel, sites=sites, tools=tools, initial=_initial(parcel))
    if request.method == "POST" and not form.is_valid():
        _add_gates(parcel, form, now)
    elif request.method == "POST":
        errors = FieldErrors(form)
        with errors:
            services.accept_parcel(
                parcel=parcel, said=form.said(), site=form.cleaned_data["site"], at=now,
                person=getattr(request.user, "employee", None), actor=request.user,
            )  # fmt: skip
        if errors.ok:
            messages.success(request, _("Accepted. Print the label and the receipt"))
            return redirect("shipments:accepted", parcel.waybill)
    return form_page(request, "shipments/accept.html", _accept_context(parcel, form, now))


def _add_gates(parcel: Parcel, form: AcceptForm, now: Any) -> None:
    """Say what else stands in the way beside what the form itself found."""
    for error in services.acceptance_problems(parcel, form.said(), at=now):
        if error.field not in form.errors:
            add_refusal(form, error)


def _accept_context(parcel: Parcel, form: AcceptForm, now: Any) -> dict[str, Any]:
    day = calendars.business_day(now)
    name = form["item_name"].value() or ""
    return {
        "title": _("Accept a parcel"), "parcel": parcel, "order": parcel.order, "form": form,
        "is_open": parcel.state in ("none", "ordered", "pickup_due"),
        "agreement": selectors.has_agreement(parcel),
        "restricted": services.restricted(str(name)),
        "basis": selectors.legal_basis("acceptance", day),
        "must_open": services.needs_opening(parcel.marks, parcel.declared_value_fen),
    }  # fmt: skip


def _initial(parcel: Parcel) -> dict[str, Any]:
    """Begin with what the order says; the counter measures anew."""
    order = parcel.order
    return {
        "site": parcel.origin.code, "item_kind": parcel.item_kind, "item_name": parcel.item_name,
        "pieces": (order.pieces if order else None) or 1, "marks": parcel.marks,
        "length": order.length_cm if order else None, "width": order.width_cm if order else None,
        "height": order.height_cm if order else None, "overpacked": "no",
        "weight": parcel.weight_g / 1000 if parcel.weight_g else None, "appearance": "good",
    }  # fmt: skip


@allow("acceptance", GET="create")
def accepted_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Show what was accepted: fee, promise, reminder to sign, and what to print (LIF-08)."""
    parcel = own_parcel(request, waybill)
    price = None
    if parcel.order is not None:
        price = services.tariff_price(parcel.order, parcel)
    context = {
        "title": _("Accepted"), "parcel": parcel, "order": parcel.order, "price": price,
        **selectors.acceptance_context(parcel),
    }  # fmt: skip
    return render(request, "shipments/accepted.html", context)


@allow("acceptance", POST="create")
def charge_measured(request: HttpRequest, waybill: str) -> HttpResponse:
    """Charge what the tariff asks for the measured parcel."""
    parcel = own_parcel(request, waybill)
    errors = FieldErrors(RefuseForm(request.POST))
    with errors:
        services.charge_measured(order=parcel.order, at=timezone.now(), actor=request.user)
    if errors.ok:
        messages.success(request, _("Fee follows the measured weight and size"))
    else:
        messages.error(request, errors.form.non_field_errors()[0])
    return redirect("shipments:accepted", parcel.waybill)


@allow("acceptance", GET="create", POST="create")
def refuse_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Refuse an ordered parcel: reason, explanation, notice."""
    parcel = own_parcel(request, waybill)
    form = RefuseForm(request.POST or None, initial={"item_name": parcel.item_name})
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            row = services.refuse_parcel(
                parcel=parcel, site=parcel.origin, at=timezone.now(), actor=request.user,
                person=getattr(request.user, "employee", None), **form.cleaned_data,
            )  # fmt: skip
        if errors.ok:
            messages.success(request, _("Refusal recorded. Give the notice to the sender"))
            return redirect("shipments:refusal", row.number)
    context = {"title": _("Refuse a parcel"), "form": form, "parcel": parcel}
    return form_page(request, "shipments/refuse.html", context)


@allow("acceptance", GET="create", POST="create")
def refusal_new_page(request: HttpRequest) -> HttpResponse:
    """Count a refusal before any order was written."""
    form = WalkInRefusalForm(request.POST or None, sites=counter_sites(request))
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            row = services.refuse_walk_in(
                at=timezone.now(), actor=request.user,
                person=getattr(request.user, "employee", None), **form.cleaned_data,
            )  # fmt: skip
        if errors.ok:
            messages.success(request, _("Refusal recorded. Give the notice to the sender"))
            return redirect("shipments:refusal", row.number)
    context = {"title": _("Refusal at the counter"), "form": form}
    return form_page(request, "shipments/refuse.html", context)


@allow("acceptance", GET="read")
def refusals_page(request: HttpRequest) -> HttpResponse:
    """List what was refused, with counts by reason and by station (ACC-03)."""
    rows, asked = selectors.refusals_page(request.access, request.GET, now=timezone.now())
    context = {
        "title": _("Refusals"), "page": page_of(rows, request.GET, order=("-id",)),
        "asked": asked, "by_reason": selectors.refusals_by(rows, "reason"),
        "by_site": selectors.refusals_by(rows, "site"), "total": rows.count(),
        "reasons": Reason.objects.filter(scan_code=enums.Code.REJ),
        "sites": sites_for(request.access).filter(kind__in=("station", "point")),
    }  # fmt: skip
    return render(request, "shipments/refusals.html", context)


@allow("acceptance", GET="export")
def refusals_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Send the refusals as a file."""
    now = timezone.now()
    rows, _asked = selectors.refusals_page(request.access, request.GET, now=now)
    audit.record("refusal.export", actor=request.user, at=now, request=request)
    header = [_("Number"), _("Time"), _("Site"), _("Goods"), _("Reason"), _("Explained")]
    return csv_response("refusals.csv", header, _refusal_rows(rows[:EXPORT_ROWS]))


def _refusal_rows(rows: Any) -> Iterator[list[Any]]:
    for row in rows:
        yield [row.number, row.at, row.site or "", row.item_name, row.reason or "", row.explained]


def own_refusal(request: HttpRequest, number: str) -> Refusal:
    """Return a refusal the reader may see: as a reader of refusals, or as the one who refused."""
    rows = selectors.refusals_for(request.access)
    wide = access_for(request.user, "acceptance", "create")
    found = rows.filter(number=number).first()
    if found is None and wide is not None and wide.employee_id is not None:
        own = Refusal.objects.filter(person_id=wide.employee_id, number=number)
        found = own.select_related("reason", "site", "person", "parcel").first()
    return found or get_object_or_404(Refusal.objects.none())
