"""Who opened a person's record or grade: kept so that the person can see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from courierqa.core import audit
from courierqa.core.calendars import business_day, day_start
from courierqa.core.models import AuditEntry
from staff.models import Employee

OPENED = "employee.open"


def note_look(person: Employee, what: str, *, by: Any, at: datetime, request: Any) -> None:
    """Write down that somebody else opened `what` about a person, once a day and reader.

    `what` is a word of `selectors.people.FIELD_WORDS`.
    """
    if person.user_id == by.pk:
        return
    today = day_start(business_day(at))
    known = AuditEntry.objects.filter(
        object_type="staff.employee", object_id=str(person.pk), action=OPENED, actor_id=by.pk,
        at__gte=today, fields=[what],
    )  # fmt: skip
    if not known.exists():
        audit.record("employee.open", person, actor=by, at=at, fields=[what], request=request)
