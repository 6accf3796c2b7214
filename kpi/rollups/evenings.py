"""Counting what was valid at the end of each day: devices, licences, people (F03, F04, H04)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Q

from courierqa.core.calendars import business_day
from kpi.metrics.shape import EVENINGS, TABLES
from kpi.rollups.slices import COUNTS, Slice

ONE = timedelta(days=1)
Key = tuple[str, date, int, int]


def count_valid(part: Slice, *, at: datetime) -> dict[Key, dict[str, int]]:
    """Count per (figure, day, site, no product) for the days of the slice that had ended."""
    days = [day for day in part.days() if day < business_day(at)]
    cells: dict[Key, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTS, 0))
    if not days:
        return {}
    for code, place, first, last, is_valid in _spans(days[0], days[-1]):
        site = place or 0
        for day in days:
            if first <= day and (last is None or day <= last) and part.has(day, site):
                cell = cells[code, day, site, 0]
                cell["total"] += 1
                cell["hits"] += is_valid
    return dict(cells)


def _spans(first: date, last: date) -> Iterator[tuple[str, int | None, date, date | None, bool]]:
    """Yield (figure, site, first evening, last evening, valid) of what touches these days."""
    touching = Q(last_day=None) | Q(last_day__gte=first)
    for name in sorted(EVENINGS):
        rows = TABLES[name]._default_manager.filter(touching, day__lte=last)
        yield from rows.values_list("kind", "site_id", "day", "last_day", "is_hit")


def needed_on(day: date) -> Q:
    """Return the filter of what was needed at the end of a day."""
    return Q(day__lte=day) & (Q(last_day=None) | Q(last_day__gte=day))
