"""XmR charts: a figure over months, with limits from its own month-to-month movement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kpi.stats.rules import NEAR, beyond, runs, some_of, trends

# Points from which the limits are computed, once; later points are judged by them.
BASELINE = 12
# Mean moving range to three sigmas, and the range above which a jump is not ordinary movement.
WIDTH, JUMP = 2.66, 3.267
RUN = TREND = 7


@dataclass(frozen=True, order=True)
class Signal:
    """A broken pattern at one point. Side +1 is up, -1 is down."""

    index: int
    kind: str  # outside, trend, run, outer
    side: int


@dataclass(frozen=True)
class XmR:
    """Mean and limits of the baseline, and the signals of every point."""

    points: tuple[float | None, ...]
    mean: float | None
    low: float | None
    high: float | None
    baseline: int
    is_trial: bool
    signals: tuple[Signal, ...] = field(default=())
    # Limits of each point's own volume; empty where one pair holds for all (XmR).
    lows: tuple[float | None, ...] = ()
    highs: tuple[float | None, ...] = ()
    method: str = "xmr"
    # The mean each month was judged by, where baselines were set anew; the places of the breaks.
    means: tuple[float | None, ...] = ()
    breaks: tuple[int, ...] = ()

    def at(self, index: int) -> tuple[Signal, ...]:
        """Return the signals of one point."""
        return tuple(signal for signal in self.signals if signal.index == index)

    @property
    def last(self) -> int | None:
        """Return the place of the last point that has a value."""
        places = [place for place, value in enumerate(self.points) if value is not None]
        return places[-1] if places else None

    def _start(self, index: int) -> int:
        """Return where the course of this point begins: nothing runs across a break."""
        return max((place for place in self.breaks if place <= index), default=0)

    def length_of_trend(self, index: int, side: int) -> int:
        """Return how many points the rise or fall ending at this point spans."""
        count, place, first = 1, index, self._start(index)
        while place > first and (before := self.points[place - 1]) is not None:
            value = self.points[place]
            if value is None or not beyond(value, before, side):
                break
            count, place = count + 1, place - 1
        return count

    def length_of_run(self, index: int, side: int) -> int:
        """Return how many points in a row lie on this side of the mean, ending at this one."""
        count, first = 0, self._start(index)
        while index - count >= first and (value := self.points[index - count]) is not None:
            if self.mean is None or not beyond(value, self.mean, side):
                break
            count += 1
        return count


def xmr(
    points: Sequence[float | None],
    *,
    baseline: int = BASELINE,
    clip: tuple[float | None, float | None] = (None, None),
    grain: float = 0,
) -> XmR:
    """Compute mean, limits and signals. A gap (None) is no point and breaks runs and ranges.

    The first `baseline` points lock the limits; with fewer, the limits are on trial and move.
    `clip` keeps limits inside the possible, e.g. (0, 100) for percentages. `grain` is how exactly
    a point is known, as a share of the mean: what lies nearer to the mean is no difference, and a
    step between two neighbouring values no signal.
    """
    values = tuple(points)
    base = _first(values, baseline)
    known = [value for value in base if value is not None]
    is_trial = len(known) < baseline
    ranges = _ranges(base)
    if not ranges:
        mean = sum(known) / len(known) if known else None
        return XmR(values, mean, None, None, len(known), is_trial=True)
    mean, half = sum(known) / len(known), WIDTH * _mean_range(ranges)
    half = max(half, 2 * grain * mean)
    low, high = _clipped(mean - half, mean + half, clip)
    signals = _signals(_grained(values, mean, grain * mean), mean, half)
    return XmR(values, mean, low, high, len(known), is_trial, signals)


def _first(values: tuple[float | None, ...], wanted: int) -> tuple[float | None, ...]:
    """Return the beginning that holds `wanted` values, gaps included."""
    seen = 0
    for place, value in enumerate(values):
        seen += value is not None
        if seen == wanted:
            return values[: place + 1]
    return values


def _ranges(values: Sequence[float | None]) -> list[float]:
    pairs = pairwise(values)
    return [abs(b - a) for a, b in pairs if a is not None and b is not None]


def _mean_range(ranges: list[float]) -> float:
    """Average the moving ranges after dropping the jumps, which would widen the limits."""
    mean = sum(ranges) / len(ranges)
    kept = [one for one in ranges if one < JUMP * mean - NEAR] or ranges
    return sum(kept) / len(kept)


def _clipped(
    low: float, high: float, clip: tuple[float | None, float | None]
) -> tuple[float, float]:
    floor, roof = clip
    low = low if floor is None else max(low, floor)
    return low, high if roof is None else min(high, roof)


def _grained(
    values: tuple[float | None, ...], mean: float, grain: float
) -> tuple[float | None, ...]:
    """Return the points, those that cannot be told from the mean laid upon it."""
    if not grain:
        return values
    return tuple(mean if one is not None and abs(one - mean) <= grain else one for one in values)


def _signals(values: tuple[float | None, ...], mean: float, half: float) -> tuple[Signal, ...]:
    found: set[Signal] = set()
    for side in (1, -1):
        limit, third = mean + side * half, mean + side * half * 2 / 3
        kinds = {
            "outside": runs(values, 1, lambda v, at=limit, s=side: beyond(v, at, s)),
            "run": runs(values, RUN, lambda v, s=side: beyond(v, mean, s)),
            "trend": trends(values, TREND, side),
            "outer": some_of(values, 2, 3, lambda v, at=third, s=side: beyond(v, at, s)),
        }
        for kind, places in kinds.items():
            found.update(Signal(place, kind, side) for place in places)
    return tuple(sorted(found))
