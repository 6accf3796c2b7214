"""The rules of sitting an exam, apart from any writing: may it begin, which paper is drawn."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from courierqa.core.errors import DomainError
from staff.enums import EmployeeState
from staff.models import Attempt, CourseAssignment, Employee, Exam, Question


class NoAttempt(DomainError):
    """An exam cannot be started now; says why and from when it can."""

    code = "no_attempt"

    def __init__(self, message: str, *, code: str, from_at: datetime | None = None) -> None:
        super().__init__(message, code=code)
        self.from_at = from_at


def draw_paper(
    questions: list[Question], size: int, *, seed: int, blueprint: Mapping[str, int] | None = None
) -> list[dict[str, Any]]:
    """Draw a paper and copy the questions onto it; the same seed draws the same paper.

    `blueprint` says how many questions of a section come first; the rest is drawn from all.
    """
    rng = random.Random(seed)
    chosen: list[Question] = []
    for section, count in (blueprint or {}).items():
        bank = [question for question in questions if question.section == section]
        chosen += rng.sample(bank, min(count, len(bank), size - len(chosen)))
    taken = {question.pk for question in chosen}
    rest = [question for question in questions if question.pk not in taken]
    chosen += rng.sample(rest, min(size - len(chosen), len(rest)))
    return [
        {
            "id": question.pk,
            "text": question.text,
            "text_en": question.text_en,
            "options": question.options,
            "correct": question.correct,
            "explanation": question.explanation,
            "explanation_en": question.explanation_en,
        }
        for question in chosen
    ]


def check_start(
    employee: Employee,
    exam: Exam,
    sat: list[Attempt],
    owed: CourseAssignment | None,
    *,
    at: datetime,
) -> None:
    """Refuse a start with the reason: not assigned, tries used up, too soon after the last."""
    if employee.state == EmployeeState.LEFT:
        raise NoAttempt(_("You no longer work here"), code="left")
    if owed is None:
        raise NoAttempt(_("This course is not assigned to you"), code="not_assigned")
    mine = [attempt for attempt in sat if attempt.assignment_id == owed.pk]
    if len(mine) >= exam.max_attempts:
        raise NoAttempt(
            _("All %(n)d attempts are used. Ask your trainer") % {"n": exam.max_attempts},
            code="attempts_used",
        )
    if mine and mine[-1].finished_at:
        free = mine[-1].finished_at + timedelta(hours=exam.retake_hours)
        if at < free:
            raise NoAttempt(
                _("Try again %(n)d hours after the last attempt") % {"n": exam.retake_hours},
                code="too_soon",
                from_at=free,
            )
