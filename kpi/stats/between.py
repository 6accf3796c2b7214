"""Items between rare events: the t chart, for figures with too few events for a month's chart.

What lies between two events is counted in the figure's own items, not in days: a company that
grows has an event more often and is no worse (domain part A12, the number of parcels between
events). Items are known day by day; the events of a day lie evenly among those of that day.

Nelson's method: waits for events that come by chance are far from normal, but their 1/3.6th power
is close to it, so an XmR chart of the powers gives mean and limits, which are raised to the 3.6th
power again. The first 12 waits lock the limits; with fewer they are on trial, with fewer than 4
there are none. The wait still running is no point and sets no limits, but one beyond the upper
limit already says much.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from kpi.stats.xmr import XmR, xmr

POWER = 3.6
LEAST = 4


@dataclass(frozen=True)
class EventDay:
    """A day with events: how many, among how many items, and how many items came before it."""

    day: date
    events: int
    items: int
    before: int


@dataclass(frozen=True)
class Wait:
    """The items and the days from one event to the next, and the day on which they ended."""

    day: date
    days: int
    items: float


@dataclass(frozen=True)
class Between:
    """Waits, their mean and limits in items, and the wait that still runs in items and days."""

    waits: tuple[Wait, ...]
    mean: float | None
    low: float | None
    high: float | None
    running: float | None
    quiet_days: int | None
    powers: XmR

    @property
    def is_judged(self) -> bool:
        return self.high is not None

    @property
    def is_trial(self) -> bool:
        return self.powers.is_trial

    @property
    def is_long_quiet(self) -> bool:
        """Say whether more items went by without an event than chance allows."""
        return self.high is not None and self.running is not None and self.running > self.high

    @property
    def side(self) -> int:
        """Return +1 when events have become rarer of late, -1 when more frequent, else 0."""
        if self.high is None:
            return 0
        if self.is_long_quiet:
            return 1
        last = self.powers.last
        sides = {one.side for one in self.powers.at(last)} if last is not None else set()
        return sides.pop() if len(sides) == 1 else 0


def items_between(
    days: Sequence[EventDay], counted: int | None = None, today: date | None = None
) -> Between:
    """Chart the days with events, in order; `counted` items up to `today` end the running wait."""
    places = [place for one in days for place in _places(one)]
    waits = tuple(
        Wait(after, (after - before).days, there - here)
        for (before, here), (after, there) in pairwise(places)
    )
    powers = xmr([one.items ** (1 / POWER) for one in waits], clip=(0, None))
    known = len(waits) >= LEAST
    return Between(
        waits=waits,
        mean=_back(powers.mean) if known else None,
        low=_back(powers.low) if known else None,
        high=_back(powers.high) if known else None,
        running=max(counted - places[-1][1], 0.0) if counted is not None and places else None,
        quiet_days=(today - days[-1].day).days if today is not None and days else None,
        powers=powers,
    )


def _places(one: EventDay) -> Iterator[tuple[date, float]]:
    """Yield where each event of a day lies among all items, evenly spread over that day's."""
    for place in range(one.events):
        yield one.day, one.before + one.items * (place + 0.5) / one.events


def _back(power: float | None) -> float | None:
    return None if power is None else float(max(power, 0.0) ** POWER)
