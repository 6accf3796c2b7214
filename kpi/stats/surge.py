"""Is this more than usual? Two Poisson counts compared exactly, for rare events."""

from __future__ import annotations

import math

# Fewer events than this are no surge, whatever the arithmetic says.
LEAST = 3
LEVEL = 0.05


def surge_p(now: int, before: int, *, weight: float) -> float:
    """Return how likely at least `now` of all events would fall into the newer span by chance.

    `weight` is the newer span's part of the whole exposure (time, or parcels). Given the sum of
    two Poisson counts, the newer one is binomial: exact, and the doubt about what is usual is
    already in it.
    """
    if now < 0 or before < 0 or not 0 < weight < 1:
        raise ValueError("counts are not negative, the weight lies between 0 and 1")
    return binomial_tail(now, now + before, weight)


def binomial_tail(hits: int, total: int, share: float) -> float:
    """Return P(X ≥ hits) for `total` trials; summed from the smaller side."""
    if hits <= 0:
        return 1.0
    upper = hits > total * share
    terms = range(hits, total + 1) if upper else range(hits)
    found = math.fsum(_mass(n, total, share) for n in terms)
    return min(1.0, found if upper else max(0.0, 1.0 - found))


def is_surge(p: float, *, now: int, looked_at: int) -> bool:
    """Say whether it is a signal among so many looked at together (Bonferroni)."""
    return now >= LEAST and p * max(1, looked_at) < LEVEL


def _mass(hits: int, total: int, share: float) -> float:
    ways = math.lgamma(total + 1) - math.lgamma(hits + 1) - math.lgamma(total - hits + 1)
    return math.exp(ways + hits * math.log(share) + (total - hits) * math.log1p(-share))
