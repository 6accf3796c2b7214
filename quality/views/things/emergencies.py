"""Emergency plans with their call lists, drills with attendance, areas of risk."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

import shipments.services
from courierqa.core.access import access_for, allow, may
from courierqa.core.formats import day
from quality.forms.things import safety as forms
from quality.models import Drill, EmergencyPlan
from quality.selectors.things import lists
from quality.services import things
from quality.views.things.shared import acting_sites, day_badge, deed, today
from shipments.models import RiskArea
from staff.views.files import listed
from staff.views.records import Cell, Record, Table, make_page, record_page, table_page

DRILL_BADGE = {"planned": "", "held": "good", "cancelled": "neutral"}


@allow("emergency", GET="read")
def plans_page(request: HttpRequest) -> HttpResponse:
    """List the emergency plans, one for each kind of incident (SAF-02)."""
    rows = EmergencyPlan.objects.annotate(last=Max("drills__held_on")).prefetch_related("contacts")
    heads = [_("Emergency plan"), _("For"), _("Whom to call first"), _("Version") + "#",
             _("Reviewed on"), _("Last drill")]  # fmt: skip
    table = Table(
        _("Emergency plans"), heads,
        ([Cell(one.title, reverse("quality:emergency", args=[one.kind])),
          Cell(one.get_kind_display()), Cell(_first_call(one)), Cell(one.version, is_number=True),
          Cell(day(one.reviewed_on)), Cell(day(one.last))] for one in rows),
        actions=[(reverse("quality:drills"), _("Drills"), "clipboard-check"),
                 (reverse("quality:risk_areas"), _("Areas of risk"), "map-pin-off")],
        icon="urgent", empty=_("No emergency plan yet"),
    )  # fmt: skip
    return table_page(request, table)


def _first_call(plan: EmergencyPlan) -> str:
    first = next(iter(plan.contacts.all()), None)
    return f"{first.role} {first.phone}" if first else "—"


@allow("emergency", GET="read", POST="change")
def emergency_page(request: HttpRequest, kind: str) -> HttpResponse:
    """Show a plan with its steps and call list; write its next version."""
    plan = get_object_or_404(EmergencyPlan, kind=kind)
    calls = list(plan.contacts.all())
    first = {"title": plan.title, "steps": plan.steps, "drill_days": plan.drill_days,
             "contacts": "\n".join(f"{one.role} {one.phone}" for one in calls)}  # fmt: skip
    revise = deed("revise", _("Save as the next version"),
                  partial(forms.EmergencyForm, initial=first),
                  lambda said: things.revise_plan(plan, by=request.user, at=timezone.now(),
                                                  **said))  # fmt: skip
    reach = access_for(request.user, "drill", "read")
    drills = lists.drills_for(reach) if reach else Drill.objects.none()
    drills = drills.filter(plan=plan).select_related("site").order_by("-planned_on")[:10]
    record = Record(
        title=_("In case of: %(kind)s") % {"kind": plan.get_kind_display()},
        back=reverse("quality:emergencies"), back_label=_("Emergency plans"),
        facts=[(_("Emergency plan"), plan.title), (_("What to do"), plan.steps),
               (_("Version"), plan.version), (_("Reviewed on"), day(plan.reviewed_on)),
               (_("Days between two drills"), plan.drill_days)],
        lines=[(_("Whom to call, in this order"), [Cell(f"{one.role} {one.phone}")
                                                   for one in calls]),
               (_("Drills"), [Cell(f"{day(one.planned_on)} · {one.site} · "
                                   f"{one.get_status_display()}",
                                   reverse("quality:drill", args=[one.pk])) for one in drills])],
        deeds=[revise] if may(request.user, "emergency", "change") else [],
    )  # fmt: skip
    return record_page(request, record)


@allow("drill", GET="read")
def drills_page(request: HttpRequest) -> HttpResponse:
    """List drills with how many took part (SAF-08, F06)."""
    found = listed(request, lists.drills_for(request.access), order=("-planned_on", "-id"))
    new = [(reverse("quality:drill_new"), _("Plan a drill"), "plus")]
    heads = [_("Planned for"), _("Emergency plan"), _("Site"), _("Status"),
             pgettext("drill", "Held on"),
             _("Took part") + "#", pgettext("drill", "With")]  # fmt: skip
    table = Table(
        _("Drills"), heads, map(_drill_row, found), page=found, export="drill",
        actions=new if may(request.user, "drill", "change") else [], icon="clipboard-check",
        empty=_("No drill is planned yet"),
        hint=_("A drill without people on its list was not held"),
    )  # fmt: skip
    return table_page(request, table)


def _drill_row(row: Any) -> list[Cell]:
    planned = Cell(day(row.planned_on), reverse("quality:drill", args=[row.pk]))
    if row.status == "planned":
        badge = day_badge(row.planned_on, on=today(), soon=14).badge
        planned = Cell(planned.text, planned.url, badge=badge)
    return [
        planned, Cell(row.plan), Cell(row.site),
        Cell(row.get_status_display(), badge=DRILL_BADGE[row.status]), Cell(day(row.held_on)),
        Cell(row.n_people, is_number=True), Cell(row.partners or None),
    ]  # fmt: skip


@allow("drill", GET="change", POST="change")
def drill_new(request: HttpRequest) -> HttpResponse:
    """Plan a drill."""

    def save(said: dict[str, Any]) -> str:
        row = things.plan_drill(by=request.user, at=timezone.now(), **said)
        return reverse("quality:drill", args=[row.pk])

    form = forms.DrillForm(request.POST or None, sites=acting_sites(request, "drill"))
    return make_page(request, form, save, title=_("Plan a drill"), submit=_("Save"),
                     back=reverse("quality:drills"))  # fmt: skip


@allow("drill", GET="read", POST="change")
def drill_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a drill; write down who took part, or put it off."""
    row = get_object_or_404(lists.drills_for(request.access), pk=pk)
    facts = [
        (_("Status"), row.get_status_display()), (_("Emergency plan"), row.plan),
        (_("Site"), row.site), (_("First planned for"), day(row.first_planned_on)),
        (_("Planned for"), day(row.planned_on)), (pgettext("drill", "Held on"), day(row.held_on)),
        (_("Police, fire brigade or neighbours"), row.partners or None),
        (_("What was learnt"), row.lessons or None),
    ]  # fmt: skip
    record = Record(
        title=f"{row.plan} · {row.site}", back=reverse("quality:drills"), back_label=_("Drills"),
        facts=facts, source=("drill", row.pk), deeds=_drill_deeds(request, row),
        lines=[(_("Who took part"), [Cell(one) for one in row.people.order_by("number")])],
    )  # fmt: skip
    return record_page(request, record)


