"""Meetings, notices and tasks within a reader's reach."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from courierqa.core.access import Access
from courierqa.core.enums import Scope
from quality.communication_enums import MeetingKind, NoticeStatus, PartStatus, TaskStatus
from quality.models import (
    Attendance,
    CommonTask,
    Meeting,
    MeetingSeries,
    Receipt,
    StaffNotice,
    TaskPart,
)


def meetings_for(access: Access) -> QuerySet[Meeting]:
    """Return the meetings of the reader's sites, and those one chairs or belongs to."""
    rows = Meeting.objects.select_related("site", "chair", "plan")
    if access.is_all:
        return rows
    return rows.filter(access.rows(site="site_id") | _own_meetings(access.employee_id))


def _own_meetings(employee: int | None) -> Q:
    if employee is None:
        return Q(pk__in=())
    invited = MeetingSeries.people.through.objects.filter(employee=employee)
    came = Attendance.objects.filter(employee=employee)
    return (
        Q(chair=employee) | Q(plan__in=invited.values("meetingseries"))
        | Q(pk__in=came.values("meeting"))
    )  # fmt: skip


def wanted_meetings(
    rows: QuerySet[Meeting], asked: Mapping[str, str], *, today: date
) -> QuerySet[Meeting]:
    """Narrow by what the address asks for, with how many decisions and tasks came of each."""
    show, kind = asked.get("show", ""), asked.get("kind", "")
    waiting = Q(done_at=None, cancelled_at=None)
    wanted = {"held": ~Q(done_at=None), "coming": waiting & Q(due_day__gte=today),
              "late": waiting & Q(due_day__lt=today)}  # fmt: skip
    rows = rows.filter(wanted[show]) if show in wanted else rows
    if kind in MeetingKind.values:
        rows = rows.filter(kind=kind)
    if asked.get("series", "").isascii() and asked.get("series", "").isdecimal():
        rows = rows.filter(plan=int(asked["series"][:9]))
    return rows.annotate(n_decisions=Count("decisions", distinct=True),
                         n_tasks=Count("tasks", distinct=True))  # fmt: skip


def series_for(access: Access) -> QuerySet[MeetingSeries]:
    """Return the series of the reader's sites, and those one chairs or belongs to."""
    late = Meeting.objects.filter(plan=OuterRef("pk"), done_at=None, cancelled_at=None)
    held = Meeting.objects.filter(plan=OuterRef("pk")).exclude(done_at=None)
    rows = MeetingSeries.objects.select_related("site", "chair").annotate(
        next_on=Subquery(late.order_by("due_day").values("due_day")[:1]),
        last_on=Subquery(held.order_by("-held_on").values("held_on")[:1]),
    )
    if access.is_all:
        return rows
    own = Q(pk__in=())
    if access.employee_id is not None:
        invited = MeetingSeries.people.through.objects.filter(employee=access.employee_id)
        own = Q(chair=access.employee_id) | Q(pk__in=invited.values("meetingseries"))
    return rows.filter(access.rows(site="site_id") | own)


def notices_for(access: Access) -> QuerySet[StaffNotice]:
    """Return the notices with how many were asked and how many confirmed.

    Whoever reaches everything sees drafts; others see what concerns them or their people.
    """
    seen = receipts_for(access).filter(notice=OuterRef("pk")).order_by()
    asked = seen.values("notice").annotate(n=Count("pk")).values("n")
    done = seen.exclude(confirmed_at=None).values("notice").annotate(n=Count("pk")).values("n")
    rows = StaffNotice.objects.select_related("written_by").annotate(
        n_asked=Coalesce(Subquery(asked), 0), n_confirmed=Coalesce(Subquery(done), 0)
    )
    if access.is_all:
        return rows
    return rows.filter(n_asked__gt=0).exclude(status=NoticeStatus.DRAFT)


def receipts_for(access: Access) -> QuerySet[Receipt]:
    """Return the receipts of the people a reader reaches, the own one always."""
    rows = Receipt.objects.select_related("employee__site", "employee__user", "notice")
    if access.is_all:
        return rows
    own = Q(employee=access.employee_id) if access.employee_id else Q(pk__in=())
    return rows.filter(access.rows(site="employee__site_id") | own)


def tasks_for(access: Access) -> QuerySet[CommonTask]:
    """Return the tasks one coordinates, gave, or has a part of; those of the own sites."""
    rows = CommonTask.objects.select_related("owner", "meeting")
    if access.is_all:
        return rows
    seen = Q(by=access.user)
    if access.employee_id is not None:
        parts = TaskPart.objects.filter(owner=access.employee_id)
        seen |= Q(owner=access.employee_id) | Q(pk__in=parts.values("task"))
    if access.scope == Scope.SITE:
        seen |= Q(pk__in=TaskPart.objects.filter(site__in=access.sites).values("task"))
    return rows.filter(seen)


def wanted_tasks(
    rows: QuerySet[CommonTask], asked: Mapping[str, str], *, today: date
) -> QuerySet[CommonTask]:
    """Narrow by status, with how many parts there are and how many are done."""
    status = asked.get("status", "")
    if status == "late":
        rows = rows.filter(status=TaskStatus.OPEN, due_on__lt=today)
    elif status in TaskStatus.values:
        rows = rows.filter(status=status)
    return rows.annotate(
        n_parts=Count("parts"), n_done=Count("parts", filter=Q(parts__status=PartStatus.DONE))
    )


def parts_for(access: Access) -> QuerySet[TaskPart]:
    """Return the parts the actor may report: the own ones, or those of the own sites."""
    rows = TaskPart.objects.select_related("task", "owner", "site")
    if access.is_all:
        return rows
    own = Q(owner=access.employee_id) if access.employee_id else Q(pk__in=())
    return rows.filter(access.rows(site="site_id") | own)


def coordinated(access: Access) -> QuerySet[Any]:
    """Return the tasks the actor may put off or give up: those one coordinates or gave."""
    rows = CommonTask.objects.select_related("owner", "meeting")
    if access.is_all:
        return rows
    own = Q(owner=access.employee_id) if access.employee_id else Q(pk__in=())
    return rows.filter(own | Q(by=access.user))
