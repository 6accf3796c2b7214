"""The known answers: what each life says about each figure, from its truth alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from tests.kpi.hidden_truth.lives import CHINA, NOW, Life

Counts = dict[str, int]


class Answer(NamedTuple):
    """One figure's word on one record: at which moment, and how it falls."""

    code: str
    moment: datetime
    hit: bool
    out: bool = False


def of_parcel(life: Life) -> Iterator[Answer]:
    """Yield what a real, accepted parcel says."""
    if life.accepted is None or life.is_test:
        return
    kept = not life.ever_lost
    yield Answer("T01", life.due, _by(life.done, life.due) and kept, _left(life, life.due))
    yield Answer("T02", life.due, _by(life.tried, life.due), _called_back(life, life.due))
    industry = "T04" if life.same_city else "T03"
    left = _left(life, life.hours)
    yield Answer(industry, life.hours, _by(life.done, life.hours) and kept, left)
    yield Answer("T11", life.claim, not _by(life.done, life.claim), _left(life, life.claim))
    if life.tried is not None:
        yield Answer("D01", life.tried, life.done == life.tried, not life.tells_tries)
    yield Answer("D02", life.week, _by(life.done, life.week))
    yield Answer("S01", life.due, not (life.lost or life.damaged or life.short))
    yield Answer("S02", life.accepted, life.lost)
    yield Answer("S03", life.accepted, life.damaged)
    yield Answer("S04", life.accepted, life.short)


def _by(moment: datetime | None, limit: datetime) -> bool:
    return moment is not None and moment <= limit


def _called_back(life: Life, limit: datetime) -> bool:
    return _by(life.recalled, limit)


def _left(life: Life, limit: datetime) -> bool:
    """Called back in time, or refused in time: out of the share, beside it."""
    return _called_back(life, limit) or (life.excused and _by(life.tried, limit))


# The figures an answer of a life is about, for the check that none is forgotten.
PARCEL_CODES = frozenset(
    {"T01", "T02", "T03", "T04", "T11", "D01", "D02", "S01", "S02", "S03", "S04"}
)
# Complaints and appeals over the parcels accepted in the same period.
OVER_PARCELS = ("C01", "C02", "C11", "C12")
BY_COURIER = ("T01", "T02", "D01")


# Figures the generator has no answer for: why, and where their known answers are told by hand.
_HANDLING = "needs appointments, checks, sorts and links told too: test_metrics_handling.py"
_STEPS = "needs sorts, hubs and attempts told too: test_metrics_steps.py"
_DOOR = "needs proofs, notices and findings at the door told too: test_metrics_handovers.py"
_TROUBLES = "needs exceptions worked on by people: test_metrics_exceptions.py"
_VOICE = "needs claims, follow-ups and surveys told too: test_metrics_voice.py"
_VISITS = "counts inspections, not parcels: test_metrics_inspections.py"
_PEOPLE = "counts people and their month, not parcels: test_metrics_people.py"
ELSEWHERE: dict[str, str] = {
    **dict.fromkeys(("D02A", "D02B", "D02C", "D02D", "D03", "D04", "D10B"), _STEPS),
    **dict.fromkeys(("T08", "T09", "T10", "T12", "S05", "S06", "D10"), _HANDLING),
    **dict.fromkeys(("A01", "A02", "A03", "A04", "A05"), _HANDLING),
    **dict.fromkeys(("D05", "D06", "D07", "D08", "D09", "D11", "S07"), _DOOR),
    **dict.fromkeys(("E01", "E02", "E03", "E04", "E05", "A06"), _TROUBLES),
    **dict.fromkeys(("C06", "C07", "C08", "C10", "C13", "C14"), _VOICE),
    **dict.fromkeys(("P01", "P02", "P03", "P04", "V01", "V02", "V03", "V04"), _VOICE),
    **dict.fromkeys(("H01", "H02", "H03", "H04", "H05", "H05A", "H05C"), _PEOPLE),
    **dict.fromkeys(("I01", "I02", "I02T"), _VISITS),
    **dict.fromkeys(("H06", "H07", "H08", "X02", "X03", "X04"), _PEOPLE),
}


class Book:
    """Counts by figure, day, place and product, and by courier."""

    def __init__(self) -> None:
        self.cells: dict[tuple[str, date, str, str], Counts] = defaultdict(_zeros)
        self.couriers: dict[tuple[str, date, str, str], Counts] = defaultdict(_zeros)

    def parcel(self, life: Life) -> None:
        """Write down what a life says."""
        where = (life.served_at, life.product)
        for one in of_parcel(life):
            day = one.moment.astimezone(CHINA).date()
            _count(self.cells[one.code, day, *where], one)
            if one.code in BY_COURIER and (who := _courier(life)):
                _count(self.couriers[one.code, day, who, life.served_at], one)
        if life.accepted is not None and not life.is_test:
            for code in OVER_PARCELS:
                self.cells[code, life.accepted.astimezone(CHINA).date(), *where]["total"] += 1

    def case(self, place: str, product: str, said: list[Answer]) -> None:
        """Write down what a complaint says; over parcels it stands in the numerator alone."""
        for one in said:
            cell = self.cells[one.code, one.moment.astimezone(CHINA).date(), place, product]
            before = cell["total"]
            _count(cell, one)
            if one.code in OVER_PARCELS:
                cell["total"] = before

    def written(self) -> dict[tuple[str, date, str, str], Counts]:
        """Return the cells in which anything was counted."""
        return {key: counts for key, counts in self.cells.items() if any(counts.values())}

    def sums(self, chosen: Callable[[tuple[str, date, str, str]], bool]) -> dict[str, Counts]:
        """Return the counts per figure over the chosen cells."""
        found: dict[str, Counts] = defaultdict(_zeros)
        for key, counts in self.cells.items():
            if chosen(key):
                for name, number in counts.items():
                    found[key[0]][name] += number
        return dict(found)


def _zeros() -> Counts:
    return {"hits": 0, "total": 0, "pending": 0, "excluded": 0}


def _courier(life: Life) -> str:
    return life.holder


def _count(cell: Counts, one: Answer) -> None:
    """Not yet due stands on neither side; left out by rule stands beside the share."""
    if one.moment > NOW:
        cell["pending"] += not one.out
    elif one.out:
        cell["excluded"] += 1
    else:
        cell["total"] += 1
        cell["hits"] += one.hit
