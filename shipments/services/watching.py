"""The watch: late and unmoving parcels become exceptions by themselves."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from shipments import enums
from shipments.enums import ExceptionKind as Kind
from shipments.models import Parcel, ParcelException, ParcelFacts
from shipments.services import exceptions, refolding
from shipments.services.retry import in_transaction

STILL = timedelta(hours=48)
LIMIT = 2000
NOT_MOVING = (
    enums.State.NONE, enums.State.ORDERED, enums.State.PICKUP_DUE, enums.State.AT_POINT,
)  # fmt: skip


def watch_parcels(*, now: datetime, limit: int = LIMIT) -> dict[str, int]:
    """Open exceptions for late and for unmoving parcels; return how many of each."""
    return {
        "late": _open(late_unnoticed(now), Kind.DELAYED, now, limit),
        "stuck": _open(stuck_unnoticed(now), Kind.STUCK, now, limit),
        "traced": _trace(now, limit),
    }


def _noticed(kind: str) -> Exists:
    rows = ParcelException.objects.filter(parcel=OuterRef("pk"), kind=kind)
    return Exists(rows)


def _open_parcels() -> QuerySet[Parcel]:
    return Parcel.objects.exclude(state__in=enums.ENDED).exclude(accepted_at=None)


def late_unnoticed(now: datetime) -> QuerySet[Parcel]:
    """Accepted, not done, promise passed, and nobody told."""
    rows = _open_parcels().filter(promised_by__lt=now, done_at=None)
    return rows.exclude(_noticed(Kind.DELAYED))


def stuck_unnoticed(now: datetime) -> QuerySet[Parcel]:
    """No scan for two days while it should be moving."""
    rows = _open_parcels().filter(last_event_at__lt=now - STILL, done_at=None)
    return rows.exclude(state__in=NOT_MOVING).exclude(_noticed(Kind.STUCK))


def _open(rows: QuerySet[Parcel], kind: Kind, now: datetime, limit: int) -> int:
    chosen = rows.order_by("pk").values_list("pk", "last_site_id", "destination_id")[:limit]
    due = now + timedelta(hours=exceptions.HOURS[kind])
    fresh: list[Any] = [
        ParcelException(
            parcel_id=pk, kind=kind, site_id=last or destination, opened_at=now, due_at=due
        )
        for pk, last, destination in chosen
    ]
    return len(in_transaction(lambda: exceptions.open_many(fresh)))


def _trace(now: datetime, limit: int) -> int:
    """Name the causing link of parcels that became late since their last scan."""
    late = ParcelFacts.objects.filter(due_at__lt=now, cause_leg="", out_t01=False)
    late = late.filter(Q(done_at=None) | Q(done_at__gt=F("due_at")))
    return refolding.refold(late.order_by("pk").values_list("pk", flat=True)[:limit], now=now)
