"""When figures were refreshed, rebuilt and checked, newest first."""

from __future__ import annotations

from django.db.models import QuerySet

from courierqa.core.models import JobRun

NAMES = ("kpi.refresh", "kpi.rebuild", "kpi.verify")


def figure_runs() -> QuerySet[JobRun]:
    """Return the runs of the jobs that keep the figures."""
    return JobRun.objects.filter(name__in=NAMES)
