"""Counting why: late parcels by the first link that overran, complaints by their reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, F

from kpi.enums import CauseKind, Outcome
from kpi.metrics import METRICS
from kpi.rollups.counting import known
from kpi.rollups.slices import Slice


def count_causes(part: Slice, *, at: datetime) -> Iterator[dict[str, Any]]:
    """Yield one row per kind, day, site and cause with its number of records."""
    yield from _late(part, at)
    yield from _complaints(part)


def _late(part: Slice, at: datetime) -> Iterator[dict[str, Any]]:
    """Late parcels; the leg is empty while no link has been found."""
    metric = METRICS["T01"]
    rows = metric.tally.table.objects.filter(  # type: ignore[attr-defined]
        part.where("due_day", "site_id"), metric.records(Outcome.FAILED, at)
    )
    names = {"day": "due_day", "cause": "cause_leg", "cause_site": "cause_site_id"}
    yield from _rows(rows, CauseKind.LATE, names)


def _complaints(part: Slice) -> Iterator[dict[str, Any]]:
    tally = METRICS["C01"].tally
    rows = tally.table.objects.annotate(cell_site=known("site_id"))  # type: ignore[attr-defined]
    rows = rows.filter(part.where("received_day", "cell_site"), tally.population)
    names = {"day": "received_day", "cause": "reason_code", "cause_site": "site_id"}
    yield from _rows(rows, CauseKind.COMPLAINT, names)


def _rows(rows: Any, kind: str, names: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Group by day, serving site, cause and the site where the cause lies."""
    grouped = rows.values(
        cell_day=F(names["day"]),
        cell_at=known("site_id"),
        cell_cause=F(names["cause"]),
        cell_cause_site=known(names["cause_site"]),
    ).order_by("cell_day", "cell_at", "cell_cause", "cell_cause_site")
    for row in grouped.annotate(number=Count("pk")):
        yield {
            "kind": kind,
            "day": row["cell_day"],
            "site_id": row["cell_at"],
            "cause": row["cell_cause"],
            "cause_site_id": row["cell_cause_site"],
            "records": row["number"],
        }
