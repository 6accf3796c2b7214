"""Side effects of the measure: reports are made by the worker, not while somebody waits."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from courierqa.core import outbox, schedule
from kpi import snapshots
from kpi.models import Snapshot
from kpi.snapshots.publishing import PUBLISH_FILES
from staff.models import User

MAKE, FILES = "report.make", "report.files"


@outbox.effect(MAKE, max_attempts=3, atomic=False, lease_seconds=180)
def make_report(payload: dict[str, Any], *, now: datetime) -> None:
    """Take a snapshot of the month and print it in both languages.

    Run again after a crash, it goes on with the draft it had already stored.
    """
    with schedule.job(MAKE, now=now):
        steps = 1 + len(snapshots.LANGUAGES)
        schedule.progress(0, steps)
        snapshot = _draft(payload, now)
        for done, language in enumerate(snapshots.LANGUAGES, start=1):
            schedule.progress(done, steps)
            snapshots.file_of(snapshot, language, now=now)
        schedule.progress(steps, steps)


def _draft(payload: dict[str, Any], now: datetime) -> Snapshot:
    asked_at = datetime.fromisoformat(payload["asked_at"])
    made = Snapshot.objects.filter(
        period=payload["period"],
        site=payload.get("site", ""),
        is_final=False,
        frozen_at__gte=asked_at,
    ).last()
    by = User.objects.filter(pk=payload["by"]).first()
    site = payload.get("site", "")
    return made or snapshots.make_snapshot(payload["period"], now=now, by=by, site=site)


@outbox.effect(FILES, max_attempts=5, atomic=False, lease_seconds=180)
def make_files(payload: dict[str, Any], *, now: datetime) -> None:
    """Print a frozen edition in both languages."""
    snapshots.make_files(Snapshot.objects.get(pk=payload["snapshot"]), now=now)


@outbox.effect(PUBLISH_FILES, max_attempts=5, atomic=False, lease_seconds=180)
def make_published(payload: dict[str, Any], *, now: datetime) -> None:
    """Print a published edition with its signatures, and its annexes."""
    snapshots.make_published(Snapshot.objects.get(pk=payload["snapshot"]), now=now)
