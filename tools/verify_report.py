#!/usr/bin/env python3
"""Check the data annex of a monthly report without the application.

    python verify_report.py 2026-10.json                 recompute figures and fingerprint
    python verify_report.py 2026-10.xlsx 2026-10-zh.pdf  and compare a PDF with the annex

Needs Python alone; the words of a PDF are read with pdftotext or pypdf where one of them is
there. Recomputes every value and range from the counts, compares the sums that must agree, the
visible sheets of a workbook and the printed figures of a PDF, and takes the SHA-256 of the frozen
text. Exit 1 when anything differs, with the place of each difference; exit 2 when a file cannot be
read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
import shutil
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree

FACTORS: dict[str, Any] = {
    "share": 1, "per_100": 100, "per_mille": 1_000, "per_10k": 10_000, "per_100k": 100_000,
    "per_million": 1_000_000, "points": Decimal("0.01"), "nps": Decimal("0.01"),
}  # fmt: skip
Z = 1.959964
NEAR = 2e-6
# Below this many items no value is printed; so far behind its name a figure's counts stand.
FEW, WINDOW = 30, 240
# The counts of a figure; editions frozen before exemptions were counted lack the last two.
OLD = ("hits", "total", "pending", "excluded")
WORDS = (*OLD, "exempt_hits", "exempt_total")
# Figures of this group may count records of no site.
SITELESS = ("voice", "people", "system")
STAMP = re.compile(
    rb"courierqa-report period=(\S+) version=(\S+) language=(\S+) snapshot=([0-9a-f]{64})"
)
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Unreadable(Exception):
    """A file that is not there, or is none of a report; the text says which and what to give."""


def fingerprint(content: Any) -> str:
    """Return the SHA-256 of the content written with sorted keys and no spaces."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_annex(path: Path) -> tuple[dict[str, Any], str | None]:
    """Return the frozen content, and the fingerprint written beside it when there is one.

    Raises Unreadable for a file that is not there, and for one that is no annex.
    """
    start = _opened(path)[:5]
    if start == b"%PDF-":
        raise Unreadable(f"{path.name} is a PDF: give its annex (xlsx or json) first, then the PDF")
    try:
        if path.suffix.lower() == ".xlsx":
            content, written = read_workbook(path)
        else:
            content, written = json.loads(path.read_text(encoding="utf-8")), None
    except (ValueError, LookupError, RecursionError, NotImplementedError, RuntimeError,
            zipfile.BadZipFile, zlib.error, ElementTree.ParseError) as error:  # fmt: skip
        raise _no_annex(path) from error
    if not isinstance(content, dict) or not {"metrics", "sites", "period"} <= content.keys():
        raise _no_annex(path)
    return content, written


def _opened(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error.strerror or error}") from error


def _no_annex(path: Path) -> Unreadable:
    return Unreadable(
        f"{path.name} is no data annex of a report: save the xlsx or json of the report anew"
    )


def read_workbook(file: Path | IO[bytes]) -> tuple[dict[str, Any], str]:
    """Return the frozen content of a workbook, and the fingerprint written beside it."""
    cells = list(_last_sheet(file))
    return json.loads("".join(cells[2:])), cells[1]


def _last_sheet(file: Path | IO[bytes]) -> Iterator[str]:
    """Yield the texts of the sheet named snapshot, in order."""
    for row in _sheets(file)[-1]:
        yield from (cell for cell in row if cell)


def _sheets(path: Path | IO[bytes]) -> list[list[list[str]]]:
    """Return the rows of every sheet as texts; an empty cell is an empty text."""
    with zipfile.ZipFile(path) as book:
        strings = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        texts = ["".join(part.text or "" for part in item.iter(f"{SHEET}t")) for item in strings]
        names = [
            name for name in book.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)
        ]
        names.sort(key=lambda name: int(re.sub(r"\D", "", name)))
        return [_rows(ElementTree.fromstring(book.read(name)), texts) for name in names]


def _rows(sheet: ElementTree.Element, texts: list[str]) -> list[list[str]]:
    found = []
    for row in sheet.iter(f"{SHEET}row"):
        cells: dict[int, str] = {}
        for cell in row.iter(f"{SHEET}c"):
            value = cell.findtext(f"{SHEET}v") or ""
            cells[_column(cell.get("r", "A1"))] = (
                texts[int(value)] if cell.get("t") == "s" else value
            )
        found.append([cells.get(place, "") for place in range(max(cells, default=-1) + 1)])
    return found


