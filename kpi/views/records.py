"""The list behind a number: which parcels or complaints it counts, and a file of exactly that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core import audit, exports
from courierqa.core.access import access_for, allow
from courierqa.core.paging import page_of
from kpi import selectors
from kpi.board import filters
from kpi.board.filters import Filters
from kpi.enums import Outcome
from kpi.metrics import PARCELS, Metric
from kpi.selectors import NotFound
from kpi.views.metric import crumbs
from kpi.views.record_lines import columns, lines, resource_of
from kpi.views.shared import filter_choices, guarded, metric_or_404
from staff.models import Employee

# A file longer than this is a job for the figures command and the database.
MAX_ROWS = 100_000


@allow("figure", GET="read")
@guarded
def records_page(request: HttpRequest, code: str) -> HttpResponse:
    """List the records behind a number, with every filter of the page it was clicked on."""
    metric, now = metric_or_404(code), timezone.now()
    asked = filters.read(request.GET, request.access, now=now)  # type: ignore[attr-defined]
    courier = _courier(request.GET.get("courier"), asked, metric)
    outcome = request.GET.get("outcome") or Outcome.FAILED
    if outcome not in Outcome.values:
        outcome = Outcome.FAILED
    rows = _rows(request, metric, asked, courier, outcome)
    if request.GET.get("format") == "csv":
        return _file(request, metric, asked, rows)
    page, cause = page_of(rows, request.GET, order=_order(metric)), request.GET.get("cause", "")
    shown = {
        "metric": metric,
        "asked": asked,
        "courier": courier,
        "outcome": outcome,
        "outcomes": _outcomes(metric, asked, courier),
        "cause": cause,
        "cause_words": selectors.cause_words(metric.record, cause),
        "count": rows.count(),
        "page": page,
        "columns": columns(metric),
        "rows": list(_shown(metric, page.rows)),
        "crumbs": crumbs(metric, asked, courier, last=_("Records")),
        "title": metric.name,
        **filter_choices(asked, now=now),
        # A list is of one period: what it is compared with is kept for the way back, not asked.
        "compare_choices": [],
        "kept": _kept(asked, outcome, cause, courier),
    }
    return render(request, "kpi/records.html", shown)


def _kept(
    asked: Filters, outcome: str, cause: str, courier: Employee | None
) -> list[tuple[str, str]]:
    """Return what the filter bar of the list has no field for."""
    compare = asked.compare if asked.compare != "prev" else ""
    number = courier.number if courier else ""
    fields = {"outcome": outcome, "cause": cause, "courier": number, "compare": compare}
    return [(name, value) for name, value in fields.items() if value]


def _order(metric: Metric) -> tuple[str, str]:
    return (metric.tally.moment, "parcel_id" if metric.record == PARCELS else "pk")


def _courier(number: str | None, asked: Filters, metric: Metric) -> Employee | None:
    if not number:
        return None
    courier = Employee.objects.filter(number=number).first()
    if courier is None:
        raise NotFound(_("There is no such person"), field="courier")
    asked.scope.of_courier(courier.pk)
    if not selectors.serves(courier, metric.code, asked.period, scope=asked.reach):
        raise NotFound(_("There is no such person"), field="courier")
    return courier


def _rows(
    request: HttpRequest, metric: Metric, asked: Filters, courier: Employee | None, outcome: str
) -> QuerySet[Any]:
    """Return the rows the reader may see both as a figure and as a record."""
    access = access_for(request.user, resource_of(metric), "read")
    if access is None:
        raise PermissionDenied
    scope = asked.scope.of_courier(courier.pk if courier else None)
    rows = selectors.records(
        metric.code,
        asked.period,
        scope=scope,
        outcome=outcome,
        cause=request.GET.get("cause", ""),
        as_of=asked.as_of or timezone.now(),
    )
    return rows.filter(access.rows(site="site_id", own="courier_id"))


def _outcomes(metric: Metric, asked: Filters, courier: Employee | None) -> list[dict[str, Any]]:
    """Return the tabs with their counts, read from the cells."""
    scope = asked.scope.of_courier(courier.pk if courier else None)
    try:
        (one,) = selectors.figures(asked.period, metric=metric.code, scope=scope)
    except ValueError:
        return []
    counts = {
        Outcome.FAILED: one.failed,
        Outcome.ALL: one.hits if metric.base and not metric.is_sum else one.total,
        Outcome.PENDING: one.not_yet_due,
        Outcome.EXCLUDED: one.excluded,
    }
    if metric.is_sum:
        # Fen and points are sums: the number of records is not among the stored counts.
        return []
    return [
        {"value": value, "label": _label(metric, value), "count": count}
        for value, count in counts.items()
        if count or value in (Outcome.FAILED, Outcome.ALL)
    ]


def _label(metric: Metric, outcome: Outcome) -> str:
    if outcome == Outcome.EXCLUDED and metric.is_undecided:
        return _("Undecided")
    return str(outcome.label)


def _shown(metric: Metric, rows: Any) -> Iterator[dict[str, Any]]:
    return lines(metric, rows)


def _file(
    request: HttpRequest, metric: Metric, asked: Filters, rows: QuerySet[Any]
) -> HttpResponse:
    """Answer with a CSV of the list as it is seen; the export is logged first."""
    if access_for(request.user, "figure", "export") is None:
        raise PermissionDenied
    audit.record(
        "export.csv",
        None,
        actor=request.user,
        reason=f"{metric.code} {asked.period.key}",
        request=request,
        seal_now=True,
    )
    head = [str(label) for _name, label in columns(metric)]
    listed = rows.order_by(*_order(metric))[:MAX_ROWS]
    lines = (
        [cell["plain"] for cell in row["cells"]]
        for batch in _batches(listed)
        for row in _shown(metric, batch)
    )
    name = f"{metric.code}-{asked.period.key}.csv"
    return exports.csv_response(name, head, lines)  # type: ignore[return-value]


def _batches(rows: QuerySet[Any], size: int = 2000) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for row in rows.iterator(chunk_size=size):
        batch.append(row)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
