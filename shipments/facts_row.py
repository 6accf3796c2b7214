"""The row of ParcelFacts as plain values, and which days a change of it moves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

DAYS = (
    "accepted_day", "due_day", "hours_day", "total_day", "week_day", "attempt_day", "slot_day",
    "refused_day",
)  # fmt: skip
# Acceptance counts at the site that took the parcel in, too.
AT_ORIGIN = frozenset({"accepted_day", "refused_day"})
# What no figure reads, and what only those by the promise do: most scans change nothing else.
SILENT = frozenset({"state", "made_by", "done_day", "due_defaulted", "stuck_day", "stopped_day"})
BY_PROMISE = frozenset(
    {"scans_expected", "scans_present", "cause_site_id", "cause_courier_id", "cause_leg"}
)
# What decides how a parcel under way is counted at the end of a day (T10).
OPEN_BY = frozenset({"site_id", "product_id", "due_day"})


class FactsRow(NamedTuple):
    """The columns of ParcelFacts in the order of the model, cheap to make and to compare."""

    parcel_id: int
    waybill: str
    product_id: int
    origin_id: int
    site_id: int
    courier_id: int | None
    cause_site_id: int | None
    cause_courier_id: int | None
    cause_leg: str
    same_city: bool
    state: str
    accepted_at: datetime | None
    accepted_day: date | None
    due_at: datetime | None
    due_day: date | None
    due_defaulted: bool
    hours_at: datetime | None
    hours_day: date | None
    total_at: datetime | None
    total_day: date | None
    week_at: datetime | None
    week_day: date | None
    outcome: str
    done_at: datetime | None
    done_day: date | None
    attempt_at: datetime | None
    attempt_day: date | None
    attempt_done: bool
    attempts_told: bool
    lost_at: datetime | None
    out_t01: bool
    out_t02: bool
    out_t03: bool
    out_t11: bool
    lost: bool
    damaged: bool
    short: bool
    exempt: bool
    marked: bool
    is_test: bool
    fee_fen: int
    made_by: int
    ended_at: datetime | None
    ended_day: date | None
    slot_at: datetime | None
    slot_day: date | None
    slot_kept: bool
    refused_at: datetime | None
    refused_day: date | None
    whole_minutes: int | None
    needs_inspection: bool
    needs_identity: bool
    inspected: bool
    identified: bool
    checks_told: bool
    scans_expected: int
    scans_present: int
    returned: bool
    stuck_day: date | None
    stopped_day: date | None

    def days_touched(self, names: Iterable[str] = DAYS) -> set[tuple[date, int]]:
        """Return the (day, site) pairs whose figures read this row by these days."""
        found: set[tuple[date, int]] = set()
        for name in names:
            day = getattr(self, name)
            if day is not None:
                found.add((day, self.site_id))
                if name in AT_ORIGIN:
                    found.add((day, self.origin_id))
        return found

    def days_open(self, today: date) -> set[date]:
        """Return the days before `today` at whose end the parcel was under way (T10)."""
        if self.accepted_day is None or self.is_test:
            return set()
        return days_between(self.accepted_day, self.ended_day or today, today)


COLUMNS = FactsRow._fields[1:]


def days_between(first: date, end: date, today: date) -> set[date]:
    """Return the days from `first` until before `end`, and before `today`."""
    number = (min(end, today) - first).days
    return {first + timedelta(days=one) for one in range(number)}


def days_changed(before: FactsRow | None, after: FactsRow, *, today: date) -> set[tuple[date, int]]:
    """Return the (day, site) pairs whose figures a change of a row moves.

    Beside the days it names, the days at whose end it is (or no longer is) counted as under way:
    those between the old and the new end, or all of them where its promise or place moved.
    """
    new = after.days_open(today)
    if before is None:
        return after.days_touched() | {(day, after.site_id) for day in new}
    altered = {
        name for name, old, now in zip(FactsRow._fields, before, after, strict=True) if old != now
    } - SILENT  # fmt: skip
    names = ("due_day",) if altered <= BY_PROMISE else DAYS
    pairs = before.days_touched(names) | after.days_touched(names) if altered else set()
    old = before.days_open(today)
    moved = (old | new if altered & OPEN_BY else old ^ new) | _waited(before, after, today)
    return pairs | {(day, site) for day in moved for site in (before.site_id, after.site_id)}


def _waited(before: FactsRow, after: FactsRow, today: date) -> set[date]:
    """Return the days at whose end it was stuck or stopped as far as known, and no longer is."""
    found: set[date] = set()
    for name in ("stuck_day", "stopped_day"):
        found |= _covered(before, name, today) ^ _covered(after, name, today)
    return found


def _covered(row: FactsRow, name: str, today: date) -> set[date]:
    first = getattr(row, name)
    return days_between(first, row.ended_day or today, today) if first else set()
