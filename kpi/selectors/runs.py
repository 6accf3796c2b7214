"""When figures were refreshed, rebuilt and checked, newest first."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from courierqa.core.models import JobRun
from kpi.models import MonthCell, Snapshot

NAMES = ("kpi.refresh", "kpi.rebuild", "kpi.verify")


def figure_runs() -> QuerySet[JobRun]:
    """Return the runs of the jobs that keep the figures."""
    return JobRun.objects.filter(name__in=NAMES)


def is_month_open(key: str) -> bool:
    """Say whether a month has figures but no final report."""
    first = date.fromisoformat(f"{key}-01")
    has_figures = MonthCell.objects.filter(month=first, total__gt=0).exists()
    return has_figures and not Snapshot.objects.filter(period=key, is_final=True).exists()
