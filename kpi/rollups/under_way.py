"""Counting what is under way at the end of each day, for past days too (T10, E05).

A parcel is under way from the day it was accepted until before the day it ended, and overdue from
the day of its promise on. Both are ranges of days, so the count at the end of a day is the count
of the day before, plus what came, less what ended: a few grouped queries for any number of days.

The evenings a parcel was stuck or stopped before it went on are rows of their own; one that still
is stands with its facts, from which evening on.
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
from kpi.rollups.slices import COUNTS, Slice
from shipments.models import ParcelFacts, StepFacts

# Age at the end of the day, in days since the promise: up to 24 hours, 3 days, 7 days, longer.
# A promise of that very day is at most 24 hours old at its end.
AGES = (1, 3, 7)
ONE = timedelta(days=1)
ABOUT = ("due_day", "site_id", "product_id")
# What the rows of evenings on the way say.
KIND_OF = {"E05": "stuck", "T10": "stopped"}
Place = tuple[int, int]
# No exemption covers an evening: what is under way is told as it is.
NONE = dict.fromkeys(COUNTS, 0)


@dataclass
class Open:
    """Parcels under way at the end of one day at one site: all, and the overdue ones by age.

    Those stopped for safety are among all of them, and not among the overdue ones.
    """

    total: int = 0
    overdue: list[int] = field(default_factory=lambda: [0] * (len(AGES) + 1))
    stuck: int = 0
    stopped: int = 0

    def counts(self, code: str) -> dict[str, int]:
        """Return the counts of one figure."""
        if code == "E05":
            return {**NONE, "hits": self.stuck, "total": self.total}
        total = self.total - self.stopped
        return {**NONE, "hits": sum(self.overdue), "total": total, "excluded": self.stopped}


def count_open(part: Slice, *, at: datetime) -> dict[tuple[date, int, int], Open]:
    """Count per (day, site, product) for the days of the slice that had ended by `at`."""
    days = [day for day in part.days() if day < business_day(at)]
    if not days:
        return {}
    rows = ParcelFacts.objects.filter(POPULATION, _sites(part))
    # Of a whole month most parcels are wanted anyway, and found by the day of acceptance.
    there = rows if part.whole else rows.filter(pk__in=_not_ended(days[0] - ONE))
    found: dict[tuple[date, int, int], Open] = defaultdict(Open)
    for day, place, number in _totals(rows, there, days[0], days[-1]):
        if number and part.has(day, place[0]):
            found[day, *place].total = number
    for day, place, age, number in _overdue(there, days[0], days[-1]):
        if part.has(day, place[0]):
            found[day, *place].overdue[age] += number
    for day, place, kind, number in _waiting(there, part, days):
        if part.has(day, place[0]):
            one = found[day, *place]
            setattr(one, kind, getattr(one, kind) + number)
    return dict(found)


def _waiting(
    rows: QuerySet[ParcelFacts], part: Slice, days: list[date]
) -> Iterator[tuple[date, Place, str, int]]:
    """Yield (day, place, what, number) of those stuck or stopped, past and present ones."""
    steps = StepFacts.objects.filter(part.where("day", "site_id"), kind__in=KIND_OF, day__in=days)
    names = ["day", "kind", "site_id", "product_id"]
    for row in steps.order_by(*names).values(*names).annotate(number=Count("pk")):
        place = (row["site_id"], row["product_id"])
        yield row["day"], place, KIND_OF[row["kind"]], row["number"]
    for column, kind in (("stuck_day", "stuck"), ("stopped_day", "stopped")):
        yield from _still(rows, column, kind, days[0], days[-1])


def _still(
    rows: QuerySet[ParcelFacts], column: str, kind: str, first: date, last: date
) -> Iterator[tuple[date, Place, str, int]]:
    """Yield those that are so from an evening on, until they end: few, so days are walked."""
    until = Q(ended_day__isnull=True) | (Q(ended_day__gt=F(column)) & Q(ended_day__gt=first))
    names = [column, "accepted_day", "ended_day", "site_id", "product_id"]
    some = rows.filter(until, accepted_day__lte=last, **{f"{column}__lte": last})
    for row in some.order_by(*names).values(*names).annotate(number=Count("pk")):
        day = max(row[column], row["accepted_day"], first)
        while day <= last and (row["ended_day"] is None or day < row["ended_day"]):
            yield day, (row["site_id"], row["product_id"]), kind, row["number"]
            day += ONE


def _not_ended(day: date) -> Any:
    """Return the keys of what had not ended on a day, found by the index of ends alone.

    Beside a bound on the day of acceptance SQLite would rather read all parcels of the past.
    """
    return ParcelFacts.objects.filter(open_after(day)).values("pk")


def open_after(day: date) -> Q:
    """Return the filter of what had not ended on a day: few of all parcels there ever were."""
    return Q(ended_day__isnull=True) | Q(ended_day__gt=day)


def open_on(day: date) -> Q:
    """Return the filter of parcels under way at the end of a day."""
    return Q(accepted_day__lte=day) & open_after(day)


def overdue_on(day: date) -> Q:
    """Return the filter of what was overdue at the end of a day, but for what was stopped."""
    return open_on(day) & Q(due_day__lte=day) & ~stopped_on(day)


def stuck_on(day: date) -> Q:
    return open_on(day) & (Q(stuck_day__lte=day) | Q(pk__in=_evening("E05", day)))


def stopped_on(day: date) -> Q:
    """Return the filter of what safety had stopped at the end of a day."""
    still = Q(stopped_day__isnull=False, stopped_day__lte=day)
    return open_on(day) & (still | Q(pk__in=_evening("T10", day)))


def _evening(kind: str, day: date) -> Any:
    return StepFacts.objects.filter(kind=kind, day=day).values("parcel_id")


def _sites(part: Slice) -> Q:
    return Q() if part.whole else Q(site_id__in=sorted(part.all_sites()))


def _totals(
    rows: QuerySet[ParcelFacts], there: QuerySet[ParcelFacts], first: date, last: date
) -> Iterator[tuple[date, Place, int]]:
    """Yield how many are under way at the end of each day, by place."""
    now: dict[Place, int] = defaultdict(int)
    for _none, place, number in _numbers(there.filter(open_on(first - ONE)), None):
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
    yield from _held_up(rows, first, last)
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


def _held_up(
    rows: QuerySet[ParcelFacts], first: date, last: date
) -> Iterator[tuple[date, Place, int, int]]:
    """Yield, as less than none, the overdue ones that safety had stopped: they stand apart."""
    steps = StepFacts.objects.filter(kind="T10", is_hit=True, day__range=(first, last))
    evenings = list(steps.values_list("parcel_id", "day"))
    about = {
        pk: said
        for pk, *said in rows.filter(pk__among=[pk for pk, _day in evenings]).values_list(
            "pk", *ABOUT
        )
    }
    for due, site, product, day in ((*about[pk], day) for pk, day in evenings if pk in about):
        yield day, (site, product), age_class((day - due).days), -1
    still = rows.filter(open_after(first), stopped_day__lte=last, due_day__lte=last)
    still = still.filter(accepted_day__lte=last)
    for row in still.values(*ABOUT, "stopped_day", "accepted_day", "ended_day"):
        day = max(row["stopped_day"], row["due_day"], row["accepted_day"], first)
        while day <= last and (row["ended_day"] is None or day < row["ended_day"]):
            age = age_class((day - row["due_day"]).days)
            yield day, (row["site_id"], row["product_id"]), age, -1
            day += ONE


def age_class(days: int) -> int:
    """Return the place of an age among the classes; `days` since the day of the promise."""
    return next((place for place, limit in enumerate(AGES) if days < limit), len(AGES))
