"""What the import commands print."""

from __future__ import annotations

from collections import Counter
from typing import Any

from courierqa.core.enums import RowResult
from courierqa.core.imports import ImportReport


def print_report(out: Any, report: ImportReport, *, dry_run: bool) -> None:
    """Print counts by result, then problems by code with the first row as an example."""
    if dry_run:
        out.write("Dry run: nothing was stored.")
    out.write(f"{report.rows} rows")
    for result in RowResult.values:
        out.write(f"  {result:<8} {report.counts[result]}")
    found = Counter((str(row.result), row.code) for row in report.problems)
    first = {(str(row.result), row.code): row for row in reversed(report.problems)}
    for (result, code), count in found.most_common():
        row = first[(result, code)]
        out.write(f"  {result} {code}: {count}, first in row {row.number}: {row.message}")
