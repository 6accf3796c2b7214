"""The improvement loop judged from its records a second time (I04 to I06)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from courierqa.core import calendars
from kpi.verification.fallen import Fallen, said
from quality.models import Action, Cause, EffectCheck, Nonconformity

HALF_YEAR = timedelta(days=180)
COLUMNS = ("pk", "site_id", "cause_id", "status", "found_at", "closed_at")


def falls() -> Iterator[Fallen]:
    """Yield how measures, effect checks and closed nonconformities fall."""
    yield from _measures()
    yield from _checks()
    yield from _closed()


def _measures() -> Iterator[Fallen]:
    rows = Action.objects.exclude(ordered_at=None).exclude(nonconformity__status="void")
    names = ("pk", "first_due_on", "done_on", "status", "nonconformity__site_id")
    for pk, due, done, status, site in rows.values_list(*names):
        good = status == "done" and done is not None and done <= due
        yield Fallen("I04", pk, (site or 0, 0), _midnight(due), said(good))


def _checks() -> Iterator[Fallen]:
    approved = set(
        Action.objects.exclude(ordered_at=None).values_list("nonconformity_id", "round").distinct()
    )
    rows = EffectCheck.objects.exclude(nonconformity__status="void")
    names = ("pk", "nonconformity_id", "round", "first_due_on", "result", "nonconformity__site_id")
    for pk, parent, turn, due, result, site in rows.values_list(*names):
        if (parent, turn) in approved:
            yield Fallen("I05", pk, (site or 0, 0), _midnight(due), said(result == "effective"))


def _closed() -> Iterator[Fallen]:
    """Search everything found later for the same cause at the same place."""
    merged: dict[int, int | None] = dict(Cause.objects.values_list("pk", "merged_into_id"))
    rows = [
        {**row, "cause": _standing(row["cause_id"], merged)}
        for row in Nonconformity.objects.exclude(status="void").values(*COLUMNS)
    ]
    for row in rows:
        closed = row["closed_at"]
        if closed is not None:
            again = any(_returns(row, other) for other in rows)
            place = (row["site_id"] or 0, 0)
            yield Fallen("I06", row["pk"], place, closed + HALF_YEAR, said(again))


def _standing(cause: int | None, merged: Mapping[int, int | None]) -> int | None:
    while cause is not None and merged.get(cause) is not None:
        cause = merged[cause]
    return cause


def _returns(row: dict[str, Any], other: dict[str, Any]) -> bool:
    same = row["cause"] is not None and row["cause"] == other["cause"]
    here = row["site_id"] == other["site_id"] and row["pk"] != other["pk"]
    return same and here and row["closed_at"] < other["found_at"] <= row["closed_at"] + HALF_YEAR


def _midnight(day: date) -> datetime:
    return calendars.day_start(day + timedelta(days=1)) - timedelta(microseconds=1)
