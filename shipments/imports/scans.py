"""Importing scans: the columns of the batch endpoint, one event a row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from courierqa.core.enums import RowResult
from courierqa.core.imports import ImportReport, Problem, UnreadableFile
from shipments import enums
from shipments.imports.bundles import Bundle, Row
from shipments.scan_reading import Bad, Names, ScanItem, read_items, to_input
from shipments.services.scans import ScanInput, record_scans

CHUNK = 1000
NEEDS = ("id", "waybill", "code", "happened_at")
TEXTS = ("id", "waybill", "code", "reason", "happened_at", "site", "person", "device", "corrects")
RESULTS = {
    enums.ScanResult.CREATED: RowResult.CREATED,
    enums.ScanResult.DUPLICATE: RowResult.SKIPPED,
    enums.ScanResult.UNMATCHED: RowResult.MARKED,
}


def import_scans(
    bundle: Bundle,
    *,
    now: datetime,
    dry_run: bool = False,
    progress: Callable[[ImportReport], None] | None = None,
) -> ImportReport:
    """Read a file of scans; the same row twice is one scan."""
    report = ImportReport()
    rows = _checked(bundle.rows())
    while chunk := list(islice(rows, CHUNK)):
        _take(chunk, report, now=now, dry_run=dry_run)
        if progress is not None:
            progress(report)
    if not report.rows:
        raise UnreadableFile(_("The file has no rows"), code="empty")
    return report


def _checked(rows: Iterator[Row]) -> Iterator[Row]:
    for place, (number, raw) in enumerate(rows):
        missing = [name for name in NEEDS if name not in raw]
        if place == 0 and missing:
            text = _("Columns are missing: %(names)s") % {"names": ", ".join(missing)}
            raise UnreadableFile(text, code="columns_missing")
        yield number, raw


def _event(raw: dict[str, str]) -> dict[str, Any]:
    """Return the row as the endpoint would get it."""
    event: dict[str, Any] = {name: raw[name] for name in TEXTS if raw.get(name)}
    for name in ("detail", "position"):
        if raw.get(name):
            try:
                event[name] = json.loads(raw[name])
            except (ValueError, RecursionError):
                event[name] = raw[name]
    flat = {name: _number(raw[name]) for name in ("lat", "lon", "accuracy_m") if raw.get(name)}
    return {**event, "position": flat} if flat else event


def _number(text: str) -> Any:
    try:
        return float(text)
    except ValueError:
        return text


def _take(chunk: list[Row], report: ImportReport, *, now: datetime, dry_run: bool) -> None:
    items = read_items(_event(raw) for _number, raw in chunk)
    names = Names([item for item in items if isinstance(item, ScanItem)])
    found = [
        to_input(item, names, device="import", site_id=None, person_id=None)
        if isinstance(item, ScanItem) else item
        for item in items
    ]  # fmt: skip
    good = [scan for scan in found if isinstance(scan, ScanInput)]
    answers = iter([] if dry_run else record_scans(
        good, source=enums.Source.IMPORT, recorded_at=now, announce=False
    ))  # fmt: skip
    for (number, raw), one in zip(chunk, found, strict=True):
        key = raw.get("waybill", "")[:60]
        if isinstance(one, Bad):
            report.refuse(number, raw, Problem(one.code, one.code, one.detail), key=key)
        elif dry_run:
            report.add(RowResult.CREATED)
        else:
            _note(report, number, raw, next(answers), key)


def _note(report: ImportReport, number: int, raw: dict[str, str], answer: Any, key: str) -> None:
    result = RESULTS.get(answer.result)
    problem = Problem(answer.code, answer.code, answer.detail)
    if result == RowResult.MARKED:
        report.keep_marked(number, raw, problem, key=key)
    elif result is None:
        report.refuse(number, raw, problem, key=key)
    else:
        report.add(result)
