"""Rounds: the board of a day, giving out, one run sheet with its deeds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from courierqa.core import audit, calendars, exports
from courierqa.core.access import allow
from courierqa.core.errors import DomainError
from courierqa.core.forms import FieldErrors, form_page
from shipments import services
from shipments.forms.rounds import GiveOutForm
from shipments.models import Parcel, Round
from shipments.selectors import round_board, runsheets
from staff.models import Site

MOST_OFFERED = 200


def _day(request: HttpRequest) -> date:
    today = calendars.business_day(timezone.now())
    return round_board.day_of(request.GET.get("day", ""), today=today)


@allow("run_sheet", GET="read")
def rounds_page(request: HttpRequest) -> HttpResponse:
    """Show every courier's round of a day: accepted, checked, started, owed."""
    day = _day(request)
    context = {
        "title": _("Rounds"), "day": day, "rows": round_board.round_board(request.access, day),
        "before": day - timedelta(days=1), "after": day + timedelta(days=1),
        "now": timezone.now(), "today": calendars.business_day(timezone.now()),
    }  # fmt: skip
    return render(request, "shipments/rounds.html", context)


def _sites(request: HttpRequest) -> Any:
    rows = Site.objects.filter(closed_on=None)
    return rows if request.access.is_all else rows.filter(pk__in=request.access.sites)


@allow("run_sheet", GET="change", POST="change")
def round_new_page(request: HttpRequest) -> HttpResponse:
    """Give waiting parcels out to a courier."""
    access = request.access
    waiting = runsheets.waiting_parcels(None if access.is_all else access.sites)
    initial = {"day": _day(request), "courier": request.GET.get("courier", "")}
    form = GiveOutForm(
        request.POST or None, sites=_sites(request), parcels=waiting, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            row = _give_out(request, form)
        if errors.ok:
            count = len(form.cleaned_data["parcels"])
            text = ngettext("%(n)d parcel given out", "%(n)d parcels given out", count)
            messages.success(request, text % {"n": count})
            return redirect("shipments:round", row.pk)
    context = {
        "title": _("Give out parcels"), "form": form, "now": timezone.now(),
        "parcels": waiting[:MOST_OFFERED], "chosen": request.POST.getlist("parcels"),
    }  # fmt: skip
    return form_page(request, "shipments/round_new.html", context)


def _give_out(request: HttpRequest, form: GiveOutForm) -> Round:
    said = form.cleaned_data
    courier = said["courier"]
    return services.give_out(
        courier=courier, site=courier.site, day=said["day"], parcels=list(said["parcels"]),
        at=timezone.now(), actor=request.user,
    )  # fmt: skip


def _round(request: HttpRequest, pk: int) -> Round:
    return get_object_or_404(runsheets.rounds_for(request.access), pk=pk)


@allow("run_sheet", GET="read", POST="change")
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one run sheet, and change its order or its parcels."""
    row = _round(request, pk)
    problem = None
    if request.method == "POST":
        problem = _do(request, row)
        if problem is None:
            return redirect("shipments:round", row.pk)
    now = timezone.now()
    sheet = runsheets.run_sheet(row, now=now)
    context = {
        "title": f"{row.courier} · {row.day:%Y-%m-%d}", "row": row, "sheet": sheet, "now": now,
        "problem": problem, "pickups": round_board.pickup_tasks(row.courier_id),
        "checks": row.checks.select_related("by").order_by("at"),
        "cod_fen": sum(line.parcel.cod_fen for line in sheet.lines if line.load),
    }  # fmt: skip
    return render(request, "shipments/round.html", context, status=422 if problem else 200)


def _do(request: HttpRequest, row: Round) -> DomainError | None:
    """Carry out the pressed verb; return the refusal."""
    said, now = request.POST, timezone.now()
    try:
        if said.get("verb") == "arrange":
            services.arrange(row, by=said.get("by", ""), at=now, actor=request.user)
        elif said.get("verb") == "sequence":
            services.set_sequence(row, places=_places(said), at=now, actor=request.user)
        elif said.get("verb") == "take_back":
            parcel = get_object_or_404(Parcel, waybill=said.get("waybill", ""))
            services.take_back(row, parcel=parcel, at=now, actor=request.user)
        else:
            return DomainError(_("Choose what to do"), field="verb")
    except DomainError as error:
        return error
    messages.success(request, _("Saved"))
    return None


def _places(said: Any) -> dict[int, int]:
    """Read the typed places: `place_<parcel id>`."""
    found = {}
    for name, text in said.items():
        number = name.removeprefix("place_")
        if number != name and number.isdecimal() and text.strip().isdecimal():
            found[int(number[:15])] = int(text.strip()[:4])
    return found


@allow("run_sheet", GET="read")
def round_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the run sheet as a table: masked, as the page shows it."""
    row = _round(request, pk)
    now = timezone.now()
    sheet = runsheets.run_sheet(row, now=now)
    audit.record("round.export", row, actor=request.user, at=now, request=request)
    head = [
        _("Place"), _("Parcel"), _("Area"), _("Promised by"), _("Loaded"),
        pgettext("round", "Outcome"), _("Incomplete"),
    ]  # fmt: skip
    lines = [
        [
            line.sequence, line.parcel.waybill, line.area, line.parcel.promised_by,
            line.load.loaded_at if line.load else "", line.outcome_label, "; ".join(line.gaps),
        ]
        for line in sheet.lines
    ]  # fmt: skip
    return exports.csv_response(f"round-{row.day}-{row.courier.number}.csv", head, lines)
