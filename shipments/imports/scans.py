"""Importing scans: the columns of the batch endpoint, one event a row."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courierqa.core.enums import RowResult
from courierqa.core.imports import Choices, Column, ImportReport, Problem, UnreadableFile
from shipments import enums
from shipments.imports import tidy
from shipments.imports.bundles import Bundle, Row
from shipments.imports.tracing import trace
from shipments.scan_reading import Bad, Names, ScanItem, read_items, to_input
from shipments.services.scans import ScanInput, record_scans

CHUNK = 1000
NEEDS = ("id", "waybill", "code", "happened_at")
TEXTS = ("id", "waybill", "code", "reason", "happened_at", "site", "person", "device", "corrects")
COLUMNS = (
    Column(
        "id", gettext_lazy("Number of the scan (UUID)"), required=True, aliases=("uuid", "扫描编号")
    ),
    Column("waybill", gettext_lazy("Waybill"), required=True, aliases=("运单号", "快件号", "单号")),
    Column("code", gettext_lazy("Scan code"), required=True, aliases=("扫描代码", "代码")),
    Column(
        "happened_at", gettext_lazy("Time of the scan"), required=True, aliases=("扫描时间", "时间")
    ),
    Column("site", gettext_lazy("Site"), aliases=("网点", "站点", "网点代码")),
    Column("person", gettext_lazy("Staff number"), aliases=("工号", "员工号")),
    Column("device", gettext_lazy("Device"), aliases=("设备", "设备号")),
    Column("reason", gettext_lazy("Reason"), aliases=("原因",)),
    Column("corrects", gettext_lazy("Corrects the scan"), aliases=("更正",)),
    Column("detail", gettext_lazy("Detail (JSON)"), aliases=("明细",)),
)
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
    choices: Choices | None = None,
    run_id: int | None = None,
) -> ImportReport:
    """Read a file of scans; the same row twice is one scan.

    `choices` are a person's decisions about columns and sites; with `run_id` the import can be
    taken back.
    """
    report, choices = ImportReport(), choices or Choices()
    rows = _checked(bundle.rows(), choices)
    while chunk := list(islice(rows, CHUNK)):
        stored = _take(chunk, report, choices, now=now, dry_run=dry_run)
        if run_id is not None and not dry_run:
            trace(stored, run_id)
        if progress is not None:
            progress(report)
    if not report.rows:
        raise UnreadableFile(_("The file has no rows"), code="empty")
    return report


def _checked(rows: Iterator[Row], choices: Choices) -> Iterator[Row]:
    for place, (number, raw) in enumerate(rows):
        missing = [name for name in NEEDS if name not in choices.renamed(raw)] if not place else []
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


def _take(
    chunk: list[Row], report: ImportReport, choices: Choices, *, now: datetime, dry_run: bool
) -> list[str]:
    """Store a chunk; return the waybills whose scans were new."""
    named = [_named(raw, choices) for _number, raw in chunk]
    items = read_items(_event(raw) for raw in named)
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
    stored = []
    for (number, raw), ours, one in zip(chunk, named, found, strict=True):
        key = ours.get("waybill", "")[:60]
        if isinstance(one, Bad):
            report.refuse(number, raw, _problem(one, ours, choices), key=key)
        elif dry_run:
            report.add(RowResult.CREATED)
        else:
            answer = next(answers)
            _note(report, number, raw, answer, key)
            if answer.result == enums.ScanResult.CREATED:
                stored.append(one.waybill)
    return stored


def _named(raw: dict[str, str], choices: Choices) -> dict[str, str]:
    row, _notes = tidy.mended(choices.renamed(raw), ("waybill", "happened_at"), times=())
    if row.get("site"):
        row["site"] = choices.value(row["site"])
    return row


def _problem(one: Bad, ours: dict[str, str], choices: Choices) -> Problem:
    """Say what is wrong at the file's own column; an unknown site can be mended for all rows."""
    field = one.field.split(".")[0] or one.code
    if one.code == "site":
        value, fix = ours.get("site", ""), _("Enter the code of a site, or say below which it is")
        why = _("Unknown site: %s") % value
        return Problem("site_unknown", choices.head("site"), why, fix, value)
    return Problem(one.code, choices.head(field), one.detail)


def _note(report: ImportReport, number: int, raw: dict[str, str], answer: Any, key: str) -> None:
    result = RESULTS.get(answer.result)
    problem = Problem(answer.code, answer.code, answer.detail)
    if result == RowResult.MARKED:
        report.keep_marked(number, raw, problem, key=key)
    elif result is None:
        report.refuse(number, raw, problem, key=key)
    else:
        report.add(result)
