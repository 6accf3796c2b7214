"""Trips, bags, disruptions and lockers a reader may see."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from courierqa.core.access import Access
from shipments import enums
from shipments.models import Bag, Disruption, Locker, Parcel, RefusedDeed, ScanEvent, Trip
from shipments.network_enums import TripStatus

ENDS = ("origin_id", "destination_id")
MONTH = timedelta(days=30)


def trips_for(access: Access) -> QuerySet[Trip]:
    """Return the trips that begin or end at the reader's sites, the next ones first."""
    rows = Trip.objects.filter(access.rows(site=ENDS))
    rows = rows.select_related("origin", "destination", "watcher")
    return rows.annotate(pieces=Count("loads", filter=Q(loads__is_surplus=False)))


def late_trips(rows: QuerySet[Trip], *, now: datetime) -> QuerySet[Trip]:
    """Keep the trips that left or arrived later than planned, or should have by now."""
    return rows.filter(
        Q(status=TripStatus.PLANNED, planned_departure__lt=now)
        | Q(status=TripStatus.DEPARTED, planned_arrival__lt=now)
        | Q(departed_at__gt=F("planned_departure") + timedelta(minutes=15))
        | Q(arrived_at__gt=F("planned_arrival") + timedelta(minutes=15))
    )


def bags_for(access: Access) -> QuerySet[Bag]:
    """Return the bags from or to the reader's sites, newest first."""
    rows = Bag.objects.filter(access.rows(site=ENDS)).select_related("origin", "destination")
    return rows.annotate(
        pieces=Count("items", filter=Q(items__is_surplus=False)),
        surplus=Count("items", filter=Q(items__is_surplus=True)),
        out=Count("items", filter=Q(items__is_surplus=False, items__taken_at__isnull=False)),
    )


def disruptions_for(access: Access) -> QuerySet[Disruption]:
    """Return the disruptions that touch the reader's sites or trips."""
    seen = access.rows(site=("sites__pk", "trips__origin_id", "trips__destination_id"))
    rows = Disruption.objects.filter(pk__in=Disruption.objects.filter(seen).values("pk"))
    return rows.annotate(
        n_trips=Count("trips", distinct=True), n_parcels=Count("parcels", distinct=True)
    )


def refused_deeds(access: Access, *, now: datetime) -> QuerySet[RefusedDeed]:
    """Return the dispatches that were stopped in the last 30 days, newest first."""
    rows = RefusedDeed.objects.filter(access.rows(site="site_id"), at__gte=now - MONTH)
    return rows.select_related("parcel", "site", "person").order_by("-at", "-pk")


@dataclass
class LockerRow:
    """A locker with what lies inside and for how long."""

    locker: Locker
    inside: list[tuple[Parcel, timedelta]] = field(default_factory=list)

    @property
    def longest(self) -> timedelta | None:
        return max((span for _parcel, span in self.inside), default=None)

    @property
    def overdue(self) -> int:
        limit = timedelta(hours=self.locker.dwell_limit_hours)
        return sum(span > limit for _parcel, span in self.inside)


def locker_rows(access: Access, *, now: datetime, code: str = "") -> list[LockerRow]:
    """Return the register with the parcels inside; a placing names its locker (DEL-29)."""
    rows = Locker.objects.filter(access.rows(site=("site_id", "site__hub_id")))
    rows = rows.filter(site__code=code) if code else rows
    rows = rows.select_related("site__hub").order_by("site__code")
    found = {row.site.code: LockerRow(row) for row in rows}
    waiting = Parcel.objects.filter(state=enums.State.AT_POINT, destination_id__in=[
        row.locker.site.hub_id for row in found.values()
    ]).in_bulk()  # fmt: skip
    placed: dict[int, ScanEvent] = {}
    events = ScanEvent.objects.filter(parcel_id__in=list(waiting), code=enums.Code.RDY)
    for event in events.order_by("effective_at"):
        placed[event.parcel_id or 0] = event
    inside: dict[str, list[tuple[Parcel, timedelta]]] = defaultdict(list)
    for pk, event in placed.items():
        inside[str(event.detail.get("place", ""))].append((waiting[pk], now - event.effective_at))
    for place, row in found.items():
        row.inside = sorted(inside[place], key=lambda pair: pair[1], reverse=True)
    return list(found.values())
