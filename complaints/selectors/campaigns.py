"""Campaigns with what became of their problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet

from complaints.models import Campaign, CaseFacts

BEFORE = timedelta(days=28)


@dataclass(frozen=True)
class Effect:
    """Complaints a week in the four weeks before the start, and since; in tenths."""

    before: float
    since: float | None


def campaigns() -> QuerySet[Campaign]:
    """Return campaigns, running ones first."""
    rows = Campaign.objects.select_related(
        "reason", "site", "lane__origin", "lane__destination", "customer", "owner", "started_by"
    )
    return rows.order_by("-status", "-started_at", "-id")


def effects(rows: Sequence[Campaign], *, now: datetime) -> list[tuple[Campaign, Effect]]:
    """Return each campaign with its weekly complaints before and since, in one query."""
    if not rows:
        return []
    counts = {}
    for row in rows:
        until = row.closed_at or now
        mine = _about(row)
        counts[f"b{row.pk}"] = Count("pk", filter=mine & Q(
            received_at__gte=row.started_at - BEFORE, received_at__lt=row.started_at))  # fmt: skip
        counts[f"s{row.pk}"] = Count("pk", filter=mine & Q(
            received_at__gte=row.started_at, received_at__lt=until))  # fmt: skip
    since = min(row.started_at for row in rows) - BEFORE
    found = CaseFacts.objects.filter(received_at__gte=since, is_repeat=False).aggregate(**counts)
    return [(row, _effect(row, found, now)) for row in rows]


def _about(row: Campaign) -> Q:
    about = Q(is_complaint=True, reason_code=row.reason.code)
    if row.site_id:
        about &= Q(site_id=row.site_id)
    if row.lane_id:
        about &= Q(case__parcel__lane=row.lane_id)
    if row.customer_id:
        about &= Q(case__parcel__customer=row.customer_id)
    return about


def _effect(row: Campaign, found: dict[str, int], now: datetime) -> Effect:
    weeks = ((row.closed_at or now) - row.started_at) / timedelta(days=7)
    before = found[f"b{row.pk}"] / (BEFORE / timedelta(days=7))
    # Less than a week says nothing yet.
    return Effect(round(before, 1), round(found[f"s{row.pk}"] / weeks, 1) if weeks >= 1 else None)
