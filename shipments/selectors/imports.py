"""What the import pages show about a run: its columns, its repairs, the months it touched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Max, Min

from courierqa.core import calendars
from courierqa.core.errors import DomainError
from courierqa.core.imports import Column, heads_of, problem_groups
from courierqa.core.imports.kinds import kinds
from courierqa.core.models import ImportRun
from shipments.models import ImportTrace, Parcel
from staff.models import Site

MOST_MONTHS = 3


def columns_of(run: ImportRun) -> list[dict[str, Any]]:
    """Return each column we know with the file's column chosen for it."""
    kind = kinds().get(run.kind)
    known: Sequence[Column] = kind.columns_of(run.mapping) if kind else ()
    return [{"column": c, "head": run.columns.get(c.name, "")} for c in known]


def unused_columns(run: ImportRun) -> list[str]:
    """Return the file's columns that nothing of this template takes: they will not be stored."""
    kind = kinds().get(run.kind)
    known: Sequence[Column] = kind.columns_of(run.mapping) if kind else ()
    if not known or not run.file or run.file_name.lower().endswith(".zip"):
        return []
    try:
        with run.file.open("rb") as file:
            heads, _samples = heads_of(file, filename=run.file_name)
    except (DomainError, OSError):
        # The run itself says what is wrong with its file.
        return []
    own = {column.name for column in known} - run.columns.keys()
    return [head for head in heads if head and head not in own | set(run.columns.values())]


def groups_of(run: ImportRun) -> list[dict[str, Any]]:
    """Return problems by repair; where one decision mends all rows, with a likely answer."""
    groups = problem_groups(run)
    if any(group["value"] for group in groups):
        codes = list(Site.objects.order_by("code").values_list("code", flat=True))
        for group in groups:
            group["sites"] = codes if group["value"] else []
            group["likely"] = likely_site(group["value"], codes) if group["value"] else ""
    return groups


def likely_site(value: str, codes: Iterable[str]) -> str:
    """Return the site whose code differs only in marks, case and leading zeros, if it is one."""
    found = [code for code in codes if _bare(code) == _bare(value)]
    return found[0] if len(found) == 1 else ""


def _bare(code: str) -> str:
    return re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r"[^A-Z0-9]", "", code.upper()))


def months_of(run: ImportRun) -> list[str]:
    """Return the newest months in which parcels of the run were accepted, for the figures."""
    parcels = ImportTrace.objects.filter(run_id=run.pk).values("parcel_id")
    span = Parcel.objects.filter(pk__in=parcels).aggregate(
        first=Min("accepted_at"), last=Max("accepted_at")
    )
    if span["last"] is None:
        return []
    first, last = (calendars.business_day(span[name]) for name in ("first", "last"))
    months: list[str] = []
    year, month = last.year, last.month
    while (year, month) >= (first.year, first.month) and len(months) < MOST_MONTHS:
        months.append(f"{year}-{month:02}")
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return months
