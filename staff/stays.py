"""Where somebody worked when: from hiring, moves and leaving, so that a day can be looked up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from staff.enums import EmployeeState
from staff.models import Employee, Move

DAY = timedelta(days=1)
# First day, last day, post, site.
Stay = tuple[date, date, int, int]


def stays(person: Employee, moves: Sequence[Move]) -> Iterator[Stay]:
    """Yield (first day, last day, post, site) from hiring on; the day of a move is the new one's.

    Nobody not yet active has begun. `moves` are in the order of their days.
    """
    if person.state == EmployeeState.PENDING:
        return
    start, end = person.hired_on, person.left_on or date.max
    for move in moves:
        if start < move.on:
            yield start, min(move.on - DAY, end), move.from_post_id, move.from_site_id
        start = max(start, move.on)
    if start <= end:
        yield start, end, person.post_id, person.site_id


def active_stays(person: Employee, moves: Sequence[Move]) -> Iterator[Stay]:
    """Yield the stays from the day somebody was activated on."""
    begun = person.active_from or person.hired_on
    for start, end, post, site in stays(person, moves):
        if end >= max(start, begun):
            yield max(start, begun), end, post, site
