"""Maintenance and calls for help: what is due, what was done and cost, who came when."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import allow, may
from courierqa.core.formats import day, moment, number, yuan
from quality.forms.things import fleet as forms
from quality.models import Maintenance, RoadTicket
from quality.selectors.things import lists
from quality.services import things
from quality.views.things.shared import acting_sites, day_badge, deed, today
from staff.views.files import listed
from staff.views.records import Cell, Record, Table, make_page, record_page, table_page

VIEWS = ("overdue", "due", "done")


@allow("equipment", GET="read")
def maintenance_page(request: HttpRequest) -> HttpResponse:
    """List services overdue, due within weeks, or done with their cost (VEH-02)."""
    view = request.GET.get("view", "")
    view = view if view in VIEWS else "overdue"
    rows = lists.turns_for(request.access)
    late, near = lists.owed(rows, today=today())
    shown = {"overdue": late, "due": near}.get(view, rows.exclude(done_at=None))
    order = ("-done_on", "-id") if view == "done" else ("due_day", "id")
    found = listed(request, shown, order=order)
    url = reverse("quality:maintenance")
    words = {"overdue": _("Overdue") + f" {late.count()}",
             "due": pgettext("upkeep", "Due") + f" {near.count()}",
             "done": pgettext("upkeep", "Done")}  # fmt: skip
    new = [(reverse("quality:maintenance_new"), pgettext("inspection", "New plan"), "plus")]
    table = Table(
        _("Maintenance"), _heads(), map(_row, found), page=found, export="equipment",
        tabs=[(f"{url}?view={one}", words[one], one == view) for one in VIEWS],
        actions=new if may(request.user, "equipment", "change") else [], icon="tool",
        lead=_spent(shown) if view == "done" else "",
        empty=_("Nothing is overdue") if view == "overdue" else _("Nothing here"),
        hint=_("Services come from plans by days or kilometres, whatever comes first"),
    )  # fmt: skip
    return table_page(request, table)


def _spent(rows: QuerySet[Maintenance]) -> str:
    total = rows.aggregate(n=Sum("cost_fen"))["n"] or 0
    return _("%(sum)s spent on the services listed") % {"sum": yuan(total)}


def _heads() -> list[str]:
    return [_("Of"), _("What is done"), _("Due on"), _("Due at km") + "#", _("Site"),
            _("Done on"), _("Cost") + "#"]  # fmt: skip


def _row(one: Maintenance) -> list[Cell]:
    thing: Any = one.plan.vehicle or one.plan.equipment
    due = Cell(day(one.due_day)) if one.done_at else day_badge(one.due_day, on=today())
    return [
        Cell(thing, reverse("quality:maintenance_one", args=[one.pk])), Cell(one.plan.what), due,
        Cell(number(one.due_km) if one.due_km else "—", is_number=True, plain=one.due_km),
        Cell(thing.site), Cell(day(one.done_on)),
        Cell(yuan(one.cost_fen) if one.done_at else "—", is_number=True),
    ]  # fmt: skip


@allow("equipment", GET="change", POST="change")
def maintenance_new(request: HttpRequest) -> HttpResponse:
    """Plan what is serviced how often."""

    def save(said: dict[str, Any]) -> str:
        vehicle, equipment = said.pop("vehicle"), said.pop("equipment")
        things.plan_maintenance(
            thing=vehicle or equipment, by=request.user, at=timezone.now(), **said
        )
        return f"{reverse('quality:maintenance')}?view=due"

    form = forms.PlanForm(
        request.POST or None, sites=acting_sites(request, "equipment"),
        equipment=lists.equipment_for(request.access), initial={"anchor": today()},
    )  # fmt: skip
    return make_page(request, form, save, title=_("New maintenance plan"), submit=_("Save"),
                     back=reverse("quality:maintenance"))  # fmt: skip


@allow("equipment", GET="read", POST="change")
def maintenance_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one service; write down that it was done, or why it waits."""
    row = get_object_or_404(lists.turns_for(request.access), pk=pk)
    thing: Any = row.plan.vehicle or row.plan.equipment
    facts = [
        (_("Of"), thing), (_("Site"), thing.site), (_("Planned for"), day(row.planned_day)),
        (_("Due on"), day(row.due_day)),
        (_("Due at km"), number(row.due_km) if row.due_km else None),
        (_("Kilometres reached on"), day(row.km_reached_on)), (_("Done on"), day(row.done_on)),
        (_("Cost"), yuan(row.cost_fen) if row.done_at else None),
        (_("Workshop"), row.workshop or None),
        (pgettext("check", "What was found"), row.note or None),
    ]  # fmt: skip
    moved = [Cell(f"{day(one.old_due_day)} → {day(one.due_day)} · {one.reason} · {one.by}")
             for one in row.delays.select_related("by")]  # fmt: skip
    record = Record(
        title=row.plan.what, back=reverse("quality:maintenance"), back_label=_("Maintenance"),
        facts=facts, lines=[(_("Put off"), moved)] if moved else (),
        deeds=_deeds(request, row), source=("maintenance", row.pk),
    )  # fmt: skip
    return record_page(request, record)


