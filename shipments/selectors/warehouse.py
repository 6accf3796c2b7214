"""Zones with their fill and dwell, stays that last too long, arrivals with their difference."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet

from courierqa.core.access import Access
from shipments.models import Parcel, Trip, Zone, ZoneStay
from shipments.network_enums import TripStatus

# Stays that ended in the last days are what the mean dwell is taken from.
DWELL_DAYS = 30


def zones_for(access: Access, *, now: datetime) -> QuerySet[Zone]:
    """Return the zones of a scope with what lies in them and how long parcels stay (WHS-07)."""
    lasted = ExpressionWrapper(F("stays__left_at") - F("stays__put_at"), DurationField())
    ended = Q(stays__left_at__gte=now - timedelta(days=DWELL_DAYS))
    rows = Zone.objects.filter(access.rows(site="site_id")).select_related("site")
    return rows.annotate(
        inside=Count("stays", filter=Q(stays__left_at=None, stays__isnull=False)),
        dwell=Avg(lasted, filter=ended),
    )


def stays_in(zone: Zone) -> QuerySet[ZoneStay]:
    """Return what lies in a zone, the longest first."""
    rows = ZoneStay.objects.filter(zone=zone, left_at=None)
    return rows.select_related("parcel").order_by("put_at", "pk")


def long_stays(access: Access, *, now: datetime) -> QuerySet[ZoneStay]:
    """Return parcels that lie in their zone longer than it allows: the dwell check (WHS-08).

    One that was looked at comes back after as many hours again.
    """
    rows = ZoneStay.objects.filter(access.rows(site="zone__site_id"), left_at=None)
    due = Q(pk__in=())
    for hours in Zone.objects.values_list("dwell_hours", flat=True).distinct():
        since = now - timedelta(hours=hours)
        long = Q(zone__dwell_hours=hours, put_at__lt=since)
        due |= long & (Q(looked_at=None) | Q(looked_at__lt=since))
    return rows.filter(due).select_related("parcel", "zone__site").order_by("put_at", "pk")


def zone_of(parcel: Parcel) -> ZoneStay | None:
    """Return where a parcel lies, or None."""
    return parcel.stays.filter(left_at=None).select_related("zone").first()


def expected_of(trip: Trip) -> int:
    """Return how many pieces the list of a trip promises; surplus ones are not on it."""
    return trip.loads.filter(is_surplus=False).count()


def arrivals_for(access: Access) -> QuerySet[Any]:
    """Return trips that arrived at the reader's sites with expected pieces, newest first."""
    rows = Trip.objects.filter(access.rows(site="destination_id"))
    rows = rows.filter(status__in=(TripStatus.ARRIVED, TripStatus.UNLOADED))
    rows = rows.select_related("origin", "destination").prefetch_related("counts__by")
    return rows.annotate(expected=Count("loads", filter=Q(loads__is_surplus=False)))
