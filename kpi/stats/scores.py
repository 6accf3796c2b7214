"""Survey scores. Answers on a 1–5 scale, recommendations on 0–10."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal


def score_linear(answers: Sequence[int]) -> Decimal | None:
    """Return the mean of the answers mapped to 0, 25, 50, 75, 100; None without answers."""
    if not answers:
        return None
    if any(not 1 <= answer <= 5 for answer in answers):
        raise ValueError("answers run from 1 to 5")
    return Decimal(25 * sum(answer - 1 for answer in answers)) / len(answers)


def csat(answers: Sequence[int]) -> tuple[int, int]:
    """Return (answers of 4 or 5, answers)."""
    return sum(answer >= 4 for answer in answers), len(answers)


def nps(answers: Sequence[int]) -> Decimal | None:
    """Return the share of 9–10 minus the share of 0–6, in points; None without answers."""
    if not answers:
        return None
    if any(not 0 <= answer <= 10 for answer in answers):
        raise ValueError("answers run from 0 to 10")
    balance = sum(answer >= 9 for answer in answers) - sum(answer <= 6 for answer in answers)
    return Decimal(100 * balance) / len(answers)
