"""Judged parcels and raw cases to counts per metric, day, site and product."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from complaints.models import Case
from courierqa.core import calendars
from courierqa.core.timeframes import Period
from kpi.verification import judging, reading

Key = tuple[str, date, int, int]
COUNTS = ("hits", "total", "pending", "excluded")


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


def recount(period: Period, *, as_of: datetime) -> Recount:
    """Recount a period from what was stored raw."""
    found = Recount()
    for ids in reading.touching(period):
        judged = judging.judge(reading.read(ids))
        _parcels(judged, period, as_of, found)
    _complaints(period, as_of, found)
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
        ("D01", "attempt_at", real["attempt_done"], ~real["attempts_told"]),
        ("S01", "due_at", whole, never),
        ("S02", "accepted_at", real["lost"], never),
        ("S03", "accepted_at", real["damaged"], never),
    ]
    for metric, moment, hit, out in plan:
        for row in _fallen(real, moment, hit, out, period, as_of):
            found.add((metric, row.day, int(row.site_id), int(row.product_id)), row.id, row.fell)
    for row in _fallen(real, "accepted_at", never, never, period, as_of):
        if row.fell == "miss":
            _divide(found, (("C01", row.day, int(row.site_id), int(row.product_id))))


def _fallen(
    real: Any, moment: str, hit: Any, out: Any, period: Period, as_of: datetime
) -> Iterator[Any]:
    """Yield each parcel of the period with how it fell."""
    day = real[moment].dt.tz_convert(calendars.zone()).dt.date
    mine = real[moment].notna() & (day >= period.start_day) & (day < period.end_day)
    chosen = real.loc[mine, ["id", "site_id", "product_id"]].assign(day=day[mine])
    later, left, good = real.loc[mine, moment] > as_of, out[mine], hit[mine]
    chosen["fell"] = "miss"
    chosen.loc[good, "fell"] = "hit"
    chosen.loc[left, "fell"] = "excluded"
    chosen.loc[later, "fell"] = "pending"
    chosen.loc[later & left, "fell"] = ""
    return chosen[chosen["fell"] != ""].itertuples(index=False)


def _divide(found: Recount, key: Key) -> None:
    """Count a parcel in the denominator of the complaint rate."""
    cell = found.cells.setdefault(key, dict.fromkeys(COUNTS, 0))
    cell["total"] += 1


def _complaints(period: Period, as_of: datetime, found: Recount) -> None:
    rows = Case.objects.filter(kind="complaint").values(
        "pk", "site_id", "parcel__product_id", "received_at", "legal_due_at", "first_final_at",
        "first_told_at", "status", "closed_at", "repeat_of_id",
    )  # fmt: skip
    for row in rows.iterator(chunk_size=5000):
        place = (row["site_id"] or 0, row["parcel__product_id"] or 0)
        received = calendars.business_day(row["received_at"])
        if received in period and not row["repeat_of_id"]:
            key = ("C01", received, *place)
            cell = found.cells.setdefault(key, dict.fromkeys(COUNTS, 0))
            late = row["received_at"] > as_of
            cell["pending" if late else "hits"] += 1
            found.records.setdefault(key, {})[row["pk"]] = "pending" if late else "hit"
        due = calendars.business_day(row["legal_due_at"])
        if due in period and (fell := _settled(row, as_of)):
            found.add(("C03", due, *place), row["pk"], fell)


def _settled(row: Mapping[str, Any], as_of: datetime) -> str:
    """Answered and told by the legal limit; withdrawn before it or merged: not counted."""
    limit, ended = row["legal_due_at"], row["closed_at"]
    withdrawn = row["status"] == "withdrawn" and ended is not None and ended <= limit
    out = withdrawn or row["status"] == "merged"
    if limit > as_of:
        return "" if out else "pending"
    if out:
        return "excluded"
    answered, told = row["first_final_at"], row["first_told_at"]
    return "hit" if answered and told and max(answered, told) <= limit else "miss"
