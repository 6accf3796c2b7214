"""Counting how long things took: one grouped query per figure, the bucket found by the database."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Q, Sum, Value, When

from kpi.buckets import BUCKETS, EDGES, bucket_of
from kpi.metrics import DURATIONS, PARCELS, STEPS, Duration
from kpi.models import Durations
from kpi.rollups.counting import ALWAYS, BATCH, known
from kpi.rollups.slices import Slice

Key = tuple[str, date, int, int]
# Between buckets: passed without a measure, out of the ranks, still open.
MISSING, LEFT, OPEN = -1, -2, -3


@dataclass
class Times:
    """What one cell holds."""

    buckets: Counter[int] = field(default_factory=Counter)
    minutes: int = 0
    still_open: int = 0
    left: int = 0
    missing: int = 0

    @property
    def measured(self) -> int:
        return sum(self.buckets.values())

    def add(self, kind: int, number: int, minutes: int = 0) -> None:
        """Count `number` rows of a bucket, or of one of the kinds beside the buckets."""
        if kind == MISSING:
            self.missing += number
        elif kind == LEFT:
            self.left += number
        elif kind == OPEN:
            self.still_open += number
        else:
            self.buckets[kind] += number
            self.minutes += minutes

    def merge(self, row: Durations) -> None:
        """Add a stored row."""
        for bucket, number in row.buckets:
            self.buckets[bucket] += number
        self.minutes += row.minutes
        self.still_open += row.still_open
        self.left += row.left
        self.missing += row.missing

    def values(self) -> tuple[list[list[int]], int, int, int, int, int]:
        """Return the columns of the cell."""
        pairs = [[bucket, number] for bucket, number in sorted(self.buckets.items())]
        return (
            pairs, self.measured, self.minutes, self.still_open, self.left, self.missing,
        )  # fmt: skip


def count_durations(part: Slice) -> dict[Key, Times]:
    """Count every time of the slice per (figure, day, site, product)."""
    found: dict[Key, Times] = {}
    for one in DURATIONS.values():
        if not part.touches(one.table, one.day):
            continue
        rows = _by_bucket(one, part) if one.minutes else _by_row(one, part)
        for key, kind, number, minutes in rows:
            found.setdefault((one.code, *key), Times()).add(kind, number, minutes)
    return found


def _rows(one: Duration, part: Slice) -> Any:
    always = one.site in ALWAYS and one.facts in (PARCELS, STEPS)
    rows = one.table.objects.annotate(  # type: ignore[attr-defined]
        cell_day=F(one.day), cell_site=known(one.site), cell_product=known("product_id")
    )
    where = part.where(one.day, one.site if always else "cell_site")
    return rows.filter(where, one.population)


def _by_bucket(one: Duration, part: Slice) -> Any:
    """Yield grouped rows of a figure whose minutes are a column."""
    counted = ~Q(**{f"{one.minutes}__isnull": True})
    rows = _rows(one, part)
    rows = rows if one.counts_open else rows.filter(counted)
    names = ["cell_day", "cell_site", "cell_product", "cell_kind"]
    grouped = rows.annotate(cell_kind=_kind(one)).order_by(*names).values(*names)
    for row in grouped.annotate(n=Count("pk"), sum=Sum(one.minutes)).iterator(chunk_size=BATCH):
        key = (row["cell_day"], row["cell_site"], row["cell_product"])
        yield key, row["cell_kind"], row["n"], row["sum"] or 0


def _kind(one: Duration) -> Case:
    """Return the expression for the bucket of a row, found by halving: seven comparisons."""
    whens = [When(**{f"{one.minutes}__lt": 0}, then=Value(MISSING))]
    if one.left is not None:
        whens.append(When(one.left, then=Value(LEFT)))
    whens.append(When(**{f"{one.minutes}__isnull": True}, then=Value(OPEN)))
    return Case(*whens, default=_half(one.minutes, 0, BUCKETS - 1), output_field=IntegerField())


def _half(column: str, low: int, high: int) -> Any:
    if low == high:
        return Value(low)
    middle = (low + high) // 2
    return Case(
        When(**{f"{column}__lt": EDGES[middle]}, then=_half(column, low, middle)),
        default=_half(column, middle + 1, high),
        output_field=IntegerField(),
    )


def _by_row(one: Duration, part: Slice) -> Any:
    """Yield every row of a figure between two moments: complaints are few."""
    rows = _rows(one, part)
    left = set(rows.filter(one.left).values_list("pk", flat=True)) if one.left is not None else ()
    names = ("pk", "cell_day", "cell_site", "cell_product", one.starts, one.ends)
    for pk, day, site, product, start, end in rows.values_list(*names).iterator(chunk_size=BATCH):
        minutes = minutes_between(start, end)
        kind = LEFT if pk in left else OPEN
        if minutes is not None and pk not in left:
            kind = MISSING if minutes < 0 else bucket_of(minutes)
        yield (day, site, product), kind, 1, minutes or 0


def minutes_between(start: datetime, end: datetime | None) -> int | None:
    """Return whole minutes, -1 where the end lies before the start, nothing without an end."""
    if end is None:
        return None
    return -1 if end < start else int((end - start).total_seconds() // 60)
