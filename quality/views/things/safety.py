"""Hazards and incidents: registered, told, removed, verified, closed."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie

from courierqa.core.access import allow, may
from courierqa.core.formats import day, moment, yuan
from courierqa.core.history import changes_of
from quality.forms.things import safety as forms
from quality.models import Hazard, SafetyIncident
from quality.selectors.things import lists
from quality.services import things
from quality.thing_enums import HazardStatus, IncidentKind, IncidentSeverity, IncidentStatus
from quality.views.things.shared import acting_sites, day_badge, deed, today
from staff.views.files import listed
from staff.views.records import Cell, Record, Table, make_page, record_page, table_page

HAZARD_BADGE = {"open": "bad", "removed": "warn", "verified": "good"}
# Leaks of data have their own way; the others may happen on a round.
KINDS_BY_PHONE = [(k, v) for k, v in IncidentKind.choices if k != IncidentKind.PRIVACY]
INCIDENT_BADGE = {"reported": "bad", "taken": "warn", "closed": "good"}


@allow("hazard", GET="read")
def hazards_page(request: HttpRequest) -> HttpResponse:
    """List hazards with level, due day and verified removal (SAF-04)."""
    rows, status = lists.hazards_for(request.access), request.GET.get("status", "")
    shown = rows.filter(status=status) if status in HazardStatus.values else rows
    found = listed(request, shown, order=("due_on", "id"))
    url, standing = reverse("quality:hazards"), lists.standing_work(request.access)
    tabs = [(url, _("All"), not status)]
    tabs += [(f"{url}?status={v}", label, v == status) for v, label in HazardStatus.choices]
    new = [(reverse("quality:hazard_new"), _("Register a hazard"), "plus")]
    heads = [_("Number"), _("What is dangerous"), _("Site"), _("Level"), _("Status"),
             _("Removed by"), _("Who removes it")]  # fmt: skip
    lead = ""
    if standing:
        places = "、".join(f"{one.site} {one.number}" for one in standing[:5])
        lead = _("Work is stopped: %(places)s") % {"places": places}
    table = Table(
        _("Hazards"), heads, map(_hazard_row, found), page=found, tabs=tabs, lead=lead,
        actions=new if may(request.user, "hazard", "create") else [], export="hazard",
        icon="shield-check", empty=_("No hazard fits this choice"),
        hint=_("What could hurt somebody is written down, removed, and seen by somebody else"),
    )  # fmt: skip
    return table_page(request, table)


def _hazard_row(row: Hazard) -> list[Cell]:
    due = Cell(day(row.due_on)) if row.verified_at else day_badge(row.due_on, on=today(), soon=3)
    return [
        Cell(row.number, reverse("quality:hazard", args=[row.number])), Cell(row.what),
        Cell(row.site), Cell(row.get_level_display(), badge="bad" if row.stops_work else ""),
        Cell(row.get_status_display(), badge=HAZARD_BADGE[row.status]), due, Cell(row.owner),
    ]  # fmt: skip


@allow("hazard", GET="create", POST="create")
def hazard_new(request: HttpRequest) -> HttpResponse:
    """Register a hazard."""

    def save(said: dict[str, Any]) -> str:
        row = things.register_hazard(by=request.user, at=timezone.now(), **said)
        return reverse("quality:hazard", args=[row.number])

    form = forms.HazardForm(request.POST or None, sites=acting_sites(request, "hazard", "create"))
    return make_page(request, form, save, title=_("Register a hazard"), submit=_("Register it"),
                     back=reverse("quality:hazards"))  # fmt: skip


@allow("hazard", GET="read", POST="change")
def hazard_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show a hazard; say that it was removed, or verify it as somebody else."""
    row = get_object_or_404(lists.hazards_for(request.access), number=number)
    facts = [
        (_("Status"), row.get_status_display()), (_("Level"), row.get_level_display()),
        (_("Site"), row.site), (_("Where exactly"), row.place or None),
        (_("Found"), moment(row.found_at)), (_("Who removes it"), row.owner),
        (_("Removed by"), day(row.due_on)), (_("How it was removed"), row.removal or None),
        (pgettext("finding", "Verified"), moment(row.verified_at)),
    ]  # fmt: skip
    now, by = timezone.now(), request.user
    remove = deed("remove", _("It was removed"), forms.RemovedForm,
                  lambda said: things.remove_hazard(row, by=by, at=now, **said))  # fmt: skip
    verify = deed("verify", _("Verify the removal"), forms.VerifyForm,
                  lambda said: things.verify_hazard(row, is_gone=said["is_gone"] == "yes",
                                                    note=said["note"], by=by, at=now))  # fmt: skip
    deeds = {"open": [remove], "removed": [verify]}.get(row.status, [])
    record = Record(
        title=f"{row.number} {row.what}", back=reverse("quality:hazards"),
        back_label=_("Hazards"), facts=facts, source=("hazard", row.number),
        lead=_("The work at this place stands still until the removal is verified")
        if row.stops_work else "",
        lines=[(pgettext("history", "Course"), _course(row))],
        deeds=deeds if may(request.user, "hazard", "change") else [],
    )  # fmt: skip
    return record_page(request, record)


def _course(row: Any) -> list[Cell]:
    states = dict(type(row)._meta.get_field("status").flatchoices)
    return [
        Cell(" · ".join(filter(None, (moment(one.at), str(states.get(one.to_status, "")),
                                      str(one.actor or ""), one.reason))))
        for one in changes_of(row)
    ]  # fmt: skip


