"""Everything one person owes, from every queue, nearest due time first (COM-05)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from complaints.clocks import NEVER
from complaints.enums import OPEN
from complaints.models import Case, Forum, Remedy, Statement, Transfer, Visit
from complaints.work_enums import RemedyStatus
from courierqa.core import approvals
from courierqa.core.calendars import day_start
from shipments.models import ParcelException
from staff.enums import OWED
from staff.models import CourseAssignment, User

# Whoever has more than this of one kind has another list to work through.
MOST = 50


@dataclass(frozen=True)
class Task:
    """One thing to do; without a due time it only waits."""

    kind: str
    words: str
    link: str
    due_at: datetime | None

    def is_late(self, now: datetime) -> bool:
        return self.due_at is not None and self.due_at < now


_more: list[Callable[[User], Iterator[Task]]] = []


def offer(source: Callable[[User], Iterator[Task]]) -> None:
    """Add what an app above knows of; called once when it is loaded."""
    if source not in _more:
        _more.append(source)


def tasks_of(user: User, *, now: datetime) -> list[Task]:
    """Return what this person owes; one question to the database per kind of task."""
    sources = (_cases, _helps, _statements, _remedies, _forums, _visits, _exceptions, _courses,
               *_more)  # fmt: skip
    owed = chain.from_iterable(source(user) for source in sources)
    dated = sorted(owed, key=lambda task: (task.due_at is None, task.due_at, task.link))
    return [*dated, *_approvals(user, now)]


def _cases(user: User) -> Iterator[Task]:
    rows = Case.objects.filter(owner=user, status__in=OPEN)
    for row in rows.select_related("reason").order_by("next_due_at")[:MOST]:
        link = reverse("complaints:case", args=[row.number])
        # A case that only waits for its summary has no clock left.
        due = row.next_due_at if row.next_due_at < NEVER else None
        yield Task(pgettext("task", "Case"), f"{row.number} {row.reason}", link, due)


def _helps(user: User) -> Iterator[Task]:
    rows = Transfer.objects.filter(to_user=user, answered_at=None, returned_at=None)
    for row in rows.select_related("case").order_by("due_at")[:MOST]:
        link = reverse("complaints:case", args=[row.case.number])
        yield Task(_("Question of a colleague"), row.question, link, row.due_at)


def _statements(user: User) -> Iterator[Task]:
    rows = Statement.objects.filter(person__user=user, answered_at=None)
    for row in rows.order_by("due_at")[:MOST]:
        yield Task(_("Statement"), row.question, reverse("complaints:m_cases"), row.due_at)


def _remedies(user: User) -> Iterator[Task]:
    rows = Remedy.objects.filter(case__owner=user, status=RemedyStatus.PROMISED)
    for row in rows.select_related("case").order_by("due_at")[:MOST]:
        link = reverse("complaints:case", args=[row.case.number])
        yield Task(_("Promise to a customer"), row.words, link, row.due_at)


def _forums(user: User) -> Iterator[Task]:
    rows = Forum.objects.filter(watcher=user, is_active=True).order_by("next_due_at")
    for row in rows[:MOST]:
        link = reverse("complaints:forum", args=[row.pk])
        yield Task(_("Look at a forum"), str(row), link, row.next_due_at)


def _visits(user: User) -> Iterator[Task]:
    rows = Visit.objects.filter(visitor=user, held_at=None, cancelled_at=None)
    for row in rows.select_related("customer").order_by("planned_on")[:MOST]:
        words = f"{row.customer.name} · {row.purpose}"
        link = reverse("complaints:visit", args=[row.pk])
        yield Task(_("Return visit"), words, link, _end_of(row.planned_on))


def _exceptions(user: User) -> Iterator[Task]:
    rows = ParcelException.objects.filter(owner__user=user, closed_at=None)
    for row in rows.order_by("due_at")[:MOST]:
        link = reverse("shipments:exception", args=[row.number])
        yield Task(pgettext("task", "Exception"), row.number, link, row.due_at)


def _courses(user: User) -> Iterator[Task]:
    rows = CourseAssignment.objects.filter(employee__user=user, state__in=OWED)
    for row in rows.select_related("course").order_by("due_on")[:MOST]:
        link = reverse("staff:course", args=[row.course.code])
        yield Task(pgettext("task", "Course"), str(row.course), link, _end_of(row.due_on))


def _approvals(user: Any, now: datetime) -> Iterator[Task]:
    for row in approvals.waiting_for(user, at=now)[:MOST]:
        yield Task(_("Approval"), row.title, row.link, None)


def _end_of(day: date) -> datetime:
    """A date is owed until the last moment of its day."""
    return day_start(day + timedelta(days=1)) - timedelta(microseconds=1)
