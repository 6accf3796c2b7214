"""Counting what is under way at the end of each day, for past days too (T10).

A parcel is under way from the day it was accepted until before the day it ended, and overdue from
the day of its promise on. Both are ranges of days, so the count at the end of a day is the count
of the day before, plus what came, less what ended: four grouped queries for any number of days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from courierqa.core.calendars import business_day
from kpi.metrics.parcels import POPULATION
from kpi.rollups.slices import Slice
from shipments.models import ParcelFacts

# Age at the end of the day, in days since the promise: up to 24 hours, 3 days, 7 days, longer.
# A promise of that very day is at most 24 hours old at its end.
AGES = (1, 3, 7)
ONE = timedelta(days=1)
Place = tuple[int, int]


@dataclass
class Open:
    """Parcels under way at the end of one day at one site: all, and the overdue ones by age."""

    total: int = 0
    overdue: list[int] = field(default_factory=lambda: [0] * (len(AGES) + 1))


def count_open(part: Slice, *, at: datetime) -> dict[tuple[date, int, int], Open]:
    """Count per (day, site, product) for the days of the slice that had ended by `at`."""
    days = [day for day in part.days() if day < business_day(at)]
    if not days:
        return {}
    rows = ParcelFacts.objects.filter(POPULATION, _sites(part))
    found: dict[tuple[date, int, int], Open] = defaultdict(Open)
    for day, place, number in _totals(rows, days[0], days[-1]):
        if number and part.has(day, place[0]):
            found[day, *place].total = number
    for day, place, age, number in _overdue(rows, days[0], days[-1]):
        if part.has(day, place[0]):
            found[day, *place].overdue[age] += number
    return dict(found)


def open_on(day: date) -> Q:
    """Return the filter of parcels under way at the end of a day."""
    return Q(accepted_day__lte=day) & (Q(ended_day__isnull=True) | Q(ended_day__gt=day))


def overdue_on(day: date) -> Q:
    return open_on(day) & Q(due_day__lte=day)


def _sites(part: Slice) -> Q:
    return Q() if part.whole else Q(site_id__in=sorted(part.all_sites()))


def _totals(
    rows: QuerySet[ParcelFacts], first: date, last: date
) -> Iterator[tuple[date, Place, int]]:
    """Yield how many are under way at the end of each day, by place."""
    now: dict[Place, int] = defaultdict(int)
    for _none, place, number in _numbers(rows.filter(open_on(first - ONE)), None):
        now[place] += number
    change: dict[date, list[tuple[Place, int]]] = defaultdict(list)
    span = (first, last)
    for day, place, number in _numbers(rows.filter(accepted_day__range=span), "accepted_day"):
        change[day].append((place, number))
    for day, place, number in _numbers(rows.filter(ended_day__range=span), "ended_day"):
        change[day].append((place, -number))
    day = first
    while day <= last:
        for place, number in change[day]:
            now[place] += number
        yield from ((day, place, number) for place, number in now.items())
        day += ONE


def _numbers(rows: QuerySet[ParcelFacts], day: str | None) -> Iterator[tuple[Any, Place, int]]:
    names = [*([day] if day else []), "site_id", "product_id"]
    for row in rows.order_by(*names).values(*names).annotate(number=Count("pk")):
        yield row.get(day or ""), (row["site_id"], row["product_id"]), row["number"]


def _overdue(
    rows: QuerySet[ParcelFacts], first: date, last: date
) -> Iterator[tuple[date, Place, int, int]]:
    """Yield (day, place, age class, number): few rows are ever overdue, so days are walked."""
    late = Q(ended_day__isnull=True) | (Q(ended_day__gt=F("due_day")) & Q(ended_day__gt=first))
    names = ["due_day", "accepted_day", "ended_day", "site_id", "product_id"]
    grouped = (
        rows.filter(late, due_day__lte=last, accepted_day__lte=last).order_by(*names).values(*names)
    )
    for row in grouped.annotate(number=Count("pk")):
        day = max(row["due_day"], row["accepted_day"], first)
        while day <= last and (row["ended_day"] is None or day < row["ended_day"]):
            place = (row["site_id"], row["product_id"])
            yield day, place, age_class((day - row["due_day"]).days), row["number"]
            day += ONE


def age_class(days: int) -> int:
    """Return the place of an age among the classes; `days` since the day of the promise."""
    return next((place for place, limit in enumerate(AGES) if days < limit), len(AGES))
