"""Vehicles: the list, one with what may be done to it, the calendar of bookings."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

import shipments.services
from courierqa.core.access import allow, may
from courierqa.core.errors import DomainError
from courierqa.core.formats import day, moment, number, yuan
from quality.forms.things import fleet as forms
from quality.models import Maintenance, RoadTicket
from quality.services import things
from quality.views.things.shared import acting_sites, day_badge, deed, file_line, today
from shipments.models import Vehicle, VehicleBooking, VehicleDefect
from shipments.selectors import vehicles as fleet
from shipments.vehicle_enums import DefectStatus, Fitness, SafetyGear, Shift
from staff.views.files import listed
from staff.views.records import Cell, Deed, Record, Table, make_page, record_page, table_page

STATUS_BADGE = {"fit": "good", "unfit": "bad", "retired": "neutral"}


@allow("vehicle", GET="read")
def vehicles_page(request: HttpRequest) -> HttpResponse:
    """List the fleet with load, energy and fitness (VEH-01, VEH-05)."""
    rows = fleet.vehicles_for(request.access)
    status = request.GET.get("status", "")
    if status in Fitness.values:
        rows = rows.filter(status=status)
    found = listed(request, rows, order=("plate", "id"))
    url = reverse("quality:vehicles")
    tabs = [(url, _("All"), not status)]
    tabs += [(f"{url}?status={value}", label, status == value) for value, label in Fitness.choices]
    new = [(reverse("quality:vehicle_new"), _("New vehicle"), "plus")]
    more = [(reverse("quality:bookings"), _("Calendar of vehicles"), "calendar"),
            (reverse("quality:tickets"), _("Calls for help"), "phone-call")]  # fmt: skip
    table = Table(
        _("Vehicles"), _heads(), map(_vehicle_row, found), tabs=tabs, page=found,
        actions=[*(new if may(request.user, "vehicle", "change") else []), *more],
        export="vehicle", icon="truck", empty=_("No vehicle fits this choice"),
        hint=_("A vehicle's file holds its load, space, energy and safety equipment"),
    )  # fmt: skip
    return table_page(request, table)


def _heads() -> list[str]:
    return [_("Plate"), _("Kind of vehicle"), _("Site"), _("Driven by"), _("May carry, kg") + "#",
            _("Odometer, km") + "#", _("Status"), _("since"),
            _("Open defects") + "#"]  # fmt: skip


def _vehicle_row(row: Any) -> list[Cell]:
    return [
        Cell(row.plate, reverse("quality:vehicle", args=[row.plate])),
        Cell(row.get_kind_display()), Cell(row.site), Cell(row.get_energy_display()),
        Cell(number(row.load_kg), is_number=True, plain=row.load_kg),
        Cell(number(row.odometer_km), is_number=True, plain=row.odometer_km),
        Cell(row.get_status_display(), badge=STATUS_BADGE[row.status]),
        Cell(day(row.status_since)), Cell(row.n_open, is_number=True),
    ]  # fmt: skip


@allow("vehicle", GET="change", POST="change")
def vehicle_edit(request: HttpRequest, plate: str = "") -> HttpResponse:
    """Register a vehicle, or correct its file."""
    row = get_object_or_404(fleet.vehicles_for(request.access), plate=plate) if plate else None
    initial = _initial(row) if row else {}

    def save(said: dict[str, Any]) -> str:
        made = things.keep_vehicle(
            row, plate=said.pop("plate", plate), odometer_km=said.pop("odometer_km", 0) or 0,
            fields=said, actor=request.user, at=timezone.now(),
        )  # fmt: skip
        return reverse("quality:vehicle", args=[made.plate])

    form = forms.VehicleForm(
        request.POST or None, sites=acting_sites(request, "vehicle"), is_new=row is None,
        initial=initial,
    )  # fmt: skip
    back = reverse("quality:vehicle", args=[plate]) if plate else reverse("quality:vehicles")
    return make_page(request, form, save, title=str(row) if row else _("New vehicle"),
                     submit=_("Save"), back=back)  # fmt: skip


def _initial(row: Vehicle) -> dict[str, Any]:
    fields = ("kind", "energy", "load_kg", "space_l", "gear", "acquired_on")
    return {name: getattr(row, name) for name in fields} | {"site": row.site.code}


@allow("vehicle", GET="read", POST="change")
def vehicle_page(request: HttpRequest, plate: str) -> HttpResponse:
    """Show a vehicle's file with its defects, services, papers, and what may be done."""
    row = get_object_or_404(fleet.vehicles_for(request.access), plate=plate)
    gear = [str(SafetyGear(code).label) for code in row.gear if code in SafetyGear.values]
    lacking = [str(one.label) for one in SafetyGear if one.value not in row.gear]
    facts = [
        (_("Status"), f"{row.get_status_display()} · " + _("since") + f" {day(row.status_since)}"),
        (_("Kind of vehicle"), row.get_kind_display()), (_("Site"), row.site),
        (_("Driven by"), row.get_energy_display()),
        (_("May carry"), f"{number(row.load_kg)} kg · {number(row.space_l)} L"),
        (_("Odometer"), f"{number(row.odometer_km)} km"),
        (_("Safety equipment on board"), "\n".join(gear) or None),
        (_("Not on board"), "\n".join(lacking) or None),
    ]  # fmt: skip
    can = may(request.user, "vehicle", "change")
    own = file_line(reverse("quality:vehicle_edit", args=[row.plate]))
    record = Record(
        title=row.plate, back=reverse("quality:vehicles"), back_label=_("Vehicles"), facts=facts,
        lines=[*(own if can else []), *_lines(row)], source=("vehicle", row.plate),
        deeds=_deeds(request, row) if can else [],
        lead=_("This vehicle may not be used until its safety defect is repaired")
        if row.status == Fitness.UNFIT else "",
    )  # fmt: skip
    return record_page(request, record)


