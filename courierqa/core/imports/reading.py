"""CSV, XLSX and JSON Lines as numbered rows of text."""

from __future__ import annotations

import codecs
import csv
import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

from django.utils.translation import gettext as _

from courierqa.core.errors import DomainError
from courierqa.core.exports import plain_cell

Row = tuple[int, dict[str, str]]
CHUNK = 1 << 16
MAX_CELL = 100_000
MAX_COLUMNS = 500
MAX_ROWS = 1_000_000
# A workbook keeps 15 digits: of a longer number the last ones are invented.
EXACT = 1e15
# A workbook is a zip: refuse one that would unfold to more than this before opening it.
MAX_UNZIPPED = 512 * 1024 * 1024


class UnreadableFile(DomainError):
    """The file as a whole cannot be read; no row of it was looked at."""

    code = "unreadable_file"
    status = 400


def read_table(file: IO[bytes], *, filename: str) -> Iterator[Row]:
    """Return (line number, {column: text}) for each row that is not empty.

    Encoding and separator are found out; formulas are never evaluated, only their stored values
    are read; leading zeros stay.
    """
    for place, row in enumerate(_rows_of(file, filename=filename)):
        if place >= MAX_ROWS:
            text = _("The file has more than %(most)s rows. Split it")
            raise UnreadableFile(text % {"most": f"{MAX_ROWS:,}"}, code="too_many_rows")
        yield row


def _rows_of(file: IO[bytes], *, filename: str) -> Iterator[Row]:
    suffix = filename.lower().rpartition(".")[2]
    head = file.read(4)
    file.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return _read_xlsx(file)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableFile(_("Old Excel files (.xls) are not read. Save the file as .xlsx"))
    if suffix in ("jsonl", "ndjson", "json"):
        return _read_json_lines(_decoded(file))
    return _read_csv(_decoded(file))


def _decoded(file: IO[bytes]) -> io.TextIOWrapper:
    encoding = find_encoding(file)
    file.seek(0)
    return io.TextIOWrapper(io.BufferedReader(_Raw(file), CHUNK), encoding=encoding, newline="")


