"""Adding stored counts up. Numerators and denominators are summed, shares never averaged (B20)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from courierqa.core.calendars import business_day
from kpi import rollups
from kpi.metrics import METRICS
from kpi.models import Cell, CourierCell, MonthCell, Watermark
from kpi.selectors.scope import Scope

SNAPSHOTS = frozenset(code for code, metric in METRICS.items() if metric.is_snapshot)
ONE = timedelta(days=1)
EXEMPT = ("exempt_hits", "exempt_total")
COUNTS = ("hits", "total", "pending", "excluded", *EXEMPT)
Row = dict[str, Any]


def is_months(start: date, end: date) -> bool:
    """Say whether the range is made of whole months."""
    return start.day == 1 and end.day == 1


def stored(
    start: date, end: date, *, scope: Scope, by: Sequence[str] = (), metrics: Sequence[str] = ()
) -> list[Row]:
    """Return summed counts per metric, and per each of `by`: "month", "site_id", "courier_id"."""
    if scope.product is not None and (scope.courier is not None or "courier_id" in by):
        return _couriers_of_product(start, end, scope, by, metrics)
    if scope.courier is not None or "courier_id" in by:
        return _grouped(_couriers(start, end, scope), by, metrics, ("hits", "total", *EXEMPT))
    found = _over_time(start, end, scope, by, metrics)
    daily = [code for code in metrics or METRICS if code in SNAPSHOTS]
    if daily:
        found = [row for row in found if row["metric"] not in SNAPSHOTS]
        found += _last_days(start, end, scope, by, daily)
    return found


def _over_time(
    start: date, end: date, scope: Scope, by: Sequence[str], metrics: Sequence[str]
) -> list[Row]:
    rows: QuerySet[Any] = MonthCell.objects.filter(month__gte=start, month__lt=end)
    if not is_months(start, end):
        rows = Cell.objects.filter(day__gte=start, day__lt=end)
        rows = rows.annotate(month=TruncMonth("day")) if "month" in by else rows
    return _grouped(narrow(rows, scope), by, metrics, COUNTS)


def _last_days(
    start: date, end: date, scope: Scope, by: Sequence[str], metrics: Sequence[str]
) -> list[Row]:
    """Return what stood at the end of the last ended day: of the range, or of each month in it."""
    through = Watermark.objects.filter(name="figures").values_list("through", flat=True).first()
    if through is None:
        return []
    end = min(end, business_day(through))
    days = month_ends(start, end) if "month" in by else last_day(start, end)
    rows = Cell.objects.filter(day__in=days)
    rows = rows.annotate(month=TruncMonth("day")) if "month" in by else rows
    return _grouped(narrow(rows, scope), by, metrics, COUNTS)


def last_day(start: date, end: date) -> list[date]:
    """Return the last day before `end`; none where the range has not begun."""
    return [end - ONE] if end > start else []


def month_ends(start: date, end: date) -> list[date]:
    """Return the last day of each month of the range, the running month's last ended day."""
    found, month = [], start.replace(day=1)
    while month < end:
        found += last_day(max(month, start), min(rollups.next_month(month), end))
        month = rollups.next_month(month)
    return found


def _couriers(start: date, end: date, scope: Scope) -> QuerySet[Any]:
    rows = CourierCell.objects.filter(day__gte=start, day__lt=end)
    if scope.courier is not None:
        rows = rows.filter(courier_id=scope.courier)
    if scope.sites is not None:
        rows = rows.filter(site_id__in=scope.sites)
    return rows.annotate(month=TruncMonth("day"))


def _couriers_of_product(
    start: date, end: date, scope: Scope, by: Sequence[str], metrics: Sequence[str]
) -> list[Row]:
    """Count couriers from the facts: their cells hold no product, and theirs are few rows."""
    through = Watermark.objects.filter(name="figures").values_list("through", flat=True).first()
    if through is None:
        return []
    only = Q(product_id=scope.product)
    if scope.courier is not None:
        only &= Q(courier_id=scope.courier)
    part = rollups.Slice(sites={}, whole=(start, end))
    cells = rollups.count_couriers(part, at=through, only=only, metrics=metrics)
    found: dict[tuple[Any, ...], Row] = {}
    for (code, day, courier, site), counts in cells.items():
        if scope.sites is not None and site not in scope.sites:
            continue
        place = {"month": day.replace(day=1), "courier_id": courier, "site_id": site}
        names = {name: place[name] for name in by}
        none = {"metric": code, **names, **dict.fromkeys(COUNTS, 0)}
        row = found.setdefault((code, *names.values()), none)
        for name in ("hits", "total", *EXEMPT):
            row[name] += counts[name]
    return list(found.values())


def narrow(rows: QuerySet[Any], scope: Scope) -> QuerySet[Any]:
    """Return the cells of the sites and the product of a scope."""
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
        only = Q(product_id=scope.product) if scope.product is not None else None
        cells = rollups.count_couriers(part, at=as_of, only=only)
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
    ends = last_day(start, min(end, business_day(as_of)))
    for key, counts in wanted.items():
        if key[0] in SNAPSHOTS and key[1] not in ends:
            continue
        row = found.setdefault(key[0], {"metric": key[0], **dict.fromkeys(COUNTS, 0)})
        for name in COUNTS:
            row[name] += counts[name]
    return list(found.values())
