"""Personal goals: agreed, and closed with what came of them."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError, NotAllowed
from staff.enums import GoalKind, GoalState
from staff.models import Employee, Goal, User


@transaction.atomic
def set_goal(
    employee: Employee, *, kind: str, text: str, due_on: date, part: str = "",
    target: float | None = None, by: User, at: datetime,
) -> Goal:  # fmt: skip
    """Agree on a goal (ASM-13, ASM-15); `target` is a share from 0 to 1.

    A figure is agreed with somebody else; what to grow in is one's own to choose.
    """
    if due_on < business_day(at):
        raise DomainError(_("Choose today or a later day"), code="past", field="due_on")
    is_figure = kind == GoalKind.FIGURE
    if is_figure:
        _check_figure(employee, part, target, by=by)
    made = Goal.objects.create(
        employee=employee, kind=kind, text=text, due_on=due_on, set_on=business_day(at),
        part=part if is_figure else "", target=target if is_figure else None, set_by=by,
    )  # fmt: skip
    audit.record("goal.create", made, actor=by, at=at)
    return made


def _check_figure(employee: Employee, part: str, target: float | None, *, by: User) -> None:
    if employee.user_id == by.pk:
        raise DomainError(
            _("Agree on a figure with whoever leads you; a development goal is yours to set"),
            code="own_figure", field="kind",
        )  # fmt: skip
    if not part:
        raise DomainError(_("Choose the figure"), code="required", field="part")
    if target is None or not 0 <= target <= 1:
        raise DomainError(_("Write a share from 0 to 100"), code="bad_share", field="percent")


@transaction.atomic
def close_goal(goal: Goal, *, state: str, result: str, by: User, at: datetime) -> Goal:
    """Say what came of a goal; a figure is never judged by the person themselves."""
    goal = Goal.objects.select_for_update().select_related("employee").get(pk=goal.pk)
    if goal.state != GoalState.OPEN:
        raise DomainError(_("This goal was closed already"), code="closed")
    if state not in GoalState.values or state == GoalState.OPEN:
        raise DomainError(_("Choose what came of it"), code="required", field="state")
    if goal.kind == GoalKind.FIGURE and goal.employee.user_id == by.pk:
        raise NotAllowed(_("Somebody else judges whether a figure was reached"))
    goal.state, goal.result, goal.closed_by, goal.closed_at = state, result, by, at
    goal.save(update_fields=["state", "result", "closed_by", "closed_at", "updated_at"])
    audit.record("goal.close", goal, actor=by, at=at)
    return goal
