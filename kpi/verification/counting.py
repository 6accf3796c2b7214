"""Judged parcels and raw cases to counts per metric, day, site and product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd

from courierqa.core import calendars
from courierqa.core.timeframes import Period
from kpi.verification import desk, judging, reading, times

Key = tuple[str, date, int, int]
COUNTS = ("hits", "total", "pending", "excluded")
# Figures whose denominator are the parcels accepted in the same period.
PER_PARCELS = ("C01", "C02", "C11", "C12")
# The same, but per parcels accepted by the site itself.
PER_ACCEPTED = ("A05",)


@dataclass
class Recount:
    """Counts per cell, and which record fell how into each."""

    cells: dict[Key, dict[str, int]] = field(default_factory=dict)
    records: dict[Key, dict[Any, str]] = field(default_factory=dict)
    times: times.Times = field(default_factory=times.Times)

    def add(self, key: Key, record: Any, fell: str) -> None:
        """Count one record: hit, miss, pending or excluded."""
        cell = self.cells.setdefault(key, dict.fromkeys(COUNTS, 0))
        self.records.setdefault(key, {})[record] = fell
        if fell in ("hit", "miss"):
            cell["total"] += 1
            cell["hits"] += fell == "hit"
        else:
            cell[fell] += 1

    def add_sum(self, key: Key, record: Any, hits: int, total: int) -> None:
        """Count one record of a figure that adds up numbers of it."""
        cell = self.cells.setdefault(key, dict.fromkeys(COUNTS, 0))
        self.records.setdefault(key, {})[record] = f"{hits} / {total}"
        cell["hits"] += hits
        cell["total"] += total

    def add_case(self, key: Key, record: Any, fell: str) -> None:
        """Count one case; where parcels divide, it stands in the numerator alone."""
        if key[0] not in PER_PARCELS + PER_ACCEPTED:
            return self.add(key, record, fell)
        cell = self.cells.setdefault(key, dict.fromkeys(COUNTS, 0))
        self.records.setdefault(key, {})[record] = fell
        if fell != "miss":
            cell["hits" if fell == "hit" else fell] += 1
        return None


def recount(period: Period, *, as_of: datetime) -> Recount:
    """Recount a period from what was stored raw."""
    found = Recount()
    for ids in reading.touching(period):
        judged = judging.judge(reading.read(ids))
        _parcels(judged, period, as_of, found)
    for metric, row, day, fell in desk.falls(period, as_of=as_of):
        found.add_case((metric, day, *row.place), row.pk, fell)
    times.cases(period, found.times)
    return found


def _parcels(judged: Any, period: Period, as_of: datetime, found: Recount) -> None:
    """Every parcel accepted into the network, but test items (B25) and ways back (B12)."""
    is_counted = ~judged["is_test"] & judged["parent_id"].isna()
    real = judged[judged["accepted_at"].notna() & is_counted]
    whole = (~(real["lost"] | real["damaged"] | real["short"])).rename("whole")
    never = real["is_test"]
    # Once declared lost is late for ever (B14).
    kept = ~real["ever_lost"]
    on_time = (real["done_at"] <= real["due_at"]) & kept
    tried = real["attempt_at"] <= real["due_at"]
    plan = [
        ("T01", "due_at", on_time, real["out_promise"]),
        ("T02", "due_at", tried, real["recalled_promise"]),
        ("T03", "h72_at", (real["done_at"] <= real["h72_at"]) & kept, real["out_h72"]),
        ("T04", "h24_at", (real["done_at"] <= real["h24_at"]) & kept, real["out_h24"]),
        ("T11", "claim_at", ~(real["done_at"] <= real["claim_at"]), real["out_claim"]),
        ("D01", "attempt_at", real["attempt_done"], ~real["attempts_told"]),
        ("D02", "week_at", real["done_at"] <= real["week_at"], never),
        ("S01", "due_at", whole, never),
        ("S02", "accepted_at", real["lost"], never),
        ("S03", "accepted_at", real["damaged"], never),
        ("S04", "accepted_at", real["short"], never),
    ]
    for metric, moment, hit, out in plan:
        for row in _fallen(real, moment, hit, out, period, as_of):
            found.add((metric, row.day, int(row.site_id), int(row.product_id)), row.id, row.fell)
    for row in _fallen(real, "accepted_at", never, never, period, as_of):
        if row.fell == "miss":
            for metric in PER_PARCELS:
                _divide(found, (metric, row.day, int(row.site_id), int(row.product_id)))
    _appointments(judged[is_counted], real, period, as_of, found)
    _acceptance(judged[is_counted], real, period, as_of, found)
    _sums(real, period, as_of, found)
    _under_way(real, period, as_of, found)
    times.parcels(real, period, found.times)


def _appointments(
    everybody: Any, real: Any, period: Period, as_of: datetime, found: Recount
) -> None:
    for metric, rows, site in (("T08", everybody, "origin_id"), ("T09", real, "site_id")):
        name = "pickup" if metric == "T08" else "slot"
        out = rows["pickup_off"] if metric == "T08" else rows["is_test"]
        for row in _fallen(rows, f"{name}_at", rows[f"{name}_kept"], out, period, as_of, site):
            found.add((metric, row.day, int(row.site_id), int(row.product_id)), row.id, row.fell)


def _acceptance(everybody: Any, real: Any, period: Period, as_of: datetime, found: Recount) -> None:
    """Acceptance safety, at the site that took the parcel in."""
    mute = ~real["told_checks"]
    never = real["is_test"]
    plan = [
        ("A01", real["needs_look"], real["looked"], mute),
        ("A02", real["needs_name"], real["named"], mute),
        ("A03", real["left"], real["screened"], mute),
        ("A04", real["flown"], real["flown_ok"], never),
    ]
    for metric, who, hit, out in plan:
        for row in _fallen(real[who], "accepted_at", hit, out, period, as_of, "origin_id"):
            found.add((metric, row.day, int(row.site_id), int(row.product_id)), row.id, row.fell)
    all_of = everybody["is_test"] | True
    for row in _fallen(everybody, "refused_at", all_of, ~all_of, period, as_of, "origin_id"):
        found.add_case(("A05", row.day, int(row.site_id), int(row.product_id)), row.id, row.fell)
    for row in _fallen(real, "accepted_at", never, never, period, as_of, "origin_id"):
        if row.fell == "miss":
            _divide(found, ("A05", row.day, int(row.site_id), int(row.product_id)))


def _sums(real: Any, period: Period, as_of: datetime, found: Recount) -> None:
    """Figures that add numbers of each parcel up: scans of the trace, sorts."""
    never = real["is_test"]
    sorted_ones = real[(real["sorted"] > 0) | (real["astray"] > 0)]
    plan = [
        ("S05", "due_at", real, "found", "wanted", "site_id"),
        ("D10", "accepted_at", sorted_ones, "astray", "sorted", "sort_site"),
    ]
    for metric, moment, rows, above, below, site in plan:
        more = (above, below)
        for row in _fallen(rows, moment, never, never, period, as_of, site, more):
            key = (metric, row.day, int(row.site_id), int(row.product_id))
            if row.fell == "pending":
                found.add(key, row.id, row.fell)
            else:
                found.add_sum(key, row.id, int(getattr(row, above)), int(getattr(row, below)))


def _under_way(real: Any, period: Period, as_of: datetime, found: Recount) -> None:
    """At the end of every ended day: accepted before it, and not ended by then (T10)."""
    day = period.start_day
    while day < min(period.end_day, calendars.business_day(as_of)):
        midnight = pd.Timestamp(calendars.day_start(day + timedelta(days=1)))
        here = real[(real["accepted_at"] < midnight) & ~(real["ended_at"] < midnight)]
        late = here["due_at"] < midnight
        for row in here.assign(late=late).itertuples(index=False):
            key = ("T10", day, int(row.site_id), int(row.product_id))
            found.add(key, row.id, "hit" if row.late else "miss")
        day += timedelta(days=1)


def _fallen(
    real: Any,
    moment: str,
    hit: Any,
    out: Any,
    period: Period,
    as_of: datetime,
    site: str = "site_id",
    more: tuple[str, ...] = (),
) -> Iterator[Any]:
    """Yield each parcel of the period with how it fell, at the site answerable for it."""
    real = real[real[moment].notna()]
    if real.empty:
        return iter(())
    day = real[moment].dt.tz_convert(calendars.zone()).dt.date
    mine = (day >= period.start_day) & (day < period.end_day)
    chosen = real.loc[mine, ["id", "product_id", *more]]
    chosen = chosen.assign(day=day[mine], site_id=real.loc[mine, site])
    later = real.loc[mine, moment] > as_of
    left, good = out[chosen.index], hit[chosen.index]
    chosen["fell"] = "miss"
    chosen.loc[good, "fell"] = "hit"
    chosen.loc[left, "fell"] = "excluded"
    chosen.loc[later, "fell"] = "pending"
    chosen.loc[later & left, "fell"] = ""
    return chosen[chosen["fell"] != ""].itertuples(index=False)


def _divide(found: Recount, key: Key) -> None:
    """Count a parcel in the denominator of a rate per parcels."""
    cell = found.cells.setdefault(key, dict.fromkeys(COUNTS, 0))
    cell["total"] += 1
