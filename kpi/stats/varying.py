"""Control charts whose limits follow the volume: p′ for shares, u′ for rates (Laney).

A month of 200 parcels swings more than one of 20,000. Where the volume of the months differs, each
is judged by the limits of its own; where it does not, an XmR chart says the same with less.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from kpi.stats.charts import D2
from kpi.stats.rules import beyond, runs, some_of, trends
from kpi.stats.xmr import BASELINE, JUMP, RUN, TREND, Signal, XmR, xmr

# The largest month of the baseline and after against the smallest, from which limits follow n.
SWING = 1.5


def swings(totals: Sequence[int]) -> bool:
    """Say whether the volume of the months differs so much that one pair of limits misleads."""
    known = [total for total in totals if total]
    return len(known) > 1 and max(known) > SWING * min(known)


def control(
    hits: Sequence[int | None], totals: Sequence[int], *, factor: float, is_share: bool
) -> XmR:
    """Chart a figure over months by the rule above; a month without hits (None) is a gap.

    `factor` turns hits per item into what is shown (100 for percent, 10,000, a million). The
    first twelve months lock the limits. Points, mean and limits are in the shown unit.
    """
    points = [
        None if hit is None or not total else hit / total * factor
        for hit, total in zip(hits, totals, strict=True)
    ]
    counted = [total for point, total in zip(points, totals, strict=True) if point is not None]
    clip = (0.0, float(factor) if is_share else None)
    if not swings(counted):
        return xmr(points, clip=clip)
    return _varying(points, hits, totals, factor=factor, is_share=is_share)


def _varying(
    points: Sequence[float | None], hits: Sequence[int | None], totals: Sequence[int], *,
    factor: float, is_share: bool,
) -> XmR:  # fmt: skip
    places = [place for place, point in enumerate(points) if point is not None]
    base = places[:BASELINE]
    if len(base) < 2:
        return xmr(points)
    first = _limits(points, hits, totals, base, factor=factor, is_share=is_share)
    # A month beyond the limits of its own baseline had a cause of its own: it sets no limits.
    calm = [place for place in base if not first.is_outside(points, place)]
    limits = first
    if 2 <= len(calm) < len(base):
        limits = _limits(points, hits, totals, calm, factor=factor, is_share=is_share)
    last = places[-1]
    return XmR(
        points=tuple(points), mean=limits.mean, low=limits.lows[last], high=limits.highs[last],
        baseline=len(base), is_trial=len(base) < BASELINE,
        signals=_signals(points, limits.mean, limits.sigmas),
        lows=limits.lows, highs=limits.highs, method="p" if is_share else "u",
    )  # fmt: skip


@dataclass(frozen=True)
class _Limits:
    """Mean, sigma and limits of every point, from some months of the baseline."""

    mean: float
    sigmas: tuple[float | None, ...]
    lows: tuple[float | None, ...]
    highs: tuple[float | None, ...]

    def is_outside(self, points: Sequence[float | None], place: int) -> bool:
        point, low, high = points[place], self.lows[place], self.highs[place]
        if point is None or low is None or high is None:
            return False
        return beyond(point, low, -1) or beyond(point, high, 1)


def _limits(
    points: Sequence[float | None], hits: Sequence[int | None], totals: Sequence[int],
    base: Sequence[int], *, factor: float, is_share: bool,
) -> _Limits:  # fmt: skip
    share = sum(hits[place] or 0 for place in base) / sum(totals[place] for place in base)
    spread, mean = share * (1 - share) if is_share else share, share * factor
    plain = [
        math.sqrt(spread / total) * factor if total and point is not None else None
        for point, total in zip(points, totals, strict=True)
    ]
    wide = _sigma_z([_z(points[place], mean, plain[place]) for place in base])
    sigmas = tuple(None if one is None else one * wide for one in plain)
    top = float(factor) if is_share else math.inf
    return _Limits(
        mean,
        sigmas,
        tuple(None if one is None else max(0.0, mean - 3 * one) for one in sigmas),
        tuple(None if one is None else min(top, mean + 3 * one) for one in sigmas),
    )


def _z(point: float | None, mean: float, sigma: float | None) -> float:
    if point is None or not sigma:
        return 0.0
    return (point - mean) / sigma


def _sigma_z(z: Sequence[float]) -> float:
    """Return how much wider the months spread than chance alone; never less than chance.

    Jumps are left out of the mean range, as in an XmR chart: one bad month hides nothing.
    """
    ranges = [abs(after - before) for before, after in pairwise(z)]
    mean = sum(ranges) / len(ranges)
    kept = [one for one in ranges if one < JUMP * mean] or ranges
    kept_mean = sum(kept) / len(kept)
    kept = [one for one in kept if one < JUMP * kept_mean] or kept
    return max(1.0, sum(kept) / len(kept) / D2)


def _signals(
    points: Sequence[float | None], mean: float, sigmas: Sequence[float | None]
) -> tuple[Signal, ...]:
    """Apply the rules of the XmR chart to points measured in their own sigmas."""
    z = [
        None if point is None else _z(point, mean, sigma)
        for point, sigma in zip(points, sigmas, strict=True)
    ]
    found: set[Signal] = set()
    for side in (1, -1):
        kinds = {
            "outside": runs(z, 1, lambda v, s=side: beyond(v, 3 * s, s)),
            "run": runs(z, RUN, lambda v, s=side: beyond(v, 0, s)),
            "trend": trends(points, TREND, side),
            "outer": some_of(z, 2, 3, lambda v, s=side: beyond(v, 2 * s, s)),
        }
        for kind, places in kinds.items():
            found.update(Signal(place, kind, side) for place in places)
    return tuple(sorted(found))
