"""When the figures were refreshed, rebuilt and checked, how far they reach, and what failed."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.job_views import JOB_NAMES
from courierqa.core.models import ChangedDay
from courierqa.core.paging import page_of
from kpi import selectors
from kpi.models import Verification
from kpi.views.shared import lateness

CHECKS = 12


@allow("job", GET="read")
def runs_page(request: HttpRequest) -> HttpResponse:
    """Show the runs with their progress, the watermark and the last checks."""
    now, as_of = timezone.now(), selectors.reach()
    page = page_of(selectors.figure_runs(), request.GET)
    for run in page:
        run.label = JOB_NAMES.get(run.name, run.name)
        # A run that ended well did all of its months, also those it found nothing to do in.
        run.done = run.total if run.ok else run.done
        run.percent = round(100 * run.done / run.total) if run.total else None
        run.took = run.ended_at - run.started_at if run.ended_at else None
    shown: dict[str, Any] = {
        "page": page,
        "is_running": any(run.ok is None for run in page),
        "as_of": as_of,
        "age": now - as_of if as_of else None,
        "late": lateness(as_of, now),
        "limit": settings.FIGURES_LATE_MINUTES,
        "waiting": ChangedDay.objects.count(),
        "checks": list(Verification.objects.order_by("-started_at", "-pk")[:CHECKS]),
        "title": _("Runs of figures"),
    }
    name = "kpi/_runs.html" if request.htmx else "kpi/runs.html"  # type: ignore[attr-defined]
    return render(request, name, shown)
