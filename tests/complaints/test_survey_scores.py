"""The arithmetic of surveys against the domain's own vectors."""

from __future__ import annotations

import pytest

from complaints.survey_scores import (
    Estimate,
    Recommendation,
    answer_score,
    mean_score,
    share_satisfied,
)
from courierqa.core.ranges import mean_range, t_975

WEIGHTS = {"attitude": 1, "efficiency": 1, "quality": 1, "overall": 1}


@pytest.mark.req("SAT-12")
def test_five_answers_of_the_domain_make_sixty_points():
    """Domain D: 5, 4, 4, 3, 1 → 60.0 points and three of five satisfied."""
    answers = [5, 4, 4, 3, 1]
    scores = [answer_score([("overall", one)], WEIGHTS) for one in answers]

    assert mean_score(scores).value == 60.0
    assert share_satisfied(answers).value == 0.6
    assert share_satisfied(answers).n == 5


def test_a_block_is_a_mean_and_an_answer_their_weighted_mean():
    items = [("attitude", 5), ("attitude", 1), ("efficiency", 5), ("quality", None), ("overall", 3)]

    assert answer_score(items, WEIGHTS) == round((50 + 100 + 50) / 3 * 100)
    assert answer_score(items, {**WEIGHTS, "efficiency": 2}) == (50 + 200 + 50) * 25


def test_fewer_than_half_of_the_items_make_no_score():
    items = [("attitude", 5), ("efficiency", None), ("quality", None)]

    assert answer_score(items, WEIGHTS) is None
    assert answer_score([*items, ("overall", 4)], WEIGHTS) == 8750
    assert answer_score([], WEIGHTS) is None


@pytest.mark.parametrize(
    ("df", "t"), [(1, 12.7062), (2, 4.3027), (4, 2.7764), (9, 2.2622), (30, 2.0423), (999, 1.9623)]
)
def test_student_known_answers(df, t):
    assert t_975(df) == pytest.approx(t, abs=5e-5)


def test_the_range_of_a_mean_stays_on_the_scale():
    # Mean 60, s = sqrt(5750/4) = 37.914…; t(4) = 2.7764; half = 47.08.
    mean, low, high = mean_range([100, 75, 75, 50, 0], least=0, most=100)

    assert mean == 60
    assert low == pytest.approx(12.92, abs=0.01)
    assert high == 100
    assert mean_range([70], least=0, most=100) == (70, 0, 100)
    assert mean_range([], least=0, most=100) is None


def test_few_answers_are_hidden_and_no_answers_are_no_number():
    assert mean_score([]).value is None
    assert mean_score([8000] * 4).is_hidden
    assert not mean_score([8000] * 5).is_hidden
    assert mean_score([8000] * 29).is_few


@pytest.mark.req("SAT-06")
def test_the_net_promoter_score_of_a_spread_by_hand():
    """Steps 0, 6 | 7, 8 | 9, 10, 10, 10: 4 promoters, 2 passives, 2 detractors of 8.

    Score (4 − 2) ÷ 8 × 100 = 25; squares 4 × 75² + 2 × 25² + 2 × 125² = 55 000, s = √(55 000 ÷ 7)
    = 88.641; t(7) = 2.3646; half = 2.3646 × 88.641 ÷ √8 = 74.105.
    """
    found = Recommendation((1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 3))

    assert (found.promoters, found.passives, found.detractors, found.n) == (4, 2, 2, 8)
    assert found.score.value == 25
    assert found.score.low == pytest.approx(25 - 74.105, abs=0.01)
    assert found.score.high == pytest.approx(25 + 74.105, abs=0.01)


def test_the_score_of_nobody_is_no_number_and_never_leaves_its_scale():
    assert Recommendation((0,) * 11).score == Estimate(0)
    assert Recommendation((5, *(0,) * 10)).score == Estimate(5, -100, -100, -100)
    assert Recommendation((*(0,) * 10, 1)).score == Estimate(1, 100, -100, 100)
