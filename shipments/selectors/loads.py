"""What couriers loaded on a day and what became of each parcel: read from the scans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from courierqa.core import calendars
from shipments.models import ScanEvent

# What ends a stop: handed over, placed, tried, refused, brought back, turned round, gone.
OUTCOMES = ("DLV", "RDY", "ATT", "NAT", "RFS", "RTS", "LST", "DSP")
# Handed over, or placed with consent.
DONE = ("DLV", "RDY")
COLUMNS = ("uid", "parcel_id", "code", "reason", "detail", "effective_at", "person_id", "corrects")
# Scans of a round may be stored under the day before or after by the device's own clock.
SLACK = timedelta(days=1)


@dataclass(frozen=True)
class Outcome:
    """How one stop ended."""

    uid: UUID
    code: str
    reason: str
    detail: dict[str, Any]
    at: datetime


@dataclass
class Load:
    """One parcel taken out by one courier: when, and what became of it."""

    parcel_id: int
    loaded_at: datetime
    outcome: Outcome | None = None


def counts_of(loads: Collection[Load]) -> dict[str, int]:
    """Return how many parcels were loaded, came to their end and did not: one count everywhere."""
    ends = [load.outcome.code for load in loads if load.outcome]
    done = sum(code in DONE for code in ends)
    return {"loaded": len(loads), "done": done, "failed": len(ends) - done}


def loads_of(
    day: date, *, people: Collection[int] = (), sites: Collection[int] | None = None
) -> dict[int, dict[int, Load]]:
    """Return courier → parcel → load of one business day, of these people or these sites.

    Two queries however many couriers; scans declared wrong are left out.
    """
    start = calendars.day_start(day)
    out = ScanEvent.objects.filter(code="OFD", parcel_id__isnull=False, person_id__isnull=False)
    out = out.filter(happened_at__gte=start - SLACK, happened_at__lt=start + 2 * SLACK)
    out = out.filter(person_id__in=people) if people else out
    out = out.filter(site_id__in=sites) if sites is not None else out
    rows = list(out.values(*COLUMNS))
    mine = [r for r in rows if calendars.business_day(r["effective_at"]) == day]
    later = _later({r["parcel_id"] for r in mine}, start - SLACK)
    wrong = {r["corrects"] for r in later if r["code"] == "VOI"}
    found: dict[int, dict[int, Load]] = defaultdict(dict)
    for row in sorted(mine, key=lambda r: r["effective_at"], reverse=True):
        if row["uid"] not in wrong:
            load = Load(row["parcel_id"], row["effective_at"])
            found[row["person_id"]][row["parcel_id"]] = load
    ends = _by_parcel(later, wrong)
    for taken in found.values():
        for load in taken.values():
            load.outcome = _end(load, ends.get(load.parcel_id, []))
    return dict(found)


def _later(parcel_ids: set[int], since: datetime) -> list[dict[str, Any]]:
    """Return the scans that may end these parcels' stops, or take one back."""
    if not parcel_ids:
        return []
    codes = Q(code__in=(*OUTCOMES, "OFD", "VOI"))
    rows = ScanEvent.objects.filter(codes, parcel_id__in=parcel_ids, happened_at__gte=since)
    return list(rows.order_by("effective_at", "pk").values(*COLUMNS))


def _by_parcel(rows: list[dict[str, Any]], wrong: set[Any]) -> dict[int, list[dict[str, Any]]]:
    found = defaultdict(list)
    for row in rows:
        if row["code"] != "VOI" and row["uid"] not in wrong:
            found[row["parcel_id"]].append(row)
    return found


def _end(load: Load, rows: list[dict[str, Any]]) -> Outcome | None:
    """Return the last outcome before the parcel went out on another day."""
    last = None
    for row in rows:
        at = row["effective_at"]
        if row["code"] == "OFD":
            if at > load.loaded_at and _day(at) != _day(load.loaded_at):
                break
        elif at >= load.loaded_at:
            last = Outcome(row["uid"], row["code"], row["reason"], row["detail"] or {}, at)
    return last


def _day(at: datetime) -> date:
    return calendars.business_day(at)
