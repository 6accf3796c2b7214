"""Tasks across units: one deadline, each unit reports its own part (COM-04)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import access_for, allow, may
from courierqa.core.formats import day, moment
from quality.communication_enums import PartStatus, TaskStatus
from quality.forms.improvement import talking as forms
from quality.forms.improvement.programmes import LaterForm, WhyForm
from quality.models import CommonTask, KeptFile
from quality.selectors.improvement import talking
from quality.services import communication as services
from quality.services.improvement.files import open_file
from quality.views.improvement.programme import course
from quality.views.page import file_answer
from quality.views.things.shared import deed, today
from staff.views.files import listed
from staff.views.records import Cell, Deed, Record, Table, make_page, record_page, table_page

BADGES = {"open": "info", "done": "good", "cancelled": "neutral"}


@allow("task", GET="read")
def tasks_page(request: HttpRequest) -> HttpResponse:
    """List the tasks across units with how many parts are done."""
    on = today()
    rows = talking.wanted_tasks(talking.tasks_for(request.access), request.GET, today=on)
    found = listed(request, rows, order=("due_on", "id"))
    url, status = reverse("quality:tasks"), request.GET.get("status", "")
    tabs = [(url, _("All"), not status), (f"{url}?status=late", _("Overdue"), status == "late")]
    tabs += [(f"{url}?status={v}", label, v == status) for v, label in TaskStatus.choices]
    new = [(reverse("quality:task_new"), _("Give a task"), "plus")]
    heads = [_("Number"), _("Title"), pgettext("task", "Coordinated by"), _("Deadline for all"),
             _("Parts done"), _("Status"), pgettext("task", "Given by the meeting")]  # fmt: skip
    table = Table(
        _("Tasks across units"), heads, (_row(one, on) for one in found), page=found, tabs=tabs,
        export="task", icon="checklist",
        actions=new if may(request.user, "task", "create") else [],
        empty=_("No task fits this choice"),
        hint=_("One deadline for all; the whole is done when every part is"),
    )  # fmt: skip
    return table_page(request, table)


def _row(row: Any, on: Any) -> list[Cell]:
    late = row.status == TaskStatus.OPEN and row.due_on < on
    meeting = row.meeting
    return [
        Cell(row.number, reverse("quality:task", args=[row.number])), Cell(row.title),
        Cell(row.owner), Cell(day(row.due_on), badge="bad" if late else ""),
        Cell(f"{row.n_done} / {row.n_parts}"),
        Cell(row.get_status_display(), badge=BADGES[row.status]),
        Cell(meeting, reverse("quality:meeting", args=[meeting.pk])) if meeting else Cell("—"),
    ]  # fmt: skip


@allow("task", GET="create", POST="create")
def task_new(request: HttpRequest) -> HttpResponse:
    """Give a task to one or more units; it may come from a meeting one can see."""
    reach = access_for(request.user, "meeting", "read")
    asked = request.GET.get("meeting", "")[:9]
    is_number = asked.isascii() and asked.isdecimal()
    rows = talking.meetings_for(reach) if reach and is_number else None
    meeting = rows.filter(pk=int(asked)).first() if rows is not None else None

    def save(said: dict[str, Any]) -> str:
        parts = [services.Part(*part) for part in said.pop("parts")]
        row = services.give_task(**said, parts=parts, meeting=meeting, by=request.user,
                                 at=timezone.now())  # fmt: skip
        return reverse("quality:task", args=[row.number])

    first = {"owner": meeting.chair.number} if meeting else {}
    form = forms.TaskForm(request.POST or None, initial=first)
    return make_page(
        request, form, save, title=_("Give a task"), submit=_("Save"),
        lead=str(meeting) if meeting else "", back=reverse("quality:tasks"),
    )  # fmt: skip


@allow("task", GET="read", POST="create")
def task_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show a task with its parts and their proof; whoever coordinates it may put it off."""
    access = access_for(request.user, "task", "read") or request.access
    row = get_object_or_404(talking.tasks_for(access), number=number)
    first = _("first: %(day)s") % {"day": day(row.first_due_on)}
    moved = "" if row.due_on == row.first_due_on else f" ({first})"
    facts = [
        (_("Status"), row.get_status_display()), (pgettext("task", "Coordinated by"), row.owner),
        (_("Deadline for all"), day(row.due_on) + moved), (_("Given by"), row.by),
    ]  # fmt: skip
    lines = [(_("Parts"), _parts(request, row)), (pgettext("record", "Course"), course(row))]
    if row.meeting:
        door = Cell(row.meeting, reverse("quality:meeting", args=[row.meeting.pk]))
        lines.append((pgettext("task", "Given by the meeting"), [door]))
    record = Record(title=str(row), back=reverse("quality:tasks"),
                    back_label=_("Tasks across units"), lead=row.text, facts=facts, lines=lines,
                    deeds=_deeds(request, row))  # fmt: skip
    return record_page(request, record)


