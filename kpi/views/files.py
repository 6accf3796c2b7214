"""A dashboard or one figure as a file: CSV or a workbook of what is seen, logged first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from courierqa.core import audit, exports
from courierqa.core.access import access_for
from kpi.board.sheet_parts import Sheet
from kpi.board.sheets import metric_sheets, sheets_of

FORMATS = ("csv", "xlsx")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def file_of(request: HttpRequest, page: Mapping[str, Any], what: str = "dashboard") -> HttpResponse:
    """Answer with the tables of a page; refuses who may not take figures out.

    `what` names the file: the dashboard, or the code of one figure.
    """
    if access_for(request.user, "figure", "export") is None:
        raise PermissionDenied
    kind, asked = request.GET["format"], page["asked"]
    audit.record(
        f"export.{kind}",
        None,
        actor=request.user,
        reason=f"{what}{asked.address()}"[:200],
        request=request,
        seal_now=True,
    )
    name = f"{what}-{asked.period.key}{f'-{asked.site.code}' if asked.site else ''}.{kind}"
    return answer(name, sheets_of(page) if what == "dashboard" else metric_sheets(page))


def answer(name: str, sheets: Sequence[Sheet]) -> HttpResponse:
    """Return the sheets as a file of this name; its suffix says which kind."""
    if name.endswith(".csv"):
        first, *rest = stacked(sheets)
        return exports.csv_response(name, first, rest)  # type: ignore[return-value]
    body = exports.workbook_bytes([(one.title, one.head, one.rows) for one in sheets])
    response = HttpResponse(body, content_type=XLSX)
    response["Content-Disposition"] = exports.attachment(name)
    response["Cache-Control"] = "no-store"
    return response


def stacked(sheets: Sequence[Sheet]) -> Iterator[list[Any]]:
    """Yield the lines of one flat file: tables one below the other, each under its name."""
    for place, sheet in enumerate(sheets):
        if place:
            yield []
            yield [sheet.title]
        yield sheet.head
        yield from sheet.rows
