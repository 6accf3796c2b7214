"""The data annex: every count of the report as a workbook, and the frozen text itself.

The last sheet holds the canonical text cut into cells, so that the fingerprint can be recomputed
from the workbook alone. All cells of recorded text are written as text; none can be a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from itertools import zip_longest
from typing import Any

import xlsxwriter
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kpi.reports.content import Content, Counts, Edition, read_content

# Excel keeps 32,767 characters in a cell.
CHUNK = 30_000
Row = Sequence[str | int | float | None]


def make_workbook(content: Content, edition: Edition, canonical: str, *, language: str) -> bytes:
    """Return the annex in the reader's language; the frozen text is the same in both."""
    target = BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    # The file carries the moment of its data, not of its making: the same bytes each time.
    book.set_properties(
        {
            "title": f"{content.period} {edition.version}",
            "created": content.as_of.replace(tzinfo=None),
        }
    )
    bold = book.add_format({"bold": True, "bottom": 1})
    with translation.override(language):
        for name, head, rows in _sheets(content, edition, language):
            _fill(book.add_worksheet(name), head, rows, bold)
    _fill(book.add_worksheet("snapshot"), ["sha256", edition.sha256], _chunks(canonical), bold)
    book.close()
    return target.getvalue()


def _fill(sheet: Any, head: Row, rows: Iterable[Row], bold: Any) -> None:
    for column, cell in enumerate(head):
        sheet.write_string(0, column, str(cell), bold)
    for line, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, int | float):
                sheet.write_number(line, column, cell)
            elif cell is not None:
                sheet.write_string(line, column, str(cell))
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(head) - 1, 0), 18)


def _sheets(
    content: Content, edition: Edition, language: str
) -> Iterable[tuple[str, Row, Iterable[Row]]]:
    counts = [_("Hits"), _("Total"), _("Not yet due"), _("Excluded"), _("Exempt hits"), _("Exempt")]
    yield _("About"), [_("Field"), _("Value")], _about(content, edition, language)
    yield (
        _("Figures"),
        [*_figure_head(), *counts, _("Adjusted value"), _("Adjusted low"), _("Adjusted high")],
        _figures(content, language),
    )
    yield _("Months"), [_("Code"), _("Month"), *counts], _months(content)
    yield _("Sites"), [_("Site"), _("Name"), _("Code"), *counts], _sites(content, language)
    yield _("Times"), _times_head(), _times(content, language)
    yield (
        _("Legal misses"),
        [_("Case"), _("Site"), _("Received"), _("Legal limit"), _("Customer told")],
        _misses(content, language),
    )
    yield (
        _("Overdue measures"),
        [_("Measure"), _("Site"), _("First due day"), _("Days late")],
        _late(content, language),
    )
    yield (
        _("Effect checks"),
        [_("Nonconformity"), _("Round"), _("Site"), _("Code"), _("Day of the check"), _("Result")],
        _checks(content, language),
    )
    yield (
        _("Rare events"),
        [_("Code"), _("Day"), _("Events"), _("Items"), _("Items before")],
        _events(content),
    )
    if content.changes:
        # Each value that moved, by its place in the frozen text: the report prints them grouped.
        head = [_("Place in the frozen text"), _("Was"), _("Now")]
        yield _("Changes"), head, _moved(content.changes)


def _about(content: Content, edition: Edition, language: str) -> list[Row]:
    return [
        [_("Company"), content.company[language]],
        [_("Month"), content.period],
        [_("Version"), edition.version],
        [_("Data as of"), content.as_of.isoformat()],
        [_("Business time zone"), content.time_zone],
        ["SHA-256", edition.sha256],
    ]


def _figure_head() -> list[str]:
    return [
        _("Code"), _("Figure"), _("Unit"), _("Value"), _("95 % low"), _("95 % high"), _("Target"),
    ]  # fmt: skip


def _figures(content: Content, language: str) -> Iterable[Row]:
    for line, raw in zip(content.metrics, content.raw["metrics"], strict=True):
        read = [_float(raw.get(key)) for key in ("value", "low", "high")]
        target = None if line.target is None else float(line.target)
        name = line.text("name", language)
        other = raw.get("adjusted") or {}
        adjusted = [_float(other.get(key)) for key in ("value", "low", "high")]
        yield [line.code, name, line.unit, *read, target, *_counts(line.counts), *adjusted]


def _float(text: str | None) -> float | None:
    return None if text is None else float(text)


def _counts(counts: Counts) -> list[int]:
    return [
        counts.hits, counts.total, counts.pending, counts.excluded, counts.exempt_hits,
        counts.exempt_total,
    ]  # fmt: skip


def _months(content: Content) -> Iterable[Row]:
    for line in content.metrics:
        for period, counts in line.series:
            yield [line.code, period, *_counts(counts)]


def _sites(content: Content, language: str) -> Iterable[Row]:
    for site in content.sites:
        # In the order of the catalogue: databases give the keys of a text in different orders.
        for line in content.metrics:
            if line.code in site.figures:
                counts = _counts(site.figures[line.code])
                yield [site.code, site.names[language], line.code, *counts]


def _times_head() -> list[str]:
    return [
        _("Code"), _("Figure"), _("P50, hours"), _("P90, hours"), _("P99, hours"),
        _("Mean, hours"), pgettext("coverage", "Measured"), pgettext("time", "Still open"),
        _("Out of the ranks"), _("Not measured"), _("Minutes"), _("Buckets"),
    ]  # fmt: skip


def _times(content: Content, language: str) -> Iterable[Row]:
    for one in content.times:
        hours = [_float(one["hours"][name]) for name in ("p50", "p90", "p99", "mean")]
        counts = [one[name] for name in ("measured", "still_open", "left", "missing", "minutes")]
        buckets = " ".join(f"{bucket}:{number}" for bucket, number in one["buckets"])
        yield [one["code"], one["words"]["name"][language], *hours, *counts, buckets]


def _misses(content: Content, language: str) -> Iterable[Row]:
    for row in content.complaints["misses"]:
        site = row["site"][language] if row["site"] else ""
        yield [row["number"], site, row["received"], row["due"], row["told"]]


def _improving(content: Content, key: str) -> list[Any]:
    return (content.raw.get("improving") or {}).get(key, [])


def _late(content: Content, language: str) -> Iterable[Row]:
    for row in _improving(content, "late"):
        site = row["site"][language] if row["site"] else ""
        yield [row["number"], site, row["due"], row["days"]]


def _checks(content: Content, language: str) -> Iterable[Row]:
    for row in _improving(content, "checks"):
        site = row["site"][language] if row["site"] else ""
        yield [row["number"], row["round"], site, row["metric"], row["due"], row["result"]]


def _events(content: Content) -> Iterable[Row]:
    """Return the days of rare events; older editions do not know among how many items they lay."""
    for raw in content.raw["metrics"]:
        among = raw.get("among", {}).get("days", ())
        events = raw.get("events", ())
        for (day, number), (items, before) in zip_longest(events, among, fillvalue=(None, None)):
            yield [raw["code"], day, number, items, before]


def _moved(changes: Mapping[str, Any]) -> Iterable[Row]:
    for row in changes["differences"]:
        yield [row["where"], row["was"], row["now"]]


def _chunks(text: str) -> Iterable[Row]:
    for start in range(0, len(text), CHUNK):
        yield ["", text[start : start + CHUNK]]


def workbook_of(raw: Any, edition: Edition, canonical: str, *, language: str) -> bytes:
    """Return the annex of a snapshot's content."""
    return make_workbook(read_content(raw), edition, canonical, language=language)
