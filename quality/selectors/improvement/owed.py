"""What one person owes of all this, for “My tasks” and for the home page (COM-05)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from complaints.selectors.tasks import Task
from courierqa.core.calendars import day_start
from quality.communication_enums import NoticeStatus, PartStatus, TaskStatus
from quality.enums import ActionStatus
from quality.improvement_enums import ActivityStatus, ProgrammeStatus
from quality.models import Action, Activity, Meeting, Programme, Receipt, RoutineTurn, TaskPart
from quality.selectors.tasks import ORDERED

# Whoever has more than this of one kind has another list to work through.
MOST = 50
SOON, HOME_ROWS = timedelta(days=7), 6


def tasks_of(user: Any) -> Iterator[Task]:
    """Return everything owed; one question to the database per kind."""
    for source in (_actions, _parts, _notices, _meetings, _turns, _activities, _programmes):
        yield from source(user)


def own_soon(user: Any, *, today: date) -> list[Task]:
    """Return for the home page what is due within a week, nearest first; measures stand apart."""
    until = end_of(today + SOON)
    owed = [one for source in (_parts, _notices, _meetings, _turns, _activities)
            for one in source(user) if one.due_at and one.due_at <= until]  # fmt: skip
    return sorted(owed, key=lambda one: (one.due_at, one.link))[:HOME_ROWS]


def _actions(user: Any) -> Iterator[Task]:
    rows = Action.objects.filter(
        owner__user=user, status=ActionStatus.OPEN, nonconformity__status__in=ORDERED
    ).select_related("nonconformity")
    for row in rows.order_by("due_on")[:MOST]:
        link = reverse("quality:nonconformity", args=[row.nonconformity.number])
        yield Task(pgettext("task", "Measure"), row.text, link, end_of(row.due_on))


def _parts(user: Any) -> Iterator[Task]:
    rows = TaskPart.objects.filter(
        owner__user=user, status=PartStatus.OPEN, task__status=TaskStatus.OPEN
    ).select_related("task")
    for row in rows.order_by("task__due_on")[:MOST]:
        link = reverse("quality:task", args=[row.task.number])
        words = f"{row.task.title} · {row.text}"
        yield Task(pgettext("task", "Part of a task"), words, link, end_of(row.task.due_on))


def _notices(user: Any) -> Iterator[Task]:
    rows = Receipt.objects.filter(
        employee__user=user, confirmed_at=None, notice__status=NoticeStatus.PUBLISHED
    ).select_related("notice")
    for row in rows.order_by("notice__due_on")[:MOST]:
        link = reverse("quality:notice", args=[row.notice_id])
        yield Task(_("Notice to confirm"), row.notice.title, link, end_of(row.notice.due_on))


def _meetings(user: Any) -> Iterator[Task]:
    rows = Meeting.objects.filter(chair__user=user, done_at=None, cancelled_at=None)
    for row in rows.order_by("due_day")[:MOST]:
        link = reverse("quality:meeting", args=[row.pk])
        yield Task(pgettext("task", "Meeting"), row.title, link, end_of(row.due_day))


def _turns(user: Any) -> Iterator[Task]:
    rows = RoutineTurn.objects.filter(
        plan__owner__user=user, plan__is_active=True, done_at=None
    ).select_related("plan")
    for row in rows.order_by("due_day")[:MOST]:
        link = reverse("quality:routine", args=[row.plan.code])
        yield Task(pgettext("task", "Routine"), str(row.plan), link, end_of(row.due_day))


def _activities(user: Any) -> Iterator[Task]:
    rows = Activity.objects.filter(owner__user=user, status=ActivityStatus.PLANNED)
    for row in rows.order_by("ends_on")[:MOST]:
        link = reverse("quality:activity", args=[row.pk])
        yield Task(pgettext("task", "Activity"), row.title, link, end_of(row.ends_on))


def _programmes(user: Any) -> Iterator[Task]:
    rows = Programme.objects.filter(owner__user=user, status=ProgrammeStatus.RUNNING)
    for row in rows.order_by("due_on")[:MOST]:
        link = reverse("quality:programme", args=[row.number])
        yield Task(pgettext("task", "Improvement"), row.title, link, end_of(row.due_on))


def end_of(day: date) -> Any:
    """A date is owed until the last moment of its day."""
    return day_start(day + timedelta(days=1)) - timedelta(microseconds=1)
