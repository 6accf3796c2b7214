"""Complaints open at the end of each day, told a second time from their rows and steps (C10)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from complaints.models import Case
from courierqa.core import calendars
from courierqa.core.models import StatusChange
from courierqa.core.timeframes import Period
from kpi.verification.fallen import said

SEVEN = timedelta(days=7)
COLUMNS = (
    "pk", "site_id", "parcel__product_id", "received_at", "legal_due_at", "first_final_at",
    "first_told_at", "answered_at", "told_at", "closed_at",
)  # fmt: skip
Steps = list[tuple[str, datetime]]
Evening = tuple[date, tuple[int, int], int, str]


def evenings(period: Period, *, as_of: datetime) -> Iterator[Evening]:
    """Yield (day, place, case, how it fell) for every evening of the period that has passed."""
    steps = _steps()
    last = min(period.end_day, calendars.business_day(as_of))
    for row in Case.objects.filter(kind="complaint").values(*COLUMNS):
        place = row["site_id"] or 0, row["parcel__product_id"] or 0
        stretches = list(_stretches(row, steps[row["pk"]]))
        day = max(period.start_day, calendars.business_day(row["received_at"]))
        while day < last:
            midnight = calendars.day_start(day + timedelta(days=1))
            now = [
                due for start, due, end in stretches if start < midnight and not _by(end, midnight)
            ]
            if now:
                yield day, place, row["pk"], said(now[-1] < midnight)
            day += timedelta(days=1)


def _by(end: datetime | None, midnight: datetime) -> bool:
    return end is not None and end < midnight


def _steps() -> dict[int, Steps]:
    found: dict[int, Steps] = defaultdict(list)
    rows = StatusChange.objects.filter(
        object_type="complaints.case", verb__in=["reopen", "answer", "withdraw", "close"]
    ).order_by("id")
    for pk, verb, at in rows.values_list("object_id", "verb", "at"):
        found[int(pk)].append((verb, at))
    return found


def _stretches(row: dict[str, Any], steps: Steps) -> Iterator[tuple[Any, Any, Any]]:
    """Yield (start, limit, end): cut the story at each reopening."""
    parts: list[Steps] = [[]]
    for verb, at in steps:
        parts.append([(verb, at)]) if verb == "reopen" else parts[-1].append((verb, at))
    for number, part in enumerate(parts):
        start = part[0][1] if number else row["received_at"]
        limit = _days_of_law(start) if number else row["legal_due_at"]
        told = _told(row, "first_final_at", "first_told_at") if number == 0 else None
        if number + 1 < len(parts):
            again = parts[number + 1][0][1]
            told = told if told is not None and told <= again else None
            yield start, limit, told or next((at for verb, at in part if verb != "reopen"), again)
            continue
        told = told if number == 0 else _told(row, "answered_at", "told_at")
        ends = [at for at in (told, row["closed_at"]) if at is not None]
        yield start, limit, min(ends) if ends else None


def _told(row: dict[str, Any], answered: str, told: str) -> datetime | None:
    if row[answered] is None or row[told] is None:
        return None
    return max(row[answered], row[told])


def _days_of_law(start: datetime) -> datetime:
    """Return the end of the seventh day after a moment's own."""
    day = calendars.business_day(start) + SEVEN
    return calendars.day_start(day + timedelta(days=1)) - timedelta(microseconds=1)
