"""Counting what was valid at the end of each day: devices and licences (F03, F04)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta

from django.db.models import Q

from courierqa.core.calendars import business_day
from kpi.rollups.slices import COUNTS, Slice
from shipments.models import ValiditySpan

ONE = timedelta(days=1)
Key = tuple[str, date, int, int]


def count_valid(part: Slice, *, at: datetime) -> dict[Key, dict[str, int]]:
    """Count per (figure, day, site, no product) for the days of the slice that had ended."""
    days = [day for day in part.days() if day < business_day(at)]
    cells: dict[Key, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTS, 0))
    if not days:
        return {}
    rows = ValiditySpan.objects.filter(
        Q(last_day=None) | Q(last_day__gte=days[0]), day__lte=days[-1]
    )
    for code, place, first, last, is_valid in rows.values_list(
        "kind", "site_id", "day", "last_day", "is_hit"
    ):
        site = place or 0
        for day in days:
            if first <= day and (last is None or day <= last) and part.has(day, site):
                cell = cells[code, day, site, 0]
                cell["total"] += 1
                cell["hits"] += is_valid
    return dict(cells)


def needed_on(day: date) -> Q:
    """Return the filter of what was needed at the end of a day."""
    return Q(day__lte=day) & (Q(last_day=None) | Q(last_day__gte=day))