def _deeds(request: HttpRequest, row: Maintenance) -> list[Any]:
    if row.done_at is not None or not may(request.user, "equipment", "change"):
        return []
    now, by = timezone.now(), request.user

    def stop(_said: dict[str, Any]) -> None:
        things.stop_plan(row.plan, by=by, at=now)

    vehicle: Any = row.plan.vehicle
    first = {"done_on": today(), "km": vehicle.odometer_km if vehicle else None}
    return [
        deed("done", pgettext("upkeep", "Done"), partial(forms.MaintenanceDoneForm, initial=first),
             lambda said: things.finish_maintenance(row, by=by, at=now, **said)),
        deed("delay", _("Put off"), forms.DelayForm,
             lambda said: things.delay_maintenance(row, by=by, at=now, **said), icon="clock"),
    ]  # fmt: skip


@allow("vehicle", GET="read")
def tickets_page(request: HttpRequest) -> HttpResponse:
    """List calls for help with the three times (VEH-06)."""
    found = listed(request, lists.tickets_for(request.access), order=("-called_at", "-id"))
    new = [(reverse("quality:ticket_new"), _("Call for help"), "phone-call")]
    heads = [_("Number"), _("What happened"), _("Vehicle"), _("Driver"), _("Help called at"),
             _("Help arrived at"), _("Solved at"), _("Cost") + "#"]  # fmt: skip
    table = Table(
        _("Calls for help"), heads, map(_ticket_row, found), page=found, export="vehicle",
        actions=new if may(request.user, "vehicle", "change") else [], icon="phone-call",
        empty=_("Nobody had to call for help"),
        hint=_("A breakdown, an accident or scratched paint gets a ticket with its times"),
    )  # fmt: skip
    return table_page(request, table)


def _ticket_row(one: RoadTicket) -> list[Cell]:
    cost = yuan(one.cost_fen) if one.solved_at else "—"
    return [
        Cell(one.number, reverse("quality:ticket", args=[one.number])),
        Cell(one.get_kind_display()), Cell(one.vehicle), Cell(one.driver),
        Cell(moment(one.called_at)), Cell(moment(one.arrived_at)), Cell(moment(one.solved_at)),
        Cell(cost, is_number=True),
    ]  # fmt: skip


@allow("vehicle", GET="change", POST="change")
def ticket_new(request: HttpRequest) -> HttpResponse:
    """Open a ticket."""

    def save(said: dict[str, Any]) -> str:
        row = things.open_ticket(by=request.user, at=timezone.now(), **said)
        return reverse("quality:ticket", args=[row.number])

    form = forms.TicketForm(
        request.POST or None, sites=acting_sites(request, "vehicle"),
        initial={"called_at": timezone.localtime()},
    )  # fmt: skip
    return make_page(request, form, save, title=_("Call for help"), submit=_("Open the ticket"),
                     back=reverse("quality:tickets"))  # fmt: skip


@allow("vehicle", GET="read", POST="change")
def ticket_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show a call for help; write down when help came and how it ended."""
    row = get_object_or_404(lists.tickets_for(request.access), number=number)
    now, by = timezone.now(), request.user
    facts = [
        (_("Status"), row.get_status_display()), (_("What happened"), row.get_kind_display()),
        (_("Vehicle"), row.vehicle), (_("Driver"), row.driver),
        (pgettext("repair", "What is wrong"), row.what),
        (pgettext("event", "Place"), row.place or None),
        (_("Help called at"), moment(row.called_at)),
        (_("Help arrived at"), moment(row.arrived_at)), (_("Solved at"), moment(row.solved_at)),
        (pgettext("repair", "What was done"), row.solution or None),
        (_("Cost"), yuan(row.cost_fen)),
    ]  # fmt: skip
    here = timezone.localtime()
    arrived = deed("arrived", _("Help is there"),
                   partial(forms.ArrivedForm, initial={"arrived_at": here}),
                   lambda said: things.help_arrived(row, by=by, at=now, **said))  # fmt: skip
    solved = deed("solved", _("Solved"),
                  partial(forms.TicketSolvedForm, initial={"solved_at": here}),
                  lambda said: things.solve_ticket(row, by=by, at=now, **said))  # fmt: skip
    deeds = {"called": [arrived, solved], "arrived": [solved]}.get(row.status, [])
    record = Record(
        title=row.number, back=reverse("quality:tickets"), back_label=_("Calls for help"),
        facts=facts, source=("ticket", row.number),
        deeds=deeds if may(request.user, "vehicle", "change") else [],
    )  # fmt: skip
    return record_page(request, record)
