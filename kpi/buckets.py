"""Durations in fixed buckets, so that days and sites can be added up and quantiles still be read.

128 buckets: below 5 minutes, 126 of equal width on a logarithmic scale up to 60 days, and beyond.
A quantile is read as the geometric middle of its bucket, so between 5 minutes and 60 days it is at
most 4 % away from the exact one (`ERROR`; whole minutes, nearest rank). What is still open ranks
behind everything: a quantile that lies among the open has no value, only a lower end.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from math import ceil, sqrt

FIRST, LAST, STEPS = 5, 60 * 24 * 60, 126
BUCKETS = STEPS + 2
ERROR = 0.04
# Whole minutes are compared, so the next whole number does as an edge.
EDGES = [ceil(round(FIRST * (LAST / FIRST) ** (step / STEPS), 6)) for step in range(STEPS + 1)]
Buckets = Mapping[int, int]


def bucket_of(minutes: int) -> int:
    """Return the bucket of a duration in whole minutes."""
    return bisect_right(EDGES, minutes)


def middle_of(bucket: int) -> float:
    """Return the minutes a bucket is read as; the outer ones as their only edge."""
    if bucket <= 0:
        return float(FIRST)
    if bucket >= BUCKETS - 1:
        return float(LAST)
    step = (LAST / FIRST) ** (1 / STEPS)
    return FIRST * step ** (bucket - 1) * sqrt(step)


def floor_of(bucket: int) -> int:
    """Return the minutes a duration of this bucket takes at least."""
    return 0 if bucket <= 0 else EDGES[min(bucket, BUCKETS - 1) - 1]


def floor(buckets: Buckets, share: float) -> int:
    """Return the minutes a quantile lies above at least, by nearest rank over the buckets."""
    wanted = max(ceil(round(share * sum(buckets.values()), 9)), 1)
    passed = 0
    for bucket in sorted(buckets):
        passed += buckets[bucket]
        if passed >= wanted:
            return floor_of(bucket)
    return 0


def quantile(buckets: Buckets, share: float, *, still_open: int = 0) -> float | None:
    """Return the minutes below which this share lies; nothing when that is among the open ones.

    By nearest rank: of ten, the ninth is the 90 % quantile.
    """
    total = sum(buckets.values()) + still_open
    wanted = max(ceil(round(share * total, 9)), 1)
    passed = 0
    for bucket in sorted(buckets):
        passed += buckets[bucket]
        if passed >= wanted:
            return middle_of(bucket)
    return None


def added(many: Iterable[Iterable[tuple[int, int]]]) -> Counter[int]:
    """Add up stored buckets: pairs of bucket and number."""
    found: Counter[int] = Counter()
    for pairs in many:
        for bucket, number in pairs:
            found[bucket] += number
    return found
