"""Bags, trips and lanes made by the services, with parcels that were accepted and screened."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from shipments import services
from shipments.models import Bag, Lane, Parcel, Product, Trip
from shipments.services.lanes import LanePlan, Link
from shipments.services.trips import TripPlan
from staff.models import Site
from tests.factories import shipments as make


def accepted(origin: Site, destination: Site, at: datetime) -> Parcel:
    """Return a parcel picked up at `at`."""
    placed = make.order(origin=origin, destination=destination, at=at - timedelta(hours=1))
    return make.accept(placed, at)


def screened(parcel: Parcel, at: datetime, *, result: str = "pass") -> Parcel:
    detail = {"result": result, "machine": "X-7"}
    make.tell(make.scan(parcel, "XRY", at, detail=detail))
    return parcel


def bag(origin: Site, destination: Site, *parcels: Parcel, at: datetime, seal: str = "S-1") -> Bag:
    """Return a sealed bag with these parcels."""
    made = services.create_bag(origin=origin, destination=destination, at=at, actor=None)
    numbers = [parcel.waybill for parcel in parcels]
    services.put_into_bag(bag=made, waybills=numbers, at=at, person=None, actor=None)
    services.seal_bag(bag=made, seal=seal, at=at, person=None, actor=None)
    return made


def trip(origin: Site, destination: Site, *, at: datetime, mode: str = "road", **more: Any) -> Trip:
    """Return a trip planned to leave in an hour and to take three."""
    plan = TripPlan(
        origin=origin, destination=destination, planned_departure=at + timedelta(hours=1),
        planned_arrival=at + timedelta(hours=4), vehicle="浙A·12345", mode=mode, **more,
    )  # fmt: skip
    return services.plan_trip(plan, at=at, actor=None)


def lane(origin: Site, hub: Site, destination: Site, *, at: datetime, **more: Any) -> Lane:
    """Return a lane over one hub whose links add up to 48 hours."""
    links = (
        Link("DEP", origin, 6 * 60), Link("ARR", hub, 4 * 60), Link("AST", destination, 14 * 60),
        Link("DLV", destination, 24 * 60),
    )  # fmt: skip
    values: dict[str, Any] = {
        "mode": "road", "is_key": False, "promise_hours": 48, "product": None, "links": links,
    }  # fmt: skip
    plan = LanePlan(**{**values, **more})
    return services.create_lane(
        origin=origin, destination=destination, plan=plan, reason="set up", at=at, actor=None
    )


def standard() -> Product:
    make.catalogue()
    return Product.objects.get(code="standard")
