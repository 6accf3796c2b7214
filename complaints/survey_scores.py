"""The arithmetic of surveys: V01 and V02 of the domain rules, pure.

Each item of the scale is (x − 1) / 4 × 100; a block is the mean of its items, an answer the
weighted mean of its blocks. An item that was not used is left out, and an answer with fewer than
half of its items has no score. Scores are kept in hundredths of a point.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from courierqa.core.ranges import mean_range, wilson

# Below this nothing is shown, so that nobody can be recognised; below FEW nothing is compared.
MIN_SHOWN, FEW = 5, 30
SATISFIED = 4
LEAST_RATE = 0.10


@dataclass(frozen=True)
class Estimate:
    """A number with the answers behind it and its 95 % range; hidden when too few answered."""

    n: int
    value: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_hidden(self) -> bool:
        return self.n < MIN_SHOWN

    @property
    def is_few(self) -> bool:
        return self.n < FEW


def answer_score(items: Iterable[tuple[str, int | None]], weights: Mapping[str, int]) -> int | None:
    """Return the score of one answer in hundredths of a point from (block, 1–5 or None) items."""
    blocks: dict[str, list[Fraction]] = {}
    asked = 0
    for block, value in items:
        if not weights.get(block):
            continue
        asked += 1
        if value is not None:
            blocks.setdefault(block, []).append(Fraction(value - 1, 4) * 100)
    if not asked or 2 * sum(len(found) for found in blocks.values()) < asked:
        return None
    whole = sum(weights[block] for block in blocks)
    total = sum(weights[block] * sum(found) / len(found) for block, found in blocks.items())
    return round(Fraction(total) / whole * 100)


def mean_score(scores: Sequence[int]) -> Estimate:
    """Return the mean of answers' scores, in points, with its t range (V01)."""
    found = mean_range([score / 100 for score in scores], least=0.0, most=100.0)
    return Estimate(len(scores), *found) if found else Estimate(0)


def share_satisfied(first_taps: Sequence[int]) -> Estimate:
    """Return the share of 4 and 5 of the overall item with its Wilson range (V02)."""
    total = len(first_taps)
    hits = sum(value >= SATISFIED for value in first_taps)
    found = wilson(hits, total)
    return Estimate(total, hits / total, *found) if found else Estimate(0)


# Who recommends us, and who does not, on a scale from 0 to 10 (V03).
PROMOTER, DETRACTOR = 9, 6


def recommends(value: int) -> int:
    """Return what one answer adds to the net promoter score, in hundredths of a point."""
    if value >= PROMOTER:
        return 10_000
    return -10_000 if value <= DETRACTOR else 0


@dataclass(frozen=True)
class Recommendation:
    """How often each step from 0 to 10 was given, and the net promoter score of it (V03)."""

    steps: tuple[int, ...]

    @property
    def n(self) -> int:
        return sum(self.steps)

    @property
    def detractors(self) -> int:
        return sum(self.steps[: DETRACTOR + 1])

    @property
    def passives(self) -> int:
        return sum(self.steps[DETRACTOR + 1 : PROMOTER])

    @property
    def promoters(self) -> int:
        return sum(self.steps[PROMOTER:])

    @property
    def score(self) -> Estimate:
        """Return promoters less detractors in points from −100 to 100, with its t range."""
        values = [recommends(step) / 100 for step, n in enumerate(self.steps) for _one in range(n)]
        found = mean_range(values, least=-100.0, most=100.0)
        return Estimate(self.n, *found) if found else Estimate(0)
