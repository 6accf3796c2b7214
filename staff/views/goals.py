"""Personal goals: the list within reach, agreeing on one, what came of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import access_for, allow, may
from courierqa.core.calendars import business_day
from courierqa.core.enums import Scope
from courierqa.core.formats import day, share
from staff import selectors, services
from staff.enums import GoalKind, GoalState
from staff.forms.goals import CloseGoalForm, GoalForm, OwnGoalForm
from staff.models import Goal
from staff.views.files import listed
from staff.views.records import Cell, Deed, Record, Table, make_page, record_page, table_page

BADGES = {"open": "neutral", "reached": "good", "missed": "bad", "dropped": "neutral"}


@allow("goal", GET="read")
def goals_page(request: HttpRequest) -> HttpResponse:
    """Goals within reach, newest first, each with what the last month really brought."""
    page = listed(request, selectors.goals_for(request.access))
    new = [(reverse("staff:goal_new"), _("Agree on a goal"), "plus")]
    table = Table(
        _("Personal goals"),
        [_("Goal"), _("Person"), _("Wanted") + "#", _("Reached last") + "#", _("Due on"),
         _("State")],
        goal_rows(page), page=page, export="goal", icon="target", empty=_("No goal was agreed yet"),
        hint=_("A goal names a figure and a day, or something a person wants to grow in"),
        actions=new if may(request.user, "goal", "change") else (),
    )  # fmt: skip
    return table_page(request, table)


def goal_rows(goals: Any) -> list[list[Cell]]:
    """Return one row a goal."""
    today = business_day(timezone.now())
    return [
        [Cell(line.goal.text, reverse("staff:goal", args=[line.goal.pk])),
         Cell(f"{line.goal.employee.name} {line.goal.employee.number}"),
         Cell(_wanted(line), is_number=True), Cell(_reached(line), is_number=True),
         Cell(day(line.goal.due_on)), _state(line, today)]
        for line in selectors.goal_lines(goals)
    ]  # fmt: skip


def _wanted(line: selectors.GoalLine) -> str | None:
    if line.goal.target is None:
        return None
    sign = "≥" if line.is_more_better else "≤"
    return f"{line.goal.get_part_display()} {sign} {share(line.goal.target)}"


def _reached(line: selectors.GoalLine) -> str | None:
    return f"{share(line.last.value)} ({line.last.month})" if line.last else None


def _state(line: selectors.GoalLine, today: Any) -> Cell:
    if line.is_late(today):
        return Cell(_("Overdue"), badge="bad")
    return Cell(line.goal.get_state_display(), badge=BADGES[line.goal.state])


def _people(request: HttpRequest) -> Any:
    return selectors.employees_for(request.access).exclude(state="left")


@allow("goal", GET="change", POST="change")
def goal_new(request: HttpRequest) -> HttpResponse:
    """Agree on a goal with somebody within reach, or choose what to grow in oneself."""
    own, is_own = getattr(request.user, "employee", None), request.access.scope == Scope.OWN
    if is_own and own is None:
        raise Http404
    people = _people(request)
    asked = {"person": request.GET.get("person", "")}
    form = (
        OwnGoalForm(request.POST or None)
        if is_own
        else GoalForm(request.POST or None, people=people, initial=asked)
    )

    def save(said: dict[str, Any]) -> str:
        percent, person = said.pop("percent", None), said.pop("person", own)
        target = float(percent) / 100 if percent is not None else None
        goal = services.set_goal(
            person, **{"kind": GoalKind.DEVELOPMENT, **said}, target=target, by=request.user,
            at=timezone.now(),
        )  # fmt: skip
        return reverse("staff:goal", args=[goal.pk])

    lead = (
        _("A figure is agreed with whoever leads you; this is yours to choose")
        if is_own
        else _("What was really reached is read from the monthly grades")
    )
    return make_page(request, form, save, title=_("Agree on a goal"), submit=_("Keep the goal"),
                     back=reverse("staff:goals"), lead=lead)  # fmt: skip


@allow("goal", GET="read", POST="change")
def goal_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One goal with its months; it ends with what came of it."""
    access = access_for(request.user, "goal", "read") or request.access
    goal = get_object_or_404(selectors.goals_for(access), pk=pk)
    line = selectors.goal_lines([goal])[0]
    months = [Cell(_month(line, actual)) for actual in line.actuals]
    record = Record(
        title=_("Goal of %(name)s") % {"name": goal.employee.name}, lead=goal.text,
        back=reverse("staff:goals"), back_label=_("Personal goals"),
        facts=[(_("Kind"), goal.get_kind_display()), (_("Wanted"), _wanted(line)),
               (_("Agreed on"), f"{day(goal.set_on)} · {goal.set_by.display_name}"),
               (_("Due on"), day(goal.due_on)), (_("State"), goal.get_state_display()),
               (_("What came of it"), goal.result or None)],
        lines=[(_("What was really reached, month by month"), months)]
        if goal.kind == GoalKind.FIGURE else [],
        deeds=_deeds(request, goal),
    )  # fmt: skip
    return record_page(request, record)


def _month(line: selectors.GoalLine, actual: Any) -> str:
    basis = f" · n = {actual.total}" if actual.total is not None else ""
    return f"{actual.month} · {share(actual.value)}{basis}"


def _deeds(request: HttpRequest, goal: Goal) -> list[Deed]:
    access = access_for(request.user, "goal", "change")
    is_own = goal.employee.user_id == request.user.pk
    reaches = access is not None and (is_own or _people_of(access, goal))
    if goal.state != GoalState.OPEN or not reaches or (is_own and goal.kind == GoalKind.FIGURE):
        return []
    return [
        Deed("close", _("Close the goal"), CloseGoalForm,
             lambda said: services.close_goal(goal, **said, by=request.user, at=timezone.now())),
    ]  # fmt: skip


def _people_of(access: Any, goal: Goal) -> bool:
    return selectors.goals_for(access).filter(pk=goal.pk).exists()
