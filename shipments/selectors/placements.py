"""Parcels that wait at a place, and those whose recipient was not told in time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from courierqa.core.access import Access
from shipments import enums
from shipments.models import DeliveryRule, Placement

NOTICE_MINUTES = 30
VIEWS = ("waiting", "untold", "overdue", "collected")


def placements_for(access: Access) -> QuerySet[Placement]:
    """Return the placements of the reader's scope."""
    seen = access.rows(site=("site_id", "parcel__destination_id"), own="parcel__facts__courier_id")
    return Placement.objects.filter(seen).select_related("parcel", "site")


def placement_list(access: Access, view: str, *, now: datetime) -> QuerySet[Placement]:
    """Return waiting, untold, overdue or collected placements."""
    rows = placements_for(access)
    if view == "collected":
        return rows.exclude(collected_at=None)
    rows = rows.filter(collected_at=None, left_at=None, parcel__state=enums.State.AT_POINT)
    if view == "untold":
        return rows.filter(untold(now))
    return rows.filter(keep_until__lt=now) if view == "overdue" else rows


def untold(now: datetime) -> Q:
    """Return the filter for recipients not told within the time of the rule (DEL-13)."""
    late = Q()
    held = dict(DeliveryRule.objects.values_list("kind", "notice_minutes"))
    for way, kind in (("locker", "locker"), ("station", "point"), ("safe_place", "station")):
        minutes = held.get(kind, NOTICE_MINUTES)
        late |= Q(way=way, placed_at__lt=now - timedelta(minutes=minutes))
    return late & Q(told_at=None)


def placement_counts(access: Access, *, now: datetime) -> dict[str, int]:
    """Return how many wait, are untold, are overdue."""
    return {view: placement_list(access, view, now=now).count() for view in VIEWS[:3]}
