"""Exceptions judged from their rows and histories a second time (E01 to E04, D09, A06)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from courierqa.core import calendars
from courierqa.core.models import StatusChange
from courierqa.core.timeframes import Period
from kpi.verification.fallen import Fallen, said, within
from shipments.models import ParcelException

COLUMNS = (
    "pk", "parcel_id", "kind", "site_id", "opened_at", "found_at", "reported_at", "told_at",
    "closed_at", "solve_by", "notice_by", "called_at", "proved_wrong", "parcel__product_id",
    "parcel__is_test", "parcel__parent_id", "parcel__accepted_at",
)  # fmt: skip
MOMENTS = ("opened_at", "found_at", "solve_by", "notice_by")
FORESEEN = {"at_risk", "announced"}
WEEK, HOUR = timedelta(days=7), timedelta(hours=1)


def falls(period: Period) -> Iterator[Fallen]:
    """Yield how the exceptions of parcels touched by the period fall into every figure."""
    closings = _closings()
    first: set[tuple[str, int]] = set()
    touched = ParcelException.objects.filter(within(period, *MOMENTS)).values("parcel_id")
    rows = ParcelException.objects.filter(parcel__is_test=False, parcel_id__in=touched)
    rows = rows.exclude(kind__in=FORESEEN)
    for row in rows.order_by("opened_at", "pk").values(*COLUMNS).iterator(chunk_size=2000):
        yield from _own(row, closings.get(row["pk"], []))
        if row["parcel__parent_id"] is None:
            yield from _firsts(row, first)


def _own(row: dict[str, Any], steps: list[tuple[str, datetime]]) -> Iterator[Fallen]:
    if row["solve_by"]:
        ended = _ended(row["closed_at"], steps)
        yield _fall("E02", row, row["solve_by"], said(ended and ended <= row["solve_by"]))
    if row["notice_by"]:
        told, called = row["told_at"], row["called_at"]
        good = told and told <= row["notice_by"] and not (called and called < told)
        yield _fall("E03", row, row["notice_by"], said(good))
    if row["reported_at"]:
        found = row["found_at"] or row["opened_at"]
        yield _fall("E04", row, found, said(row["reported_at"] <= found + HOUR))


def _firsts(row: dict[str, Any], first: set[tuple[str, int]]) -> Iterator[Fallen]:
    """Count a parcel once: for anything, for a wrong person, for dangerous goods taken in."""
    taken = row["parcel__accepted_at"]
    wanted = ["E01"]
    false = row["proved_wrong"]
    wanted += ["D09"] if row["kind"] == "misdelivered" and not false else []
    leaked = row["kind"] == "dangerous" and taken and row["opened_at"] >= taken
    wanted += ["A06"] if leaked else []
    for metric in wanted:
        if (metric, row["parcel_id"]) not in first:
            first.add((metric, row["parcel_id"]))
            yield _fall(metric, row, row["opened_at"], "hit")


def _fall(metric: str, row: dict[str, Any], moment: datetime, fell: str) -> Fallen:
    return Fallen(metric, row["pk"], (row["site_id"], row["parcel__product_id"]), moment, fell)


def _closings() -> dict[int, list[tuple[str, datetime]]]:
    found: dict[int, list[tuple[str, datetime]]] = defaultdict(list)
    steps = StatusChange.objects.filter(
        object_type="shipments.parcelexception", verb__in=["solve", "reopen"]
    )
    for pk, verb, at in steps.order_by("id").values_list("object_id", "verb", "at"):
        found[int(pk)].append((verb, at))
    return found


def _ended(closed_at: datetime | None, steps: list[tuple[str, datetime]]) -> datetime | None:
    """Return when it was over for good: nobody opened it again within a week."""
    reopened = [at for verb, at in steps if verb == "reopen"]
    if not reopened:
        return closed_at
    for place, (verb, at) in enumerate(steps):
        back = next((when for what, when in steps[place + 1 :] if what == "reopen"), None)
        if verb == "solve" and (back is None or back > at + WEEK):
            return at
    return closed_at


def two_hours_of_day(at: datetime) -> datetime:
    """Return two hours after `at` on a clock that stands still from 20:00 to 08:00."""
    local = at.astimezone(calendars.zone())
    if local.time() >= time(20):
        local = datetime.combine(local.date() + timedelta(days=1), time(8), local.tzinfo)
    elif local.time() < time(8):
        local = datetime.combine(local.date(), time(8), local.tzinfo)
    shut = datetime.combine(local.date(), time(20), local.tzinfo)
    over = local + 2 * HOUR - shut
    if over <= timedelta():
        return local + 2 * HOUR
    return datetime.combine(local.date() + timedelta(days=1), time(8), local.tzinfo) + over