def _lines(row: Vehicle) -> list[tuple[Any, list[Cell]]]:
    defects = row.defects.select_related("found_by")[:20]
    turns = Maintenance.objects.filter(plan__vehicle=row, done_at=None).select_related("plan")
    done = Maintenance.objects.filter(plan__vehicle=row).exclude(done_at=None)
    on = today()
    return [
        (_("Defects"), [_defect_cell(one) for one in defects]),
        (_("Services due"), [_turn_cell(one, on) for one in turns.order_by("due_day")[:5]]),
        (_("Services done"),
         [Cell(f"{day(t.done_on)} · {t.plan.what} · {yuan(t.cost_fen)}")
          for t in done.select_related("plan").order_by("-done_on")[:10]]),
        (_("Papers"), [Cell(f"{one} · " + _("until") + f" {day(one.expires_on)}",
                            reverse("quality:licence", args=[one.pk]))
                       for one in row.licences.filter(is_active=True)]),
        (_("Calls for help"), [Cell(f"{one.number} · {one.what}",
                                    reverse("quality:ticket", args=[one.number]))
                               for one in RoadTicket.objects.filter(vehicle=row)[:5]]),
    ]  # fmt: skip


def _defect_cell(one: VehicleDefect) -> Cell:
    words = f"{moment(one.found_at)} · {one.what}"
    if one.status == DefectStatus.OPEN:
        return Cell(words, badge="bad" if one.is_safety else "warn")
    return Cell(f"{words} · " + _("repaired") + f" {moment(one.solved_at)}: {one.solution}")


def _turn_cell(one: Maintenance, on: date) -> Cell:
    near = day_badge(one.due_day, on=on)
    at_km = f" · {number(one.due_km)} km" if one.due_km else ""
    url = reverse("quality:maintenance_one", args=[one.pk])
    return Cell(f"{day(one.due_day)}{at_km} · {one.plan.what}", url, badge=near.badge)


def _deeds(request: HttpRequest, row: Vehicle) -> list[Deed]:
    now, by = timezone.now(), request.user
    serve = shipments.services
    found = [
        deed("defect", _("Report a defect"), forms.DefectForm, lambda said: serve.report_defect(
            row, at=now, actor=by, **said), icon="alert-triangle"),
        deed("reading", _("Read the odometer"), partial(forms.ReadingForm, initial={"on": today()}),
             lambda said: serve.read_odometer(row, at=now, actor=by, **said)),
    ]  # fmt: skip
    open_ = row.defects.filter(status=DefectStatus.OPEN)
    if open_.exists():
        found.insert(0, deed(
            "solve", _("Repaired"), partial(forms.SolveForm, defects=open_),
            lambda said: serve.solve_defect(said["defect"], solution=said["solution"], at=now,
                                            actor=by)))  # fmt: skip
    verbs = {"ground": _("Take off the road"), "clear": _("Declare fit"),
             "retire": _("Take off the fleet")}  # fmt: skip
    found += [
        deed(verb, verbs[verb], forms.FitnessForm, partial(_fitness, row, verb, request),
             is_grave=verb != "clear")
        for verb in _verbs(row)
    ]  # fmt: skip
    return found


