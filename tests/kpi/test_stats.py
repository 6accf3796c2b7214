"""Known answers of the statistics (domain part D, the fixture of the KPI page)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from kpi import stats

N = [1000, 1200, 900, 1100, 1000, 1300, 800, 1000, 1150, 950]
D = [32, 48, 31, 35, 52, 45, 21, 30, 62, 25]
ON_TIME = [97.1, 96.8, 97.0, 96.6, 97.2, 96.9, 96.7, 97.1, 96.9, 97.0, 96.8, 97.1]
ON_TIME += [96.8, 96.7, 96.5, 96.4, 96.3, 96.1]


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [
        (0, 10, 0, 0.277533),
        (1, 1, 0.206549, 1),
        (10, 10, 0.722467, 1),
        (20, 20, 0.8389, 1),
        (40, 100, 0.309401, 0.497997),
        (95, 100, 0.888250, 0.978456),
        (285, 300, 0.9192, 0.9695),
        (970, 1000, 0.9575, 0.9789),
    ],
)
def test_wilson_known_answers(hits, total, low, high):
    found = stats.wilson(hits, total)

    assert found == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("hits", "total", "mean", "pull", "share"),
    [
        (0, 0, 0.9, 20, 0.9),  # nothing known: the mean
        (2, 100, 0.005, 100, 0.0125),  # (2 + 0.5) ÷ 200
        (20, 1000, 0.005, 100, 20.5 / 1100),  # many records speak for themselves
        (2, 100, 0.005, 0, 0.02),  # no pull: the plain share
    ],
)
def test_few_records_are_drawn_to_the_mean(hits, total, mean, pull, share):
    assert stats.shrunk(hits, total, mean=mean, pull=pull) == pytest.approx(share)


def test_a_share_of_nothing_is_refused():
    with pytest.raises(ValueError, match="nothing"):
        stats.shrunk(0, 0, mean=0.5, pull=0)


def test_wilson_of_nothing_is_no_range():
    assert stats.wilson(0, 0) is None


def test_wilson_refuses_more_hits_than_items():
    with pytest.raises(ValueError, match="not a share"):
        stats.wilson(3, 2)


def test_wilson_ranks_twenty_of_twenty_below_970_of_1000():
    assert stats.wilson(20, 20)[0] < stats.wilson(970, 1000)[0]


@pytest.mark.req("ANA-06")
def test_wilson_agrees_with_statsmodels():
    from statsmodels.stats.proportion import proportion_confint

    for hits, total in [(0, 7), (3, 7), (7, 7), (12, 400), (399, 400), (51_234, 52_000)]:
        expected = proportion_confint(hits, total, alpha=0.05, method="wilson")
        assert stats.wilson(hits, total) == pytest.approx(expected, abs=1e-6)


@pytest.mark.req("ANA-06")
def test_poisson_agrees_with_scipy():
    from scipy.stats import chi2

    for count in [0, 1, 2, 5, 17, 100, 1234, 20_000]:
        low = chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
        high = chi2.ppf(0.975, 2 * count + 2) / 2
        assert stats.poisson_exact(count) == pytest.approx((low, high), rel=1e-9)


def test_poisson_of_no_event_allows_about_three_point_seven():
    low, high = stats.poisson_exact(0)

    assert low == 0
    assert high == pytest.approx(3.688879, abs=1e-6)


def test_p_chart_signals_where_laney_does_not():
    plain, laney = stats.p_chart(D, N), stats.laney_p(D, N)

    z = [-0.7801, 0.6206, -0.3498, -0.8503, 2.5864, -0.3875, -1.5635, -1.1168, 3.1190, -1.6930]
    assert plain.centre == pytest.approx(381 / 10400)
    assert [point.z for point in plain.points] == pytest.approx(z, abs=5e-5)
    assert laney.sigma_z == pytest.approx(1.965393, abs=5e-7)
    assert plain.points[8].value == pytest.approx(0.05391, abs=5e-6)
    assert plain.points[8].high == pytest.approx(0.05325, abs=5e-6)
    assert laney.points[8].high == pytest.approx(0.06930, abs=5e-6)
    assert plain.points[8].is_outside
    assert not laney.points[8].is_outside
    first = [plain.points[0].low, plain.points[0].high, laney.points[0].low, laney.points[0].high]
    assert first == pytest.approx([0.01881, 0.05446, 0.00161, 0.07166], abs=5e-6)


def test_share_chart_chooses_laney_for_large_spread():
    assert stats.share_chart(D, N).sigma_z == pytest.approx(1.965393, abs=5e-7)


def test_u_chart_known_answer():
    chart = stats.u_chart([12, 9, 15, 30], [20_000, 18_000, 25_000, 22_000])

    limits = [(p.low * 10_000, p.high * 10_000) for p in chart.points]
    expected = [(1.854, 13.676), (1.534, 13.996), (2.478, 13.052), (2.129, 13.401)]
    assert chart.centre * 10_000 == pytest.approx(7.764706, abs=5e-7)
    for found, wanted in zip(limits, expected, strict=True):
        assert found == pytest.approx(wanted, abs=5e-4)
    assert [point.is_outside for point in chart.points] == [False, False, False, True]


def test_charts_leave_an_empty_subgroup_without_a_point():
    chart = stats.p_chart([1, 0], [10, 0])

    assert chart.points[1].value is None
    assert not chart.points[1].is_outside


@pytest.mark.req("ANA-03")
def test_xmr_fixture_limits_trend_and_outside_point():
    chart = stats.xmr(ON_TIME, clip=(0, 100))

    assert (round(chart.mean, 2), round(chart.low, 2), round(chart.high, 2)) == (
        96.93,
        96.16,
        97.71,
    )
    trend = {signal.index for signal in chart.signals if signal.kind == "trend"}
    outside = {signal.index for signal in chart.signals if signal.kind == "outside"}
    assert trend == set(range(11, 18))
    assert outside == {17}
    assert not chart.is_trial


@pytest.mark.req("ANA-03")
def test_verdict_of_the_fixture_is_concern_low_hit_or_miss():
    with translation.override("en"):
        verdict = stats.verdicts(
            ON_TIME, 97.0, "up", name="On-time delivery", label="October", show="{:.1f} %".format
        )

    assert (verdict.variation, verdict.side, verdict.assurance) == ("concern", "L", "hit_or_miss")
    assert verdict.sentence == (
        "On-time delivery is getting worse: a 7-month falling run, October below the lower limit."
        " Target 97.0 % lies inside the limits, so it will be met or missed by chance."
    )
    assert verdict.action == "Find the cause."


def test_verdict_unpacks_to_three():
    variation, assurance, sentence = stats.verdicts(ON_TIME, 97.0, "up")

    assert (variation, assurance) == ("concern", "hit_or_miss")
    assert sentence


def test_xmr_drops_jumps_before_computing_limits():
    steady = [10, 11, 10, 11, 10, 11, 10, 11, 10, 11, 10, 31]

    chart = stats.xmr(steady)

    assert chart.high == pytest.approx(sum(steady) / 12 + 2.66)


def test_xmr_with_fewer_than_twelve_points_is_on_trial():
    chart = stats.xmr([1.0, 2.0, 1.5])

    assert chart.is_trial
    assert chart.low is not None


@pytest.mark.parametrize("points", [[], [None], [5.0], [None, 5.0]])
def test_xmr_of_too_few_points_has_no_limits(points):
    chart = stats.xmr(points)

    assert (chart.low, chart.high, chart.signals) == (None, None, ())


def test_xmr_locks_the_limits_at_the_twelfth_point():
    later = [*ON_TIME[:12], 50.0, 150.0]

    assert stats.xmr(later).high == stats.xmr(ON_TIME[:12]).high


def test_xmr_gap_breaks_a_run_and_a_trend():
    falling = [*ON_TIME[:12], 96.9, 96.8, None, 96.7, 96.6, 96.5]

    kinds = {signal.kind for signal in stats.xmr(falling).signals}

    assert "trend" not in kinds


def test_xmr_seven_on_one_side():
    base = [10, 12] * 6
    chart = stats.xmr([*base, *[11.4, 11.2, 11.5, 11.3, 11.6, 11.2, 11.5]])

    assert {s.index for s in chart.signals if s.kind == "run"} == set(range(11, 19))


def test_xmr_two_of_three_in_the_outer_third():
    base = [10, 12] * 6
    chart = stats.xmr([*base, 15.5, 11, 15.5])

    outer = [signal for signal in chart.signals if signal.kind == "outer"]
    assert [(signal.index, signal.side) for signal in outer] == [(12, 1), (14, 1)]


def test_xmr_percent_limits_clip():
    chart = stats.xmr([99.0, 100.0] * 6, clip=(0, 100))

    assert chart.high == 100


@pytest.mark.parametrize(
    ("target", "direction", "assurance"),
    [
        (96.0, "up", "pass"),
        (97.0, "up", "hit_or_miss"),
        (98.0, "up", "fail"),
        (98.0, "down", "pass"),
        (97.0, "down", "hit_or_miss"),
        (96.0, "down", "fail"),
        (97.0, "watch", "none"),
        (None, "up", "none"),
    ],
)
def test_assurance_reads_target_against_limits(target, direction, assurance):
    assert stats.verdicts(ON_TIME, target, direction).assurance == assurance


def test_rising_trend_below_the_mean_is_improvement():
    """The direction of a trend outranks the side of the mean its points lie on."""
    points = [*[100.0, 102.0] * 6, 98.0, 98.3, 98.6, 98.9, 99.2, 99.5, 99.8]

    assert stats.verdicts(points, None, "up").variation == "improvement"


def test_falling_complaints_are_improvement():
    assert stats.verdicts(ON_TIME, None, "down").variation == "improvement"
    assert stats.verdicts(ON_TIME, None, "watch").variation == "change"


@pytest.mark.parametrize(
    ("variation", "assurance", "advice"),
    [
        ("concern", "fail", "Start a corrective action now."),
        ("concern", "hit_or_miss", "Find the cause."),
        ("none", "fail", "Change the process, not the people."),
        ("none", "hit_or_miss", "Reduce the variation."),
        ("none", "pass", "Leave it alone."),
        ("improvement", "fail", "Learn what helped and lock it in."),
    ],
)
def test_advice_per_pair(variation, assurance, advice):
    from kpi.stats import verdict

    with translation.override("en"):
        assert verdict.advice(variation, assurance) == advice


def test_score_known_answers():
    assert stats.score_linear([5, 4, 4, 3, 1]) == Decimal("60")
    assert stats.csat([5, 4, 4, 3, 1]) == (3, 5)
    assert stats.nps([9] * 3 + [8] * 5 + [2] * 2) == 10
    assert stats.score_linear([]) is None


def test_z_rules_agree_with_their_definitions():
    assert stats.z_signals([3.1])["R1"] == {0}
    assert stats.z_signals([0.1] * 9)["R2"] == set(range(9))
    assert stats.z_signals([0.1] * 8)["R2"] == set()
    assert stats.z_signals([0, 1, 2, 3, 4, 5])["R3"] == set(range(6))
    assert stats.z_signals([2.1, 0, 2.1])["R5"] == {0, 2}
    assert stats.z_signals([1.1, 1.1, 0, 1.1, 1.1])["R6"] == {0, 1, 3, 4}


def test_funnel_places_sites_by_their_own_volume():
    small, large = stats.funnel(27, 30, 0.96), stats.funnel(38_600, 41_210, 0.96)

    assert small.side == ""
    assert large.side == "L"
    assert stats.funnel(0, 0, 0.96) is None


def test_advice_without_a_target_is_to_set_one():
    with translation.override("en"):
        found = stats.verdicts([10.0, 11.0] * 6, None, "down")

    assert found.action == "Set a target, so that it can be judged."


# Complaints per 10,000 over months of very different volume: the limits reach from 0 to 300.
WILD = [133.0, 20.0, 210.0, 60.0, 150.0, 9.0, 140.0, 75.0]


@pytest.mark.parametrize(
    ("points", "target", "direction", "assurance"),
    [
        (WILD, 4.0, "down", "fail"),
        (WILD, 10.0, "down", "hit_or_miss"),
        (WILD, 250.0, "down", "pass"),
        ([*WILD, None], 4.0, "down", "fail"),
        ([90.0, 99.0, 91.0], 100.0, "up", "fail"),
        ([90.0, 99.0], 100.0, "up", "hit_or_miss"),
    ],
)
def test_every_month_on_one_side_outranks_the_limits(points, target, direction, assurance):
    found = stats.verdicts(points, target, direction)

    assert found.chart.low < target < found.chart.high
    assert found.assurance == assurance


def test_a_habit_is_said_as_one():
    with translation.override("en"):
        missed = stats.verdicts(WILD, 4.0, "down").sentence
        met = stats.verdicts(WILD, 250.0, "down").sentence

    assert "The target 4 was missed in each of the 8 months" in missed
    assert "The target 250 was met in each of the 8 months" in met
    assert "by chance" not in missed + met


@pytest.mark.parametrize(
    ("bad", "totals", "is_share", "rare"),
    [
        ([0, 1, 0, 2], [900] * 4, False, True),
        ([6, 5, 4, 5], [900] * 4, False, False),
        ([0, 0, 0, 12, 9], [0, 0, 0, 900, 900], False, False),
        ([0, 0, 0], [900] * 3, True, False),
        ([1, 0, 0], [900] * 3, True, True),
        ([0, 0], [0, 0], False, False),
    ],
)
def test_too_few_events_for_a_chart(bad, totals, is_share, rare):
    assert stats.is_rare(bad, totals, is_share=is_share) is rare
