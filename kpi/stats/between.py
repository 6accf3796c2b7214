"""Days between rare events: the t chart, for figures with too few events for a month's chart.

Nelson's method: waiting times of events that come by chance are far from normal, but their
1/3.6th power is close to it, so an XmR chart of the powers gives mean and limits, which are
raised to the 3.6th power again. The first 12 waits lock the limits; with fewer they are on trial,
with fewer than 4 there are none. Several events on one day wait zero days for each other. The wait
still running is no point and sets no limits, but one beyond the upper limit already says much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kpi.stats.xmr import XmR, xmr

POWER = 3.6
LEAST = 4


@dataclass(frozen=True)
class Wait:
    """The days from one event to the next, and the day on which they ended."""

    day: date
    days: int


@dataclass(frozen=True)
class Between:
    """Waits, their mean and limits in days, and the wait that still runs."""

    waits: tuple[Wait, ...]
    mean: float | None
    low: float | None
    high: float | None
    running: int | None
    powers: XmR

    @property
    def is_judged(self) -> bool:
        return self.high is not None

    @property
    def is_trial(self) -> bool:
        return self.powers.is_trial

    @property
    def side(self) -> int:
        """Return +1 when events have become rarer of late, -1 when more frequent, else 0."""
        if self.high is None:
            return 0
        if self.running is not None and self.running > self.high:
            return 1
        last = self.powers.last
        sides = {one.side for one in self.powers.at(last)} if last is not None else set()
        return sides.pop() if len(sides) == 1 else 0


def days_between(events: Sequence[tuple[date, int]], today: date | None = None) -> Between:
    """Chart (day, number of events) in order; `today` ends the wait that is still running."""
    days = [day for day, number in events for _one in range(number)]
    waits = tuple(Wait(after, (after - before).days) for before, after in pairwise(days))
    powers = xmr([one.days ** (1 / POWER) for one in waits], clip=(0, None))
    known = len(waits) >= LEAST
    return Between(
        waits,
        _back(powers.mean) if known else None,
        _back(powers.low) if known else None,
        _back(powers.high) if known else None,
        (today - days[-1]).days if today is not None and days else None,
        powers,
    )


def _back(power: float | None) -> float | None:
    return None if power is None else float(max(power, 0.0) ** POWER)
