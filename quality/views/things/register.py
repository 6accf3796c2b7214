"""Equipment and protective gear."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import allow, may
from courierqa.core.formats import day
from quality.forms.things import places as forms
from quality.models import Equipment
from quality.selectors.things import lists
from quality.services import things
from quality.views.things.shared import acting_sites, day_badge, deed, file_line, today
from staff.views.files import listed
from staff.views.records import Cell, Record, Table, make_page, record_page, table_page

STATUS_BADGE = {"in_use": "good", "stopped": "bad", "retired": "neutral"}
TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg", "webp": "image/webp"}


@allow("equipment", GET="read")
def equipment_page(request: HttpRequest) -> HttpResponse:
    """List machines and devices with their last inspection."""
    found = listed(request, lists.equipment_for(request.access), order=("code", "id"))
    new = [(reverse("quality:equipment_new"), _("New equipment"), "plus")]
    more = [(reverse("quality:maintenance"), _("Maintenance"), "tool"),
            (reverse("quality:gear"), _("Protective gear"), "user-shield")]  # fmt: skip
    heads = [_("Code"), _("Name"), _("Kind"), _("Site"), _("Status"),
             _("Inspection holds until")]  # fmt: skip
    table = Table(
        _("Equipment"), heads, map(_equipment_row, found), page=found, export="equipment",
        actions=[*(new if may(request.user, "equipment", "change") else []), *more], icon="tool",
        empty=_("No equipment yet"),
        hint=_("Sorting machines, conveyors, terminals, fire and electrical equipment of a site"),
    )  # fmt: skip
    return table_page(request, table)


def _equipment_row(row: Equipment) -> list[Cell]:
    return [
        Cell(row.code, reverse("quality:equipment_one", args=[row.code])), Cell(row.name),
        Cell(row.get_kind_display()), Cell(row.site),
        Cell(row.get_status_display(), badge=STATUS_BADGE[row.status]),
        day_badge(row.valid_until, on=today()),
    ]  # fmt: skip


@allow("equipment", GET="change", POST="change")
def equipment_edit(request: HttpRequest, code: str = "") -> HttpResponse:
    """Register a machine or device, or correct its file."""
    rows = lists.equipment_for(request.access)
    row = get_object_or_404(rows, code=code) if code else None

    def save(said: dict[str, Any]) -> str:
        made = things.save_equipment(
            row, code=said.pop("code", code), fields=said, by=request.user, at=timezone.now()
        )
        return reverse("quality:equipment_one", args=[made.code])

    names = ("name", "kind", "sop", "valid_until")
    first = {name: getattr(row, name) for name in names} | {"site": row.site.code} if row else {}
    form = forms.EquipmentForm(
        request.POST or None, sites=acting_sites(request, "equipment"), is_new=row is None,
        initial=first,
    )  # fmt: skip
    return make_page(request, form, save, title=str(row) if row else _("New equipment"),
                     submit=_("Save"), back=reverse("quality:equipment"))  # fmt: skip


@allow("equipment", GET="read", POST="change")
def equipment_one(request: HttpRequest, code: str) -> HttpResponse:
    """Show a machine or device with its looks; look at it, stop it, use it again (VEH-07)."""
    row = get_object_or_404(lists.equipment_for(request.access), code=code)
    facts = [
        (_("Status"), f"{row.get_status_display()} · " + _("since") + f" {day(row.status_since)}"),
        (_("Kind"), row.get_kind_display()), (_("Site"), row.site),
        (_("Written rules it is operated by"), row.sop or None),
        (_("Inspection holds until"), day(row.valid_until)),
    ]  # fmt: skip
    looks = [
        Cell(_look_words(one), badge="" if one.result == "good" else "bad")
        for one in row.checks.select_related("by")[:20]
    ]
    can = may(request.user, "equipment", "change")
    own = file_line(reverse("quality:equipment_edit", args=[row.code])) if can else []
    record = Record(
        title=str(row), back=reverse("quality:equipment"), back_label=_("Equipment"), facts=facts,
        lines=[*own, (_("Looks"), looks)], source=("equipment", row.code),
        deeds=_equipment_deeds(request, row) if can else [],
    )  # fmt: skip
    return record_page(request, record)


def _look_words(one: Any) -> str:
    guards = {True: _("guards in place"), False: _("a guard is missing"), None: ""}
    parts = [day(one.on), one.get_result_display(), guards[one.guards_in_place], one.note,
             str(one.by)]  # fmt: skip
    return " · ".join(part for part in parts if part)


def _equipment_deeds(request: HttpRequest, row: Equipment) -> list[Any]:
    now, by = timezone.now(), request.user
    words = {"halt": _("Stop it"), "run_again": _("Use it again"), "retire": _("Retire it")}
    verbs = {"in_use": ["halt", "retire"], "stopped": ["run_again", "retire"]}
    look = deed("look", _("Look at it"),
                partial(forms.EquipmentCheckForm, initial={"on": today()}),
                lambda said: things.check_equipment(row, by=by, at=now, **said))  # fmt: skip
    moves = [
        deed(verb, words[verb], forms.ReasonForm,
             lambda said, verb=verb: things.set_equipment(row, verb=verb, by=by, at=now, **said),
             is_grave=verb != "run_again")
        for verb in verbs.get(row.status, [])
    ]  # fmt: skip
    return [look, *moves]


@allow("equipment", GET="read", POST="change")
def gear_page(request: HttpRequest) -> HttpResponse:
    """List protective gear handed out (VEH-09); hand out more."""
    found = listed(request, lists.gear_for(request.access), order=("-issued_on", "-id"))
    new = [(reverse("quality:gear_new"), _("Hand out gear"), "plus")]
    heads = [_("Person"), _("Site"), pgettext("gear", "What"), _("Pieces") + "#",
             _("Handed out on"), _("To be replaced on"), _("Given back on")]  # fmt: skip
    on = today()
    table = Table(
        _("Protective gear"), heads,
        ([Cell(one.employee), Cell(one.employee.site), Cell(one.get_kind_display()),
          Cell(one.pieces, is_number=True), Cell(day(one.issued_on)),
          Cell("—") if one.returned_on else day_badge(one.replace_on, on=on),
          Cell(day(one.returned_on), reverse("quality:gear_one", args=[one.pk]))]
         for one in found),
        page=found, export="equipment", icon="user-shield",
        actions=new if may(request.user, "equipment", "change") else [],
        empty=_("No gear was handed out yet"),
        hint=_("Gloves, masks, raincoats and helmets are written down with the person"),
    )  # fmt: skip
    return table_page(request, table)


@allow("equipment", GET="change", POST="change")
def gear_new(request: HttpRequest) -> HttpResponse:
    """Write down gear handed to a person."""

    def save(said: dict[str, Any]) -> str:
        things.issue_gear(by=request.user, at=timezone.now(), **said)
        return reverse("quality:gear")

    form = forms.GearForm(request.POST or None, sites=acting_sites(request, "equipment"),
                          initial={"issued_on": today()})  # fmt: skip
    return make_page(request, form, save, title=_("Hand out gear"), submit=_("Save"),
                     back=reverse("quality:gear"))  # fmt: skip


@allow("equipment", GET="read", POST="change")
def gear_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show gear handed out; write down that it came back."""
    row = get_object_or_404(lists.gear_for(request.access), pk=pk)
    facts = [(_("Person"), row.employee), (pgettext("gear", "What"), row.get_kind_display()),
             (_("Pieces"), row.pieces), (_("Handed out on"), day(row.issued_on)),
             (_("To be replaced on"), day(row.replace_on)),
             (_("Given back on"), day(row.returned_on))]  # fmt: skip
    back = deed("back", _("Given back"), partial(forms.DayForm, initial={"on": today()}),
                lambda said: things.return_gear(row, by=request.user, at=timezone.now(),
                                                **said))  # fmt: skip
    is_out = row.returned_on is None and may(request.user, "equipment", "change")
    record = Record(title=f"{row.get_kind_display()} · {row.employee}",
                    back=reverse("quality:gear"), back_label=_("Protective gear"), facts=facts,
                    deeds=[back] if is_out else [])  # fmt: skip
    return record_page(request, record)
