"""Recurring work: one list in the settings, one run at a time, every run visible as a row."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from courierqa.core.errors import described
from courierqa.core.leases import Held, LeaseBusy, hold
from courierqa.core.models import JobRun

log = logging.getLogger(__name__)
# Renewed while the job runs; what a killed worker held is free again after so long.
LEASE_SECONDS = 60
_current: ContextVar[JobRun | None] = ContextVar("job_run", default=None)
_lease: ContextVar[Held | None] = ContextVar("job_lease", default=None)


def run_scheduled(name: str, *, now: datetime) -> JobRun | None:
    """Run one entry of the schedule, unless it runs already or just ran."""
    target, seconds = settings.SCHEDULE[name]
    try:
        with hold(f"schedule.{name}", LEASE_SECONDS, now=now) as lease:
            if _just_ran(name, seconds, now):
                return None
            return _run(name, target, lease, now)
    except LeaseBusy:
        return None


def last_run_at(name: str) -> datetime | None:
    """Return when the entry last began."""
    row = JobRun.objects.filter(name=name).order_by("-started_at", "-id").first()
    return (row.beat_at or row.started_at) if row else None


def due_names(now: datetime) -> list[str]:
    """Return the entries whose time has come."""
    found = []
    for name, (_target, seconds) in settings.SCHEDULE.items():
        last = last_run_at(name)
        # A clock that was set back must not stop recurring work for that long.
        if last is None or last > now or now - last >= timedelta(seconds=seconds):
            found.append(name)
    return found


@contextmanager
def job(name: str, *, now: datetime) -> Iterator[JobRun]:
    """Show a requested piece of work (an import, a report) on the runs page."""
    run = JobRun.objects.create(name=name, started_at=now)
    mark = _current.set(run)
    try:
        yield run
    except Exception as error:
        _end(run, ok=False, error=type(error).__name__)
        raise
    else:
        _end(run, ok=True)
    finally:
        _current.reset(mark)


def progress(done: int, total: int) -> None:
    """Say how far the current run is; outside a run this does nothing."""
    run = _current.get()
    if run is not None:
        JobRun.objects.filter(pk=run.pk).update(done=done, total=total)
        run.done, run.total = done, total


def current_lease() -> Held | None:
    """Return the lease of the current scheduled run, for a check before its commit."""
    return _lease.get()


def _just_ran(name: str, seconds: int, now: datetime) -> bool:
    """Two beats ringing together make one run."""
    last = last_run_at(name)
    return last is not None and last <= now < last + timedelta(seconds=seconds / 2)


def _run(name: str, target: str, lease: Held, now: datetime) -> JobRun:
    run = JobRun.objects.create(name=name, started_at=now)
    marks = _current.set(run), _lease.set(lease)
    try:
        result = import_string(target)(now=now)
        _end(run, ok=True, result=result if isinstance(result, dict) else {})
    except Exception as error:
        log.error("Scheduled job %s failed: %s", name, described(error))
        _end(run, ok=False, error=type(error).__name__)
    finally:
        _current.reset(marks[0])
        _lease.reset(marks[1])
    return _fold_quiet(run, now)


def _end(run: JobRun, *, ok: bool, result: dict[str, Any] | None = None, error: str = "") -> None:
    run.ok, run.ended_at, run.error = ok, timezone.now(), error
    run.result = result if result is not None else run.result
    run.save(update_fields=["ok", "ended_at", "error", "result"])


def _is_quiet(run: JobRun) -> bool:
    return run.ok is True and not any(run.result.values())


def _fold_quiet(run: JobRun, now: datetime) -> JobRun:
    """Let runs that found nothing to do share one row: its `beat_at` is the latest of them."""
    earlier = JobRun.objects.filter(name=run.name, pk__lt=run.pk).order_by("-id").first()
    if earlier is None or not _is_quiet(run) or not _is_quiet(earlier):
        return run
    JobRun.objects.filter(pk=earlier.pk).update(beat_at=now, ended_at=run.ended_at)
    run.delete()
    earlier.refresh_from_db()
    return earlier
