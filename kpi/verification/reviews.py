"""Reviews judged a second time, by the moment their minutes were signed (I10, I11)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from courierqa.core import calendars
from kpi.verification.fallen import Fallen, said
from quality.models import Review, ReviewMinutes


def falls() -> Iterator[Fallen]:
    """Yield how each review falls."""
    signed = dict(ReviewMinutes.objects.values_list("review_id", "at"))
    for one in Review.objects.filter(kind="timeliness"):
        until = _midnight(date(one.planned_day.year, one.planned_day.month, 10))
        at = signed.get(one.pk)
        yield Fallen("I11", one.pk, (one.site_id or 0, 0), until, said(at and at <= until))
    yield from _management(signed)


def _management(signed: dict[int, datetime]) -> Iterator[Fallen]:
    """One due day after the other: a year after the last meeting, whoever planned it."""
    rows = list(Review.objects.filter(kind="management").order_by("planned_day", "pk"))
    if not rows:
        return
    due, last = rows[0].due_day, date.min
    for one in sorted((row for row in rows if row.pk in signed), key=lambda row: signed[row.pk]):
        until = _midnight(due)
        yield Fallen("I10", one.pk, (0, 0), until, said(signed[one.pk] <= until))
        assert one.held_on is not None, "minutes say when they met"
        due, last = _year_after(one.held_on), one.planned_day
    waiting = [row for row in rows if row.pk not in signed and row.planned_day > last]
    if waiting:
        yield Fallen("I10", waiting[0].pk, (0, 0), _midnight(due), "miss")


def _year_after(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return date(day.year + 1, 2, 28) if leap else day.replace(year=day.year + 1)


def _midnight(day: date) -> datetime:
    return calendars.day_start(day + timedelta(days=1)) - timedelta(microseconds=1)
