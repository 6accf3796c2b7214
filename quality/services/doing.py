"""Carrying the plan out: done with evidence, put off with a reason, cancelled with a reason."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from quality import loop_counts
from quality.enums import ActionStatus
from quality.enums import Status as S
from quality.models import Action, Extension, Nonconformity
from quality.services.files import add_file
from quality.services.moves import (
    actions_of,
    hold,
    move,
    open_actions,
    require,
    said,
    settle_due,
)
from staff.models import User


@transaction.atomic
def finish_action(
    action: Action, *, done_on: date, note: str, reference: str = "", content: bytes = b"",
    file_name: str = "", by: User, at: datetime,
) -> Action:  # fmt: skip
    """Report a deed as done with what shows it: a file, or the number of a record."""
    row, action = _ordered(action)
    if done_on > business_day(at):
        raise DomainError(_("Choose today or an earlier day"), code="future", field="done_on")
    if action.ordered_at and done_on < business_day(action.ordered_at):
        text = _("The plan was approved later than this day")
        raise DomainError(text, code="before_order", field="done_on")
    if content:
        add_file(row, content=content, name=file_name, action=action, by=by, at=at)
    if not reference.strip() and not action.files.exists():
        text = _("Add a file, or the number of the record that shows it")
        raise DomainError(text, code="no_evidence", field="reference")
    action.done_on, action.reference = done_on, reference.strip()[:60]
    _end(action, ActionStatus.DONE, said(note, field="note"), by=by, at=at)
    audit.record("nonconformity.finish_action", row, actor=by, at=at)
    _go_on(row, by=by, at=at)
    return action


@transaction.atomic
def extend_action(action: Action, *, due_on: date, reason: str, by: User, at: datetime) -> Action:
    """Put a deed off; the first day stays what "in time" is judged by (I04)."""
    row, action = _ordered(action)
    if due_on <= action.due_on:
        raise DomainError(_("Choose a later day"), code="earlier", field="due_on")
    Extension.objects.create(
        nonconformity=row, action=action, old_due_on=action.due_on, due_on=due_on,
        reason=said(reason, field="reason", limit=300, lines=False), by=by, at=at,
    )  # fmt: skip
    action.due_on = due_on
    action.save(update_fields=["due_on", "updated_at"])
    audit.record("nonconformity.extend", row, actor=by, at=at, fields=["due_on"])
    settle_due(row)
    return action


@transaction.atomic
def cancel_action(action: Action, *, reason: str, by: User, at: datetime) -> Action:
    """Give a deed up with the reason; it counts as failed unless all of it becomes void."""
    row, action = _ordered(action)
    others = actions_of(row).exclude(pk=action.pk).exclude(status=ActionStatus.CANCELLED)
    if not others.exists():
        text = _("Nothing would be left to do. Take the plan up again, or declare it all void")
        raise DomainError(text, code="last_action")
    words = said(reason, field="reason", limit=300)
    _end(action, ActionStatus.CANCELLED, words, by=by, at=at)
    audit.record("nonconformity.cancel_action", row, actor=by, at=at, reason=words)
    _go_on(row, by=by, at=at)
    return action


def _ordered(action: Action) -> tuple[Nonconformity, Action]:
    """Return both rows locked; only an approved deed that is still open can be ended."""
    row = hold(action.nonconformity)
    require(row, S.APPROVED, S.DOING, why=_("The plan is not approved, or has been carried out"))
    action = Action.objects.select_for_update(no_key=True).get(pk=action.pk)
    if action.status != ActionStatus.OPEN or action.round != row.round:
        raise DomainError(_("This measure has ended already"), code="ended")
    return row, action


def _end(action: Action, status: ActionStatus, note: str, *, by: User, at: datetime) -> None:
    action.status, action.note, action.ended_by, action.ended_at = status, note, by, at
    action.save(
        update_fields=[
            "status", "note", "ended_by", "ended_at", "done_on", "reference", "updated_at",
        ]
    )  # fmt: skip


def _go_on(row: Nonconformity, *, by: User, at: datetime) -> None:
    """The first deed starts the work, the last one hands it to the check of the effect."""
    if row.status == S.APPROVED:
        move(row, "start", by=by, at=at)
    if not open_actions(row).exists():
        move(row, "deliver", by=by, at=at)
    settle_due(row)
    loop_counts.refresh(row, at=at)
