"""Scans of a hub or station: arrived, screened, sorted, left, loaded for a round."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.enums import Scope
from courierqa.core.forms import form_page
from shipments import enums, services
from shipments.forms.station import StationForm
from shipments.models import Parcel
from staff.models import Site

PAGE = "shipments/station.html"


@allow("scan", GET="create", POST="create")
def station_page(request: HttpRequest) -> HttpResponse:
    """Take one deed for many parcels; each number gets its own answer."""
    form = StationForm(request.POST or None, sites=_sites(request), initial=_initial(request))
    context = {"title": _("Station scans"), "form": form, "answers": []}
    if request.method != "POST" or not form.is_valid():
        return form_page(request, PAGE, context)
    context["answers"] = list(_answers(request, form.cleaned_data, timezone.now()))
    again = {name: request.POST.get(name) for name in ("code", "site", "courier", "mode")}
    context["form"] = StationForm(sites=_sites(request), initial=again)
    return render(request, PAGE, context)


def _sites(request: HttpRequest) -> Any:
    """Return the places the reader may scan at; a courier, who scans by phone, has none here."""
    access = request.access
    rows = Site.objects.filter(closed_on=None).order_by("code")
    if access.scope == Scope.OWN:
        return rows.none()
    return rows if access.is_all else rows.filter(pk__in=access.sites)


def _initial(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in ("code", "site") if name in request.GET}


def _answers(request: HttpRequest, said: dict[str, Any], now: datetime) -> Iterator[dict[str, Any]]:
    """Yield (waybill, good, words) for each number: shut gates stop that parcel alone."""
    known = {p.waybill: p for p in Parcel.objects.filter(waybill__in=said["waybills"])}
    scans, shut = [], {}
    for waybill in said["waybills"]:
        problem = _problem(known.get(waybill), said, now)
        if problem:
            shut[waybill] = problem
        else:
            scans.append(_scan(request, waybill, said, now))
    told = services.record_scans(scans, source=enums.Source.HUB, recorded_at=now)
    results = {scan.waybill: answer for scan, answer in zip(scans, told, strict=True)}
    for waybill in said["waybills"]:
        answer = results.get(waybill)
        good = answer is not None and answer.result == enums.ScanResult.CREATED
        words = shut.get(waybill) or (answer.detail if answer else "") or _("Recorded")
        yield {"waybill": waybill, "good": good, "words": words}


def _problem(parcel: Parcel | None, said: dict[str, Any], now: datetime) -> str:
    if parcel is None:
        return _("No such parcel. Check the number; a parcel without order cannot be scanned here")
    problems = services.check_gates(parcel, said["code"], {"mode": said["mode"]}, at=now)
    if parcel.state in enums.ENDED:
        return _("This parcel has ended: %(state)s") % {"state": parcel.get_state_display()}
    return problems[0].message if problems else ""


def _scan(
    request: HttpRequest, waybill: str, said: dict[str, Any], now: datetime
) -> services.ScanInput:
    detail: dict[str, Any] = {}
    if said["code"] == "XRY":
        detail = {"result": "pass"}
    if said["code"] == "DEP":
        detail = {"mode": said["mode"] or "road"}
    employee = said["courier"] or getattr(request.user, "employee", None)
    return services.ScanInput(
        uid=uuid4(), waybill=waybill, code=said["code"], happened_at=now, device="station",
        site_id=said["site"].pk, person_id=employee.pk if employee else None, detail=detail,
    )  # fmt: skip
