"""Meetings and their series (COM-01, COM-03)."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import access_for, allow, may
from courierqa.core.formats import day, moment
from quality import selectors
from quality.communication_enums import MeetingKind
from quality.forms.improvement import talking as forms
from quality.forms.improvement.programmes import WhyForm
from quality.models import Meeting, Nonconformity
from quality.selectors.improvement import talking
from quality.services import communication as services
from quality.views.improvement.routines import every
from quality.views.things.shared import acting_sites, day_badge, deed, today
from staff.views.files import listed
from staff.views.records import Cell, Deed, Record, Table, make_page, record_page, table_page


@allow("meeting", GET="read")
def meetings_page(request: HttpRequest) -> HttpResponse:
    """List meetings, newest first; one that was not held after its day is overdue."""
    on = today()
    rows = talking.wanted_meetings(talking.meetings_for(request.access), request.GET, today=on)
    found = listed(request, rows, order=("-due_day", "-id"))
    url, show = reverse("quality:meetings"), request.GET.get("show", "")
    kind = request.GET.get("kind", "")
    shows = [("", _("All")), ("coming", _("To come")), ("late", _("Overdue")),
             ("held", pgettext("meeting", "Held"))]  # fmt: skip
    tabs = [(f"{url}?show={v}" if v else url, label, v == show and not kind) for v, label in shows]
    tabs += [(f"{url}?kind={v}", label, v == kind) for v, label in MeetingKind.choices]
    new = [(reverse("quality:meeting_new"), _("Call a meeting"), "plus")]
    more = [(reverse("quality:meeting_series"), _("Series of meetings"), "refresh")]
    heads = [pgettext("meeting", "Day"), _("Title"), pgettext("meeting", "Kind"), _("Site"),
             pgettext("meeting", "Chair"), _("Status"), pgettext("meeting", "Decisions") + "#",
             pgettext("list", "Tasks") + "#"]  # fmt: skip
    table = Table(
        _("Meetings"), heads, (_row(one, on) for one in found), page=found, tabs=tabs,
        export="meeting", icon="calendar",
        actions=[*(new if may(request.user, "meeting", "change") else []), *more],
        empty=_("No meeting fits this choice"),
        hint=_("Series call their meetings by themselves; each is written down once"),
    )  # fmt: skip
    return table_page(request, table)


def _row(row: Any, on: Any) -> list[Cell]:
    return [
        Cell(day(row.due_day)), Cell(row.title, reverse("quality:meeting", args=[row.pk])),
        Cell(row.get_kind_display()), Cell(row.site or _("Whole company")), Cell(row.chair),
        status_cell(row, on), Cell(row.n_decisions, is_number=True),
        Cell(row.n_tasks, is_number=True),
    ]  # fmt: skip


def status_cell(row: Meeting, on: Any) -> Cell:
    """Return how a meeting stands: held, called off, overdue or to come."""
    if row.done_at is not None:
        return Cell(pgettext("meeting", "Held"), badge="good")
    if row.cancelled_at is not None:
        return Cell(_("Called off"), badge="neutral")
    if row.due_day < on:
        return Cell(_("Overdue"), badge="bad")
    return Cell(_("To come"), badge="info")


@allow("meeting", GET="change", POST="change")
def meeting_new(request: HttpRequest) -> HttpResponse:
    """Call one meeting."""

    def save(said: dict[str, Any]) -> str:
        row = services.call_meeting(**said, by=request.user, at=timezone.now())
        return reverse("quality:meeting", args=[row.pk])

    form = forms.MeetingForm(request.POST or None, sites=acting_sites(request, "meeting"),
                             initial={"on": today()})  # fmt: skip
    return make_page(request, form, save, title=_("Call a meeting"), submit=_("Save"),
                     back=reverse("quality:meetings"))  # fmt: skip


@allow("meeting", GET="read", POST="change")
def meeting_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a meeting: agenda, who came, minutes, decisions, tasks; take the next step."""
    row = get_object_or_404(talking.meetings_for(request.access), pk=pk)
    facts = [
        (_("Status"), status_cell(row, today()).text),
        (pgettext("meeting", "Kind"), row.get_kind_display()),
        (_("Site"), row.site or _("Whole company")), (pgettext("meeting", "Chair"), row.chair),
        (pgettext("meeting", "Day"), _days(row)), (_("Where"), row.place or None),
        (_("Agenda"), row.agenda), (_("Reason"), row.note or None),
        (pgettext("meeting", "Written down by"),
        f"{row.minutes_by} · {moment(row.done_at)}" if row.done_at else None),
    ]  # fmt: skip
    can = _may(request, row)
    record = Record(
        title=str(row), back=reverse("quality:meetings"), back_label=_("Meetings"), facts=facts,
        lines=_lines(row, can=can and row.done_at is not None),
        deeds=_deeds(request, row) if can else [],
    )  # fmt: skip
    return record_page(request, record)


def _days(row: Meeting) -> str:
    planned = _("planned: %(day)s") % {"day": day(row.planned_day)}
    if row.done_at is not None and row.held_on != row.planned_day:
        return f"{day(row.held_on)} ({planned})"
    if row.due_day != row.planned_day:
        return f"{day(row.due_day)} ({planned})"
    return day(row.due_day)


