"""Approved exemptions read a second time: who is excused by place and moment (B17).

A row is excused while an approved, not revoked record holds the moment that decides it and the
place: where it is served, where it came from, or both ends of a lane.
"""

from __future__ import annotations

from typing import Any

from shipments.models import Exemption

# Figures that stand raw and adjusted: every on-time share, first attempts, consent, whole orders.
EXCUSABLE = frozenset(
    {"T01", "T02", "T03", "T04", "T08", "T09", "T11", "D01", "D02", "D05", "S07"}
)  # fmt: skip


class Excused:
    """The approved records, each with the ids of its places."""

    def __init__(self) -> None:
        self.records = [
            (
                row.starts_at, row.ends_at, row.reach == "network",
                set(row.sites.values_list("id", flat=True)),
                list(row.lanes.values_list("origin", "destination")),
            )
            for row in Exemption.objects.filter(status="approved")
        ]  # fmt: skip

    def holds(self, metric: str, moment: Any, site: Any, origin: Any = None) -> bool:
        """Say whether some record excuses a row of this figure."""
        if metric not in EXCUSABLE:
            return False
        for begin, end, everywhere, sites, lanes in self.records:
            if moment < begin or moment > end:
                continue
            if everywhere or site in sites or (origin is not None and origin in sites):
                return True
            if any(one == origin and other == site for one, other in lanes):
                return True
        return False