def _column(reference: str) -> int:
    """Return the place of a cell such as C7 in its row: 2."""
    number = 0
    for letter in re.sub(r"\d", "", reference):
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def wilson(hits: int, total: int) -> tuple[float, float]:
    """Return the 95 % range of a share."""
    share, n = hits / total, total
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return (0.0 if hits == 0 else middle - half), (1.0 if hits == total else middle + half)


def poisson(count: int) -> tuple[float, float]:
    """Return the exact 95 % range of a count, by halving on the summed probabilities."""
    low = 0.0 if count == 0 else _halve(lambda mean: 1 - _at_most(count - 1, mean) < 0.025, count)
    return low, _halve(lambda mean: _at_most(count, mean) > 0.025, count)


def _halve(too_small: Callable[[float], bool], near: int) -> float:
    low, high = 0.0, near + 10 * math.sqrt(near + 1) + 20
    # Each step halves the range; what is left below a billionth changes no printed digit.
    while high - low > 1e-9 * max(1.0, high):
        middle = (low + high) / 2
        low, high = (middle, high) if too_small(middle) else (low, middle)
    return (low + high) / 2


def _at_most(count: int, mean: float) -> float:
    if mean <= 0:
        return 1.0
    # So far below the mean nothing is left that a printed digit could show.
    first = max(0, int(mean - 40 * math.sqrt(mean)))
    return math.fsum(
        math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(first, count + 1)
    )


def figure_problems(line: dict[str, Any]) -> Iterator[str]:
    """Recompute one figure from its counts."""
    hits, total, name = line["hits"], line["total"], line["code"]
    factor = FACTORS.get(line["unit"])
    if factor is None:
        yield f"{line['code']}: unit {line['unit']} is not known to this version of the check"
        return
    last = line["series"][-1]
    if (last["hits"], last["total"]) != (hits, total):
        yield f"{name}: the month in the series is not the figure"
    yield from adjusted_problems(line)
    yield from value_problems(line, name)


def adjusted_problems(line: dict[str, Any]) -> Iterator[str]:
    """Recompute the adjusted figure: the counts less what an approved exemption covers."""
    hits, total = line.get("exempt_hits", 0), line.get("exempt_total", 0)
    other = line.get("adjusted")
    if not 0 <= hits <= total <= max(line["total"], 0) or hits > line["hits"]:
        yield f"{line['code']}: more is exempt than was counted"
    if (other is not None) != (total > 0):
        yield f"{line['code']}: adjusted and exempt do not fit"
    if other is None:
        return
    if (other["hits"], other["total"]) != (line["hits"] - hits, line["total"] - total):
        yield f"{line['code']}: the adjusted counts are not the raw ones less the exempt ones"
    yield from value_problems({**other, "unit": line["unit"]}, f"{line['code']} adjusted")


