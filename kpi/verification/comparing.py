"""Stored cells against the recount: any difference names its cell and its records."""

from __future__ import annotations

from datetime import date, datetime
from itertools import islice
from typing import Any

from courierqa.core.models import ChangedDay
from courierqa.core.timeframes import Period
from kpi.models import Cell
from kpi.verification import times
from kpi.verification.counting import COUNTS, Key, Recount
from kpi.verification.locating import locate

# A broken month would name everything; the first ones lead to the fault.
MOST = 500


def stored_cells(period: Period) -> dict[Key, dict[str, int]]:
    """Return the cells of the period as stored."""
    rows = Cell.objects.filter(day__gte=period.start_day, day__lt=period.end_day)
    return {
        (row.metric, row.day, row.site_id, row.product_id): {
            name: getattr(row, name) for name in COUNTS
        }
        for row in rows.iterator(chunk_size=5000)
    }


def differences(period: Period, found: Recount, *, as_of: datetime) -> list[dict[str, Any]]:
    """Return the cells that differ, except days that are waiting to be recomputed anyway."""
    stored, waiting = stored_cells(period), _waiting(period)
    empty = dict.fromkeys(COUNTS, 0)
    listed = []
    for key in sorted(stored.keys() | found.cells.keys()):
        ours, theirs = stored.get(key, empty), found.cells.get(key, empty)
        if ours == theirs or (key[1], key[2]) in waiting:
            continue
        listed.append(_difference(key, ours, theirs, found, as_of))
        if len(listed) == MOST:
            break
    more = times.differences(period, found.times, waiting)
    return [*listed, *islice(more, MOST - len(listed))]


def _waiting(period: Period) -> set[tuple[date, int]]:
    rows = ChangedDay.objects.filter(day__gte=period.start_day, day__lt=period.end_day)
    return set(rows.values_list("day", "site_id"))


def _difference(
    key: Key, ours: dict[str, int], theirs: dict[str, int], found: Recount, as_of: datetime
) -> dict[str, Any]:
    metric, day, site, product = key
    return {
        "metric": metric,
        "day": day.isoformat(),
        "site": site,
        "product": product,
        "stored": ours,
        "recounted": theirs,
        "records": locate(key, found.records.get(key, {}), as_of=as_of),
    }
