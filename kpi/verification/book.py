"""The second book: counts per cell, and which record fell how into each."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kpi.verification import times
from kpi.verification.excused import Excused
from kpi.verification.fallen import Fallen

Key = tuple[str, date, int, int]
Counts = dict[str, int]
COUNTS = ("hits", "total", "pending", "excluded", "exempt_hits", "exempt_total")
# Figures whose denominator are the parcels accepted in the same period.
PER_PARCELS = ("C01", "C02", "C11", "C12", "E01", "A06", "P01", "F07")
# Figures whose denominator are the deliveries of the same period.
PER_DELIVERIES = ("D08", "D09")
# Figures whose denominator are the courier-months that ended in the period.
PER_COURIERS = ("H08",)
# Figures that add up fen or points.
SUMMED = ("P04", "V01", "V03", "H05")
# Figures whose records weigh more than one: a month of records is destroyed as a whole.
WEIGHED = ("X01",)
# Figures whose denominator are the fees of parcels accepted in the same period.
PER_FEES = ("P04",)
# The same, but per parcels accepted by the site itself.
PER_ACCEPTED = ("A05",)


@dataclass
class Recount:
    """Counts per cell, and which record fell how into each."""

    cells: dict[Key, dict[str, int]] = field(default_factory=dict)
    records: dict[Key, dict[Any, str]] = field(default_factory=dict)
    times: times.Times = field(default_factory=times.Times)
    # Which records of a cell an approved exemption covers (B17).
    exempt: set[tuple[Key, Any]] = field(default_factory=set)
    excused: Excused = field(default_factory=Excused)

    def add(self, key: Key, record: Any, fell: str, *, is_exempt: bool = False) -> None:
        """Count one record: hit, miss, pending or excluded."""
        cell = self.cells.setdefault(key, dict.fromkeys(COUNTS, 0))
        self.records.setdefault(key, {})[record] = fell
        if fell in ("hit", "miss"):
            cell["total"] += 1
            cell["hits"] += fell == "hit"
            if is_exempt:
                self.exempt.add((key, record))
                cell["exempt_total"] += 1
                cell["exempt_hits"] += fell == "hit"
        else:
            cell[fell] += 1

    def add_parcel(self, metric: str, row: Any) -> None:
        """Count one parcel that fell into a figure at its site."""
        key = (metric, row.day, int(row.site_id), int(row.product_id))
        exempt = self.excused.holds(metric, row.moment, int(row.site_id), int(row.origin_id))
        self.add(key, row.id, row.fell, is_exempt=exempt)

    def told(self, key: Key) -> dict[Any, str]:
        """Return how each record fell into a cell, the exempt ones marked."""
        return {
            record: f"{fell} exempt" if (key, record) in self.exempt else fell
            for record, fell in self.records.get(key, {}).items()
        }

    def add_sum(self, key: Key, record: Any, hits: int, total: int) -> None:
        """Count one record of a figure that adds up numbers of it."""
        cell = self.cells.setdefault(key, dict.fromkeys(COUNTS, 0))
        # Few pairs of numbers, told of very many records: one text for each.
        self.records.setdefault(key, {})[record] = sys.intern(f"{hits} / {total}")
        cell["hits"] += hits
        cell["total"] += total

    def add_fallen(self, one: Fallen, *, day: date, fell: str) -> None:
        """Count one record of any other kind; what only divides has no record of its own."""
        key = (one.metric, day, *one.place)
        if one.metric == "deliveries":
            if fell == "hit":
                for metric in PER_DELIVERIES:
                    divide(self, (metric, day, *one.place))
        elif one.metric in WEIGHED and fell in ("hit", "miss"):
            self.add_sum(key, one.record, one.amount if fell == "hit" else 0, one.amount)
        elif one.metric == "courier_months":
            if fell == "hit":
                for metric in PER_COURIERS:
                    divide(self, (metric, day, *one.place))
        elif one.metric in SUMMED and fell == "hit":
            self.add_sum(key, one.record, one.amount, 1)
            if one.metric in PER_FEES:
                # Fees divide, not records.
                self.cells[key]["total"] -= 1
        elif one.metric in (*PER_PARCELS, *PER_DELIVERIES, *PER_FEES, *PER_COURIERS):
            self._above(key, one.record, fell)
        else:
            exempt = self.excused.holds(one.metric, one.moment, one.place[0])
            self.add(key, one.record, fell, is_exempt=exempt)

    def add_case(self, key: Key, record: Any, fell: str) -> None:
        """Count one case; where parcels divide, it stands in the numerator alone."""
        if key[0] not in PER_PARCELS + PER_ACCEPTED:
            return self.add(key, record, fell)
        return self._above(key, record, fell)

    def _above(self, key: Key, record: Any, fell: str) -> None:
        """Count a record in the numerator alone."""
        cell = self.cells.setdefault(key, dict.fromkeys(COUNTS, 0))
        self.records.setdefault(key, {})[record] = fell
        if fell != "miss":
            cell["hits" if fell == "hit" else fell] += 1


def divide(found: Recount, key: Key) -> None:
    """Count a parcel in the denominator of a rate per parcels."""
    cell = found.cells.setdefault(key, dict.fromkeys(COUNTS, 0))
    cell["total"] += 1