def _lines(row: Meeting, *, can: bool) -> list[tuple[Any, list[Cell]]]:
    came = [Cell(f"{one.employee.name} {one.employee.number} · {one.get_presence_display()}")
            for one in row.attendances.select_related("employee")]  # fmt: skip
    said = [_decision(one) for one in row.decisions.select_related("nonconformity")]
    tasks = [
        Cell(f"{one} · {one.owner.name} · {day(one.due_on)} · {one.get_status_display()}",
             reverse("quality:task", args=[one.number]))
        for one in row.tasks.select_related("owner")
    ]  # fmt: skip
    if can:
        tasks.append(Cell(_("Give a task"), f"{reverse('quality:task_new')}?meeting={row.pk}"))
    if row.done_at is None:
        return []
    minutes = [Cell(line) for line in row.minutes.splitlines() if line.strip()]
    return [(pgettext("meeting", "Minutes"), minutes),
            (_("Attendance"), came), (pgettext("meeting", "Decisions"), said),
            (pgettext("list", "Tasks"), tasks)]  # fmt: skip


def _decision(one: Any) -> Cell:
    other = one.nonconformity
    words = f"{one.position}. {one.text}" + (f" · {other.number}" if other else "")
    url = reverse("quality:nonconformity", args=[other.number]) if other else ""
    return Cell(words, url)


def _may(request: HttpRequest, row: Meeting) -> bool:
    """Say whether the reader runs this one: its chair, its site's leader, quality management."""
    access = access_for(request.user, "meeting", "change")
    if access is None:
        return False
    me = access.employee_id
    return access.is_all or row.site_id in access.sites or (me is not None and me == row.chair_id)


def _deeds(request: HttpRequest, row: Meeting) -> list[Deed]:
    now, by = timezone.now(), request.user
    if row.cancelled_at is not None:
        return []
    if row.done_at is not None:
        access = access_for(by, "nonconformity", "read")
        rows = selectors.nonconformities_for(access) if access else Nonconformity.objects.none()
        rows = rows.exclude(status__in=["closed", "void"]).order_by("-id")
        return [
            deed(
                "decide",
                _("Add a decision"),
                partial(forms.DecisionForm, rows=rows),
                lambda said: services.decide(row, **said, by=by, at=now),
                icon="plus",
            )
        ]
    first = {"held_on": today(), "there": [row.chair.number]}
    return [
        deed("hold", _("Write the minutes"),
             partial(forms.MinutesForm, meeting=row, initial=first),
             lambda said: services.hold_meeting(row, **said, by=by, at=now)),
        deed("move", _("Put it off"), forms.MoveForm,
             lambda said: services.move_meeting(row, **said, by=by, at=now), icon="clock"),
        deed("cancel", _("Call it off"), WhyForm,
             lambda said: services.cancel_meeting(row, **said, by=by, at=now), icon="x",
             is_grave=True),
    ]  # fmt: skip


@allow("meeting", GET="read")
def series_page(request: HttpRequest) -> HttpResponse:
    """List the series with the meeting that is next; one not held in time is overdue (COM-03)."""
    rows, on = talking.series_for(request.access), today()
    found = listed(request, rows, order=("id",))
    new = [(reverse("quality:meeting_series_new"), _("New series"), "plus")]
    heads = [_("Title"), pgettext("meeting", "Kind"), _("Site"), pgettext("meeting", "Chair"),
             _("How often"), _("Held last"), _("Next meeting"), _("Until")]  # fmt: skip
    table = Table(
        _("Series of meetings"), heads,
        ([Cell(one.title, reverse("quality:meeting_series_one", args=[one.pk])),
          Cell(one.get_kind_display()), Cell(one.site or _("Whole company")), Cell(one.chair),
          Cell(every(one)), Cell(day(one.last_on)), day_badge(one.next_on, on=on, soon=0),
          Cell(day(one.ends_on))] for one in found),
        page=found, export="meeting", icon="refresh",
        actions=new if may(request.user, "meeting", "change") else [],
        empty=_("No series yet"), hint=_("Team meetings and work meetings come by themselves"),
    )  # fmt: skip
    return table_page(request, table)


@allow("meeting", GET="change", POST="change")
def series_new(request: HttpRequest) -> HttpResponse:
    """Plan a series."""

    def save(said: dict[str, Any]) -> str:
        row = services.plan_series(**said, by=request.user, at=timezone.now())
        return reverse("quality:meeting_series_one", args=[row.pk])

    form = forms.SeriesForm(request.POST or None, sites=acting_sites(request, "meeting"),
                            initial={"anchor": today()})  # fmt: skip
    return make_page(request, form, save, title=_("New series"), submit=_("Save"),
                     back=reverse("quality:meeting_series"))  # fmt: skip


@allow("meeting", GET="read", POST="change")
def series_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a series with its meetings; end it."""
    row = get_object_or_404(talking.series_for(request.access), pk=pk)
    on = today()
    facts = [
        (pgettext("meeting", "Kind"), row.get_kind_display()),
        (_("Site"), row.site or _("Whole company")), (pgettext("meeting", "Chair"), row.chair),
        (_("How often"), every(row)), (_("First meeting"), day(row.anchor)),
        (_("Until"), day(row.ends_on)), (_("Agenda"), row.agenda),
        (_("Who belongs to it"), "、".join(one.name for one in row.people.order_by("number"))),
    ]  # fmt: skip
    meetings = [
        Cell(f"{day(one.due_day)} · {status_cell(one, on).text}",
             reverse("quality:meeting", args=[one.pk]), badge=status_cell(one, on).badge)
        for one in row.meetings.order_by("-due_day")[:40]
    ]  # fmt: skip
    end = deed("end", _("End the series"), forms.EndForm,
               lambda said: services.end_series(row, **said, by=request.user, at=timezone.now()),
               icon="x", is_grave=True)  # fmt: skip
    access = access_for(request.user, "meeting", "change")
    can = access is not None and (access.is_all or row.site_id in access.sites)
    record = Record(
        title=row.title, back=reverse("quality:meeting_series"),
        back_label=_("Series of meetings"), facts=facts, lines=[(_("Meetings"), meetings)],
        deeds=[end] if can and row.ends_on is None else [],
    )  # fmt: skip
    return record_page(request, record)
