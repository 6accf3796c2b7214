"""Judged parcels and raw cases to counts per metric, day, site and product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from courierqa.core import calendars
from courierqa.core.timeframes import Period
from kpi.verification import desk, judging, reading

Key = tuple[str, date, int, int]
Counts = dict[str, int]
COUNTS = ("hits", "total", "pending", "excluded")
# Figures whose denominator are the parcels accepted in the same period.
PER_PARCELS = ("C01", "C02", "C11", "C12")


@dataclass
class Recount:
    """Counts per cell, and which record fell how into each."""

    cells: dict[Key, dict[str, int]] = field(default_factory=dict)
    records: dict[Key, dict[Any, str]] = field(default_factory=dict)

    def add(self, key: Key, record: Any, fell: str) -> None:
        """Count one record: hit, miss, pending or excluded."""
        cell = self.cells.setdefault(key, dict.fromkeys(COUNTS, 0))
        self.records.setdefault(key, {})[record] = fell
        if fell in ("hit", "miss"):
            cell["total"] += 1
            cell["hits"] += fell == "hit"
        else:
            cell[fell] += 1

    def add_case(self, key: Key, record: Any, fell: str) -> None:
        """Count one case; where parcels divide, it stands in the numerator alone."""
        if key[0] not in PER_PARCELS:
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


def _fallen(
    real: Any, moment: str, hit: Any, out: Any, period: Period, as_of: datetime
) -> Iterator[Any]:
    """Yield each parcel of the period with how it fell."""
    real = real[real[moment].notna()]
    if real.empty:
        return iter(())
    day = real[moment].dt.tz_convert(calendars.zone()).dt.date
    mine = (day >= period.start_day) & (day < period.end_day)
    chosen = real.loc[mine, ["id", "site_id", "product_id"]].assign(day=day[mine])
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
