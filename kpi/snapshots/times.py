"""How long things took in a month, as the snapshot keeps it: buckets and what is read from them."""

from __future__ import annotations

from typing import Any

from courierqa.core.timeframes import Period
from kpi import selectors
from kpi.metrics import DURATIONS
from kpi.selectors import Lengths
from kpi.snapshots.words import both

QUANTILES = ("p50", "p90", "p99")
WORDS = ("name", "formula", "assigned", "edges", "maturity", "source")


def times(period: Period, scope: Any) -> list[dict[str, Any]]:
    """Return every time of the month anything was counted for within the scope."""
    found = []
    for code, metric in DURATIONS.items():
        summed = selectors.duration_spread(code, period, scope=scope)
        one = selectors.duration_line(code, period, summed, scope=scope)
        if one.n or one.left or one.missing:
            words = {key: both(lambda m=metric, k=key: getattr(m.words, k)) for key in WORDS}
            buckets = [[bucket, number] for bucket, number in sorted(summed.buckets.items())]
            told = {"code": code, "words": words, "minutes": summed.minutes, "buckets": buckets}
            found.append({**told, "counts_open": metric.counts_open, **_numbers(one)})
    return found


def _numbers(one: Lengths) -> dict[str, Any]:
    return {
        "measured": one.measured,
        "still_open": one.still_open,
        "left": one.left,
        "missing": one.missing,
        "hours": {name: _hours(getattr(one, name)) for name in (*QUANTILES, "mean")},
        # How long a quantile among the open is at least, as of the moment of the edition.
        "floors": {
            name: _hours(low) for name, low in zip(QUANTILES, one.floors or (), strict=False) if low
        },
    }


def _hours(minutes: float | None) -> str | None:
    """Write hours with one decimal: the digits of a binary fraction differ between machines."""
    return None if minutes is None else f"{minutes / 60:.1f}"
