"""Known answers of the service score, with the arithmetic in the comments."""

from decimal import Decimal

import pytest

from staff.grading import (
    Limits,
    PartResult,
    PartRule,
    next_grade,
    part_score,
    rules_of,
    score_month,
)

RULES = [
    PartRule("T01", Decimal(60), 0.95, 0.85),
    PartRule("C02", Decimal(40), 0.01, 0.05),
]


@pytest.mark.parametrize(
    ("bound", "target", "floor", "score"),
    [
        (0.95, 0.95, 0.85, "100.00"),  # at the target
        (0.99, 0.95, 0.85, "100.00"),  # better than the target gives no more than 100
        (0.85, 0.95, 0.85, "0.00"),  # at the floor
        (0.50, 0.95, 0.85, "0.00"),  # worse than the floor gives no less than 0
        (0.92, 0.95, 0.85, "70.00"),  # (0.92 − 0.85) ÷ (0.95 − 0.85) = 0.07 ÷ 0.10
        (0.9238, 0.95, 0.85, "73.80"),  # 0.0738 ÷ 0.10
        (0.03, 0.01, 0.05, "50.00"),  # less is better: (0.03 − 0.05) ÷ (0.01 − 0.05) = 0.5
        (0.0, 0.01, 0.05, "100.00"),
        (0.06, 0.01, 0.05, "0.00"),
        (0.88333, 0.95, 0.85, "33.33"),  # 0.03333 ÷ 0.10 = 33.33
        (1.0, 1.0, 1.0, "100.00"),  # target and floor meet: all or nothing
        (0.9, 1.0, 1.0, "0.00"),
    ],
)
def test_part_score_runs_straight_from_floor_to_target(bound, target, floor, score):
    assert part_score(bound, target=target, floor=floor) == Decimal(score)


def month(*parts, **more):
    limits = more.pop("limits", Limits())
    settings = {"deliveries": 800, "work_days": 24, **more}
    return score_month(RULES, parts, limits=limits, **settings)


@pytest.mark.req("ASM-03")
def test_score_is_the_weighted_mean_of_the_printed_part_scores():
    # T01: (0.94 − 0.85) ÷ 0.10 = 90 · C02: (0.02 − 0.05) ÷ (0.01 − 0.05) = 75
    # (60 × 90 + 40 × 75) ÷ 100 = 84 → B
    result = month(PartResult("T01", bound=0.94), PartResult("C02", bound=0.02))

    assert result.part_scores == {"T01": Decimal("90.00"), "C02": Decimal("75.00")}
    assert (result.score, result.covered_percent) == (Decimal("84.00"), 100)
    assert (result.raw_grade, result.not_graded_reason) == ("B", "")


@pytest.mark.parametrize(
    ("bound", "score", "grade"),
    [
        (0.95, "100.00", "A"),
        # 90 exactly: T01 = 83.33…: 0.6 × x + 40 = 90 → x = 83.333; bound 0.9333 → 83.30 → 89.98
        (0.9333, "89.98", "B"),
        (0.93334, "90.00", "A"),  # 83.34 × 0.6 + 40 = 90.004 → 90.00
        (0.9084, "75.04", "B"),  # 58.40 × 0.6 + 40 = 75.04
        (0.9083, "74.98", "C"),  # 58.30 × 0.6 + 40 = 74.98
    ],
)
def test_grade_limits_are_met_on_the_score_as_printed(bound, score, grade):
    result = month(PartResult("T01", bound=bound), PartResult("C02", bound=0.0))

    assert (result.score, result.raw_grade) == (Decimal(score), grade)


def test_part_without_data_is_left_out_and_weights_scale_up():
    # Only T01 has data, 60 % of the weight: 60 × 80 ÷ 60 = 80, just enough to grade.
    result = month(PartResult("T01", bound=0.93))

    assert result.part_scores["C02"] is None
    assert (result.score, result.covered_percent, result.raw_grade) == (Decimal("80.00"), 60, "B")


@pytest.mark.parametrize(
    ("parts", "more", "reason"),
    [
        # Only C02 has data: 40 % of the weight.
        ([PartResult("C02", bound=0.0)], {}, "little_data"),
        ([PartResult("T01", bound=0.93)], {"deliveries": 99}, "few_deliveries"),
        ([PartResult("T01", bound=0.93)], {"work_days": 9}, "few_days"),
        ([], {}, "little_data"),
    ],
)
def test_too_little_is_not_graded(parts, more, reason):
    result = month(*parts, **more)

    assert (result.raw_grade, result.not_graded_reason) == ("", reason)


def test_limits_at_the_edge_are_enough():
    result = month(PartResult("T01", bound=0.93), deliveries=100, work_days=10)

    assert result.not_graded_reason == ""


def test_red_line_gives_c_whatever_the_score_or_the_volume():
    best = [PartResult("T01", bound=1.0), PartResult("C02", bound=0.0)]

    assert month(*best, red_lines=["theft"]).raw_grade == "C"
    short = month(*best, red_lines=["theft"], deliveries=3)
    assert (short.raw_grade, short.not_graded_reason) == ("C", "")


@pytest.mark.parametrize(
    ("last", "raw", "before", "grade"),
    [
        ("", "B", "", "B"),  # first month
        ("B", "B", "B", "B"),
        ("A", "B", "A", "B"),  # down at once
        ("A", "C", "A", "C"),  # down at once, two steps
        ("B", "A", "B", "B"),  # one good month is not enough
        ("B", "A", "A", "A"),  # two in a row
        ("B", "A", "", "B"),  # the month before was not graded: not in a row
        ("C", "A", "A", "B"),  # one step at a time
        ("C", "A", "B", "B"),  # both months stand above C
        ("C", "B", "C", "C"),
        ("B", "", "A", "B"),  # not graded: the last grade stays
        ("", "", "", ""),
    ],
)
@pytest.mark.req("ASM-03")
def test_up_after_two_months_down_at_once(last, raw, before, grade):
    assert next_grade(last=last, raw=raw, raw_before=before) == grade


def test_stored_parts_become_rules():
    stored = [{"code": "T01", "weight": 25, "target": 0.95, "floor": 0.8, "bound": "low"}]

    assert rules_of(stored) == [PartRule("T01", Decimal(25), 0.95, 0.8)]
