"""The service score and grade of a month (H05): pure arithmetic, no database, no clock.

Every part runs in a straight line from 0 at its floor to 100 at its target. Shares of many parcels
are read at the careful end of their Wilson range: the lower bound of good things, the upper bound
of bad ones. Rare events and few answers are drawn towards the company's mean instead. So few
records neither crown nor ruin anybody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from staff.enums import Grade, NotGraded

CENT = Decimal("0.01")
FULL = Decimal(100)
# From best to worst; one step is one place.
LADDER = (Grade.A, Grade.B, Grade.C)


@dataclass(frozen=True)
class PartRule:
    """One part of a scheme: how much it weighs, where 100 points end and where 0 begin."""

    code: str
    weight: Decimal
    target: float
    floor: float


@dataclass(frozen=True)
class PartResult:
    """What the month brought for one part. `bound` None means no data.

    `value` is the plain share, `bound` the figure that is scored, `records` the address of the
    records behind it. Where that figure was drawn to the company's mean, `mean` and `pull` say to
    which, and as if by how many more records.
    """

    code: str
    hits: int | None = None
    total: int | None = None
    value: float | None = None
    bound: float | None = None
    records: str = ""
    mean: float | None = None
    pull: int | None = None


@dataclass(frozen=True)
class Limits:
    """Where grades begin and when there is too little to grade."""

    a_from: Decimal = Decimal(90)
    b_from: Decimal = Decimal(75)
    min_deliveries: int = 100
    min_work_days: int = 10
    min_weight_percent: int = 60


@dataclass(frozen=True)
class MonthScore:
    """The score of a month and what it says by itself, before the two-months rule."""

    score: Decimal | None
    covered_percent: int
    raw_grade: str
    not_graded_reason: str
    part_scores: Mapping[str, Decimal | None] = field(hash=False)


def rules_of(parts: Iterable[Mapping[str, Any]]) -> list[PartRule]:
    """Read the parts of a stored scheme."""
    return [
        PartRule(
            code=part["code"],
            weight=Decimal(str(part["weight"])),
            target=float(part["target"]),
            floor=float(part["floor"]),
        )
        for part in parts
    ]


def part_score(bound: float, *, target: float, floor: float) -> Decimal:
    """Return 0–100: 100 at the target or better, 0 at the floor or worse, straight between.

    The floor lies below the target where more is better, above it where less is better.
    """
    if target == floor:
        reached = bound >= target
        return FULL if reached else Decimal(0)
    way = (Decimal(str(bound)) - Decimal(str(floor))) / (Decimal(str(target)) - Decimal(str(floor)))
    return (FULL * min(max(way, Decimal(0)), Decimal(1))).quantize(CENT, ROUND_HALF_UP)


def score_month(
    rules: Sequence[PartRule],
    results: Iterable[PartResult],
    *,
    limits: Limits,
    deliveries: int | None = None,
    work_days: int | None = None,
    red_lines: Sequence[str] = (),
    not_graded_reason: str = "",
) -> MonthScore:
    """Return the month's score; parts without data are left out and the weights scaled up.

    The total is taken from the part scores as printed, so that a reader can recompute it.
    """
    bounds = {result.code: result.bound for result in results}
    scores = {rule.code: _score(rule, bounds.get(rule.code)) for rule in rules}
    covered = sum((r.weight for r in rules if scores[r.code] is not None), Decimal(0))
    whole = sum((rule.weight for rule in rules), Decimal(0))
    percent = int(FULL * covered / whole) if whole else 0
    score = _total(rules, scores, covered)
    reason = not_graded_reason or _too_little(limits, deliveries, work_days, percent)
    return MonthScore(
        score=score,
        covered_percent=percent,
        raw_grade=_raw_grade(score, limits, red_lines, reason),
        # A confirmed red line is a fact, not a statistic: it grades even a short month.
        not_graded_reason="" if red_lines else reason,
        part_scores=scores,
    )


def _score(rule: PartRule, bound: float | None) -> Decimal | None:
    if bound is None:
        return None
    return part_score(bound, target=rule.target, floor=rule.floor)


def _total(
    rules: Sequence[PartRule], scores: Mapping[str, Decimal | None], covered: Decimal
) -> Decimal | None:
    if not covered:
        return None
    points = sum((r.weight * (scores[r.code] or 0) for r in rules), Decimal(0))
    return (points / covered).quantize(CENT, ROUND_HALF_UP)


def _too_little(limits: Limits, deliveries: int | None, work_days: int | None, percent: int) -> str:
    if deliveries is not None and deliveries < limits.min_deliveries:
        return NotGraded.FEW_DELIVERIES
    if work_days is not None and work_days < limits.min_work_days:
        return NotGraded.FEW_DAYS
    return NotGraded.LITTLE_DATA if percent < limits.min_weight_percent else ""


def _raw_grade(score: Decimal | None, limits: Limits, red_lines: Sequence[str], reason: str) -> str:
    if red_lines:
        return Grade.C
    if reason or score is None:
        return ""
    if score >= limits.a_from:
        return Grade.A
    return Grade.B if score >= limits.b_from else Grade.C


def is_better(one: str, other: str) -> bool:
    """Say whether grade `one` stands above grade `other`."""
    return bool(one and other) and LADDER.index(Grade(one)) < LADDER.index(Grade(other))


def next_grade(*, last: str, raw: str, raw_before: str) -> str:
    """Return the grade after the two-months rule.

    `last` is the grade so far, `raw` what this month alone says ("" = not graded) and
    `raw_before` what the month before alone said. Down goes at once; up goes one step, and only
    when both months stand above the grade so far; a month not graded keeps the last grade.
    """
    if not raw or raw == last:
        return last
    if not last or is_better(last, raw):
        return raw
    if not is_better(raw_before, last):
        return last
    return LADDER[LADDER.index(Grade(last)) - 1]