def value_problems(line: dict[str, Any], name: str) -> Iterator[str]:
    """Recompute a value and its range from its counts."""
    hits, total, factor = line["hits"], line["total"], FACTORS[line["unit"]]
    if not total:
        return
    exact = Decimal(hits) * factor / Decimal(total)
    value = str(exact.quantize(Decimal("0.000001"), rounding=ROUND_HALF_EVEN))
    if value != line["value"]:
        yield f"{name}: value is {line['value']}, the counts give {value}"
    if line["unit"] in ("per_mille", "points", "nps"):
        # Sums of fen and points: there is no range of counts.
        return
    if line["unit"] == "share":
        low, high = wilson(hits, total)
    else:
        low, high = (bound * factor / total for bound in poisson(hits))
    for word, found in (("low", low), ("high", high)):
        if abs(Decimal(line[word]) - Decimal(found)) > Decimal(NEAR) * max(1, factor // 1000):
            yield f"{name}: {word} is {line[word]}, the counts give {found:.6f}"


def sheet_problems(path: Path, content: dict[str, Any]) -> Iterator[str]:
    """Compare the visible sheets of a workbook with the frozen text in its last one."""
    if path.suffix.lower() != ".xlsx":
        return
    sheets = _sheets(path)
    wanted = (
        ("figures", _figure_rows(content)),
        ("months", _month_rows(content)),
        (
            "sites",
            _site_rows(content),
        ),
    )
    for (name, rows), sheet in zip(wanted, sheets[1:4], strict=True):
        shown = [_plain(row) for row in sheet[1:]]
        if len(shown) != len(rows):
            yield f"sheet {name}: has {len(shown)} rows, the frozen text {len(rows)}"
        for place, (row, have) in enumerate(zip(rows, shown, strict=False), start=2):
            if not _holds(have, row):
                yield f"sheet {name}, row {place}: shows {have}, the frozen text says {row}"


def _plain(row: list[str]) -> list[str]:
    return [cell for cell in row if cell]


def _holds(have: list[str], wanted: list[str]) -> bool:
    """Say whether the cells of a row hold the wanted ones in their order."""
    cells = iter(_number(cell) for cell in have)
    return all(_number(cell) in cells for cell in wanted)


def _number(cell: str) -> str:
    try:
        return f"{float(cell):.6f}"
    except ValueError:
        return cell


def _counts(row: dict[str, Any]) -> list[str]:
    return [str(row.get(word, 0)) for word in WORDS if word in row or word in OLD]


def _figure_rows(content: dict[str, Any]) -> list[list[str]]:
    return [
        [
            line["code"],
            *(line[word] for word in ("value", "low", "high") if line.get(word) is not None),
            *_counts(line),
            *(
                other[word]
                for other in [line.get("adjusted") or {}]
                for word in ("value", "low", "high")
                if other.get(word) is not None
            ),
        ]
        for line in content["metrics"]
    ]


def _month_rows(content: dict[str, Any]) -> list[list[str]]:
    return [
        [line["code"], month["period"], *_counts(month)]
        for line in content["metrics"]
        for month in line["series"]
    ]


def _site_rows(content: dict[str, Any]) -> list[list[str]]:
    return [
        [site["code"], line["code"], *_counts(site["figures"][line["code"]])]
        for site in content["sites"]
        for line in content["metrics"]
        if line["code"] in site["figures"]
    ]


def sum_problems(content: dict[str, Any]) -> Iterator[str]:
    """Compare the sums that must agree."""
    for line in content["metrics"]:
        parts = [site["figures"].get(line["code"], {}) for site in content["sites"]]
        for word in ("hits", "total"):
            summed = sum(part.get(word, 0) for part in parts)
            # Complaints without a parcel belong to no site; everything else adds up.
            may_lack = line["group"] in SITELESS
            if summed > line[word] or (summed < line[word] and not may_lack):
                yield f"{line['code']}: sites have {summed} {word}, the figure has {line[word]}"
    voice = content["complaints"]
    for word, rows in (("classes", voice["by_class"]), ("causes", content["causes"])):
        if sum(row["count"] for row in rows) != voice["received"]:
            yield f"complaints: {word} do not add up to {voice['received']}"
    if voice["legal"]["total"] - voice["legal"]["hits"] != len(voice["misses"]):
        yield "complaints: the list of legal misses is not complete"
    money = content["compensation"]
    for word in ("by_kind", "borne_by"):
        if sum(row["fen"] for row in money[word]) != money["paid_fen"]:
            yield f"compensation: {word} does not add up to {money['paid_fen']}"


def pdf_problems(path: Path, content: dict[str, Any], sha: str) -> Iterator[str]:
    """Compare the fingerprint a PDF carries with the annex."""
    found = STAMP.search(_opened(path))
    if found is None:
        yield f"{path.name}: carries no fingerprint of a report"
        return
    period, _version, _language, printed = (part.decode() for part in found.groups())
    if period != content["period"]:
        yield f"{path.name}: is about {period}, the annex about {content['period']}"
    if printed != sha:
        yield f"{path.name}: was printed from {printed}, the annex is {sha}"
    yield from word_problems(path, content)


def _fractions(line: dict[str, Any]) -> list[str]:
    """Return how the counts may be printed: fen as yuan, hundredths of a point as points.

    Editions of before print both as they are counted.
    """
    plain = f"{line['hits']:,}/{line['total']:,}"
    above, below = (f"{Decimal(line[word]) / 100:,.2f}" for word in ("hits", "total"))
    if line["unit"] in ("points", "nps"):
        return [f"{above}/{line['total']:,}", plain]
    return [f"¥{above}/¥{below}", plain] if line["unit"] == "per_mille" else [plain]


def word_problems(path: Path, content: dict[str, Any]) -> Iterator[str]:
    """Look for the counts and the value of every figure in the words of a PDF."""
    text = pdf_text(path)
    if text is None:
        print(f"{path.name}: words not compared, neither pdftotext nor pypdf is there")
        return
    marks = {line["code"]: _marks(line) for line in content["metrics"]}
    every = re.compile("|".join(re.escape(one) for found in marks.values() for one in found))
    for line in content["metrics"]:
        places = [every.split(part)[0] for part in _places(text, marks[line["code"]])]
        counts = _fractions(line)
        is_printed = any(word in place for word in counts for place in places)
        if not is_printed and not _is_blank(line, places):
            yield f"{path.name}: page of figures, {line['code']}: {counts[0]} is not printed"
        value = _printed(line)
        if value and not any(word in place for word in value for place in places):
            yield f"{path.name}: page of figures, {line['code']}: {value[0]} is not printed"


def _is_blank(line: dict[str, Any], places: list[str]) -> bool:
    """Say whether nothing was there to count, and a dash behind the name says so."""
    nothing = not line["hits"] and not line["total"]
    return nothing and any(place.startswith("—") for place in places)


def _marks(line: dict[str, Any]) -> list[str]:
    """Return the code and the name of a figure as they stand side by side, in each language."""
    names = line["words"]["name"].values()
    return [re.sub(r"\s", "", f"{line['code']}{name}") for name in names]


def _places(text: str, marks: list[str]) -> Iterator[str]:
    """Yield what stands behind each mark."""
    for mark in marks:
        for found in re.finditer(re.escape(mark), text):
            yield text[found.end() : found.end() + WINDOW]


def _printed(line: dict[str, Any]) -> list[str]:
    """Return how the value may be printed; few items have none."""
    if line["total"] < FEW or line["value"] is None:
        return []
    if line["unit"] == "share":
        words = [f"{float(line['value']) * 100:.{places}f}" for places in (1, 2)]
        # A miss is never printed as perfection.
        return [*words, "99.99"] if line["hits"] < line["total"] else words
    value = float(line["value"])
    return [f"{value:,.{0 if abs(value) >= 100 else 1}f}"]


def pdf_text(path: Path) -> str | None:
    """Return the words of a PDF without blanks, or nothing where no reader is there."""
    tool = shutil.which("pdftotext")
    if tool:
        run = subprocess.run([tool, "-raw", str(path), "-"], capture_output=True, check=False)
        return re.sub(r"\s", "", run.stdout.decode("utf-8", "replace"))
    try:
        from pypdf import PdfReader  # noqa: PLC0415 -- need not be there
    except ImportError:
        return None
    pages = PdfReader(path).pages
    return re.sub(r"\s", "", "".join(page.extract_text() for page in pages))


def content_problems(content: dict[str, Any]) -> Iterator[str]:
    """Recompute every figure and every sum of a frozen text."""
    for line in content["metrics"]:
        yield from figure_problems(line)
    yield from sum_problems(content)


def main() -> int:
    """Read the arguments, check, say what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("annex", type=Path)
    parser.add_argument("pdf", type=Path, nargs="*")
    given = parser.parse_args()
    try:
        return _checked(given.annex, given.pdf)
    except Unreadable as error:
        print(f"CANNOT CHECK: {error}", file=sys.stderr)
        return 2


def _checked(annex: Path, pdfs: list[Path]) -> int:
    content, written = read_annex(annex)
    sha = fingerprint(content)
    try:
        problems = [*content_problems(content), *sheet_problems(annex, content)]
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise _no_annex(annex) from error
    if written is not None and written != sha:
        problems.append(f"{annex.name}: the fingerprint beside the text is {written}")
    for path in pdfs:
        problems += pdf_problems(path, content, sha)
    for problem in problems:
        print(f"NOT OK: {problem}")
    if not problems:
        print(f"OK: all {len(content['metrics'])} figures equal")
    print(f"{content['period']}  {len(content['metrics'])} figures  snapshot {sha}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
