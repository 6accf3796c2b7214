"""A holiday or make-up workday entered later recomputes open promises, with a log (TIM-13)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from courierqa.core import audit, calendars
from courierqa.core.errors import DomainError
from courierqa.core.models import Calendar, CalendarDay
from shipments import enums
from shipments.models import CalendarChange, Parcel, PromiseChange
from shipments.promises import Promiser
from shipments.services import bulk, refolding


def change_calendar_day(
    *, calendar: Calendar, day: date, is_working: bool, name: str, reason: str, at: datetime,
    actor: Any,
) -> CalendarChange:  # fmt: skip
    """Enter a day that differs from its weekday and recompute the promises still open.

    Nothing becomes due earlier than was first promised: a customer who heard a later day keeps
    it, and nobody is late by a stroke of the pen. What a customer asked for stays as well.
    """
    if not name.strip():
        raise DomainError(_("Enter the name of the day"), code="required", field="name")
    if not reason.strip():
        raise DomainError(_("Say where this is written"), code="required", field="reason")
    try:
        with transaction.atomic():
            return _change(calendar, day, is_working, name, reason, at, actor)
    except Exception:
        # A version that was computed with and then rolled back must not stay in memory.
        calendars.forget()
        raise


def _change(
    calendar: Calendar, day: date, is_working: bool,  # noqa: FBT001
    name: str, reason: str, at: datetime, actor: Any,
) -> CalendarChange:  # fmt: skip
    calendar = Calendar.objects.select_for_update(no_key=True).get(pk=calendar.pk)
    CalendarDay.objects.update_or_create(
        calendar=calendar, day=day, defaults={"is_working": is_working, "name": name[:60]}
    )
    Calendar.objects.filter(pk=calendar.pk).update(version=F("version") + 1)
    change = CalendarChange.objects.create(
        calendar=calendar, version=calendar.version + 1, day=day, is_working=is_working,
        name=name[:60], reason=reason[:200], at=at, by=audit.person(actor),
    )  # fmt: skip
    _recompute(change, at=at)
    audit.record("calendar.day", calendar, actor=actor, at=at, fields=["days"], reason=reason)
    return change


def open_promises(code: str) -> QuerySet[Parcel]:
    """Return the accepted, undone parcels whose promise counts days of this calendar."""
    rows = Parcel.objects.filter(product__calendar_code=code, done_at=None)
    rows = rows.exclude(promised_original=None).exclude(accepted_at=None)
    asked = PromiseChange.objects.filter(asked_by_customer=True).values("parcel_id")
    return rows.exclude(state__in=enums.ENDED).exclude(pk__in=asked).order_by("pk")


def _recompute(change: CalendarChange, *, at: datetime) -> None:
    rows = open_promises(change.calendar.code).only(*refolding.PARCEL_FIELDS)
    parcels = list(rows.select_for_update(no_key=True, of=("self",)).select_related("customer"))
    promiser = Promiser()
    log, moved = [], []
    cause = f"{change.name} {change.day.isoformat()}"
    for parcel in parcels:
        first, now_due = parcel.promised_original, parcel.promised_by
        if first is None or parcel.accepted_at is None:
            continue
        new = max(first, promiser.due(parcel, parcel.accepted_at))
        if new == now_due:
            continue
        log.append(PromiseChange(parcel=parcel, old=now_due, new=new, asked_by_customer=False,
                                 cause=cause, at=at, by_id=change.by_id))  # fmt: skip
        parcel.promised_by = new
        moved.append(parcel)
    PromiseChange.objects.bulk_create(log, batch_size=500)
    bulk.update_rows(Parcel, moved, ["promised_by"])
    refolding.refold([parcel.pk for parcel in moved], now=at)
    change.looked_at, change.moved = len(parcels), len(moved)
    change.save(update_fields=["looked_at", "moved"])
