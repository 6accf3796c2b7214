"""Series of meetings: a rule, and each of its meetings exactly once (COM-03)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from courierqa.core import audit, recurrence
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from quality.models import Meeting, MeetingSeries
from quality.services.moves import said
from staff.models import Employee, Site, User

# How far ahead meetings are made, so that people can see what comes.
AHEAD = timedelta(days=31)


@transaction.atomic
def plan_series(
    *, kind: str, title: str, site: Site | None, chair: Employee, people: Iterable[Employee],
    agenda: str, every: str, interval: int, anchor: date, by: User, at: datetime,
) -> MeetingSeries:  # fmt: skip
    """Plan meetings by a rule; those of the next weeks are made at once."""
    if interval < 1:
        raise DomainError(_("Enter at least 1"), code="interval", field="interval", status=422)
    row = MeetingSeries.objects.create(
        kind=kind, title=said(title, field="title", limit=100, lines=False), site=site,
        chair=chair, agenda=said(agenda, field="agenda"), every=every, interval=interval,
        anchor=anchor,
    )  # fmt: skip
    row.people.set(people)
    audit.record("meeting_series.create", row, actor=by, at=at)
    lay_out(row, today=business_day(at))
    return row


def lay_out(row: MeetingSeries, *, today: date) -> int:
    """Make the meetings that are missing from the first day on; return how many."""
    end = today + AHEAD
    if row.ends_on is not None:
        end = min(end, row.ends_on + timedelta(days=1))
    rule = recurrence.Rule(row.every, row.interval, row.anchor)
    days = recurrence.due_days(rule, max(row.anchor, today - AHEAD), end)
    return recurrence.ensure(
        Meeting, row.pk, days, kind=row.kind, title=row.title, site_id=row.site_id,
        chair_id=row.chair_id, agenda=row.agenda,
    )  # fmt: skip


def run_series(*, now: datetime) -> dict[str, int]:
    """Make the meetings that have come within reach; run by the scheduler, twice does no harm."""
    today = business_day(now)
    rows = MeetingSeries.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today)).order_by("pk")
    return {"meetings": sum(lay_out(row, today=today) for row in rows)}


@transaction.atomic
def end_series(row: MeetingSeries, *, on: date, reason: str, by: User, at: datetime) -> None:
    """End a series: meetings that lie ahead go, those that were missed stay overdue."""
    if on < business_day(at):
        text = _("Choose today or a later day")
        raise DomainError(text, code="past", field="on", status=422)
    why = said(reason, field="reason", limit=200)
    row.ends_on = on
    row.save(update_fields=["ends_on", "updated_at"])
    row.meetings.filter(
        planned_day__gt=on, done_at=None, cancelled_at=None, tasks=None, decisions=None
    ).delete()
    audit.record("meeting_series.end", row, actor=by, at=at, reason=why)
