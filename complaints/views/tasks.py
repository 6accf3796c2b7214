"""The page of one's own tasks."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.selectors.tasks import tasks_of
from complaints.views.requests import StaffRequest
from courierqa.core.access import allow


@allow("account", GET="read")
def my_tasks(request: StaffRequest) -> HttpResponse:
    """Show everything the reader owes with its due time, late ones first (COM-05)."""
    now = timezone.now()
    tasks = tasks_of(request.user, now=now)
    rows = [(task, task.is_late(now)) for task in tasks]
    late = sum(is_late for _task, is_late in rows)
    context = {"title": _("My tasks"), "rows": rows, "late": late}
    return render(request, "complaints/my_tasks.html", context)
