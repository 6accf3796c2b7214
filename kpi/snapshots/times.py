"""How long things took in a month, as the snapshot keeps it: buckets and what is read from them."""

from __future__ import annotations

from typing import Any

from courierqa.core.timeframes import Period
from kpi import selectors
from kpi.metrics import DURATIONS
from kpi.selectors import Lengths
from kpi.snapshots.words import both

WORDS = ("name", "formula", "assigned", "edges", "maturity", "source")


def times(period: Period) -> list[dict[str, Any]]:
    """Return every time of the month that anything was counted for, in catalogue order."""
    found = []
    for code, metric in DURATIONS.items():
        summed = selectors.duration_spread(code, period, scope=selectors.EVERYTHING)
        one = selectors.lengths_of(code, summed)
        if one.n or one.left or one.missing:
            words = {key: both(lambda m=metric, k=key: getattr(m.words, k)) for key in WORDS}
            buckets = [[bucket, number] for bucket, number in sorted(summed.buckets.items())]
            told = {"code": code, "words": words, "minutes": summed.minutes, "buckets": buckets}
            found.append({**told, **_numbers(one)})
    return found


def _numbers(one: Lengths) -> dict[str, Any]:
    return {
        "measured": one.measured,
        "still_open": one.still_open,
        "left": one.left,
        "missing": one.missing,
        "hours": {name: _hours(getattr(one, name)) for name in ("p50", "p90", "p99", "mean")},
    }


def _hours(minutes: float | None) -> str | None:
    """Write hours with one decimal: the digits of a binary fraction differ between machines."""
    return None if minutes is None else f"{minutes / 60:.1f}"
