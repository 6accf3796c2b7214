"""The runs page: recurring and requested work, and side effects that wait or were parked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courierqa.core import outbox
from courierqa.core.access import allow, may
from courierqa.core.enums import EffectState
from courierqa.core.models import Effect, JobRun
from courierqa.core.paging import page_of

JOB_NAMES: dict[str, Any] = {
    "core.seal_audit": gettext_lazy("Seal the audit log"),
    "core.relay": gettext_lazy("Ring lost doorbells again"),
    "core.keys": gettext_lazy("Prepare encryption keys"),
    "kpi.refresh": gettext_lazy("Refresh figures"),
    "kpi.verify": gettext_lazy("Verify figures"),
    "kpi.rebuild": gettext_lazy("Rebuild every figure"),
    "kpi.lateness": gettext_lazy("Watch the age of figures"),
    "kpi.mails": gettext_lazy("Send dashboards by e-mail"),
    "kpi.reports": gettext_lazy("Draft monthly reports"),
    "complaints.escalate": gettext_lazy("Watch complaint clocks"),
    "shipments.watch": gettext_lazy("Watch parcels"),
    "kpi.objectives": gettext_lazy("Assess the objectives of ended months"),
    "kpi.grade": gettext_lazy("Draft the grades of the ended month"),
    "staff.finalise": gettext_lazy("Make grades final"),
    "staff.courses": gettext_lazy("Assign the courses posts require"),
}
MAX_PARKED = 50


@allow("job", GET="read")
def runs(request: HttpRequest) -> HttpResponse:
    """Show the last runs, what waits and what was parked."""
    page = page_of(JobRun.objects.all(), request.GET)
    for run in page:
        run.label = JOB_NAMES.get(run.name, run.name)
        run.percent = round(100 * run.done / run.total) if run.total else None
    context = {
        "title": _("Runs"),
        "page": page,
        "states": _states(),
        "parked": Effect.objects.filter(state=EffectState.PARKED).order_by("-id")[:MAX_PARKED],
        "may_retry": may(request.user, "job", "change"),
        "schedule": _schedule(),
    }
    return render(request, "core/runs.html", context)


@allow("job", POST="change")
def retry_effect(request: HttpRequest, effect_id: int) -> HttpResponse:
    """Let a parked effect try again from the start."""
    row = get_object_or_404(Effect, pk=effect_id, state=EffectState.PARKED)
    outbox.unpark(row, by=request.user, at=timezone.now())
    return redirect("core:runs")


def _states() -> list[tuple[Any, int]]:
    counted = Effect.objects.exclude(state=EffectState.DONE).values_list("state")
    found = dict(counted.annotate(n=Count("id")).order_by("state"))
    return [(state.label, found.get(state, 0)) for state in EffectState if state != "done"]


def _schedule() -> list[dict[str, Any]]:
    return [
        {
            "label": JOB_NAMES.get(name, name),
            "seconds": seconds,
            "every": timedelta(seconds=seconds) if seconds >= 60 else None,
        }
        for name, (_target, seconds) in settings.SCHEDULE.items()
    ]
