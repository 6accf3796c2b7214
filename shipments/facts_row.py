"""The row of ParcelFacts as plain values, and which days a change of it moves."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

DAYS = (
    "accepted_day", "due_day", "hours_day", "total_day", "week_day", "attempt_day", "done_day",
    "pickup_day", "slot_day", "refused_day",
)  # fmt: skip
# What decides how a parcel under way is counted at the end of a day (T10).
OPEN_BY = ("site_id", "product_id", "due_day")


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
    pickup_at: datetime | None
    pickup_day: date | None
    pickup_kept: bool
    out_t08: bool
    slot_at: datetime | None
    slot_day: date | None
    slot_kept: bool
    refused_at: datetime | None
    refused_day: date | None
    whole_minutes: int | None
    origin_minutes: int | None
    transport_minutes: int | None
    station_minutes: int | None
    door_minutes: int | None
    needs_inspection: bool
    needs_identity: bool
    inspected: bool
    identified: bool
    checks_told: bool
    has_left: bool
    screened: bool
    has_flown: bool
    flown_screened: bool
    sort_site_id: int | None
    sorts: int
    missorts: int
    scans_expected: int
    scans_present: int
    returned: bool

    @property
    def sites(self) -> set[int]:
        """The sites in whose figures this row counts."""
        return {self.site_id, self.origin_id, self.sort_site_id or self.origin_id}

    def days_touched(self) -> set[tuple[date, int]]:
        """Return the (day, site) pairs whose figures read this row."""
        days = {getattr(self, name) for name in DAYS} - {None}
        return {(day, site) for day in days for site in self.sites}

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
    pairs = after.days_touched()
    new = after.days_open(today)
    if before is None:
        return pairs | {(day, after.site_id) for day in new}
    pairs |= before.days_touched()
    old = before.days_open(today)
    same = all(getattr(before, name) == getattr(after, name) for name in OPEN_BY)
    moved = old ^ new if same else old | new
    return pairs | {(day, site) for day in moved for site in (before.site_id, after.site_id)}
