"""Scans that do not fit, so that there is something to decide: bare, late, unmapped, twice."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from courierqa.demo.people import Cast
from shipments import services
from shipments.enums import State
from shipments.models import Finding, Parcel
from shipments.services import ScanInput

EACH = 3


def raise_doubts(cast: Cast, rng: random.Random, *, now: datetime) -> int:
    """Send a few odd scans of each kind and decide some; return how many findings there are."""
    moving = [*_some(State.AT_STATION, EACH * 2), *_some(State.IN_TRANSIT, EACH * 2)]
    done = list(Parcel.objects.filter(state=State.DELIVERED).order_by("-pk")[:EACH])
    scans = [_scan(cast, rng, p, now, "DLV", hours=2) for p in moving[:EACH]]
    for parcel in moving[EACH : EACH * 2]:
        odd: dict[str, Any] = {"reason": "GATE-7", "detail": {"call": {"seconds": 20}}}
        scans.append(_scan(cast, rng, parcel, now, "ATT", hours=1, **odd))
    way = {"detail": {"way": "recipient"}, "is_mock": True, "latitude": 30.2, "longitude": 120.1}
    scans += [_scan(cast, rng, p, now, "DLV", hours=1, **way) for p in done]
    late = moving[EACH * 2 : EACH * 3]
    scans += [_scan(cast, rng, p, now, "ARR", hours=30, detail={"note": "offline"}) for p in late]
    services.record_scans(scans, source="courier", recorded_at=now, announce=False)
    _decide(cast, now)
    return Finding.objects.filter(closed_at=None).count()


def _some(state: str, most: int) -> list[Parcel]:
    rows = Parcel.objects.filter(state=state).select_related("destination")
    return list(rows.order_by("-pk")[:most])


def _scan(
    cast: Cast, rng: random.Random, parcel: Parcel, now: datetime, code: str, *, hours: int,
    **fields: Any,
) -> ScanInput:  # fmt: skip
    team = cast.couriers.get(parcel.destination.code) or cast.couriers["HZ-01"]
    return ScanInput(
        uid=UUID(int=rng.getrandbits(128), version=4), waybill=parcel.waybill, code=code,
        happened_at=now - timedelta(hours=hours, minutes=rng.randrange(50)), device="demo-doubt",
        site_id=parcel.destination_id, person_id=team[0].pk, **fields,
    )  # fmt: skip


def _decide(cast: Cast, now: datetime) -> None:
    """Let the quality manager look at one bare delivery and note one gap."""
    by = cast.users["quality"]
    bare = Finding.objects.filter(code__in=("bare_delivery", "way_missing"), closed_at=None)
    first = bare.order_by("pk").first()
    if first is not None:
        services.dismiss_finding(
            finding=first, note="快递员误扫，快件仍在站内", at=now, actor=by
        )  # fmt: skip
    gap = Finding.objects.filter(code="gap", closed_at=None).order_by("-pk").first()
    if gap is not None:
        services.note_finding(finding=gap, note="中心扫描枪故障，已补记", at=now, actor=by)
