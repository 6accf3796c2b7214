"""Run rules shared by the control charts: which points of a row break a pattern."""

from __future__ import annotations

from collections.abc import Callable, Sequence

# A value within this distance of a line lies on it; figures have at most a few decimals.
NEAR = 1e-9


def beyond(value: float, line: float, side: int) -> bool:
    """Say whether the value lies past the line on this side (+1 above, -1 below)."""
    return (value - line) * side > NEAR


def runs(values: Sequence[float | None], length: int, member: Callable[[float], bool]) -> set[int]:
    """Return the places inside runs of at least `length` points that all satisfy `member`."""
    found: set[int] = set()
    current: list[int] = []
    for place, value in enumerate(values):
        current = [*current, place] if value is not None and member(value) else []
        if len(current) >= length:
            found.update(current)
    return found


def trends(values: Sequence[float | None], length: int, side: int) -> set[int]:
    """Return the places inside strict rises (+1) or falls (-1) over at least `length` points."""
    found: set[int] = set()
    current: list[int] = []
    for place, value in enumerate(values):
        last = values[current[-1]] if current else None
        if value is None:
            current = []
        elif last is not None and beyond(value, last, side):
            current = [*current, place]
        else:
            current = [place]
        if len(current) >= length:
            found.update(current)
    return found


def some_of(
    values: Sequence[float | None], wanted: int, window: int, member: Callable[[float], bool]
) -> set[int]:
    """Return the members of every window in which at least `wanted` points are members."""
    found: set[int] = set()
    for start in range(len(values) - window + 1):
        places = [
            place
            for place in range(start, start + window)
            if (value := values[place]) is not None and member(value)
        ]
        if len(places) >= wanted:
            found.update(places)
    return found


def z_signals(z: Sequence[float | None]) -> dict[str, set[int]]:
    """Apply the rules for attribute charts (R1, R2, R3, R5, R6) to standardised points."""
    signals: dict[str, set[int]] = {rule: set() for rule in ("R1", "R2", "R3", "R5", "R6")}
    for side in (1, -1):
        signals["R1"] |= runs(z, 1, lambda value, s=side: beyond(value, 3 * s, s))
        signals["R2"] |= runs(z, 9, lambda value, s=side: beyond(value, 0, s))
        signals["R3"] |= trends(z, 6, side)
        signals["R5"] |= some_of(z, 2, 3, lambda value, s=side: beyond(value, 2 * s, s))
        signals["R6"] |= some_of(z, 4, 5, lambda value, s=side: beyond(value, s, s))
    return signals