def _drill_deeds(request: HttpRequest, row: Drill) -> list[Any]:
    if row.status != "planned" or not may(request.user, "drill", "change"):
        return []
    now, by = timezone.now(), request.user
    held = partial(forms.HeldForm, site=row.site, initial={"held_on": today()})
    return [
        deed("held", _("It was held"), held,
             lambda said: things.hold_drill(row, by=by, at=now, **said)),
        deed("move", _("Put it off"), forms.MoveDrillForm,
             lambda said: things.move_drill(row, by=by, at=now, **said), icon="clock"),
    ]  # fmt: skip


@allow("emergency", GET="read")
def risk_areas_page(request: HttpRequest) -> HttpResponse:
    """List the areas shown on run sheets (SAF-06)."""
    new = [(reverse("quality:risk_area_new"), _("New area of risk"), "plus")]
    heads = [_("Name"), _("City"), _("Words of its addresses"), _("What to do there"),
             _("Holds until"), _("Status")]  # fmt: skip
    shown, hidden = _("Shown"), _("Not shown")
    changes = may(request.user, "emergency", "change")
    table = Table(
        _("Areas of risk"), heads,
        ([Cell(one.name, reverse("quality:risk_area", args=[one.pk]) if changes else ""),
          Cell(one.city or None),
          Cell("、".join(one.keywords)), Cell(one.advice), Cell(day(one.until)),
          Cell(shown if one.is_active else hidden, badge="good" if one.is_active else "neutral")]
         for one in RiskArea.objects.all()[:500]),
        actions=new if changes else [], icon="map-pin-off",
        empty=_("No area of risk yet"),
        hint=_("A stop whose address lies in one carries the warning on the run sheet"),
    )  # fmt: skip
    return table_page(request, table)


@allow("emergency", GET="change", POST="change")
def risk_area_edit(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Add an area of risk, or change it."""
    row = get_object_or_404(RiskArea, pk=pk) if pk is not None else None

    def save(said: dict[str, Any]) -> str:
        shipments.services.save_risk_area(row, at=timezone.now(), actor=request.user, **said)
        return reverse("quality:risk_areas")

    names = ("name", "city", "advice", "until", "is_active")
    first = {name: getattr(row, name) for name in names} if row else {"is_active": True}
    first |= {"keywords": "、".join(row.keywords)} if row else {}
    form = forms.RiskAreaForm(request.POST or None, initial=first)
    return make_page(request, form, save, title=str(row) if row else _("New area of risk"),
                     submit=_("Save"), back=reverse("quality:risk_areas"))  # fmt: skip
