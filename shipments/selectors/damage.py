"""Damage by lane and by its cause (SAF-05)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy

from courierqa.core.access import Access
from shipments.exception_enums import ExceptionKind
from shipments.models import ParcelException, Reason

DAYS = 90
# What a hub notes by itself; everything else is a reason given with the scan.
AT_HUBS = {"seal-differs": gettext_lazy("The seal is not the one it left with")}


@dataclass(frozen=True)
class DamageLine:
    """How often parcels of one lane were damaged by one cause, and a cause's name."""

    origin: str
    destination: str
    cause: str
    count: int


def damage_by_lane(access: Access, *, now: datetime, days: int = DAYS) -> list[DamageLine]:
    """Return lanes with the damage found in the last days, most first; two queries."""
    rows: Any = ParcelException.objects.filter(
        access.rows(site=("parcel__origin_id", "parcel__destination_id")),
        kind=ExceptionKind.DAMAGED, opened_at__gte=now - timedelta(days=days),
    )  # fmt: skip
    names = {one.code: str(one) for one in Reason.objects.filter(scan_code="DMG")}
    names |= {code: str(label) for code, label in AT_HUBS.items()}
    lanes = rows.order_by().values_list(
        "parcel__origin__code", "parcel__destination__code", "cause"
    )
    found = [
        DamageLine(origin or "—", end or "—", names.get(cause, cause), n)
        for origin, end, cause, n in lanes.annotate(n=Count("pk"))
    ]
    return sorted(found, key=lambda one: (-one.count, one.origin, one.destination, one.cause))
