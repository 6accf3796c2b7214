"""Small valid sites, people and parcels; anything with a history is told through the services."""

from __future__ import annotations

import importlib
import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps

from shipments import enums, services
from shipments.models import Parcel, Product
from shipments.services import ScanAnswer, ScanInput
from staff.models import Employee, Post, Site, User

_numbers = itertools.count(1)
# A Monday, ten in the morning in Shanghai.
MONDAY = datetime(2026, 3, 2, 2, tzinfo=UTC)


# What our own template of parcels asks about people, and an answer.
PEOPLE_HEAD = "sender_name,sender_phone,recipient_name,recipient_phone,recipient_address"
PEOPLE = "李明,13812345678,王芳,13798763391,滨江区江南大道 9 号"


def catalogue() -> None:
    """Bring back what migrations load, after a test that empties every table."""
    for module, load, model in (
        ("courierqa.core.migrations.0003_calendars", "add_calendars", "core.Calendar"),
        ("shipments.migrations.0002_catalogue", "load", "shipments.Product"),
        ("shipments.migrations.0017_exception_classes", "load", "shipments.ExceptionClass"),
        ("shipments.migrations.0021_acceptance_catalogue", "load", "shipments.Tariff"),
    ):
        if not apps.get_model(model).objects.exists():
            getattr(importlib.import_module(module), load)(apps, None)


def site(code: str = "", *, kind: str = "station", city: str = "") -> Site:
    code = code or f"ST-{next(_numbers):03}"
    made, _new = Site.objects.get_or_create(
        code=code, defaults={"name": code, "name_en": code, "kind": kind, "city": city or code}
    )
    return made


def courier(at_site: Site, *, user: User | None = None) -> Employee:
    post, _new = Post.objects.get_or_create(
        code="test-courier", defaults={"name": "快递员", "name_en": "Courier"}
    )
    number = next(_numbers)
    return Employee.objects.create(
        number=f"E{number:05}", name=f"张{number}", post=post, site=at_site,
        hired_on=date(2025, 1, 1), user=user,
    )  # fmt: skip


def user(role: str, *, site: Site | None = None) -> User:
    from courierqa.core.enums import Role
    from staff.models import Grant

    made = User.objects.create_user(
        f"u{next(_numbers)}", "a long password", display_name=f"{Role(role).label}"
    )
    Grant.objects.create(
        user=made, role=role, site=site, valid_from=datetime(2025, 1, 1, tzinfo=UTC)
    )
    return made


def order(**fields: Any) -> Parcel:
    """Place one order through the service."""
    catalogue()
    origin = fields.pop("origin", None) or site("HZ-01", city="杭州")
    destination = fields.pop("destination", None) or site("NB-01", city="宁波")
    defaults: dict[str, Any] = {
        "key": uuid4().hex, "channel": "web", "at": MONDAY,
        "product": Product.objects.get(code=fields.pop("product_code", "standard")),
        "sender": services.PartyInput("李明", "13812345678", "宁波市鄞州区中山路 1 号 2 单元 301"),
        "recipient": services.PartyInput("王芳", "13798763391", "杭州市西湖区文三路 9 号 1 幢 502"),
        "item_name": "衣服", "item_kind": "clothes", "weight_g": 1240,
        "wishes": services.OrderWishes(pieces=2, size_cm=(30, 20, 10)),
    }  # fmt: skip
    return services.place_order(origin=origin, destination=destination, **{**defaults, **fields})


def scan(parcel: Parcel, code: str, at: datetime, **fields: Any) -> ScanInput:
    values: dict[str, Any] = {"uid": uuid4(), "device": "phone-1", "site_id": parcel.origin_id}
    return ScanInput(waybill=parcel.waybill, code=code, happened_at=at, **{**values, **fields})


def tell(*scans: ScanInput, source: str = enums.Source.COURIER) -> list[ScanAnswer]:
    """Record scans as if each had been sent when it happened."""
    told = [replace(scan, recorded_at=scan.happened_at) for scan in scans]
    last = max(s.happened_at for s in scans)
    return services.record_scans(told, source=source, recorded_at=last)


def accept(parcel: Parcel, at: datetime = MONDAY, *, person: Employee | None = None) -> Parcel:
    """Pick the parcel up with every gate passed."""
    who = person.pk if person else None
    tell(
        scan(parcel, "RNV", at - timedelta(minutes=3), person_id=who),
        scan(parcel, "INS", at - timedelta(minutes=2), person_id=who, detail={"result": "pass"}),
        scan(parcel, "PUP", at, person_id=who, detail={"weight_g": 1240}),
    )
    parcel.refresh_from_db()
    return parcel


def deliver(
    parcel: Parcel, at: datetime, *, person: Employee | None = None, way: str = "recipient"
) -> list[ScanAnswer]:
    """Bring the parcel to the station, out and to the door."""
    who = person.pk if person else None
    there = parcel.destination_id
    return tell(
        scan(parcel, "AST", at - timedelta(hours=3), site_id=there),
        scan(parcel, "OFD", at - timedelta(hours=2), site_id=there, person_id=who),
        scan(parcel, "DLV", at, site_id=there, person_id=who, detail={"way": way}),
    )
