"""Files for spreadsheets: streamed CSV and XLSX in which no cell can become a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django.http import StreamingHttpResponse
from django.utils import timezone

from courierqa.core import calendars

# What a spreadsheet may take for a formula: also full-width twins, and behind spaces.
_FORMULA = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@＝＋－＠])")
_EXCEL_CELL = 32_767


def safe_cell(value: Any) -> Any:
    """Return the value as a cell that shows as text; numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, (bool, int, float)):
        return value
    text = _text(value)
    return f"'{text}" if _FORMULA.match(text) else text


def plain_cell(text: str) -> str:
    """Undo `safe_cell`, so that an exported file can be imported again unchanged."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _text(value: Any) -> str:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value, calendars.zone()).isoformat(sep=" ", timespec="seconds")
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)


class _Echo:
    """A file that hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(header: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[bytes]:
    """Return the lines of a CSV file, with the mark that makes Excel read it as UTF-8."""
    writer = csv.writer(_Echo())
    yield "\ufeff".encode()
    yield writer.writerow([safe_cell(str(cell)) for cell in header]).encode()
    for row in rows:
        line = writer.writerow([safe_cell(cell) for cell in row])
        yield line.encode("utf-8", "replace")


def csv_response(
    filename: str, header: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> StreamingHttpResponse:
    """Answer with a streamed CSV; the caller has logged the export."""
    response = StreamingHttpResponse(
        csv_lines(header, rows), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = attachment(filename)
    response["Cache-Control"] = "no-store"
    return response


def attachment(filename: str) -> str:
    """Return the header that saves under this name, whatever characters it has."""
    clean = re.sub(r'[\x00-\x1f"\\/:*?<>|;]', "_", filename)
    ascii_name = clean.encode("ascii", "replace").decode().replace("?", "_")
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(clean)}"


def xlsx_bytes(
    header: Sequence[Any], rows: Iterable[Sequence[Any]], *, sheet: str = "Data"
) -> bytes:
    """Return a workbook; text is written as text cells, so nothing in it is evaluated."""
    return workbook_bytes([(sheet, header, rows)])


def workbook_bytes(sheets: Iterable[tuple[str, Sequence[Any], Iterable[Sequence[Any]]]]) -> bytes:
    """Return a workbook of several sheets, each with its name, its head and its rows."""
    import xlsxwriter  # noqa: PLC0415 -- slow import

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    bold = book.add_format({"bold": True})
    for sheet, header, rows in sheets:
        page = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", "_", sheet)[:31])
        page.freeze_panes(1, 0)
        for column, cell in enumerate(header):
            page.write_string(0, column, str(cell), bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write(page, number, column, cell)
    book.close()
    return out.getvalue()


def _write(page: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, bool) or value is None:
        page.write_string(row, column, "" if value is None else str(value))
    # A spreadsheet keeps 15 digits; longer numbers stay text.
    elif isinstance(value, (int, float)) and abs(value) < 10**15:
        page.write_number(row, column, value)
    else:
        page.write_string(row, column, str(safe_cell(_text(value)))[:_EXCEL_CELL])
