"""What stands beside the scans uploaded in time: much too late, clocks ahead, corrections."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, Sum

from courierqa.core.timeframes import Period
from kpi.selectors.scope import EVERYTHING, Scope
from shipments.models import ScanCount

NAMES = ("scans", "over_day", "ahead", "corrections")


@dataclass(frozen=True)
class Uploads:
    """The scans of a period, and how many of them could not be trusted at once.

    `scans` are those whose clock told a time; `ahead` are others.
    """

    scans: int
    over_day: int
    ahead: int
    corrections: int

    @property
    def all(self) -> int:
        """Return every scan, with those of clocks ahead."""
        return self.scans + self.ahead

    @property
    def over_day_share(self) -> float | None:
        return self.over_day / self.scans if self.scans else None

    @property
    def ahead_share(self) -> float | None:
        return self.ahead / self.all if self.all else None

    @property
    def corrections_share(self) -> float | None:
        return self.corrections / self.all if self.all else None


def uploads_of(period: Period, *, scope: Scope = EVERYTHING) -> Uploads:
    """Return the counts of a period in a reader's scope (ANA-08)."""
    asked = {
        "site_id__in": scope.sites, "product_id": scope.product, "courier_id": scope.courier,
    }  # fmt: skip
    mine = Q(**{name: value for name, value in asked.items() if value is not None})
    rows = ScanCount.objects.filter(mine, day__gte=period.start_day, day__lt=period.end_day)
    sums = rows.aggregate(**{name: Sum(name) for name in NAMES})
    return Uploads(**{name: sums[name] or 0 for name in NAMES})
