"""How long things really took: the whole way, its links, and settling a complaint."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator
from datetime import date, datetime
from math import ceil
from typing import NamedTuple

from tests.kpi.hidden_truth.deeds import MINUTE
from tests.kpi.hidden_truth.lives import CHINA, Life

Key = tuple[str, date, str, str]
Counts = dict[str, int]
COUNTS = ("measured", "minutes", "still_open", "left", "missing")
LINKS = ("T06A", "T06B", "T06C", "T06D")


class Took(NamedTuple):
    """One time: `minutes` where both ends are known, else how it stands."""

    code: str
    day: datetime
    place: str
    minutes: int | None = None
    stands: str = ""


def of_parcel(life: Life) -> Iterator[Took]:
    """Yield the whole course by acceptance, and each link by the day it ended."""
    if life.accepted is None or life.is_test:
        return
    yield _whole(life)
    road = life.road
    left, come = road.hub_left, road.hub_left if road.one_hub else road.hub_come
    points = [life.accepted, left, come, road.out, life.done]
    furthest = max(place for place, at in enumerate(points) if at is not None)
    for place, code in enumerate(LINKS[:furthest]):
        if code == "T06B" and road.one_hub:
            continue
        where = life.origin if code == "T06A" else life.served_at
        start, end = points[place], points[place + 1]
        # Without a scan at its end the next one shows that it was passed.
        day = next(at for at in points[place + 1 :] if at is not None)
        if start is None or end is None or end < start:
            yield Took(code, day, where, stands="missing")
        else:
            yield Took(code, day, where, whole_minutes(start, end))


def _whole(life: Life) -> Took:
    assert life.accepted is not None
    where = life.served_at
    if life.done is not None:
        return Took("T05", life.accepted, where, whole_minutes(life.accepted, life.done))
    stands = "left" if life.back is not None and not life.lost else "still_open"
    return Took("T05", life.accepted, where, stands=stands)


def whole_minutes(start: datetime, end: datetime) -> int:
    return (end - start) // MINUTE


class Lengths:
    """Counts of times per cell, and every exact time per figure."""

    def __init__(self) -> None:
        self.cells: dict[Key, Counts] = defaultdict(lambda: dict.fromkeys(COUNTS, 0))
        # What ranks: the minutes, or nothing yet, with the day each belongs to.
        self.ranked: dict[str, list[tuple[date, int | None]]] = defaultdict(list)

    def say(self, one: Took, product: str, place: str | None = None) -> None:
        where = one.place if place is None else place
        day = one.day.astimezone(CHINA).date()
        cell = self.cells[one.code, day, where, product]
        if one.minutes is not None or one.stands == "still_open":
            self.ranked[one.code].append((day, one.minutes))
        if one.minutes is None:
            cell[one.stands] += 1
        else:
            cell["measured"] += 1
            cell["minutes"] += one.minutes

    def quantile(self, code: str, share: float, days: Container[date]) -> int | None:
        """By nearest rank, the open ones behind all others; nothing when it lies among them."""
        ranked = [minutes for day, minutes in self.ranked[code] if day in days]
        known = sorted(minutes for minutes in ranked if minutes is not None)
        rank = max(1, ceil(round(share * len(ranked), 9)))
        return known[rank - 1] if rank <= len(known) else None
