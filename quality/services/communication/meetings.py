"""Meetings: called, held with minutes and attendance, their decisions (COM-01)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from quality.communication_enums import Presence
from quality.models import Attendance, Decision, Meeting, Nonconformity
from quality.services.moves import said
from staff.models import Employee, Site, User


@transaction.atomic
def call_meeting(
    *, kind: str, title: str, site: Site | None, chair: Employee, agenda: str, on: date,
    place: str, by: User, at: datetime,
) -> Meeting:  # fmt: skip
    """Call one meeting outside any series; one that was held may be written down afterwards."""
    row = Meeting.objects.create(
        kind=kind, title=said(title, field="title", limit=100, lines=False), site=site,
        chair=chair, agenda=said(agenda, field="agenda"), planned_day=on, due_day=on,
        place=place.strip()[:80],
    )  # fmt: skip
    audit.record("meeting.create", row, actor=by, at=at)
    return row


@transaction.atomic
def hold_meeting(
    row: Meeting, *, held_on: date, minutes: str, there: Iterable[Employee],
    excused: Iterable[Employee] = (), by: User, at: datetime,
) -> Meeting:  # fmt: skip
    """Write down a meeting that was held: who came, what was said. It is written once."""
    row = _hold(row)
    if held_on > business_day(at):
        text = _("Choose today or an earlier day")
        raise DomainError(text, code="future", field="held_on", status=422)
    came, away = {one.pk: one for one in there}, {one.pk: one for one in excused}
    if not came:
        text = _("A meeting nobody came to was not held")
        raise DomainError(text, code="nobody", field="there", status=422)
    if came.keys() & away.keys():
        text = _("Nobody is both there and excused")
        raise DomainError(text, code="twice", field="excused", status=422)
    row.held_on, row.minutes = held_on, said(minutes, field="minutes", limit=20_000)
    row.minutes_by, row.done_at = by, at
    row.save(update_fields=["held_on", "minutes", "minutes_by", "done_at"])
    _attend(row, came, away)
    audit.record("meeting.finish", row, actor=by, at=at)
    return row


def _attend(row: Meeting, came: Collection[int], away: Collection[int]) -> None:
    """Keep who came; whoever belongs to the series and did neither was absent."""
    invited = set(row.plan.people.values_list("pk", flat=True)) if row.plan else set()
    presence = {
        **dict.fromkeys(invited, Presence.ABSENT), **dict.fromkeys(away, Presence.EXCUSED),
        **dict.fromkeys(came, Presence.THERE),
    }  # fmt: skip
    Attendance.objects.bulk_create(
        Attendance(meeting=row, employee_id=pk, presence=how) for pk, how in presence.items()
    )


@transaction.atomic
def decide(
    row: Meeting, *, text: str, nonconformity: Nonconformity | None, by: User, at: datetime
) -> Decision:
    """Add a decision to a meeting that was held; it may name the nonconformity it deals with."""
    row = Meeting.objects.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)
    if row.done_at is None:
        raise DomainError(_("First write down that it was held"), code="wrong_step")
    last = row.decisions.aggregate(last=Max("position"))["last"] or 0
    made = Decision.objects.create(
        meeting=row, position=last + 1, text=said(text, field="text", limit=500),
        nonconformity=nonconformity, by=by, at=at,
    )  # fmt: skip
    audit.record("meeting.decide", row, actor=by, at=at)
    return made


@transaction.atomic
def move_meeting(row: Meeting, *, due_day: date, reason: str, by: User, at: datetime) -> Meeting:
    """Hold it on another day, with the reason; the planned day stays."""
    row = _hold(row)
    if due_day < business_day(at):
        text = _("Choose today or a later day")
        raise DomainError(text, code="past", field="due_day", status=422)
    row.due_day, row.note = due_day, said(reason, field="reason", limit=300)
    row.save(update_fields=["due_day", "note"])
    audit.record("meeting.move", row, actor=by, at=at, reason=row.note)
    return row


@transaction.atomic
def cancel_meeting(row: Meeting, *, reason: str, by: User, at: datetime) -> Meeting:
    """Call it off with the reason."""
    row = _hold(row)
    row.cancelled_at, row.note = at, said(reason, field="reason", limit=300)
    row.save(update_fields=["cancelled_at", "note"])
    audit.record("meeting.cancel", row, actor=by, at=at, reason=row.note)
    return row


def _hold(row: Meeting) -> Meeting:
    """Return the row locked, if it still lies ahead."""
    row = Meeting.objects.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)
    if row.done_at is not None or row.cancelled_at is not None:
        raise DomainError(_("This meeting was held or called off"), code="wrong_step")
    return row