@allow("safety_incident", GET="read")
def incidents_page(request: HttpRequest) -> HttpResponse:
    """List incidents, newest first (SAF-03)."""
    rows, status = lists.incidents_for(request.access), request.GET.get("status", "")
    kind = request.GET.get("kind", "")
    shown = rows.filter(status=status) if status in IncidentStatus.values else rows
    shown = shown.filter(kind=kind) if kind in IncidentKind.values else shown
    found = listed(request, shown, order=("-happened_at", "-id"))
    url = reverse("quality:incidents")
    tabs = [(url, _("All"), not status)]
    tabs += [(f"{url}?status={v}", label, v == status) for v, label in IncidentStatus.choices]
    new = [(reverse("quality:incident_new"), _("Report an incident"), "urgent")]
    heads = [_("Number"), _("What happened"), _("How grave"), _("Site"), _("When"),
             pgettext("incident day", "Reported"),
             _("Status"), _("People hurt") + "#"]  # fmt: skip
    table = Table(
        _("Incidents"), heads, map(_incident_row, found), page=found, tabs=tabs,
        actions=new if may(request.user, "safety_incident", "create") else [],
        export="safety_incident", icon="urgent", empty=_("No incident fits this choice"),
        hint=_("Couriers report with one tap; the superior is told first, by severity"),
    )  # fmt: skip
    return table_page(request, table)


def _incident_row(row: SafetyIncident) -> list[Cell]:
    return [
        Cell(row.number, reverse("quality:incident", args=[row.number])),
        Cell(f"{row.get_kind_display()} · {row.what[:60]}"),
        Cell(row.get_severity_display(), badge={"grave": "bad", "serious": "warn"}.get(
            row.severity, "")),
        Cell(row.site), Cell(moment(row.happened_at)), Cell(moment(row.reported_at)),
        Cell(row.get_status_display(), badge=INCIDENT_BADGE[row.status]),
        Cell(row.people_hurt, is_number=True),
    ]  # fmt: skip


@allow("safety_incident", GET="create", POST="create")
def incident_new(request: HttpRequest) -> HttpResponse:
    """Report an incident from a desk; the phone has a page of its own."""
    person = getattr(request.user, "employee", None)

    def save(said: dict[str, Any]) -> str:
        site = said.pop("site")
        row = things.report_incident(
            uid=uuid4(), happening=things.Happening(**said), site=site, reporter=person,
            by=request.user, at=timezone.now(),
        )  # fmt: skip
        return reverse("quality:incident", args=[row.number])

    form = forms.IncidentForm(
        request.POST or None, sites=acting_sites(request, "safety_incident", "change"),
        initial={"happened_at": timezone.localtime()},
    )  # fmt: skip
    return make_page(request, form, save, title=_("Report an incident"), submit=_("Report it"),
                     back=reverse("quality:incidents"))  # fmt: skip


@never_cache
@ensure_csrf_cookie
@allow("round", GET="read")
def m_incident(request: HttpRequest) -> HttpResponse:
    """The phone's page for one tap: kept offline, sent by the queue."""
    page = {"title": _("Report danger"), "kinds": KINDS_BY_PHONE,
            "severities": IncidentSeverity.choices}  # fmt: skip
    return render(request, "quality/things/m_incident.html", page)


@allow("safety_incident", GET="read", POST="change")
def incident_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show an incident with who was told; take it in hand, note, close."""
    row = get_object_or_404(lists.incidents_for(request.access), number=number)
    facts = [
        (_("Status"), row.get_status_display()), (_("How grave"), row.get_severity_display()),
        (_("What happened"), row.get_kind_display()), (_("In a few words"), row.what),
        (_("Site"), row.site), (pgettext("event", "Place"), row.place or None),
        (_("When"), moment(row.happened_at)),
        (pgettext("incident day", "Reported"), moment(row.reported_at)),
        (_("Reported by"), row.reporter or row.reported_by), (_("People hurt"), row.people_hurt),
        (pgettext("incident", "Damage"), yuan(row.damage_fen)),
        (_("What came of it"), row.outcome or None),
    ]  # fmt: skip
    told = [
        Cell(f"{moment(one.at)} · " + (_("told: %(who)s") % {"who": one.text} if one.told_id
                                       else f"{one.text} · {one.by}"))
        for one in row.lines.select_related("by")
    ]  # fmt: skip
    record = Record(
        title=f"{row.number} {row.get_kind_display()}", back=reverse("quality:incidents"),
        back_label=_("Incidents"), facts=facts, source=("safety", row.number),
        lines=[(_("Who was told, what was done"), told),
               (pgettext("history", "Course"), _course(row))],
        deeds=_incident_deeds(request, row),
    )  # fmt: skip
    return record_page(request, record)


def _incident_deeds(request: HttpRequest, row: SafetyIncident) -> list[Any]:
    if not may(request.user, "safety_incident", "change"):
        return []
    now, by = timezone.now(), request.user
    take = deed("take", _("Take it in hand"), forms.StyledForm,
                lambda _said: things.take_incident(row, by=by, at=now))  # fmt: skip
    note = deed("note", _("Add to the time line"), forms.NoteForm,
                lambda said: things.note_incident(row, by=by, at=now, **said))  # fmt: skip
    close = deed("close", _("Close it"),
                 partial(forms.OutcomeForm, initial={"people_hurt": row.people_hurt}),
                 lambda said: things.close_incident(row, by=by, at=now, **said))  # fmt: skip
    return {"reported": [take, note], "taken": [note, close]}.get(row.status, [note])
