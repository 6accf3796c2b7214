"""The ladder of notices: when a deadline is near, and who is told after it passed.

Each clock has four minutes: how long before its end the owner is warned, and how long after it
the first, the second and the third head of the reporting line are told. A company edits them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from complaints.enums import Clock

# What the product starts with, and what applies to a clock a version does not name.
PROPOSED: dict[str, list[int]] = {
    Clock.FIRST.value: [60, 0, 240, 1440],
    Clock.RESOLVE.value: [240, 0, 240, 1440],
    Clock.LEGAL.value: [1440, 0, 240, 1440],
    Clock.INTERNAL.value: [120, 0, 240, 1440],
    Clock.REGULATOR.value: [1440, 0, 240, 1440],
}
HEADS = 3


@dataclass(frozen=True)
class Ladder:
    """The minutes of each clock, as one version of the rules has them."""

    minutes: Mapping[str, Sequence[int]]

    def warn(self, clock: Clock) -> timedelta:
        """Return how long before its end a deadline is near."""
        return timedelta(minutes=self._of(clock)[0])

    def climbs(self, clock: Clock) -> list[timedelta]:
        """Return how long after a miss each head is told, nearest head first."""
        return [timedelta(minutes=minute) for minute in self._of(clock)[1:]]

    def _of(self, clock: Clock) -> Sequence[int]:
        return self.minutes.get(clock) or PROPOSED[clock]


STANDARD = Ladder(PROPOSED)
