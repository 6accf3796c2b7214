"""Words around numbers: a miss never reads like a hit, axes hold every line."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from kpi.board import places, show
from kpi.metrics import METRICS
from kpi.selectors import Cause, Pareto


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.9497, "94.97%"), (0.95, "95.0%"), (0.9503, "95.0%"), (0.94, "94.0%"), (None, "—")],
)
def test_rounding_does_not_turn_a_miss_into_a_hit(value, shown) -> None:
    with translation.override("zh-hans"):
        assert show.show_beside(METRICS["T01"], value, Decimal("0.95")) == shown


@pytest.mark.req("CMP-21")
@pytest.mark.parametrize(
    ("code", "now", "before", "tone"),
    [
        ("T01", 0.95, 0.94, "better"),
        ("T01", 0.94, 0.95, "worse"),
        ("C01", 5.0, 4.0, "worse"),
        ("C01", 4.0, 4.0, ""),
        ("T01", 0.95, None, ""),
    ],
)
def test_the_tone_of_a_change_follows_the_direction(code, now, before, tone) -> None:
    assert show.change(METRICS[code], now, before)[1] == tone


@pytest.mark.parametrize(("causes", "rows", "last"), [(5, 5, 1), (8, 8, 1), (12, 8, 15)])
def test_the_shares_of_a_pareto_add_up(causes, rows, last) -> None:
    """The causes past the seventh are one row; a single one keeps its name."""
    counts = list(range(causes, 0, -1))
    total = sum(counts)
    found = [
        Cause(str(n), str(n), None, n, n / total, sum(counts[: place + 1]) / total)
        for place, n in enumerate(counts)
    ]

    shown = places.pareto(Pareto(total, found))

    assert len(shown) == rows
    assert sum(row["cause"].records for row in shown) == total
    assert sum(row["cause"].share for row in shown) == pytest.approx(1)
    assert shown[-1]["cause"].records == last
    assert shown[-1]["is_rest"] is (causes == 12)
    assert max(row["width"] for row in shown) == 100
