"""The same cause at the same place again within half a year of closing (I06)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Min, QuerySet

from quality import loop_counts
from quality.enums import Status
from quality.models import Cause, Nonconformity
from quality.selectors.causes import same_causes

DAYS = 180


def mark_recurrence(row: Nonconformity, *, at: datetime) -> None:
    """Mark this one and those it repeats; what no longer holds is unmarked.

    Call it when the cause is named, when a closed one is opened again, and when one is void.
    """
    before = set(_earlier_marked(row))
    earlier = list(_earlier(row))
    latest = earlier[0] if earlier else None
    if row.repeats_id != (latest.pk if latest else None):
        row.repeats = latest
        row.save(update_fields=["repeats", "updated_at"])
    for old in {*before, *earlier, row}:
        _settle(old, at=at)


def remark_cause(cause: Cause, *, at: datetime) -> None:
    """A cause was merged: every record of either is judged by the joint one."""
    codes = same_causes(cause)
    rows = Nonconformity.objects.filter(cause__in=codes).order_by("id")
    for row in rows.iterator(chunk_size=200):
        mark_recurrence(row, at=at)


def _alike(row: Nonconformity) -> QuerySet[Nonconformity]:
    """Return the others with the same cause and place; a void one is none."""
    if row.cause is None:
        return Nonconformity.objects.none()
    others = Nonconformity.objects.filter(site_id=row.site_id, cause__in=same_causes(row.cause))
    return others.exclude(pk=row.pk).exclude(status=Status.VOID)


def _earlier(row: Nonconformity) -> QuerySet[Nonconformity]:
    if row.status == Status.VOID:
        return Nonconformity.objects.none()
    since = row.found_at - timedelta(days=DAYS)
    closed = _alike(row).filter(closed_at__lt=row.found_at, closed_at__gte=since)
    return closed.order_by("-closed_at", "-id")


def _earlier_marked(row: Nonconformity) -> QuerySet[Nonconformity]:
    """Return those that were marked because of this one."""
    return Nonconformity.objects.filter(
        site_id=row.site_id, closed_at__isnull=False, came_back_at=row.found_at
    )


def _settle(old: Nonconformity, *, at: datetime) -> None:
    """Keep on a closed one when it came back first; on others nothing."""
    came = None
    if old.closed_at is not None:
        ends = (old.closed_at, old.closed_at + timedelta(days=DAYS))
        later = _alike(old).filter(found_at__gt=ends[0], found_at__lte=ends[1])
        came = later.aggregate(first=Min("found_at"))["first"]
    if came != old.came_back_at:
        Nonconformity.objects.filter(pk=old.pk).update(came_back_at=came)
        old.came_back_at = came
        loop_counts.refresh(old, at=at)