def _parts(request: HttpRequest, row: CommonTask) -> list[Cell]:
    access = access_for(request.user, "task", "report")
    mine = set(talking.parts_for(access).filter(task=row).values_list("pk", flat=True)
               if access and row.status == TaskStatus.OPEN else [])  # fmt: skip
    found = []
    parts = row.parts.select_related("site", "owner", "done_by").prefetch_related("files")
    for part in parts:
        words = f"{part.position}. {part.site} · {part.owner.name} · {part.text}"
        if part.status == PartStatus.DONE:
            said = " · ".join(filter(None, (part.note, part.reference, str(part.done_by),
                                            moment(part.done_at))))  # fmt: skip
            found.append(Cell(f"✓ {words}: {said}"))
            found += [Cell(one.name, reverse("quality:kept_file", args=[one.uid]))
                      for one in part.files.all()]  # fmt: skip
        elif part.pk in mine:
            url = reverse("quality:task_report", args=[row.number, part.position])
            report = pgettext("part of a task", "Report it")
            found.append(Cell(f"{words} → {report}", url))
        else:
            found.append(Cell(words))
    return found


def _deeds(request: HttpRequest, row: CommonTask) -> list[Deed]:
    access, now, by = access_for(request.user, "task", "create"), timezone.now(), request.user
    if access is None or row.status != TaskStatus.OPEN:
        return []
    if not talking.coordinated(access).filter(pk=row.pk).exists():
        return []
    return [
        deed("later", _("Put it off"), LaterForm,
             lambda said: services.extend_task(row, **said, by=by, at=now), icon="clock"),
        deed("cancel", _("Give it up"), WhyForm,
             lambda said: services.cancel_task(row, **said, by=by, at=now), icon="x",
             is_grave=True),
    ]  # fmt: skip


@allow("task", GET="report", POST="report")
def task_report(request: HttpRequest, number: str, position: int) -> HttpResponse:
    """Report one's own part with its proof."""
    rows = talking.parts_for(request.access).filter(status=PartStatus.OPEN)
    part = get_object_or_404(rows, task__number=number, position=position)

    def save(said: dict[str, Any]) -> str:
        sent = said.pop("file")
        services.finish_part(
            part, **said, content=sent.read() if sent else b"",
            file_name=sent.name if sent else "", by=request.user, at=timezone.now(),
        )  # fmt: skip
        return reverse("quality:task", args=[number])

    form = forms.ReportForm(request.POST or None, request.FILES or None)
    return make_page(request, form, save, title=str(part.task), submit=_("Report it as done"),
                     lead=part.text, back=reverse("quality:task", args=[number]))  # fmt: skip


@allow("task", GET="read")
def kept_file(request: HttpRequest, uid: Any) -> HttpResponse:
    """Send a file of a part or a benchmark as an attachment that no browser runs, logged first."""
    files = KeptFile.objects.filter(check_of_duty=None, certification=None)
    file = get_object_or_404(files.select_related("part__task", "benchmark"), uid=uid)
    if file.part is not None:
        get_object_or_404(talking.tasks_for(request.access), pk=file.part.task_id)
    elif not may(request.user, "benchmark", "read"):
        get_object_or_404(KeptFile.objects.none())
    return file_answer(file, open_file(file, by=request.user, at=timezone.now()))
