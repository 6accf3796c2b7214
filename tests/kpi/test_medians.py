"""The median of a time is judged by its own movement; hand-computed limits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kpi.board import medians
from kpi.metrics import DURATIONS
from kpi.selectors import Lengths
from kpi.selectors.figures import months_back

T05 = DURATIONS["T05"]


def months(hours: list[float | None], *, n: int = 100) -> list:
    """Return months up to October 2026 whose medians are these hours; None lies among the open."""
    periods = months_back(date(2026, 10, 1), len(hours))
    return [
        (
            period,
            Lengths(
                code="T05", measured=n, still_open=0, left=0, missing=0,
                p50=None if one is None else one * 60, p90=None, p99=None, mean=None,
            ),
        )
        for period, one in zip(periods, hours, strict=True)
    ]  # fmt: skip


def after(rows: list) -> object:
    return rows[-1][0].end_at + timedelta(days=1)


STEADY = [29.0, 31.0] * 6


def test_limits_are_the_mean_and_266_of_the_mean_movement() -> None:
    rows = months(STEADY)

    chart = medians.judged(T05, rows, after(rows)).chart

    assert chart.mean == pytest.approx(30)
    assert (chart.low, chart.high) == (pytest.approx(30 - 2.66 * 2), pytest.approx(30 + 2.66 * 2))


@pytest.mark.parametrize(("last", "variation"), [(45, "concern"), (15, "improvement")])
def test_a_longer_month_is_a_concern_and_a_shorter_one_an_improvement(last, variation) -> None:
    rows = months([*STEADY, last])

    verdict = medians.judged(T05, rows, after(rows))

    assert verdict.variation == variation


def test_the_month_still_running_is_not_judged() -> None:
    rows = months([*STEADY, 45])

    verdict = medians.judged(T05, rows, rows[-1][0].end_at - timedelta(days=3))

    assert (verdict.variation, len(verdict.chart.points)) == ("none", 12)


def test_medians_among_the_open_and_of_few_are_gaps() -> None:
    rows = [*months([None, *STEADY])[:-1], *months([45.0], n=29)]

    assert medians.judged(T05, rows, after(rows)).chart.points.count(None) == 2


def test_the_goal_is_judged_and_drawn() -> None:
    rows = months(STEADY)
    verdict = medians.judged(T05, rows, after(rows))

    (drawn,) = medians.course(rows, verdict, T05.goal)["series"]

    assert (T05.goal, verdict.assurance) == (48, "pass")
    assert [one["yAxis"] for one in drawn["markLine"]["data"]] == [35.3, 30, 24.7, 48]


def test_a_step_between_neighbouring_buckets_is_no_signal() -> None:
    rows = months([*[45.9] * 5, 49.6, *[45.9] * 12])

    verdict = medians.judged(T05, rows, after(rows))

    # The mean lies at 46.2: every plain month is below it, and none can be told from it.
    assert verdict.chart.mean == pytest.approx(46.2, abs=0.05)
    assert verdict.chart.high == pytest.approx(verdict.chart.mean * 1.08)
    assert (verdict.variation, verdict.chart.signals) == ("none", ())


def test_the_chart_marks_what_broke_a_pattern_and_what_still_runs() -> None:
    rows = months([*STEADY, 45, 30])
    verdict = medians.judged(T05, rows, rows[-1][0].end_at - timedelta(days=3))

    (drawn,) = medians.course(rows, verdict, None)["series"]

    assert [one["symbol"] for one in drawn["data"]] == ["circle"] * 12 + ["rect", "emptyCircle"]


def test_what_locks_the_limits_may_lie_before_the_months_shown() -> None:
    rows = months([*STEADY, *[40.0] * 12])

    verdict = medians.judged(T05, rows, after(rows))

    assert (verdict.chart.mean, len(verdict.chart.points)) == (pytest.approx(30), medians.SHOWN)
    assert verdict.variation == "concern"
