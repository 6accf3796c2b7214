"""Counting complaints open at the end of each day, and those past their limit (C10)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from complaints.models import CaseSpell
from courierqa.core.calendars import business_day
from kpi.rollups.slices import COUNTS, Slice

PLACE = ("site_id", "product_id")
SPELL = ("opened_day", "due_day", "ended_day")
Key = tuple[str, date, int, int]


def count_open_cases(part: Slice, *, at: datetime) -> dict[Key, dict[str, int]]:
    """Count per (figure, day, site, product) for the days of the slice that had ended by `at`."""
    days = [day for day in part.days() if day < business_day(at)]
    if not days:
        return {}
    found: dict[Key, dict[str, int]] = defaultdict(lambda: dict.fromkeys(COUNTS, 0))
    rows = CaseSpell.objects.filter(_between(days[0], days[-1])).order_by(*SPELL, *PLACE)
    for row in rows.values(*SPELL, *PLACE).annotate(number=Count("pk")):
        site, product = row["site_id"] or 0, row["product_id"] or 0
        for day in _evenings(row, days[0], days[-1]):
            if part.has(day, site):
                cell = found["C10", day, site, product]
                cell["total"] += row["number"]
                cell["hits"] += row["number"] if row["due_day"] <= day else 0
    return dict(found)


def _between(first: date, last: date) -> Q:
    return Q(opened_day__lte=last) & (Q(ended_day__isnull=True) | Q(ended_day__gt=first))


def _evenings(row: dict[str, Any], first: date, last: date) -> list[date]:
    start = max(row["opened_day"], first)
    end = min(row["ended_day"] or last + timedelta(days=1), last + timedelta(days=1))
    return [start + timedelta(days=one) for one in range((end - start).days)]


def case_open_on(day: date) -> Q:
    """Return the filter of cases open at the end of a day."""
    return Q(pk__in=CaseSpell.objects.filter(_between(day, day)).values("case_id"))


def case_overdue_on(day: date) -> Q:
    """Return the filter of cases that were past their limit at the end of a day."""
    late = CaseSpell.objects.filter(_between(day, day), due_day__lte=day)
    return Q(pk__in=late.values("case_id"))
