"""Routines: what recurs by itself, each time exactly once, until it is done (IMP-07)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from courierqa.core.recurrence import Rule, due_days, ensure
from quality.models import Routine, RoutineTurn
from quality.services.moves import said
from staff.models import User

# How far ahead turns are made.
AHEAD = timedelta(days=60)
FIELDS = ("kind", "title", "link", "owner", "every", "interval", "anchor", "is_active")


@transaction.atomic
def save_routine(row: Routine | None, *, fields: dict[str, Any], by: User, at: datetime) -> Routine:
    """Plan what recurs, or take on or change a proposal; the coming turns are made at once."""
    columns = {name: fields[name] for name in FIELDS}
    columns["title"] = said(columns["title"], field="title", limit=100, lines=False)
    if columns["owner"] is None and columns["is_active"]:
        text = _("Somebody must see to it: choose a person")
        raise DomainError(text, code="required", field="owner", status=422)
    if row is None:
        row = Routine.objects.create(code=f"r-{uuid4().hex[:12]}", **columns)
    else:
        row = Routine.objects.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)
        _change(row, columns, business_day(at))
    audit.record("routine.save", row, actor=by, at=at, fields=sorted(columns))
    lay_out(row, today=business_day(at))
    return row


def _change(row: Routine, columns: dict[str, Any], today: date) -> None:
    """Write what changed; English words hold only as long as the title they translate."""
    if columns["title"] != row.title:
        row.title_en = ""
    rule = [row.every, row.interval, row.anchor, row.is_active]
    for name, value in columns.items():
        setattr(row, name, value)
    row.is_proposal = False
    row.save()
    if rule != [row.every, row.interval, row.anchor, row.is_active]:
        # Turns to come follow the new rule; those that were due stay owed.
        row.turns.filter(done_at=None, planned_day__gt=today).delete()


def lay_out(row: Routine, *, today: date) -> int:
    """Make the turns that come due soon, each once whoever asks; return how many."""
    if not row.is_active or row.owner_id is None:
        return 0
    rule = Rule(row.every, row.interval, row.anchor)
    return ensure(RoutineTurn, row.pk, due_days(rule, today, today + AHEAD))


def run_routines(*, now: datetime) -> dict[str, int]:
    """Make what comes due soon of every routine; run by the scheduler, twice does no harm."""
    rows = Routine.objects.filter(is_active=True).exclude(owner=None).order_by("pk")
    return {"turns": sum(lay_out(row, today=business_day(now)) for row in rows)}


@transaction.atomic
def finish_turn(turn: RoutineTurn, *, result: str, by: User, at: datetime) -> RoutineTurn:
    """Say what came of one turn."""
    row = RoutineTurn.objects.select_for_update(no_key=True, of=("self",)).get(pk=turn.pk)
    if row.done_at is not None:
        raise DomainError(_("It is done already"), code="wrong_step")
    row.result, row.done_by, row.done_at = said(result, field="result", limit=500), by, at
    row.save(update_fields=["result", "done_by", "done_at"])
    audit.record("routine.finish", row.plan, actor=by, at=at)
    return row
