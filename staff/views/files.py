"""Lists of people as files: the cells of the screen, all rows of the filter, logged first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from courierqa.core import audit
from courierqa.core.access import may
from courierqa.core.exports import csv_response
from courierqa.core.paging import page_of

MOST_ROWS = 20_000


def wants_file(request: HttpRequest) -> bool:
    """Say whether the list is asked for as a file."""
    return request.GET.get("format") == "csv"


def listed(request: HttpRequest, rows: QuerySet[Any], *, order: Sequence[str] = ("-id",)) -> Any:
    """Return the page asked for, or every row where the list is asked for as a file."""
    if wants_file(request):
        return rows.order_by(*order)[:MOST_ROWS]
    return page_of(rows, request.GET, order=order)


def file_of(
    request: HttpRequest, resource: str, heads: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """Answer with a CSV named like the page; whoever may only read gets none."""
    if not may(request.user, resource, "export"):
        raise PermissionDenied
    name = request.path.strip("/").replace("/", "-")
    audit.record(
        "export.csv", None, actor=request.user, at=timezone.now(), reason=f"people: {name}",
        request=request, seal_now=True,
    )  # fmt: skip
    return csv_response(f"{name}.csv", heads, rows)  # type: ignore[return-value]
