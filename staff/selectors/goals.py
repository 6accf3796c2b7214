"""Personal goals with what was really reached, read from the assessed months."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from courierqa.core.access import Access
from staff.enums import AssessmentState, GoalKind, GoalState, GradePart
from staff.models import AssessmentPart, Employee, Goal


@dataclass(frozen=True)
class Actual:
    """What a month brought: the share and out of how many."""

    month: str
    value: float
    total: int | None


@dataclass
class GoalLine:
    """A goal with the months behind it, oldest first; empty for a goal without a figure."""

    goal: Goal
    is_more_better: bool = True
    actuals: list[Actual] = field(default_factory=list)

    @property
    def last(self) -> Actual | None:
        return self.actuals[-1] if self.actuals else None

    @property
    def is_reached(self) -> bool | None:
        """Say whether the last month met the figure; None where no month says anything."""
        if self.last is None or self.goal.target is None:
            return None
        if self.is_more_better:
            return self.last.value >= self.goal.target
        return self.last.value <= self.goal.target

    def is_late(self, today: date) -> bool:
        return self.goal.state == GoalState.OPEN and self.goal.due_on < today


# Of these parts less is better.
LESS_IS_BETTER = frozenset({GradePart.COMPLAINTS.value})


def goals_for(access: Access) -> QuerySet[Goal]:
    """Return the goals the reader may see."""
    rows = Goal.objects.filter(access.rows(site="employee__site", own="employee"))
    return rows.select_related("employee__site", "set_by")


def open_goals(person: Employee) -> QuerySet[Goal]:
    """Return what a person works on, the nearest day first."""
    return person.goals.filter(state=GoalState.OPEN).select_related("set_by").order_by("due_on")


def goal_lines(goals: Iterable[Goal]) -> list[GoalLine]:
    """Give each goal its months with one query, however many goals."""
    lines = [GoalLine(goal, goal.part not in LESS_IS_BETTER) for goal in goals]
    wanted = [line for line in lines if line.goal.kind == GoalKind.FIGURE]
    known = _parts({line.goal.employee_id for line in wanted}) if wanted else {}
    for line in wanted:
        goal = line.goal
        months = known.get((goal.employee_id, goal.part), {})
        line.actuals = [months[key] for key in sorted(months) if _is_within(goal, key)]
    return lines


def _is_within(goal: Goal, month: str) -> bool:
    return f"{goal.set_on:%Y-%m}" <= month <= f"{goal.due_on:%Y-%m}"


def _parts(people: set[int]) -> dict[tuple[int, str], dict[str, Actual]]:
    """Return (person, part) → month → the newest version that is no draft."""
    rows = AssessmentPart.objects.filter(assessment__employee__in=people).exclude(
        assessment__state=AssessmentState.DRAFT
    )
    found: dict[tuple[int, str], dict[str, Actual]] = {}
    for person, code, month, value, total in rows.order_by("assessment__version").values_list(
        "assessment__employee", "code", "assessment__month", "value", "total"
    ):
        if value is not None:
            found.setdefault((person, code), {})[month] = Actual(month, value, total)
    return found
