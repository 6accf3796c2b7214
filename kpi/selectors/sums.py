"""Adding stored counts up. Numerators and denominators are summed, shares never averaged (B20)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth

from kpi import rollups
from kpi.models import Cell, CourierCell, MonthCell
from kpi.selectors.scope import Scope

COUNTS = ("hits", "total", "pending", "excluded")
Row = dict[str, Any]


def is_months(start: date, end: date) -> bool:
    """Say whether the range is made of whole months."""
    return start.day == 1 and end.day == 1


def stored(
    start: date, end: date, *, scope: Scope, by: Sequence[str] = (), metrics: Sequence[str] = ()
) -> list[Row]:
    """Return summed counts per metric, and per each of `by`: "month", "site_id", "courier_id"."""
    if scope.courier is not None or "courier_id" in by:
        return _grouped(_couriers(start, end, scope), by, metrics, ("hits", "total"))
    rows: QuerySet[Any] = MonthCell.objects.filter(month__gte=start, month__lt=end)
    if not is_months(start, end):
        rows = Cell.objects.filter(day__gte=start, day__lt=end)
        rows = rows.annotate(month=TruncMonth("day")) if "month" in by else rows
    return _grouped(_narrow(rows, scope), by, metrics, COUNTS)


def _couriers(start: date, end: date, scope: Scope) -> QuerySet[Any]:
    rows = CourierCell.objects.filter(day__gte=start, day__lt=end)
    if scope.courier is not None:
        rows = rows.filter(courier_id=scope.courier)
    if scope.sites is not None:
        rows = rows.filter(site_id__in=scope.sites)
    return rows.annotate(month=TruncMonth("day"))


def _narrow(rows: QuerySet[Any], scope: Scope) -> QuerySet[Any]:
    if scope.sites is not None:
        rows = rows.filter(site_id__in=scope.sites)
    return rows.filter(product_id=scope.product) if scope.product is not None else rows


def _grouped(
    rows: QuerySet[Any], by: Sequence[str], metrics: Sequence[str], counts: Sequence[str]
) -> list[Row]:
    if metrics:
        rows = rows.filter(metric__in=metrics)
    sums = {f"sum_{name}": Sum(name) for name in counts}
    found = rows.values("metric", *by).order_by("metric", *by).annotate(**sums)
    return [_plain(row, by) for row in found]


def _plain(row: Row, by: Sequence[str]) -> Row:
    counts = {name: row.get(f"sum_{name}") or 0 for name in COUNTS}
    return {"metric": row["metric"], **{name: row[name] for name in by}, **counts}


def recounted(start: date, end: date, *, scope: Scope, as_of: datetime) -> list[Row]:
    """Count from the facts as of another moment: deadlines after it are not yet due (B1)."""
    found: dict[str, Row] = {}
    part = rollups.Slice(sites={}, whole=(start, end))
    if scope.courier is not None:
        cells = rollups.count_couriers(part, at=as_of)
        wanted = {
            key: counts for key, counts in cells.items()
            if key[2] == scope.courier and (scope.sites is None or key[3] in scope.sites)
        }  # fmt: skip
    else:
        cells = rollups.count_cells(part, at=as_of)
        wanted = {
            key: counts for key, counts in cells.items()
            if (scope.sites is None or key[2] in scope.sites)
            and (scope.product is None or key[3] == scope.product)
        }  # fmt: skip
    for key, counts in wanted.items():
        row = found.setdefault(key[0], {"metric": key[0], **dict.fromkeys(COUNTS, 0)})
        for name in COUNTS:
            row[name] += counts[name]
    return list(found.values())
