"""Counting facts: one grouped query per fact table and day column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Aggregate, BigIntegerField, Count, F, Q
from django.db.models.functions import Coalesce

from courierqa.core.calendars import day_start
from kpi.metrics import METRICS, PARCELS, STEPS, Metric, Tally
from kpi.rollups.evenings import count_valid
from kpi.rollups.open_cases import count_open_cases
from kpi.rollups.slices import COUNTS, Slice
from kpi.rollups.under_way import count_open
from shipments.selectors.exemptions import Excuse, excuses

BATCH = 2000
ALWAYS = ("site_id", "origin_id")
Counts = dict[str, int]


def groups() -> dict[tuple[str, str, str], list[tuple[Metric, str, Tally]]]:
    """Return the tallies that one scan can count together: same table, same day and site column."""
    found: dict[tuple[str, str, str], list[tuple[Metric, str, Tally]]] = defaultdict(list)
    for metric in METRICS.values():
        for role, tally in () if metric.is_snapshot else metric.parts():
            found[tally.facts, tally.day, tally.site].append((metric, role, tally))
    return found


def count_cells(part: Slice, *, at: datetime) -> dict[tuple[Any, ...], Counts]:
    """Count every metric of the slice per (metric, day, site, product)."""
    cells: dict[tuple[Any, ...], Counts] = {}
    excused = excuses_in(part)
    for members in groups().values():
        for row in _grouped(members, part, at, excused, other="product"):
            for metric, role, _tally in members:
                key = (metric.code, row["cell_day"], row["cell_site"], row["cell_product"])
                _add(cells, key, metric, role, row)
    return cells | _snapshots(part, at)


def _snapshots(part: Slice, at: datetime) -> dict[tuple[Any, ...], Counts]:
    """Return what stood at the end of each day as cells: overdue, stuck or open, and valid."""
    daily = [metric for metric in METRICS.values() if metric.is_snapshot]
    codes = [metric.code for metric in daily if metric.tally.facts == PARCELS]
    return (
        count_valid(part, at=at)
        | count_open_cases(part, at=at)
        | {
            (code, *place): one.counts(code)
            for place, one in (count_open(part, at=at).items() if codes else ())
            for code in codes
        }
    )


def count_couriers(
    part: Slice, *, at: datetime, only: Q | None = None, metrics: Sequence[str] = ()
) -> dict[tuple[Any, ...], Counts]:
    """Count the metrics that are kept per courier, per (metric, day, courier, site).

    `only` narrows the facts, `metrics` the figures; without them everything is counted.
    """
    cells: dict[tuple[Any, ...], Counts] = {}
    excused = excuses_in(part)
    for members in groups().values():
        personal = [
            one for one in members
            if one[0].by_courier and (not metrics or one[0].code in metrics)
        ]  # fmt: skip
        if not personal:
            continue
        for row in _grouped(personal, part, at, excused, other="courier", only=only):
            for metric, role, _tally in personal:
                key = (metric.code, row["cell_day"], row["cell_courier"], row["cell_site"])
                _add(cells, key, metric, role, row)
    return cells


def excuses_in(part: Slice) -> list[Excuse]:
    """Return the approved exemptions that touch a day of the slice."""
    days = part.days()
    if not days:
        return []
    return excuses(day_start(days[0]), day_start(days[-1] + timedelta(days=1)))


def _grouped(
    members: list[tuple[Metric, str, Tally]],
    part: Slice,
    at: datetime,
    excused: Sequence[Excuse],
    *,
    other: str,
    only: Q | None = None,
) -> Iterator[dict[str, Any]]:
    """Yield one row per (day, site, `other`) with the conditional counts of each metric."""
    tally = members[0][2]
    if not part.touches(tally.table, tally.day):
        return iter(())
    rows = tally.table.objects.annotate(  # type: ignore[attr-defined]
        cell_day=F(tally.day),
        cell_site=known(tally.site),
        **{f"cell_{other}": known(f"{other}_id")},
    )
    # A parcel always has these sites, so their own columns serve the index.
    column = tally.site if tally.facts in (PARCELS, STEPS) and tally.site in ALWAYS else "cell_site"
    rows = rows.filter(part.where(tally.day, column))
    if other == "courier":
        rows = rows.filter(only or Q(), courier_id__isnull=False)
    dims = ("cell_day", "cell_site", f"cell_{other}")
    counted = rows.values(*dims).order_by(*dims).annotate(**_wanted(members, at, excused))
    return counted.iterator(chunk_size=BATCH)


def known(column: str) -> Coalesce:
    """A missing site or product is kept under 0: in the total, in no site's rate."""
    return Coalesce(column, 0, output_field=BigIntegerField())


def _wanted(
    members: list[tuple[Metric, str, Tally]], at: datetime, excused: Sequence[Excuse]
) -> dict[str, Aggregate]:
    wanted: dict[str, Aggregate] = {}
    for metric, role, tally in members:
        name = f"{metric.code}_{role}"
        wanted[f"{name}_total"] = tally.total_counted(at)
        if role == "own":
            wanted[f"{name}_hits"] = tally.hits_counted(at)
            wanted[f"{name}_pending"] = Count("pk", filter=tally.pending(at))
            if tally.excluded is not None:
                wanted[f"{name}_excluded"] = Count("pk", filter=tally.left_out(at))
            if excused and tally.is_excusable:
                out = tally.exempt(excused)
                wanted[f"{name}_exempt_hits"] = Count("pk", filter=tally.hits(at) & out)
                wanted[f"{name}_exempt_total"] = Count("pk", filter=tally.judged(at) & out)
    return wanted


def _add(
    cells: dict[tuple[Any, ...], Counts],
    key: tuple[Any, ...],
    metric: Metric,
    role: str,
    row: dict[str, Any],
) -> None:
    """Add one grouped row to its cell; a base gives only the denominator."""
    found = {name: row.get(f"{metric.code}_{role}_{name}") or 0 for name in COUNTS}
    if role == "base":
        found = {"total": found["total"]}
    elif metric.base is not None:
        found["total"] = 0
    if any(found.values()):
        cell = cells.setdefault(key, dict.fromkeys(COUNTS, 0))
        for name, number in found.items():
            cell[name] += number
