"""What a promotion asks for, as facts about the person on a day (ASM-08)."""

from __future__ import annotations

from datetime import date
from typing import Any

from staff import grading
from staff.enums import AssessmentState, DisciplineState
from staff.models import Certificate, Employee, Post
from staff.qualifications import valid_on

DECIDED = (DisciplineState.DECIDED, DisciplineState.UPHELD, DisciplineState.APPEALED)


def months_between(start: date, end: date) -> int:
    """Return the whole months from one day to another."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - (end.day < start.day)


def conditions(person: Employee, post: Post, *, day: date) -> list[dict[str, Any]]:
    """Return each condition of the post with what the person has and whether that is enough."""
    served = months_between(person.hired_on, day)
    found = [_line("tenure", served >= (post.promotion_months or 0), served, post.promotion_months)]
    if post.promotion_grade and person.post.is_graded:
        last = person.assessments.exclude(state=AssessmentState.DRAFT).first()
        grade = last.grade if last else ""
        enough = bool(grade) and not grading.is_better(post.promotion_grade, grade)
        found.append(_line("grade", enough, grade, post.promotion_grade))
    held = Certificate.objects.filter(valid_on(day), employee=person).values("course")
    missing = list(post.courses.exclude(pk__in=held).values_list("code", flat=True))
    found.append(_line("courses", not missing, ", ".join(missing), ""))
    year_ago = day.replace(year=day.year - 1, day=min(day.day, 28))
    steps = person.discipline.filter(state__in=DECIDED, decided_at__date__gte=year_ago).count()
    found.append(_line("discipline", not steps, steps, 0))
    return found


def _line(code: str, met: bool, value: object, wanted: object) -> dict[str, Any]:  # noqa: FBT001
    return {"code": code, "met": met, "value": str(value), "wanted": str(wanted or "")}
