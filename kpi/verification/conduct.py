"""Violations and courier-months judged a second time, from each person's days (H08)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Max, Min

from courierqa.core import calendars
from kpi.verification.fallen import Fallen
from shipments.models import Violation
from staff.models import Employee, Move, PeopleRow, Post

DAY = timedelta(days=1)
# (day, post before, site before), in order.
Moves = list[tuple[date, int, int]]


def falls() -> Iterator[Fallen]:
    """Yield every violation that stands, and every month somebody was a courier."""
    moves: dict[int, Moves] = {}
    names = ("employee_id", "on", "from_post_id", "from_site_id")
    for who, on, post, site in Move.objects.order_by("on", "pk").values_list(*names):
        moves.setdefault(who, []).append((on, post, site))
    standing = Violation.objects.filter(withdrawn_at=None).select_related("courier")
    for one in standing:
        _post, site = _at(one.courier, moves.get(one.courier_id, []), one.happened_on)
        yield Fallen("H08", one.pk, (site, 0), calendars.day_start(one.happened_on))
    yield from _months(moves)


def _months(moves: dict[int, Moves]) -> Iterator[Fallen]:
    """From the first month the roster knows to the last, a day at a time from its end."""
    ends = PeopleRow.objects.filter(kind="H08M").aggregate(first=Min("day"), last=Max("day"))
    posts = set(Post.objects.filter(role="courier").values_list("pk", flat=True))
    people = list(Employee.objects.exclude(state="pending"))
    day = ends["last"]
    while day is not None and day >= ends["first"]:
        until = calendars.day_start(day + DAY) - timedelta(microseconds=1)
        for person in people:
            site = _site_of(person, moves.get(person.pk, []), day, posts)
            if site:
                yield Fallen("courier_months", None, (site, 0), until)
        day = day.replace(day=1) - DAY


def _site_of(person: Employee, moves: Moves, last: date, posts: set[int]) -> int:
    """Return where somebody was last a courier in the month that ends on a day; 0 for nobody."""
    day = min(last, person.left_on or last)
    while day >= max(last.replace(day=1), person.hired_on):
        post, site = _at(person, moves, day)
        if post in posts:
            return site
        day -= DAY
    return 0


def _at(person: Employee, moves: Moves, day: date) -> tuple[int, int]:
    later = ((post, site) for on, post, site in moves if on > day)
    return next(later, (person.post_id, person.site_id))
