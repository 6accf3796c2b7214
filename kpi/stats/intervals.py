"""Ranges around a count or a share: Wilson for shares, exact Poisson for rare events."""

from __future__ import annotations

import math
from collections.abc import Callable

from courierqa.core.ranges import Z95, wilson

__all__ = ["Z95", "difference", "poisson_exact", "shrunk", "wilson"]


def shrunk(hits: int, total: int, *, mean: float, pull: int) -> float:
    """Return a share drawn towards `mean`, as if `pull` more records stood exactly there.

    For counts too small for a range to say anything: few records stay near the mean, many speak
    for themselves.
    """
    if total + pull <= 0:
        raise ValueError("nothing to divide by")
    return (hits + pull * mean) / (total + pull)


def difference(
    before: float, low_1: float, high_1: float, after: float, low_2: float, high_2: float
) -> tuple[float, float]:
    """Return the range of `after` − `before` from the range of each (square and add, Newcombe).

    Keeps the unevenness of both ranges, unlike adding two variances near 0 or 1.
    """
    change = after - before
    down = math.hypot(after - low_2, high_1 - before)
    up = math.hypot(high_2 - after, before - low_1)
    return change - down, change + up


def poisson_exact(count: int, *, level: float = 0.95) -> tuple[float, float]:
    """Return the exact (Garwood) range of the mean behind a count of rare events."""
    if count < 0:
        raise ValueError("a count cannot be negative")
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else _solve(lambda mean: _gamma_p(count, mean), tail, count)
    return low, _solve(lambda mean: _gamma_p(count + 1, mean), 1 - tail, count)


def _solve(rising: Callable[[float], float], wanted: float, near: int) -> float:
    """Find where a rising function reaches `wanted`, by halving."""
    low, high = 0.0, near + 10 * math.sqrt(near + 1) + 20
    for _step in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if rising(middle) < wanted else (low, middle)
    return (low + high) / 2


def _gamma_p(shape: float, x: float) -> float:
    """Return the regularised lower incomplete gamma function P(shape, x)."""
    if x <= 0:
        return 0.0
    scale = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    if x < shape + 1:
        return scale * _gamma_series(shape, x)
    return 1 - scale * _gamma_fraction(shape, x)


def _gamma_series(shape: float, x: float) -> float:
    """Sum the power series, which converges quickly left of the mean."""
    term = total = 1 / shape
    step = shape
    while abs(term) > abs(total) * 1e-16:
        step += 1
        term *= x / step
        total += term
    return total


def _gamma_fraction(shape: float, x: float) -> float:
    """Evaluate the continued fraction (Lentz), which converges quickly right of the mean."""
    tiny = 1e-300
    b = x + 1 - shape
    c, d = 1 / tiny, 1 / b
    value = d
    for place in range(1, 10_000):
        a = -place * (place - shape)
        b += 2
        d = 1 / ((a * d + b) or tiny)
        c = (b + a / c) or tiny
        value *= d * c
        if abs(d * c - 1) < 1e-15:
            break
    return value
