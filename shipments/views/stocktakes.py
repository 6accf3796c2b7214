"""Stocktakes: begin, scan what lies here, close with what is missing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import access_for, allow
from courierqa.core.forms import FieldErrors, form_page
from courierqa.core.paging import page_of
from shipments import selectors, services
from shipments.forms.transport import CountForm, PutForm
from shipments.models import Stocktake
from shipments.network_enums import StocktakeStatus, StockVerdict
from shipments.views.places import acting_sites, csv_file
from staff.models import Site


@allow("stocktake", GET="read", POST="change")
def stocktakes_page(request: HttpRequest) -> HttpResponse:
    """List counts, and begin one."""
    mine = access_for(request.user, "stocktake", "change")
    form = CountForm(request.POST or None, sites=_sites(mine))
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            count = services.start_stocktake(
                site=form.cleaned_data["site"], at=timezone.now(), actor=request.user
            )
        if errors.ok:
            return redirect("shipments:stocktake", count.number)
    rows = selectors.stocktakes_for(request.access)
    context = {"title": _("Stocktakes"), "page": page_of(rows, request.GET), "form": form,
               "may_count": mine is not None}  # fmt: skip
    return form_page(request, "shipments/stocktakes.html", context)


def _sites(access: Any) -> Any:
    return acting_sites(access) if access else Site.objects.none()


@allow("stocktake", GET="read")
def stocktake_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show one count with its lines."""
    count = _count(request, number)
    if request.GET.get("format") == "csv":
        return _file(request, count)
    return _show(request, count)


def _count(request: HttpRequest, number: str) -> Stocktake:
    return get_object_or_404(selectors.stocktakes_for(request.access), number=number)


def _show(request: HttpRequest, count: Stocktake, **bound: Any) -> HttpResponse:
    verdict = request.GET.get("verdict", "")
    lines = count.lines.select_related("parcel__destination")
    if verdict in StockVerdict.values:
        lines = lines.filter(verdict=verdict)
    context = {
        "title": count.number, "count": count, "verdict": verdict, "said": {},
        "is_open": count.status == StocktakeStatus.COUNTING, "form": PutForm(),
        "page": page_of(lines, request.GET, order=("id",)),
        "verdicts": StockVerdict.choices, **bound,
    }  # fmt: skip
    return form_page(request, "shipments/stocktake.html", context)


def _file(request: HttpRequest, count: Stocktake) -> HttpResponse:
    head = (_("Parcel"), pgettext("stocktake", "Expected"), _("Seen at"), _("Verdict"), _("State"))
    lines = count.lines.select_related("parcel").order_by("pk")
    cells = (
        (line.parcel.waybill, _("Yes") if line.is_expected else _("No"), line.seen_at,
         line.get_verdict_display(), line.parcel.get_state_display())
        for line in lines.iterator(2000)
    )  # fmt: skip
    return csv_file(request, count.number, head, cells)


@allow("stocktake", POST="change")
def stocktake_scan(request: HttpRequest, number: str) -> HttpResponse:
    """Mark scanned parcels as seen."""
    count, form = _count(request, number), PutForm(request.POST)
    if form.is_valid():
        errors = FieldErrors(form)
        with errors:
            said = services.count_parcels(
                count=count, waybills=form.cleaned_data["numbers"], at=timezone.now()
            )
        if errors.ok:
            return _show(request, _count(request, number), said=said)
    return _show(request, count, form=form)


@allow("stocktake", POST="change")
def stocktake_close(request: HttpRequest, number: str) -> HttpResponse:
    """Close the count; what is missing is searched for."""
    count, form = _count(request, number), Form({})
    errors = FieldErrors(form)
    with errors:
        found = services.close_stocktake(count=count, at=timezone.now(), actor=request.user)
        words = _("Closed: %(missing)d missing, %(unexpected)d not expected")
        messages.success(request, words % found)
    if not errors.ok:
        messages.error(request, " ".join(form.non_field_errors()))
    return redirect("shipments:stocktake", number)
