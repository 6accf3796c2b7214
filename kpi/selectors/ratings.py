"""Customers' ratings of a period, for what a reader may see."""

from __future__ import annotations

from complaints import selectors as complaints
from courierqa.core.timeframes import Period
from kpi.selectors.scope import EVERYTHING, Scope


def ratings(period: Period, *, scope: Scope = EVERYTHING) -> complaints.Compared:
    """Return the answers of the period, on time against late.

    Ratings are few beside parcels and are counted when asked for; they have no cells.
    """
    return complaints.compared(
        period.start_at, period.end_at, sites=scope.sites, product=scope.product
    )
