"""Control limits that follow the volume, and what months say about a target."""

from __future__ import annotations

import math
import random

import pytest
from django.utils.translation import override

from kpi import stats
from kpi.stats.verdict import _coin

# Domain D: n and defects of ten subgroups.
N = [1000, 1200, 900, 1100, 1000, 1300, 800, 1000, 1150, 950]
D = [32, 48, 31, 35, 52, 45, 21, 30, 62, 25]


@pytest.mark.req("ANA-03")
def test_laney_vector_of_the_rules() -> None:
    """Ninth point: p-chart would signal at 0.05325, Laney's limit is 0.06930; first 0.00161 up."""
    chart = stats.control(D, N, factor=1, is_share=True)

    assert chart.method == "p"
    assert chart.mean == pytest.approx(0.0366346, abs=1e-7)
    assert chart.highs[8] == pytest.approx(0.06930, abs=1e-5)
    assert (chart.lows[0], chart.highs[0]) == (
        pytest.approx(0.00161, abs=1e-5), pytest.approx(0.07166, abs=1e-5),
    )  # fmt: skip
    assert not [one for one in chart.signals if one.kind == "outside"]


def test_even_volume_keeps_the_xmr_chart() -> None:
    hits = [90, 92, 91, 89, 90, 93]
    totals = [100, 110, 105, 100, 120, 100]
    chart = stats.control(hits, totals, factor=100, is_share=True)

    points = [h / n * 100 for h, n in zip(hits, totals, strict=True)]
    same = stats.xmr(points, clip=(0, 100))
    assert (chart.method, chart.mean, chart.low, chart.high) == (
        "xmr", same.mean, same.low, same.high,
    )  # fmt: skip


def test_limits_agree_with_the_formula_of_an_independent_library() -> None:
    """Without spread beyond chance the limits are those of a binomial: scipy's own sigma."""
    from scipy.stats import binom

    hits, totals = [96, 190, 97, 189, 96, 191, 96], [100, 200, 100, 200, 100, 200, 100]
    chart = stats.control(hits, totals, factor=1, is_share=True)
    share = sum(hits) / sum(totals)

    for low, high, total in zip(chart.lows, chart.highs, totals, strict=True):
        sigma = binom(total, share).std() / total
        assert low == pytest.approx(share - 3 * sigma)
        assert high == pytest.approx(min(1, share + 3 * sigma))


def test_rates_use_the_spread_of_counts() -> None:
    from scipy.stats import poisson

    hits, totals = [10, 21, 9, 20, 11, 20], [1000, 2000, 1000, 2000, 1000, 2000]
    chart = stats.control(hits, totals, factor=10_000, is_share=False)
    rate = sum(hits) / sum(totals)

    assert chart.method == "u"
    assert chart.highs[0] == pytest.approx((rate + 3 * poisson(rate * 1000).std() / 1000) * 10_000)


def test_a_small_month_may_swing_where_a_large_one_may_not() -> None:
    totals = [2000] * 12 + [60, 4000]
    hits = [1900] * 12 + [54, 3600]
    found = {(one.index, one.kind) for one in stats.control(
        hits, totals, factor=100, is_share=True).signals}  # fmt: skip

    # 90 % twice: of 60 parcels it is chance, of 4,000 it is not.
    assert (12, "outside") not in found
    assert (13, "outside") in found


def test_a_bad_month_in_the_baseline_neither_hides_itself_nor_moves_the_limits() -> None:
    dice = random.Random(3)
    totals = [dice.randrange(300, 900) for _month in range(18)]
    hits = [sum(dice.random() < 0.95 for _one in range(total)) for total in totals]
    hits[6] = round(totals[6] * 0.8)
    chart = stats.control(hits, totals, factor=100, is_share=True)

    assert [one.index for one in chart.signals if one.kind == "outside"] == [6]
    assert chart.mean == pytest.approx(95, abs=0.5)


def test_too_few_months_have_no_limits() -> None:
    assert stats.control([9], [10], factor=100, is_share=True).low is None
    assert stats.control([None, 9, None], [0, 10, 0], factor=100, is_share=True).low is None
    assert stats.control([], [], factor=100, is_share=True).mean is None


@pytest.mark.parametrize(
    ("missed", "months", "wanted"),
    [(17, 18, "fail"), (18, 18, "fail"), (1, 18, "pass"), (9, 18, "hit_or_miss"),
     (5, 6, "hit_or_miss"), (6, 6, "fail"), (14, 18, "hit_or_miss"), (15, 18, "fail")],
)  # fmt: skip
def test_what_nearly_every_month_did_is_no_chance(missed, months, wanted) -> None:
    """A target met once in 18 months will not be "met or missed by chance"."""
    values = [94.0, 90.0] * months
    points = [96.0 + (place % 2) if place >= missed else values[place] for place in range(months)]
    with override("en"):
        found = stats.verdicts(points, 95, "up")

    assert found.assurance == wanted
    if 0 < missed < months and wanted == "fail":
        assert f"{missed} of {months} months" in found.sentence


def test_the_sign_test_agrees_with_scipy() -> None:
    from scipy.stats import binomtest

    for months in range(3, 24):
        for few in range(months // 2):
            ours = min(1.0, 2 * _coin(few, months))
            assert ours == pytest.approx(binomtest(few, months).pvalue)
            assert math.isfinite(ours)
