"""Stored cells against the recount: any difference names its cell and its records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from courierqa.core.models import ChangedDay
from courierqa.core.timeframes import Period
from kpi.enums import CauseKind
from kpi.models import CauseCell, Cell, CourierCell, MonthCell
from kpi.verification import sharing, times
from kpi.verification.book import COUNTS, Counts, Recount
from kpi.verification.locating import locate, named

# A broken month would name everything; the first ones lead to the fault.
MOST = 500
# So many records behind a wrong cell are named, for somebody who looks.
BEHIND = 20
# Written by a rebuild for the first day of a month: the whole month waits.
WHOLE = "rebuild"
Values = tuple[Any, ...]


@dataclass(frozen=True)
class Book:
    """One stored table and what it should hold, by the same keys."""

    stored: Mapping[Values, Counts]
    recounted: Mapping[Values, Counts]
    # A key as the words of a difference: the figure, the day, the place and what else tells it.
    words: Callable[[Values], dict[str, Any]]
    behind: Mapping[Values, Collection[Any]] = field(default_factory=dict)


def differences(period: Period, found: Recount, *, as_of: datetime) -> list[dict[str, Any]]:
    """Return the cells that differ, except days that are waiting to be recomputed anyway.

    A difference of a site's cell names the records seen differently; of any cell, what the
    recount finds in it.
    """
    waiting = _Waiting(period)
    listed = [
        {**one, "records": locate(key, found.told(key), as_of=as_of)}
        for key, one in _differing(_sites(period, found), waiting)
    ]
    suspects = _suspects(listed)
    for book in (_months(period, found), _couriers(period, found), _causes(period, found)):
        for _key, one in _differing(book, waiting):
            place = one["metric"], one["day"], one["site"], one["book"] == "month"
            listed.append({**one, "records": sorted(suspects[place])})
    more = times.differences(period, found.times, waiting.pairs)
    return [*listed[:MOST], *islice(more, max(0, MOST - len(listed)))]


def _suspects(listed: list[dict[str, Any]]) -> dict[tuple[Any, ...], set[str]]:
    """Return the records seen differently per figure, day (or month) and site."""
    found: dict[tuple[Any, ...], set[str]] = defaultdict(set)
    for one in listed:
        first = date.fromisoformat(one["day"]).replace(day=1).isoformat()
        for day, is_month in ((one["day"], False), (first, True)):
            found[one["metric"], day, one["site"], is_month].update(one["records"])
    return found


def _differing(book: Book, waiting: _Waiting) -> Iterator[tuple[Any, dict[str, Any]]]:
    listed = 0
    for key in sorted(book.stored.keys() | book.recounted.keys()):
        some = book.stored.get(key) or book.recounted[key]
        empty = dict.fromkeys(some, 0)
        ours, theirs = book.stored.get(key, empty), book.recounted.get(key, empty)
        words = book.words(key)
        if ours == theirs or waiting.covers(words):
            continue
        listed += 1
        if listed > MOST:
            return
        behind = named(words["metric"], list(book.behind.get(key, ()))[:BEHIND])
        yield key, {**words, "stored": ours, "recounted": theirs, "behind": behind}


class _Waiting:
    """The days whose cells are to be recomputed anyway."""

    def __init__(self, period: Period) -> None:
        rows = ChangedDay.objects.filter(day__gte=period.start_day, day__lt=period.end_day)
        marks = list(rows.values_list("source", "day", "site_id"))
        self.pairs = {(day, site) for _source, day, site in marks}
        self.months = {(day.replace(day=1), site) for _source, day, site in marks}
        self.whole = {day.replace(day=1) for source, day, _site in marks if source == WHOLE}

    def covers(self, words: dict[str, Any]) -> bool:
        """Say whether the cell waits: its day and place, or its month."""
        day, site = date.fromisoformat(words["day"]), words["site"]
        if day.replace(day=1) in self.whole:
            return True
        pairs = self.months if words["book"] == "month" else self.pairs
        return (day, site) in pairs


def _read(model: Any, period: Period, names: Sequence[str], counts: Sequence[str]) -> dict:
    day = names[1]
    rows = model.objects.filter(**{f"{day}__gte": period.start_day, f"{day}__lt": period.end_day})
    return {
        row[: len(names)]: dict(zip(counts, row[len(names) :], strict=True))
        for row in rows.values_list(*names, *counts).iterator(chunk_size=5000)
    }


def _sites(period: Period, found: Recount) -> Book:
    stored = _read(Cell, period, ("metric", "day", "site_id", "product_id"), COUNTS)
    return Book(stored, found.cells, lambda key: _words("site", key, "product"), found.records)


def _months(period: Period, found: Recount) -> Book:
    names = ("metric", "month", "site_id", "product_id")
    whole = sharing.whole_months(period)
    stored = _read(MonthCell, period, names, COUNTS)
    stored = {
        key: counts for key, counts in stored.items()
        if key[1] in whole and sharing.adds_up(key[0])
    }  # fmt: skip
    recounted = sharing.by_month(found, period)
    return Book(stored, recounted, lambda key: _words("month", key, "product"))


def _couriers(period: Period, found: Recount) -> Book:
    stored = _read(CourierCell, period, ("metric", "day", "courier_id", "site_id"), sharing.COURIER)
    cells, behind = sharing.by_courier(found)

    def words(key: Values) -> dict[str, Any]:
        metric, day, courier, site = key
        return _words("courier", (metric, day, site, courier), "courier")

    return Book(stored, cells, words, behind)


def _causes(period: Period, found: Recount) -> Book:
    names = ("kind", "day", "site_id", "cause", "cause_site_id")
    stored = _read(CauseCell, period, names, ("records",))
    cells, behind = sharing.by_cause(found, period)

    def words(key: Values) -> dict[str, Any]:
        kind, day, site, cause, where = key
        metric = "T01" if kind == CauseKind.LATE else "C01"
        return {**_words("cause", (metric, day, site, cause), "cause"), "cause_site": where}

    return Book(stored, cells, words, behind)


def _words(book: str, key: Values, last: str) -> dict[str, Any]:
    metric, day, site, other = key
    return {"book": book, "metric": metric, "day": day.isoformat(), "site": site, last: other}
