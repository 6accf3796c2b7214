"""Courier-months: one row per courier and month, what violations are held against (H08).

The roster begins with the first run of its job, at the earliest month that was graded. Who was a
courier where follows from hiring, moves and leaving, so that a month can be worked out again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Min, Q

from courierqa.core import calendars, counted
from courierqa.core.enums import Role
from courierqa.core.recurrence import add_months
from staff import on_post
from staff.counted import PEOPLE, end_of
from staff.models import Assessment, Employee, Move, PeopleRow, Post
from staff.selectors.people import sites_then
from staff.stays import DAY, Stay, stays

KIND, VIOLATION = "H08M", "H08"
# The key of a row: the person, and the months since this year.
EPOCH, MONTHS = 2000, 4096


@transaction.atomic
def keep_roster(*, now: datetime) -> dict[str, int]:
    """Write down who was a courier in every month that has begun, and who was qualified for their
    post (H04) from the first of them on; twice does no harm."""
    this = calendars.business_day(now).replace(day=1)
    first = begun_on() or _first_graded() or this
    moved = _refresh(Employee.objects.all(), first, this, at=now)
    return {"moved": moved + on_post.keep_from(on_post.begun_on() or first, at=now)}


def refresh_person(person: Employee, *, at: datetime) -> None:
    """Make the months, violations and evenings of a person anew, after moving, leaving or being
    hired on another day: all stand at the site of their time (B19)."""
    _refresh_violations(person, at)
    on_post.refresh_person(person.pk, at=at)
    first = begun_on()
    if first is not None:
        this = calendars.business_day(at).replace(day=1)
        _refresh(Employee.objects.filter(pk=person.pk), first, this, at=at)


def _refresh_violations(person: Employee, at: datetime) -> None:
    rows = list(PeopleRow.objects.filter(kind=VIOLATION, courier_id=person.pk))
    for row, site in zip(rows, sites_then([(person, row.day) for row in rows]), strict=True):
        row.site_id = site
    ids = [row.record_id for row in rows]
    counted.keep(PeopleRow, rows, kinds=(VIOLATION,), records=ids, source=PEOPLE, at=at)


def begun_on() -> date | None:
    """Return the first day of the first month on the roster; none before its job ran."""
    rows = PeopleRow.objects.filter(kind=KIND)
    first: date | None = rows.aggregate(first=Min("day"))["first"]
    return first.replace(day=1) if first else None


def _first_graded() -> date | None:
    month = Assessment.objects.aggregate(first=Min("month"))["first"]
    return date.fromisoformat(f"{month}-01") if month else None


def _refresh(people: Any, first: date, last: date, *, at: datetime) -> int:
    """Make the rows of these people anew for the months from `first` to `last`."""
    moves = defaultdict(list)
    for move in Move.objects.filter(employee__in=people).order_by("on", "pk"):
        moves[move.employee_id].append(move)
    couriers = set(Post.objects.filter(role=Role.COURIER).values_list("pk", flat=True))
    touched = Q(post__in=couriers) | Q(moves__from_post__in=couriers)
    rows: list[counted.CountedRow] = []
    keys: list[int] = []
    for person in people.filter(touched).distinct().order_by("pk"):
        held = list(stays(person, moves[person.pk]))
        month = first
        while month <= last:
            keys.append(key_of(person.pk, month))
            rows += _month(person, held, month, couriers)
            month = add_months(month, 1)
    return counted.keep(PeopleRow, rows, kinds=(KIND,), records=keys, source=PEOPLE, at=at)


def key_of(person_id: int, month: date) -> int:
    """Return the key of a person's month."""
    return person_id * MONTHS + (month.year - EPOCH) * 12 + month.month - 1


def _month(
    person: Employee, held: Iterable[Stay], month: date, couriers: set[int]
) -> Iterator[counted.CountedRow]:
    """One row for a month with a day as a courier, at the site of the last such day."""
    last = add_months(month, 1) - DAY
    sites = [site for start, end, post, site in held
             if post in couriers and start <= last and end >= month]  # fmt: skip
    if sites:
        yield counted.row(
            PeopleRow, KIND, key_of(person.pk, month), end_of(last), site_id=sites[-1],
            label=f"{person.number} {month:%Y-%m}", courier_id=person.pk, is_hit=True,
        )  # fmt: skip
