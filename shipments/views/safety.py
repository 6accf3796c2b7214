"""The three systems by site and day, the green figures by month, the instruments (ACC-18, GRN)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core import audit, calendars
from courierqa.core.access import allow
from courierqa.core.exports import csv_response
from courierqa.core.forms import FieldErrors, form_page
from courierqa.core.paging import page_of
from shipments import selectors, services
from shipments.forms import InstrumentForm, PackingCountForm
from shipments.models import Instrument
from shipments.selectors import green
from shipments.selectors.runs import energy_runs
from staff.models import Site
from staff.selectors import sites_for

SYSTEMS = ("inspected", "named", "screened")
SPAN = 13


def system_labels() -> dict[str, str]:
    """Return the three systems in words."""
    return {
        "inspected": _("Contents inspected"), "named": _("Real-name checked"),
        "screened": _("Machine screened"),
    }  # fmt: skip


def _span(request: HttpRequest) -> tuple[date, date]:
    today = calendars.business_day(timezone.now())
    end = selectors.day_of(request.GET.get("to", ""), today)
    start = selectors.day_of(request.GET.get("from", ""), end - timedelta(days=SPAN))
    return min(start, end), end


@allow("acceptance", GET="read")
def systems_page(request: HttpRequest) -> HttpResponse:
    """Show how fully the three systems are carried out, and which parcels lack one."""
    start, end = _span(request)
    rows = selectors.acceptances_for(request.access).filter(day__gte=start, day__lte=end)
    sites = sites_for(request.access).filter(kind__in=("station", "point"))
    site = sites.filter(code=request.GET.get("site", "")[:12]).first()
    if site is not None:
        rows = rows.filter(site_id=site.pk)
    by_day = selectors.three_systems(rows, "day")
    by_site = selectors.three_systems(rows, "site_id")
    names = Site.objects.in_bulk([row.key for row in by_site if row.key])
    lacking = request.GET.get("missing", "")
    lacking = lacking if lacking in SYSTEMS else "inspected"
    missing = selectors.systems_missing(rows, lacking)
    context = {
        "title": _("Three systems"), "start": start, "end": end, "site": site, "sites": sites,
        "total": selectors.systems_total(by_day), "by_day": by_day[::-1],
        "by_site": [(names.get(row.key), row) for row in by_site],
        "labels": system_labels(), "lacking": lacking, "missing": missing,
        "missing_sites": Site.objects.in_bulk({row.site_id for row in missing if row.site_id}),
    }  # fmt: skip
    return render(request, "shipments/systems.html", context)


@allow("acceptance", GET="export")
def systems_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Send the three systems by day and site as a file."""
    start, end = _span(request)
    rows = selectors.acceptances_for(request.access).filter(day__gte=start, day__lte=end)
    audit.record("acceptance.export", actor=request.user, at=timezone.now(), request=request)
    labels = system_labels()
    header = [_("Day"), _("Accepted")]
    header += [f"{labels[n]} {word}" for n in SYSTEMS for word in (_("done"), _("needed"))]
    return csv_response("three-systems.csv", header, _systems_rows(rows))


def _systems_rows(rows: Any) -> Iterator[list[Any]]:
    for row in selectors.three_systems(rows, "day"):
        counts = [n for name in SYSTEMS for n in (row.done[name], row.needed[name])]
        yield [row.key, row.accepted, *counts]


@allow("acceptance", GET="read")
def green_page(request: HttpRequest) -> HttpResponse:
    """Show the green indicators of a month by station, and the run of the months (GRN-06)."""
    today = calendars.business_day(timezone.now())
    month = green.month_of(request.GET.get("month", ""), today)
    rows = selectors.acceptances_for(request.access)
    months = [green.earlier(month, back) for back in range(5, -1, -1)]
    context = {
        "title": _("Green indicators"), "month": month, "is_running": month == today.replace(day=1),
        "previous": green.earlier(month, 1), "following": green.later(month),
        "total": green.of_month(rows, month), "by_site": green.by_site(rows, month),
        "run": [(one, green.of_month(rows, one)) for one in months],
        "counts": green.packing_by_site(request.access, month),
        "runs": energy_runs(request.access, month),
    }  # fmt: skip
    return render(request, "shipments/green.html", context)


@allow("acceptance", GET="create", POST="create")
def packing_count_page(request: HttpRequest) -> HttpResponse:
    """Write down a day's packing: handed out, taken back, used again (GRN-03)."""
    today = calendars.business_day(timezone.now())
    sites = sites_for(request.access).filter(kind__in=("station", "point"), closed_on=None)
    form = PackingCountForm(request.POST or None, sites=sites, today=today)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.count_packing(actor=request.user, **form.cleaned_data)
        if errors.ok:
            messages.success(request, pgettext("packing", "Counted"))
            return redirect("shipments:packing_count")
    context = {"title": _("Count packing"), "form": form}
    return form_page(request, "shipments/packing_count.html", context)


@allow("instrument", GET="read")
def instruments_page(request: HttpRequest) -> HttpResponse:
    """List the measuring instruments, the next to expire first (LIF-07)."""
    today = calendars.business_day(timezone.now())
    rows = selectors.instruments_for(request.access)
    context = {
        "title": _("Measuring instruments"), "today": today, "soon": today + timedelta(days=30),
        "page": page_of(rows, request.GET, order=("valid_until", "id")),
    }  # fmt: skip
    return render(request, "shipments/instruments.html", context)


@allow("instrument", GET="change", POST="change")
def instrument_page(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Register an instrument, or write down its new calibration."""
    row: Instrument | None = None
    if pk is not None:
        row = get_object_or_404(selectors.instruments_for(request.access), pk=pk)
    sites = sites_for(request.access).filter(closed_on=None).order_by("code")
    form = InstrumentForm(request.POST or None, instance=row, sites=sites)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.keep_instrument(
                fields=form.cleaned_data, pk=pk, at=timezone.now(), actor=request.user
            )
        if errors.ok:
            messages.success(request, _("Instrument saved"))
            return redirect("shipments:instruments")
    context = {"title": str(row) if row else _("New instrument"), "form": form}
    return form_page(request, "shipments/instrument.html", context)
