"""Service notices: what visitors see now, and which parcels a notice hit (EXC-11)."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from courierqa.core.calendars import business_day
from shipments.models import Parcel, ServiceNotice

# Notices of the past that the page still lists.
KEPT = timedelta(days=180)


def current_notices(at: datetime) -> QuerySet[ServiceNotice]:
    """Return what visitors are told at this moment: public, not withdrawn, in force or coming.

    A notice is shown from seven days before it begins, so that customers can choose another day.
    """
    rows = ServiceNotice.objects.filter(is_public=True, withdrawn_at=None, ends_at__gt=at)
    rows = rows.filter(starts_at__lte=at + timedelta(days=7))
    return rows.prefetch_related("sites").order_by("starts_at", "pk")


def all_notices(at: datetime) -> QuerySet[ServiceNotice]:
    """Return the notices of the last half year and of the future, the newest first."""
    rows = ServiceNotice.objects.filter(ends_at__gt=at - KEPT).select_related("written_by")
    return rows.prefetch_related("sites").order_by("-starts_at", "-pk")


def notices_for_parcel(parcel: Parcel, *, now: datetime) -> list[ServiceNotice]:
    """Return the notices that hit a parcel: in its area while it was under way."""
    start = parcel.accepted_at or parcel.created_at
    end = parcel.done_at or now
    area = {parcel.origin_id, parcel.destination_id, parcel.last_site_id} - {None}
    rows = ServiceNotice.objects.filter(starts_at__lte=end, ends_at__gte=start)
    # Taken down before it began: it never held.
    rows = rows.filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=start))
    rows = rows.filter(Q(sites=None) | Q(sites__in=area)).distinct()
    return list(rows.order_by("-starts_at", "-pk"))


def parcels_hit(notice: ServiceNotice) -> QuerySet[Parcel]:
    """Return the parcels that were under way in the notice's area during its period."""
    end = min(notice.withdrawn_at or notice.ends_at, notice.ends_at)
    # Nothing is under way for two months; older parcels need not be looked at.
    first = business_day(notice.starts_at - timedelta(days=60))
    rows = Parcel.objects.filter(
        facts__accepted_day__gte=first, facts__accepted_day__lte=business_day(end),
        accepted_at__lte=end,
    )  # fmt: skip
    rows = rows.filter(Q(done_at=None) | Q(done_at__gte=notice.starts_at))
    sites = [site.pk for site in notice.sites.all()]
    if not sites:
        return rows
    return rows.filter(Q(origin__in=sites) | Q(destination__in=sites) | Q(last_site__in=sites))
