"""What explains a change: each group's own rate, and the mix of the groups, adding up exactly.

A company's rate moves when sites get better or worse, and also when the weak ones grow. With n and
h the items and hits of a group, N their sum, w = n/N and r = h/n, between two periods:

    rate effect = (r2 - r1) x (w1 + w2) / 2
    mix effect  = (w2 - w1) x ((r1 + r2) / 2 - (R1 + R2) / 2)

Over all groups they sum to R2 - R1 to the last digit, because the shares w sum to 1 both times.
Fractions keep it exact; nothing is rounded before it is shown.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction

Pair = tuple[int, int]
HALF = Fraction(1, 2)


@dataclass(frozen=True)
class Part:
    """One group's part of a change: (hits, items) before and after, and its two effects."""

    key: Hashable
    before: Pair
    after: Pair
    rate: Fraction
    mix: Fraction

    @property
    def total(self) -> Fraction:
        """Return the group's whole part."""
        return self.rate + self.mix


def explain(before: Mapping[Hashable, Pair], after: Mapping[Hashable, Pair]) -> list[Part]:
    """Split the change of a rate over its groups, largest part first.

    The parts sum to the change exactly. A group there in one period only is all mix: its rate
    has nothing to be compared with. Hits without items (complaints without a parcel) are all rate.
    Nothing is explained when a period holds no item at all.
    """
    all_before, all_after = _sum(before), _sum(after)
    if not all_before[1] or not all_after[1]:
        return []
    middle = (Fraction(*all_before) + Fraction(*all_after)) * HALF
    parts = []
    for key in before.keys() | after.keys():
        one, two = before.get(key, (0, 0)), after.get(key, (0, 0))
        parts.append(_part(key, one, two, all_before[1], all_after[1], middle))
    return sorted(parts, key=lambda part: (-abs(part.total), str(part.key)))


def _part(
    key: Hashable, one: Pair, two: Pair, all_one: int, all_two: int, middle: Fraction
) -> Part:
    w1, w2 = Fraction(one[1], all_one), Fraction(two[1], all_two)
    moved = Fraction(two[0], all_two) - Fraction(one[0], all_one)
    whole = moved - (w2 - w1) * middle
    if one[1] and two[1]:
        rate = (Fraction(*two) - Fraction(*one)) * (w1 + w2) * HALF
    else:
        # Without items on one side only hits that no item divides can be a rate of their own.
        loose = (two[0] if not two[1] else 0, one[0] if not one[1] else 0)
        rate = Fraction(loose[0], all_two) - Fraction(loose[1], all_one)
    return Part(key, one, two, rate, whole - rate)


def _sum(groups: Mapping[Hashable, Pair]) -> Pair:
    return sum(hits for hits, _n in groups.values()), sum(n for _hits, n in groups.values())
