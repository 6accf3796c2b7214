"""Delay complaints by lane: where key lanes hurt customers (TIM-14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q

from complaints.models import Case
from complaints.selectors.cases import cases_for
from courierqa.core.access import Access
from shipments.models import Lane

DELAY_REASONS = ("late-delivery", "stuck")


@dataclass(frozen=True)
class LaneDelays:
    """One key lane with its complaints about delay, now and before."""

    lane: Lane
    now: int
    before: int

    @property
    def change(self) -> int:
        return self.now - self.before


def lane_delays(access: Access, *, now: datetime, window: timedelta) -> list[LaneDelays]:
    """Return the key lanes with complaints in either window, the most now first."""
    cases = cases_for(access).filter(
        reason__code__in=DELAY_REASONS, parcel__lane__is_key=True,
        received_at__gte=now - 2 * window, received_at__lt=now,
    )  # fmt: skip
    recent = Q(received_at__gte=now - window)
    counted = (
        Case.objects.filter(pk__in=cases.values("pk"))
        .values("parcel__lane_id")
        .annotate(new=Count("pk", filter=recent), old=Count("pk", filter=~recent))
        .order_by()
    )
    found = {row["parcel__lane_id"]: (row["new"], row["old"]) for row in counted}
    lanes = Lane.objects.filter(pk__in=found).select_related("origin", "destination")
    rows = [LaneDelays(lane, *found[lane.pk]) for lane in lanes]
    return sorted(rows, key=lambda row: (-row.now, -row.before, row.lane.pk))
