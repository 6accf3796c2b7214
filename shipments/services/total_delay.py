"""Total delay: a parcel without a trace past its limit is taken for lost until it is seen (S02).

The limit is counted from the moment of the promise (domain A4): three calendar days within a city,
seven otherwise.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.db.models import Q, QuerySet

from shipments import enums
from shipments.facts import TOTAL_ELSEWHERE, TOTAL_SAME_CITY, total_delay_of
from shipments.models import Parcel
from shipments.services.reappearing import TOTAL_DELAY
from shipments.services.scans import ScanInput, record_scans

# A loss that old is history told after the fact: it is counted, and nobody can search any more.
HISTORY = timedelta(days=30)
# Waiting for the recipient, or on the way back: not without a trace.
STILL_THERE = (enums.State.AT_POINT.value, enums.State.RETURNING.value)
BATCH = 500


def without_trace(now: datetime) -> QuerySet[Parcel]:
    """Accepted, not done, promise and newest scan both further back than the limit."""
    rows = Parcel.objects.filter(state__in=enums.UNDER_WAY, is_test=False, done_at=None)
    rows = rows.exclude(accepted_at=None).exclude(state__in=STILL_THERE)
    near, far = now - TOTAL_SAME_CITY, now - TOTAL_ELSEWHERE
    return rows.filter(
        Q(is_same_city=True, promised_by__lt=near, last_event_at__lt=near)
        | Q(is_same_city=False, promised_by__lt=far, last_event_at__lt=far)
    )


def declare_total_delays(*, now: datetime, limit: int) -> int:
    """Declare such parcels lost at the moment their limit ran out; return how many."""
    found = list(without_trace(now).order_by("pk")[:limit])
    for start in range(0, len(found), BATCH):
        scans = [_lost(parcel, now) for parcel in found[start : start + BATCH]]
        record_scans(scans, source=enums.Source.SYSTEM, recorded_at=now, announce=False)
    return len(found)


def _lost(parcel: Parcel, now: datetime) -> ScanInput:
    limit = total_delay_of(parcel)
    assert parcel.promised_by is not None
    assert parcel.last_event_at is not None
    at = max(parcel.promised_by, parcel.last_event_at) + limit
    detail = {"auto": TOTAL_DELAY, **({"history": True} if at < now - HISTORY else {})}
    return ScanInput(
        uid=uuid5(NAMESPACE_URL, f"{TOTAL_DELAY}:{parcel.waybill}:{at.isoformat()}"),
        waybill=parcel.waybill, code=enums.Code.LST, happened_at=at, device="watch",
        site_id=parcel.last_site_id, detail=detail, recorded_at=now,
    )  # fmt: skip
