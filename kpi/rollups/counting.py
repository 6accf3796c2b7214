"""Counting facts: one grouped query per fact table and day column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
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
# A metric and one of its tallies, with its role: what counts, or what only divides.
Member = tuple[Metric, str, Tally]


def groups() -> dict[tuple[str, str, str], list[Member]]:
    """Return the tallies that one scan can count together: same table, same day and site column."""
    found: dict[tuple[str, str, str], list[Member]] = defaultdict(list)
    for metric in METRICS.values():
        for role, tally in () if metric.is_snapshot else metric.parts():
            found[tally.facts, tally.day, tally.site].append((metric, role, tally))
    return found


def count_cells(part: Slice, *, at: datetime) -> dict[tuple[Any, ...], Counts]:
    """Count every metric of the slice per (metric, day, site, product)."""
    cells: dict[tuple[Any, ...], Counts] = {}
    excused = excuses_in(part)
    for members in groups().values():
        _add(cells, _grouped(members, part, at, excused, by=("site", "product")))
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
        if personal:
            known_ones = (only or Q()) & Q(courier_id__isnull=False)
            rows = _grouped(personal, part, at, excused, by=("courier", "site"), only=known_ones)
            _add(cells, rows)
    return cells


def excuses_in(part: Slice) -> list[Excuse]:
    """Return the approved exemptions that touch a day of the slice."""
    days = part.days()
    if not days:
        return []
    return excuses(day_start(days[0]), day_start(days[-1] + timedelta(days=1)))


def _grouped(
    members: list[Member],
    part: Slice,
    at: datetime,
    excused: Sequence[Excuse],
    *,
    by: tuple[str, str],
    only: Q | None = None,
) -> Iterator[tuple[tuple[Any, ...], Counts]]:
    """Yield each metric's counts above zero per (metric, day, *by*)."""
    tally = members[0][2]
    if not part.touches(tally.table, tally.day):
        return
    # A parcel always has these sites, so their own columns serve the index.
    always = tally.facts in (PARCELS, STEPS) and tally.site in ALWAYS
    rows = tally.table.objects.annotate(  # type: ignore[attr-defined]
        cell_day=F(tally.day),
        cell_site=F(tally.site) if always else known(tally.site),
        **{f"cell_{one}": known(f"{one}_id") for one in by if one != "site"},
    )
    rows = rows.filter(only or Q(), part.where(tally.day, tally.site if always else "cell_site"))
    wanted, columns = _wanted(members, at, excused)
    dims = ("cell_day", *(f"cell_{one}" for one in by))
    counted = rows.order_by().values_list(*dims).annotate(**wanted)
    for day, here, other, *numbers in counted.iterator(chunk_size=BATCH):
        for code, places in columns:
            found = {name: numbers[place] for name, place in places if numbers[place]}
            if found:
                yield (code, day, here, other), found


def known(column: str) -> Coalesce:
    """A missing site or product is kept under 0: in the total, in no site's rate."""
    return Coalesce(column, 0, output_field=BigIntegerField())


def _wanted(
    members: list[Member], at: datetime, excused: Sequence[Excuse]
) -> tuple[dict[str, Aggregate], list[tuple[str, list[tuple[str, int]]]]]:
    """Return the sums to ask for, and per metric which of its counts is which of them.

    Figures that share a day share much of what they count: equal sums are asked for once.
    """
    places: dict[Aggregate, int] = {}
    columns = [
        (metric.code, [
            (name, places.setdefault(one, len(places)))
            for name, one in _sums(metric, role, tally, at, excused)
        ])
        for metric, role, tally in members
    ]  # fmt: skip
    return {f"sum_{place}": one for one, place in places.items()}, columns


def _sums(
    metric: Metric, role: str, tally: Tally, at: datetime, excused: Sequence[Excuse]
) -> Iterator[tuple[str, Aggregate]]:
    """Yield what is counted of one tally; where another one divides, it has no total."""
    if role == "base" or metric.base is None:
        yield "total", tally.total_counted(at)
    if role == "base":
        return
    yield "hits", tally.hits_counted(at)
    yield "pending", Count("pk", filter=tally.pending(at))
    if tally.excluded is not None:
        yield "excluded", Count("pk", filter=tally.left_out(at))
    if excused and tally.is_excusable:
        out = tally.exempt(excused)
        yield "exempt_hits", Count("pk", filter=tally.hits(at) & out)
        yield "exempt_total", Count("pk", filter=tally.judged(at) & out)


def _add(
    cells: dict[tuple[Any, ...], Counts], rows: Iterable[tuple[tuple[Any, ...], Counts]]
) -> None:
    """Add counts to their cells."""
    for key, found in rows:
        cell = cells.get(key)
        if cell is None:
            cell = cells[key] = dict.fromkeys(COUNTS, 0)
        for name, number in found.items():
            cell[name] += number
