"""The book of known answers: counts by figure, day, place and product, and by courier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime

from tests.kpi.hidden_truth.answers import Answer, of_parcel
from tests.kpi.hidden_truth.lives import CHINA, NOW, Life

Counts = dict[str, int]
Key = tuple[str, date, str, str]
# Complaints, appeals, exceptions and claims over the parcels accepted in the same period.
OVER_PARCELS = ("C01", "C02", "C11", "C12", "E01", "A06", "P01", "F07")
# Over the handovers into somebody's hands of the same period.
OVER_DELIVERIES = ("D08", "D09")
# Over what the accepting site took in, and over the fees of what was accepted.
OVER_TAKEN, OVER_FEES = ("A05",), ("P04",)
# Over the courier-months that ended in the same period.
OVER_COURIERS = ("H08",)
ABOVE = frozenset({*OVER_COURIERS, *OVER_PARCELS, *OVER_DELIVERIES, *OVER_TAKEN, *OVER_FEES})
BY_COURIER = ("T01", "T02", "D01", "D05", "D06", "D07", "S06")
# The evening of one day says nothing about another: days are not added up.
SNAPSHOTS = ("T10", "E05", "C10", "F03", "F04", "H04")
# Figures without a known answer here, and the fact of the world that makes it so.
ELSEWHERE: dict[str, str] = {}


class Book:
    """What every life and every voice has said, counted."""

    def __init__(self) -> None:
        self.cells: dict[Key, Counts] = defaultdict(_zeros)
        self.couriers: dict[Key, Counts] = defaultdict(_zeros)

    def parcel(self, life: Life, fee: int = 0) -> None:
        """Write down what a life says, and what it divides."""
        for one in of_parcel(life):
            self.say(one, life.served_at, life.product)
        if life.accepted is None or life.is_test:
            return
        for codes, place, number in (
            (OVER_PARCELS, life.served_at, 1),
            (OVER_TAKEN, life.origin, 1),
            (OVER_FEES, life.served_at, fee),
        ):
            self._below(codes, life.accepted, place, life.product, number)

    def say(self, one: Answer, place: str, product: str) -> None:
        """Write down one answer; what other records divide stands in the numerator alone."""
        where = one.place or place
        if one.code == "deliveries":
            self._below(OVER_DELIVERIES, one.moment, where, product, 1)
            return
        if one.code == "courier_months":
            self._below(OVER_COURIERS, one.moment, where, product, 1)
            return
        key = (one.code, _day(one.moment), where, product)
        cell = self.cells[key]
        before = cell["total"]
        _count(cell, one)
        if one.code in ABOVE:
            cell["total"] = before
        if one.code in BY_COURIER and one.who:
            _count(self.couriers[one.code, key[1], one.who, where], one)

    def case(self, place: str, product: str, said: Iterable[Answer]) -> None:
        """Write down what a complaint, a survey or a person's record says."""
        for one in said:
            self.say(one, place, product)

    def _below(
        self, codes: Iterable[str], moment: datetime, place: str, product: str, number: int
    ) -> None:
        for code in codes:
            self.cells[code, _day(moment), place, product]["total"] += number

    def written(self) -> dict[Key, Counts]:
        """Return the cells in which anything was counted."""
        return {key: counts for key, counts in self.cells.items() if any(counts.values())}

    def sums(self, chosen: Callable[[Key], bool], last: date | None = None) -> dict[str, Counts]:
        """Return the counts per figure over the chosen cells; snapshots of the `last` day alone."""
        found: dict[str, Counts] = defaultdict(_zeros)
        for key, counts in self.cells.items():
            if chosen(key) and (key[0] not in SNAPSHOTS or last in (None, key[1])):
                for name, number in counts.items():
                    found[key[0]][name] += number
        return dict(found)


def _zeros() -> Counts:
    return {"hits": 0, "total": 0, "pending": 0, "excluded": 0}


def _day(moment: datetime) -> date:
    return moment.astimezone(CHINA).date()


def _count(cell: Counts, one: Answer) -> None:
    """Not yet due stands on neither side; left out by rule stands beside the share."""
    if one.moment > NOW:
        cell["pending"] += not one.out
    elif one.out:
        cell["excluded"] += 1
    elif one.above is not None:
        cell["total"] += one.below
        cell["hits"] += one.above
    else:
        cell["total"] += 1
        cell["hits"] += one.hit
