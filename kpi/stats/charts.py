"""Attribute charts: p (shares), u (events per parcel), Laney p′ (shares of large volumes)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

# Mean moving range of standard normal points; turns a mean range into a standard deviation.
D2 = 1.128
# Past these a plain p-chart calls ordinary day-to-day variation a signal (domain A12).
LANEY_SIGMA, LANEY_VOLUME = 1.25, 2000


@dataclass(frozen=True)
class ChartPoint:
    """One subgroup: its value, its own limits, its distance from the centre in sigmas."""

    value: float | None
    low: float
    high: float
    z: float | None

    @property
    def is_outside(self) -> bool:
        """Say whether the point lies outside its limits."""
        return self.value is not None and not self.low <= self.value <= self.high


@dataclass(frozen=True)
class AttributeChart:
    """Centre line and points; `sigma_z` over 1 means more spread than chance alone gives."""

    centre: float
    points: tuple[ChartPoint, ...]
    sigma_z: float = 1.0


def p_chart(fails: Sequence[int], totals: Sequence[int]) -> AttributeChart:
    """Chart shares with limits p̄ ± 3√(p̄(1−p̄)/nᵢ), cut at 0 and 1."""
    return _shares(fails, totals, sigma_z=1.0)


def laney_p(fails: Sequence[int], totals: Sequence[int]) -> AttributeChart:
    """Chart shares with limits widened by the spread between subgroups."""
    plain = _shares(fails, totals, sigma_z=1.0)
    z = [point.z for point in plain.points if point.z is not None]
    ranges = [abs(after - before) for before, after in pairwise(z)]
    sigma_z = sum(ranges) / len(ranges) / D2 if ranges else 1.0
    return _shares(fails, totals, sigma_z=sigma_z)


def share_chart(fails: Sequence[int], totals: Sequence[int]) -> AttributeChart:
    """Chart shares the way the volume asks for: Laney when spread or volume is large."""
    laney = laney_p(fails, totals)
    is_large = sum(totals) > LANEY_VOLUME * len(totals)
    return laney if laney.sigma_z > LANEY_SIGMA or is_large else p_chart(fails, totals)


def u_chart(counts: Sequence[int], sizes: Sequence[int]) -> AttributeChart:
    """Chart events per item with limits ū ± 3√(ū/nᵢ), cut at 0."""
    _check(counts, sizes)
    centre = sum(counts) / sum(sizes)
    sigmas = [math.sqrt(centre / size) if size else None for size in sizes]
    return AttributeChart(centre, _points(counts, sizes, sigmas, centre, top=math.inf))


def _shares(fails: Sequence[int], totals: Sequence[int], *, sigma_z: float) -> AttributeChart:
    _check(fails, totals)
    centre = sum(fails) / sum(totals)
    spread = centre * (1 - centre)
    sigmas = [sigma_z * math.sqrt(spread / total) if total else None for total in totals]
    return AttributeChart(centre, _points(fails, totals, sigmas, centre, top=1.0), sigma_z)


def _points(
    counts: Sequence[int],
    sizes: Sequence[int],
    sigmas: Sequence[float | None],
    centre: float,
    *,
    top: float,
) -> tuple[ChartPoint, ...]:
    points = []
    for count, size, sigma in zip(counts, sizes, sigmas, strict=True):
        if sigma is None:
            points.append(ChartPoint(None, centre, centre, None))
            continue
        value = count / size
        z = (value - centre) / sigma if sigma else 0.0
        low, high = max(0.0, centre - 3 * sigma), min(top, centre + 3 * sigma)
        points.append(ChartPoint(value, low, high, z))
    return tuple(points)


def _check(counts: Sequence[int], sizes: Sequence[int]) -> None:
    if len(counts) != len(sizes):
        raise ValueError("each subgroup needs a count and a size")
    if sum(sizes) <= 0:
        raise ValueError("a chart needs at least one item")
