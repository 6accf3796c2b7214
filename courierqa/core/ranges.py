"""Ranges of chance around a share and around a mean: Wilson and Student's t, both at 95 %."""

from __future__ import annotations

import math
from collections.abc import Sequence

Z95 = 1.959964


def wilson(hits: int, total: int, *, z: float = Z95) -> tuple[float, float] | None:
    """Return the Wilson range of a share, or None when there is nothing to divide by."""
    if total <= 0:
        return None
    if not 0 <= hits <= total:
        raise ValueError(f"{hits} of {total} is not a share")
    share, spread = hits / total, z * z / total
    centre = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    # Rounding may leave 1e-17 where the formula gives exactly 0 or 1.
    low = 0.0 if hits == 0 else max(0.0, centre - half)
    high = 1.0 if hits == total else min(1.0, centre + half)
    return low, high


def mean_range(
    values: Sequence[float], *, least: float, most: float
) -> tuple[float, float, float] | None:
    """Return (mean, low, high) of values on a scale; None without values.

    One value says nothing about its neighbours: its range is the whole scale.
    """
    n = len(values)
    if not n:
        return None
    mean = math.fsum(values) / n
    if n == 1:
        return mean, least, most
    spread = math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (n - 1))
    half = t_975(n - 1) * spread / math.sqrt(n)
    return mean, max(least, mean - half), min(most, mean + half)


def t_975(df: int) -> float:
    """Return the 97.5 % point of Student's t, by halving the exact finite sum for its tail."""
    if df < 1:
        raise ValueError("a range needs two values")
    if df > 1000:
        return Z95 + (Z95**3 + Z95) / (4 * df)
    low, high = 1.0, 13.0
    for _step in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _inside(middle, df) < 0.95 else (low, middle)
    return (low + high) / 2


def _inside(t: float, df: int) -> float:
    """Return P(-t < T < t): the finite sums of Abramowitz and Stegun 26.7.3 and 26.7.4."""
    angle = math.atan(t / math.sqrt(df))
    cos, sin = math.cos(angle), math.sin(angle)
    if df % 2:
        term = total = cos if df > 1 else 0.0
        for k in range(3, df - 1, 2):
            term *= cos * cos * (k - 1) / k
            total += term
        return 2 / math.pi * (angle + sin * total)
    term = total = 1.0
    for k in range(2, df - 1, 2):
        term *= cos * cos * (k - 1) / k
        total += term
    return sin * total
