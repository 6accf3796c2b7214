"""Tasks across units: one deadline; each unit reports its own part with its proof (COM-04)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, history
from courierqa.core.errors import DomainError
from quality.communication_enums import PartStatus
from quality.communication_enums import TaskStatus as S
from quality.models import CommonTask, Decision, Meeting, TaskPart
from quality.services.improvement.files import keep_file
from quality.services.improvement.goals import today_or_later
from quality.services.moves import said
from quality.services.things.numbers import give_number, temporary
from staff.enums import EmployeeState
from staff.models import Employee, User

MACHINE = history.Machine(
    "task",
    {S.OPEN: {"finish": S.DONE, "cancel": S.CANCELLED}, S.DONE: {}, S.CANCELLED: {}},
)
MOST_PARTS = 60


@dataclass(frozen=True)
class Part:
    """What one unit does: the site of the person who reports it."""

    owner: Employee
    text: str


@transaction.atomic
def give_task(
    *, title: str, text: str, owner: Employee, due_on: date, parts: Sequence[Part], by: User,
    at: datetime, meeting: Meeting | None = None, decision: Decision | None = None,
) -> CommonTask:  # fmt: skip
    """Give a task to one or more units until one day; each person has one part of it."""
    today_or_later(due_on, at=at, field="due_on")
    _check_parts(parts)
    row = CommonTask.objects.create(
        number=temporary(), title=said(title, field="title", limit=100, lines=False),
        text=text.strip()[:1000], meeting=meeting, decision=decision, owner=owner,
        first_due_on=due_on, due_on=due_on, by=by,
    )  # fmt: skip
    give_number(row, "TK", at)
    TaskPart.objects.bulk_create(
        TaskPart(task=row, position=place, site_id=part.owner.site_id, owner=part.owner,
                 text=said(part.text, field="parts", limit=300))
        for place, part in enumerate(parts, 1)
    )  # fmt: skip
    history.begin(row, machine=MACHINE, actor=by, at=at)
    return row


def _check_parts(parts: Sequence[Part]) -> None:
    people = [part.owner.pk for part in parts]
    if not 0 < len(parts) <= MOST_PARTS:
        text = _("Choose who does it")
        raise DomainError(text, code="nobody", field="parts", status=422)
    if len(set(people)) < len(people):
        text = _("Each person has one part")
        raise DomainError(text, code="twice", field="parts", status=422)
    if any(part.owner.state == EmployeeState.LEFT for part in parts):
        text = _("This person has left")
        raise DomainError(text, code="left", field="parts", status=422)


@transaction.atomic
def finish_part(
    part: TaskPart, *, note: str, reference: str = "", by: User, at: datetime,
    content: bytes = b"", file_name: str = "",
) -> TaskPart:  # fmt: skip
    """Report one's own part with its proof; the last part done ends the whole task.

    The task is locked first: of two last parts reported at once, one of them ends it.
    """
    task = _hold(part.task)
    row = TaskPart.objects.select_for_update(no_key=True, of=("self",)).get(pk=part.pk)
    if row.status != PartStatus.OPEN:
        raise DomainError(_("This part is done already"), code="wrong_step")
    if not reference.strip() and not content:
        text = _("Name the record that shows it, or add a file")
        raise DomainError(text, code="no_proof", field="reference", status=422)
    row.note = said(note, field="note", limit=500)
    row.reference = reference.strip()[:100]
    row.status, row.done_at, row.done_by = PartStatus.DONE, at, by
    row.save(update_fields=["status", "done_at", "done_by", "note", "reference", "updated_at"])
    if content:
        keep_file(part=row, content=content, name=file_name, by=by, at=at)
    audit.record("task.report", task, actor=by, at=at, fields=[f"part {row.position}"])
    if not task.parts.filter(status=PartStatus.OPEN).exists():
        history.transition(task, "finish", machine=MACHINE, actor=by, at=at,
                           changes={"ended_at": at})  # fmt: skip
    return row


@transaction.atomic
def extend_task(
    row: CommonTask, *, due_on: date, reason: str, by: User, at: datetime
) -> CommonTask:
    """Put the whole off with the reason; the first day stays beside the new one."""
    row = _hold(row)
    if due_on <= row.due_on:
        raise DomainError(_("Choose a later day"), code="earlier", field="due_on", status=422)
    words = said(reason, field="reason", limit=300)
    row.due_on = due_on
    row.save(update_fields=["due_on", "updated_at"])
    audit.record("task.extend", row, actor=by, at=at, fields=["due_on"], reason=words)
    return row


@transaction.atomic
def cancel_task(row: CommonTask, *, reason: str, by: User, at: datetime) -> CommonTask:
    """Give it up with the reason; parts that were done stay on record."""
    row = _hold(row)
    words = said(reason, field="reason", limit=300)
    history.transition(row, "cancel", machine=MACHINE, actor=by, at=at, reason=words,
                       changes={"ended_at": at})  # fmt: skip
    return row


def _hold(row: CommonTask) -> CommonTask:
    row = CommonTask.objects.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)
    if row.status != S.OPEN:
        raise DomainError(_("This task has ended"), code="wrong_step")
    return row