class _Raw(io.RawIOBase):
    """Gives text reading what it needs of any file, and leaves the file open behind it."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self.file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def find_encoding(file: IO[bytes]) -> str:
    """Return utf-8-sig, utf-16 or gb18030, or refuse the file."""
    start = file.read(4096)
    if not start.strip():
        raise UnreadableFile(_("The file is empty"))
    wanted: tuple[str, ...] = ("utf-8-sig", "gb18030")
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        wanted = ("utf-16",)
    elif b"\x00" in start:
        wanted = (_bare_utf16(start),)
    for encoding in wanted:
        file.seek(0)
        if _decodes(file, encoding):
            return encoding
    raise UnreadableFile(_("The text encoding is not known. Save the file as CSV UTF-8"))


def _bare_utf16(start: bytes) -> str:
    """UTF-16 without its mark has its zero bytes on one side only, and many of them."""
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if odd * 8 > len(start) and not even:
        return "utf-16-le"
    if even * 8 > len(start) and not odd:
        return "utf-16-be"
    raise UnreadableFile(_("This is not a text file"))


def _decodes(file: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := file.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _read_csv(text: io.TextIOWrapper) -> Iterator[Row]:
    try:
        first = text.readline()
        if first.lower().startswith("sep="):
            first = text.readline()
        separator = max(",;\t|，；", key=first.count)
        lines = _lines(first, text)
        reader = csv.reader(lines, delimiter=separator, strict=False)
        yield from _rows(reader, lambda: reader.line_num)
    except (csv.Error, UnicodeError) as error:
        raise UnreadableFile(_("The file cannot be read as CSV")) from error


def _lines(first: str, text: io.TextIOWrapper) -> Iterator[str]:
    yield first.lstrip("\ufeff")
    yield from text


def _read_xlsx(file: IO[bytes]) -> Iterator[Row]:
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 -- slow import

    try:
        _refuse_bomb(file)
        file.seek(0)
        book = CalamineWorkbook.from_filelike(file)
        sheet = book.get_sheet_by_index(0)
        rows = ([cell_text(cell) for cell in row] for row in sheet.iter_rows())
    except (CalamineError, zipfile.BadZipFile, zlib.error, EOFError, IndexError) as error:
        raise UnreadableFile(_("The workbook is damaged or protected by a password")) from error
    counter = _Counter(rows)
    yield from _rows(counter, lambda: counter.number)


def _refuse_bomb(file: IO[bytes]) -> None:
    """Unfold the parts without keeping them: what a zip says of its own sizes may be a lie."""
    left = MAX_UNZIPPED
    with zipfile.ZipFile(file) as parts:
        for part in parts.infolist():
            part.file_size = MAX_UNZIPPED + 1
            with parts.open(part) as unfolded:
                while chunk := unfolded.read(CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        text = _("The workbook is too large. Split it or save it as CSV")
                        raise UnreadableFile(text, code="too_large")


class _Counter:
    """Counts rows while they are read."""

    def __init__(self, rows: Iterator[list[str]]) -> None:
        self.rows, self.number = rows, 0

    def __iter__(self) -> _Counter:
        return self

    def __next__(self) -> list[str]:
        row = next(self.rows)
        self.number += 1
        return row


def cell_text(value: Any) -> str:
    """Return what a person sees in the cell: 88 for 88.0, ISO for dates."""
    if isinstance(value, float) and abs(value) >= EXACT:
        # As Excel shows it, so that the row is refused as a damaged number.
        return f"{value:.5E}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, (datetime, date)):
        return value.isoformat(sep=" ") if isinstance(value, datetime) else value.isoformat()
    return "" if value is None else str(value)


def _rows(cells: Iterator[list[str]], number: Any) -> Iterator[Row]:
    header: list[str] | None = None
    title: list[str] | None = None
    for row in cells:
        filled = sum(1 for cell in row if cell.strip())
        if not filled:
            continue
        if header is None and title is None and filled == 1:
            # One cell over a wider row is a title, perhaps merged; over a like row it is the head.
            title = row
            continue
        if header is None:
            header = _header(row if filled > 1 or title is None else title)
            if filled > 1 or title is None:
                continue
        yield number(), _named(header, row)
    if header is None and title is None:
        raise UnreadableFile(_("The file is empty"))


def _header(row: list[str]) -> list[str]:
    names = [plain_cell(name.strip()) for name in row]
    named = [name for name in names if name]
    if len(names) > MAX_COLUMNS:
        raise UnreadableFile(_("The file has too many columns"))
    if len(set(named)) != len(named):
        raise UnreadableFile(_("Two columns have the same name. Rename one of them"))
    return names


def _named(header: list[str], row: list[str]) -> dict[str, str]:
    named = {
        name: plain_cell(cell.strip())[:MAX_CELL]
        for name, cell in zip(header, row, strict=False)
        if name
    }
    for name in header[len(row) :]:
        named[name] = ""
    return named


def _read_json_lines(text: io.TextIOWrapper) -> Iterator[Row]:
    found = False
    try:
        for number, line in enumerate(text, start=1):
            if line.strip():
                found = True
                yield number, _json_row(line, number)
    except UnicodeError as error:
        raise UnreadableFile(_("The text encoding is not known. Save the file as UTF-8")) from error
    if not found:
        raise UnreadableFile(_("The file is empty"))


def _json_row(line: str, number: int) -> dict[str, str]:
    try:
        # Numbers as text: a waybill must not lose its zeros or its last digits.
        row = json.loads(line, parse_int=str, parse_float=str, parse_constant=str)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise UnreadableFile(_("Line %(number)s is not a JSON object") % {"number": number})
    return {str(name): _json_text(value) for name, value in row.items()}


def _json_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (dict, list, bool)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
