"""Work for the demo's first courier, whatever the hour: a few doors and two pickups."""

from __future__ import annotations

import random
from datetime import datetime
from uuid import UUID

from courierqa.demo.parcels import random_party
from courierqa.demo.people import Cast
from shipments import services
from shipments.enums import State
from shipments.models import Parcel, Product
from shipments.services import ScanInput

DOORS, PICKUPS = 6, 2


def fill_round(cast: Cast, rng: random.Random, *, now: datetime) -> int:
    """Load parcels of the courier's station and order pickups; return how many stops there are."""
    courier = cast.couriers["HZ-01"][0]
    near = Parcel.objects.filter(
        destination=courier.site, state__in=(State.AT_STATION, State.IN_TRANSIT)
    )
    doors = list(near.order_by("promised_by")[:DOORS])
    scans = [
        ScanInput(
            uid=UUID(int=rng.getrandbits(128), version=4), waybill=parcel.waybill, code=code,
            happened_at=now, device="demo-today", site_id=courier.site_id, person_id=courier.pk,
        )
        for parcel in doors
        for code in (("AST", "OFD") if parcel.state == State.IN_TRANSIT else ("OFD",))
    ]  # fmt: skip
    services.record_scans(scans, source="hub", recorded_at=now, announce=False)
    _agree(doors, now=now)
    standard = Product.objects.get(code="standard")
    for place in range(PICKUPS):
        services.place_order(
            key=f"demo-today-{place}", channel="phone", product=standard,
            origin=courier.site, destination=cast.sites["NB-01"], courier=courier,
            sender=random_party(rng, "HZ-01"), recipient=random_party(rng, "NB-01"),
            item_kind="clothes", item_name="衣服", weight_g=1200, at=now,
        )  # fmt: skip
    return len(doors) + PICKUPS


def _agree(doors: list[Parcel], *, now: datetime) -> None:
    """Let two recipients have said yes: one to the locker, one to the service point."""
    for parcel, kind in zip(doors[1:3], ("locker", "station"), strict=False):
        services.record_consent(
            parcel=parcel, kind=kind, given=True, way="call", at=now, recorded_at=now
        )
