"""How long things took, recounted from raw scans and cases into buckets of their own making."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import numpy as np

from complaints.models import Case
from courierqa.core import calendars
from courierqa.core.timeframes import Period
from kpi.models import DurationCell

Key = tuple[str, date, int, int]
# From 5 minutes to 60 days, 127 edges of equal ratio.
EDGES = np.geomspace(5, 86_400, 127)
COUNTS = ("measured", "minutes", "still_open", "left", "missing")


class Times:
    """Durations per cell: counts, and how many per bucket."""

    def __init__(self) -> None:
        self.cells: dict[Key, Counter[Any]] = {}

    def add(self, key: Key, minutes: Any, *, left: bool = False, counts_open: bool = True) -> None:
        """Count one duration; none yet is open, or not counted where it has not got so far."""
        unknown = minutes is None or minutes != minutes
        if unknown and not left and not counts_open:
            return
        cell = self.cells.setdefault(key, Counter())
        if not unknown and minutes >= 0:
            cell["measured"] += 1
            cell["minutes"] += int(minutes)
            cell[int(np.searchsorted(EDGES, minutes + 1e-9, side="right"))] += 1
        elif not unknown:
            cell["missing"] += 1
        else:
            cell["left" if left else "still_open"] += 1


def parcels(real: Any, period: Period, found: Times) -> None:
    """The whole course by acceptance (T05)."""
    back = real["returned_at"].notna() & ~real["lost"]
    rows = zip(real.itertuples(index=False), _days(real, "accepted_at"), back, strict=True)
    for row, day, left in rows:
        if day is not None and day in period:
            key = ("T05", day, int(row.site_id), int(row.product_id))
            found.add(key, row.whole, left=left)


def _days(real: Any, moment: str) -> Iterator[date | None]:
    for at in real[moment]:
        yield None if at != at else at.tz_convert(calendars.zone()).date()


def cases(period: Period, found: Times) -> None:
    """From receipt until the customer was told, of complaints that are no repeats (C09)."""
    rows = Case.objects.filter(kind="complaint", repeat_of=None)
    names = ("received_at", "first_told_at", "status", "site_id", "parcel__product_id")
    for received, told, status, site, product in rows.values_list(*names):
        day = calendars.business_day(received)
        if day in period:
            gone = status in ("withdrawn", "merged")
            key = ("C09", day, site or 0, product or 0)
            found.add(key, _minutes(received, told), left=gone)


def _minutes(start: datetime, end: datetime | None) -> int | None:
    if end is None:
        return None
    return -1 if end < start else int((end - start).total_seconds() // 60)


def differences(
    period: Period, found: Times, waiting: set[tuple[date, int]]
) -> Iterator[dict[str, Any]]:
    """Yield the stored cells of durations that differ from the recount."""
    stored = {
        (row.metric, row.day, row.site_id, row.product_id): _plain(row)
        for row in DurationCell.objects.filter(day__gte=period.start_day, day__lt=period.end_day)
    }
    for key in sorted(stored.keys() | found.cells.keys()):
        ours, theirs = stored.get(key, {}), dict(+found.cells.get(key, Counter()))
        if ours != theirs and (key[1], key[2]) not in waiting:
            yield {
                "metric": key[0], "day": key[1].isoformat(), "site": key[2], "product": key[3],
                "stored": _named(ours), "recounted": _named(theirs), "records": [],
            }  # fmt: skip


def _plain(row: DurationCell) -> dict[Any, int]:
    counts = {name: getattr(row, name) for name in COUNTS}
    return {name: n for name, n in counts.items() if n} | dict(row.buckets)


def _named(cell: dict[Any, int]) -> dict[str, Any]:
    buckets = sorted((one, n) for one, n in cell.items() if isinstance(one, int))
    return {**{name: cell.get(name, 0) for name in COUNTS}, "buckets": buckets}
