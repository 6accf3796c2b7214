"""The record of an import: who sent what, and what became of each row."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import IO, Any

from django.db.models import Count, Min

from courierqa.core import audit
from courierqa.core.enums import RowResult
from courierqa.core.models import ImportRow, ImportRun

BATCH = 500
# Columns a reject file carries beside those of the file; they come back with the mended file.
OWN_HEADS = ("_line", "_why", "_fix")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row, and what would make it right."""

    code: str
    field: str
    message: str
    fix: str = ""
    # The value of the file that one decision would mend in every row.
    value: str = ""


@dataclass
class ImportReport:
    """Counts every row; keeps those that were refused or marked."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[ImportRow] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(self.counts.values())

    @property
    def has_refusals(self) -> bool:
        return bool(self.counts[RowResult.REFUSED])

    def add(self, result: str) -> None:
        """Count a row that was simply taken, or was already there."""
        self.counts[str(RowResult(result))] += 1

    def refuse(self, number: int, raw: dict[str, str], *problems: Problem, key: str = "") -> None:
        """Count one refused row with everything that is wrong with it."""
        self._note(RowResult.REFUSED, number, raw, problems, key)

    def keep_marked(
        self, number: int, raw: dict[str, str], *problems: Problem, key: str = ""
    ) -> None:
        """Count one row that was stored although something about it is odd."""
        self._note(RowResult.MARKED, number, raw, problems, key)

    def _note(
        self, result: RowResult, number: int, raw: dict[str, str], problems: Any, key: str
    ) -> None:
        self.counts[str(result)] += 1
        for problem in problems:
            row = ImportRow(
                number=number,
                result=result,
                code=problem.code,
                field=problem.field[:60],
                message=problem.message[:300],
                fix=problem.fix[:300],
                value=problem.value[:60],
                key=key[:60],
                raw=raw,
            )
            self.problems.append(row)


def start_run(
    *,
    kind: str,
    file: IO[bytes],
    filename: str,
    by: Any,
    now: datetime,
    mapping: str = "",
    dry_run: bool = True,
) -> ImportRun:
    """Write the run with the fingerprint of its file."""
    run = ImportRun.objects.create(
        kind=kind,
        mapping=mapping,
        file_name=filename[-200:],
        sha256=file_hash(file),
        dry_run=dry_run,
        by=audit.person(by),
        started_at=now,
    )
    audit.record("import.start", run, actor=by, at=now)
    return run


def finish_run(
    run: ImportRun, report: ImportReport, *, now: datetime, error: str = ""
) -> ImportRun:
    """Write what became of the rows."""
    run.ended_at, run.rows, run.counts, run.error = now, report.rows, dict(report.counts), error
    run.save(update_fields=["ended_at", "rows", "counts", "error", "updated_at"])
    for row in report.problems:
        row.run = run
    ImportRow.objects.bulk_create(report.problems, batch_size=BATCH)
    audit.record("import.finish", run, actor=run.by, at=now)
    return run


def problem_groups(run: ImportRun) -> list[dict[str, Any]]:
    """Return the problems grouped by what repairs them, most frequent first."""
    rows = run.problem_rows.values("result", "code", "field", "fix", "value")
    grouped = rows.annotate(count=Count("id"), example=Min("number"), message=Min("message"))
    return [dict(group) for group in grouped.order_by("-count", "code")]


def refused_rows(run: ImportRun) -> Iterator[dict[str, str]]:
    """Return the refused rows as sent, with the reason added, ready to be mended and sent again."""
    seen: set[int] = set()
    rows = run.problem_rows.filter(result=RowResult.REFUSED).order_by("number", "id")
    for row in rows.iterator():
        if row.number not in seen:
            seen.add(row.number)
            line = {"_line": str(row.number), "_why": row.message, "_fix": row.fix}
            yield {**{n: v for n, v in row.raw.items() if n not in OWN_HEADS}, **line}


def file_hash(file: IO[bytes]) -> str:
    """Return the sha256 of a file and rewind it."""
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(1 << 16):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()
