"""Funnel plots: sites differ in volume, so each is judged by the limits of its own volume."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kpi.stats.intervals import Z95

# Two-sided 99.8 %: with this line one site in 500 lies outside by chance alone.
Z998 = 3.090232


@dataclass(frozen=True)
class FunnelPlace:
    """Where a site lies: inside, above or below the limits of its volume."""

    share: float
    low: float
    high: float

    @property
    def side(self) -> str:
        """Return "H" above the limits, "L" below them, "" inside."""
        if self.share > self.high:
            return "H"
        return "L" if self.share < self.low else ""


def funnel_limits(centre: float, total: int, *, z: float = Z998) -> tuple[float, float]:
    """Return the limits of a share for this volume around the company's share."""
    half = z * math.sqrt(centre * (1 - centre) / total)
    return max(0.0, centre - half), min(1.0, centre + half)


def funnel(hits: int, total: int, centre: float, *, z: float = Z998) -> FunnelPlace | None:
    """Place one site in the funnel, or None when it has no volume."""
    if total <= 0:
        return None
    low, high = funnel_limits(centre, total, z=z)
    return FunnelPlace(hits / total, low, high)


def warning_limits(centre: float, total: int) -> tuple[float, float]:
    """Return the inner, 95 % limits of the funnel."""
    return funnel_limits(centre, total, z=Z95)