def _verbs(row: Vehicle) -> list[str]:
    return {Fitness.FIT: ["ground", "retire"], Fitness.UNFIT: ["clear", "retire"]}.get(
        Fitness(row.status), []
    )


def _fitness(row: Vehicle, verb: str, request: HttpRequest, said: dict[str, Any]) -> None:
    shipments.services.set_fitness(
        row, verb=verb, reason=said["reason"], at=timezone.now(), actor=request.user
    )


@allow("vehicle", GET="read", POST="change")
def bookings_page(request: HttpRequest) -> HttpResponse:
    """Show who drives which vehicle in a week, and book one (VEH-10)."""
    start = _week(request.GET.get("week", ""))
    sites = acting_sites(request, "vehicle")
    form = forms.BookingForm(request.POST or None, sites=sites, initial={"day": today()})
    if request.method == "POST" and form.is_valid():
        try:
            shipments.services.book_vehicle(
                at=timezone.now(), actor=request.user, **form.cleaned_data
            )
        except DomainError as error:
            form.refuse(error)
        else:
            messages.success(request, pgettext("vehicle", "Booked"))
            return redirect(f"{request.path}?week={form.cleaned_data['day']:%G-W%V}")
    page = {
        "title": _("Calendar of vehicles"), "form": form, "start": start,
        "days": [start + timedelta(days=n) for n in range(7)],
        "rows": _week_rows(request, start), "may_change": may(request.user, "vehicle", "change"),
        "before": f"{start - timedelta(days=7):%G-W%V}",
        "after": f"{start + timedelta(days=7):%G-W%V}",
    }  # fmt: skip
    return render(request, "quality/things/bookings.html", page,
                  status=422 if form.errors else 200)  # fmt: skip


def _week(text: str) -> date:
    """Return the Monday of a week such as 2026-W48; of this week where there is none such."""
    try:
        year, week = text.split("-W")
        found = date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        found = today() - timedelta(days=today().weekday())
    return found if 2000 < found.year < 9000 else today() - timedelta(days=today().weekday())


def _week_rows(request: HttpRequest, start: date) -> list[tuple[Any, list[list[Any]]]]:
    """Return each vehicle with its bookings by day."""
    booked: dict[tuple[int, date], list[VehicleBooking]] = {}
    for one in fleet.bookings_for(request.access, start=start):
        booked.setdefault((one.vehicle_id, one.day), []).append(one)
    order = list(Shift.values)
    for held in booked.values():
        held.sort(key=lambda one: order.index(one.shift))
    rows = fleet.vehicles_for(request.access).exclude(status=Fitness.RETIRED).order_by("plate")
    days = [start + timedelta(days=n) for n in range(7)]
    return [(row, [booked.get((row.pk, on), []) for on in days]) for row in rows[:200]]


@allow("vehicle", POST="change")
def booking_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a booking back."""
    rows = VehicleBooking.objects.filter(request.access.rows(site="vehicle__site_id"))
    row = get_object_or_404(rows.select_related("vehicle"), pk=pk)
    shipments.services.cancel_booking(row, at=timezone.now(), actor=request.user)
    messages.success(request, _("Taken back"))
    return redirect("quality:bookings")


@allow("vehicle", GET="read")
def weighed_page(request: HttpRequest) -> HttpResponse:
    """List parcels weighed with an instrument out of date (VEH-08, F03)."""
    rows = fleet.weighed_out_of_date(request.access)
    found = listed(request, rows, order=("-day", "-parcel_id"))
    table = Table(
        _("Weighed with an instrument out of date"),
        [_("Parcel"), _("Day"), pgettext("meter", "Instrument"), _("Weight")],
        ([Cell(one.parcel.waybill, reverse("shipments:parcel", args=[one.parcel.waybill])),
          Cell(day(one.day)), Cell(one.instrument), Cell(f"{(one.weight_g or 0) / 1000:.2f} kg")]
         for one in found),
        page=found, export="vehicle", icon="scale",
        lead=_("At acceptance an expired instrument cannot be chosen; these came otherwise"),
        empty=_("Every parcel was weighed with an instrument in calibration"),
    )  # fmt: skip
    return table_page(request, table)
