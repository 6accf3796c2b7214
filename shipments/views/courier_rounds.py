"""The courier's own start and end of a round, and the money taken: small pages, with a connection.

The phone's offline pages carry the work in between; these three are for the moments at the station.
Without a net the worker answers for them with a page that says so (`m_offline`).
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from courierqa.core import calendars
from courierqa.core.access import allow
from courierqa.core.errors import DomainError
from courierqa.core.forms import FieldErrors, add_refusal, form_page
from shipments import services
from shipments.enums import CheckPhase, RoundStatus
from shipments.forms.rounds import CheckForm, CollectMoneyForm, EndForm, RefuseMoneyForm
from shipments.models import CheckItem, Order, Parcel, Round
from shipments.selectors import cod, round_board, runsheets
from staff.models import Employee


def _me(request: HttpRequest) -> Employee:
    person = getattr(request.user, "employee", None)
    if person is None:
        raise Http404
    return person


def _today(person: Employee) -> Round | None:
    day = calendars.business_day(timezone.now())
    return Round.objects.filter(courier=person, day=day).select_related("site", "courier").first()


@never_cache
@allow("round", GET="read", POST="create")
def m_round_start(request: HttpRequest) -> HttpResponse:
    """Accept the round and the pickups, look at vehicle and gear, start."""
    person = _me(request)
    row = _today(person)
    verb = request.POST.get("verb", "")
    form = CheckForm(
        request.POST if verb == "check" else None, phase=CheckPhase.BEFORE,
        site_id=row.site_id if row else None,
    )  # fmt: skip
    problem = None
    if request.method == "POST":
        problem = _start_deed(request, person, row, form, verb)
        if problem is None and not form.errors:
            return redirect("shipments:m_round_start")
    check = row.checks.filter(phase=CheckPhase.BEFORE).order_by("-pk").first() if row else None
    context = {
        "title": _("Start of the round"), "row": row, "form": form, "problem": problem,
        "sheet": runsheets.run_sheet(row, now=timezone.now()) if row else None, "check": check,
        "tasks": round_board.pickup_tasks(person.pk),
        "failed": CheckItem.objects.filter(code__in=check.failed) if check else (),
    }  # fmt: skip
    status = 422 if problem or form.errors else 200
    return render(request, "shipments/m/round_start.html", context, status=status)


def _start_deed(
    request: HttpRequest, person: Employee, row: Round | None, form: CheckForm, verb: str
) -> DomainError | None:
    """Carry out the pressed verb; return the refusal. Errors of the check stay in its form."""
    now = timezone.now()
    try:
        if verb == "order":
            order = get_object_or_404(Order, number=request.POST.get("order", ""), courier=person)
            services.accept_order(order, courier=person, at=now, actor=request.user)
        elif row is None:
            raise Http404
        elif verb == "accept":
            services.accept_round(row, at=now, actor=request.user)
        elif verb == "check":
            if form.is_valid():
                _save_check(request, row, form, CheckPhase.BEFORE)
        elif verb == "start":
            services.start_round(row, at=now, actor=request.user)
        else:
            return DomainError(_("Choose what to do"), field="verb")
    except DomainError as error:
        if verb == "check":
            add_refusal(form, error)
            return None
        return error
    return None


def _save_check(request: HttpRequest, row: Round, form: CheckForm, phase: str) -> None:
    said = form.cleaned_data
    services.save_check(
        row, phase=phase, answers=form.answers(), note=said["note"],
        vehicle=said.get("vehicle", ""), at=timezone.now(), actor=request.user,
    )  # fmt: skip


def _read_km(request: HttpRequest, row: Round, km: int | None) -> None:
    """Keep the odometer of a registered vehicle as its driver read it."""
    vehicle = services.vehicle_of(row.vehicle)
    if vehicle is not None and km is not None:
        services.read_odometer(vehicle, km=km, on=row.day, at=timezone.now(), actor=request.user)


@never_cache
@allow("round", GET="read", POST="create")
def m_round_end(request: HttpRequest) -> HttpResponse:
    """List what has no outcome yet, ask for what was forgotten, end the round."""
    person = _me(request)
    row = _today(person)
    if row is None:
        nothing = {"title": _("End of the round"), "row": None}
        return render(request, "shipments/m/round_end.html", nothing)
    sheet = runsheets.run_sheet(row, now=timezone.now())
    owed = [line.parcel for line in sheet.lines if line.is_owed]
    is_running = row.status == RoundStatus.RUNNING
    data = request.POST if request.method == "POST" and is_running else None
    form, check = EndForm(data, parcels=owed), CheckForm(data, phase=CheckPhase.AFTER)
    if data is not None and form.is_valid() and check.is_valid():
        errors = FieldErrors(check)
        with errors:
            with transaction.atomic():
                _save_check(request, row, check, CheckPhase.AFTER)
                _read_km(request, row, check.cleaned_data["km"])
            services.end_round(row, reasons=form.reasons(), at=timezone.now(), actor=request.user)
        if errors.ok:
            messages.success(request, _("The round has ended"))
            return redirect("shipments:m_round_end")
    context = {
        "title": _("End of the round"), "row": row, "sheet": sheet, "form": form, "check": check,
        "is_running": is_running,
    }  # fmt: skip
    wrong = data is not None and (form.errors or check.errors)
    return render(request, "shipments/m/round_end.html", context, status=422 if wrong else 200)


@never_cache
@allow("cod", GET="read", POST="create")
def m_cod(request: HttpRequest) -> HttpResponse:
    """Show the money of today; take it after the goods were checked, or write down a refusal."""
    person = _me(request)
    verb, now = request.POST.get("verb", ""), timezone.now()
    form: Any = CollectMoneyForm()
    if request.method == "POST":
        kind = RefuseMoneyForm if verb == "refuse" else CollectMoneyForm
        form = kind(request.POST)
        errors = FieldErrors(form)
        if form.is_valid():
            with errors:
                _money(request, person, form, verb)
            if errors.ok:
                messages.success(request, _("Saved"))
                return redirect("shipments:m_cod")
    day = calendars.business_day(now)
    lines = cod.day_lines(person.pk, day)
    context = {
        "title": _("Cash on delivery"), "form": form, "verb": verb, "lines": lines,
        "parcels": cod.open_cod_parcels(person.pk),
        "refusal": form if verb == "refuse" else RefuseMoneyForm(),
        "taken_fen": sum(line.amount_fen for line in lines),
        "chosen": request.POST.get("waybill", ""),
    }  # fmt: skip
    return form_page(request, "shipments/m/cod.html", context)


def _money(request: HttpRequest, person: Employee, form: Any, verb: str) -> None:
    said, now = form.cleaned_data, timezone.now()
    mine = Parcel.objects.filter(holder=person)
    parcel = get_object_or_404(mine, waybill=said["waybill"])
    if verb == "refuse":
        services.refuse_payment(
            parcel=parcel, reason=said["reason"].code, statement=said["statement"],
            courier=person, at=now, actor=request.user,
        )  # fmt: skip
    else:
        services.collect_cod(
            parcel=parcel, goods_checked=said["goods_checked"], amount_fen=said["amount"],
            courier=person, at=now, actor=request.user,
        )  # fmt: skip
