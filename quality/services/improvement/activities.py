"""The calendar of activities: planned, held with a result, or cancelled with a reason (IMP-06)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from quality.improvement_enums import ActivityStatus as S
from quality.models import Activity
from quality.services.moves import said
from staff.models import Employee, Site, User


@transaction.atomic
def plan_activity(
    *, kind: str, title: str, aim: str, site: Site | None, owner: Employee, starts_on: date,
    ends_on: date, by: User, at: datetime,
) -> Activity:  # fmt: skip
    """Put an activity on the calendar."""
    if ends_on < starts_on:
        text = _("Choose the first day or a later one")
        raise DomainError(text, code="order", field="ends_on", status=422)
    row = Activity.objects.create(
        kind=kind, title=said(title, field="title", limit=100, lines=False),
        aim=said(aim, field="aim", limit=300), site=site, owner=owner, starts_on=starts_on,
        ends_on=ends_on,
    )  # fmt: skip
    audit.record("activity.create", row, actor=by, at=at)
    return row


@transaction.atomic
def hold_activity(
    row: Activity, *, took_part: int, result: str, by: User, at: datetime
) -> Activity:
    """Write down what came of it, once it has begun."""
    row = _planned(row)
    if row.starts_on > business_day(at):
        raise DomainError(_("It has not begun yet"), code="too_early")
    row.took_part = took_part
    return _end(row, S.HELD, said(result, field="result"), "activity.finish", by, at)


@transaction.atomic
def cancel_activity(row: Activity, *, reason: str, by: User, at: datetime) -> Activity:
    """Call it off with the reason."""
    row = _planned(row)
    return _end(row, S.CANCELLED, said(reason, field="reason"), "activity.cancel", by, at)


def _planned(row: Activity) -> Activity:
    row = Activity.objects.select_for_update(no_key=True).get(pk=row.pk)
    if row.status != S.PLANNED:
        raise DomainError(_("This activity has ended"), code="wrong_step")
    return row


def _end(row: Activity, status: S, words: str, verb: str, by: User, at: datetime) -> Activity:
    row.status, row.result, row.ended_at = status, words, at
    row.save(update_fields=["status", "result", "ended_at", "took_part", "updated_at"])
    audit.record(verb, row, actor=by, at=at)
    return row
