"""The network as data: tree and load, areas, lockers, screening rules, partners, purchases."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from courierqa.core.errors import DomainError
from shipments import selectors, services
from shipments.models import Locker, Partner, Purchase, ServiceArea
from tests.factories import network as net
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db


def area(cast: Any, name: str, *words: str, **more: Any) -> ServiceArea:
    values: dict[str, Any] = {
        "area": None, "site": cast.station, "courier": None, "name": name, "name_en": name,
        "city": "杭州", "keywords": words, "is_served": True, "is_active": True,
        "at": make.MONDAY, "actor": None,
    }  # fmt: skip
    return services.save_area(**{**values, **more})


@pytest.mark.req("NET-02", "DEL-20")
def test_the_tree_stands_with_counts_and_is_filtered_by_who_runs_it(
    cast: Any, as_role: Any
) -> None:
    now = timezone.now()
    cast.station.hub = cast.neighbour.hub = cast.hub
    cast.station.is_partner, cast.station.daily_capacity = True, 1
    for site in (cast.station, cast.neighbour):
        site.save()
    at = now - timedelta(days=13)
    parcels = [net.accepted(cast.neighbour, cast.station, at) for _n in range(2)]
    make.deliver(parcels[0], at + timedelta(hours=30))
    make.tell(make.scan(parcels[1], "AST", at + timedelta(hours=27), site_id=cast.station.pk))
    client = as_role("quality")

    page = client.get("/network/").context
    partners = client.get("/network/?run_by=partner").context["places"]
    points = client.get("/network/?kind=point").context["places"]

    rows = {place.site.code: place for place in page["places"]}
    assert [(p.site.code, p.depth) for p in page["places"]] == [
        ("HUB-HZ", 0), ("HZ-01", 1), ("HZ-02", 1)
    ]  # fmt: skip
    assert (rows["HZ-01"].on_site, rows["HZ-01"].load) == (1, 2.0)
    assert (rows["HZ-01"].share.hits, rows["HZ-01"].share.total) == (1, 2)
    assert [p.site.code for p in partners] == ["HZ-01"]
    assert points == []
    forms = dict(page["forms"])
    assert [row.n for row in forms.values()] == [1, 0, 0, 0]
    assert as_role("courier").get("/network/").status_code == 403


@pytest.mark.req("NET-03", "NET-05", "NET-08")
def test_transfers_capacity_and_busy_hours_are_counted(cast: Any, as_role: Any) -> None:
    now = timezone.now()
    at = now - timedelta(days=3)
    parcel = net.accepted(cast.station, cast.neighbour, at)
    other = make.site("HUB-2", kind="hub")
    for place, hub in enumerate((cast.hub, other)):
        make.tell(make.scan(parcel, "ARR", at + timedelta(hours=3 + place), site_id=hub.pk))
    make.deliver(parcel, at + timedelta(hours=30))

    page = as_role("quality").get("/network/").context
    hours = as_role("quality").get("/network/hours/").context["rows"]

    assert (page["transfers"].hits, page["transfers"].total) == (2, 1)
    busy = {row.site.code: sum(row.hours) for row in hours}
    assert busy["HUB-HZ"] == 1
    assert busy["HZ-02"] == 3
    listed = b"".join(as_role("quality").get("/network/?format=csv").streaming_content)
    assert b"HUB-HZ" in listed


@pytest.mark.req("NET-06")
def test_the_longest_words_decide_and_nobodys_addresses_are_listed(cast: Any, as_role: Any) -> None:
    courier = cast.courier.employee
    stray = make.order(
        origin=cast.neighbour, destination=cast.station, at=make.MONDAY,
        recipient=services.PartyInput("王芳", "13798763391", "杭州市拱墅区大关路 3 号"),
    )  # fmt: skip
    area(cast, "全市", "西湖区")
    area(cast, "文三", "西湖区文三路", courier=courier)
    held = net.accepted(cast.neighbour, cast.station, make.MONDAY)
    make.accept(stray)

    found = selectors.address_coverage("杭州市西湖区 文三路 9 号")
    client = as_role("supervisor")
    rows = client.get("/network/areas/unassigned/").context["rows"]

    assert found.is_served
    assert found.area is not None
    assert found.area.courier == courier
    assert [row.parcel for row in rows] == [stray]
    assert held not in [row.parcel for row in rows]
    assert "大关路 3" not in client.get("/network/areas/unassigned/").content.decode()
    with pytest.raises(DomainError) as overlap:
        area(cast, "重复", "西湖区")
    assert overlap.value.field == "keywords"
    with pytest.raises(DomainError):
        area(cast, "外站", "滨江区", courier=make.courier(cast.neighbour))


@pytest.mark.req("DEL-25")
def test_an_address_is_served_or_not_and_then_not_promised(cast: Any, as_role: Any) -> None:
    assert selectors.address_coverage("拉萨市").is_served
    area(cast, "西湖", "西湖区")
    area(cast, "山区", "临安区", is_served=False)

    client = as_role("agent")
    answers = {
        text: client.get("/network/areas/", {"address": text}).context["answer"].is_served
        for text in ("杭州市西湖区文三路", "杭州市临安区", "拉萨市城关区")
    }

    assert list(answers.values()) == [True, False, False]
    with pytest.raises(services.NotServed) as refused:
        services.require_served("拉萨市城关区")
    assert (refused.value.code, refused.value.field) == ("not_served", "recipient_address")
    with pytest.raises(services.NotServed):
        make.order(
            origin=cast.station, destination=cast.neighbour,
            recipient=services.PartyInput("王芳", "13798763391", "拉萨市城关区北京路 1 号"),
        )  # fmt: skip


@pytest.mark.req("DEL-29")
def test_a_locker_has_a_rule_and_shows_how_long_parcels_lie_inside(cast: Any, as_role: Any) -> None:
    now = timezone.now()
    box = make.site("HZ-L1", kind="locker")
    box.hub = cast.station
    box.save()
    parcel = net.accepted(cast.neighbour, cast.station, now - timedelta(days=3))
    said = {"given": True, "kind": "locker", "way": "call"}
    place = {"way": "locker", "place": "HZ-L1"}
    at, here = now - timedelta(hours=30), cast.station.pk
    make.tell(
        make.scan(parcel, "AST", at - timedelta(hours=3), site_id=here),
        make.scan(parcel, "OFD", at - timedelta(hours=2), site_id=here),
        make.scan(parcel, "CON", at - timedelta(hours=1), site_id=here, detail=said),
        make.scan(parcel, "RDY", at, site_id=here, detail=place),
    )
    form = {"site": "HZ-L1", "operator": "蓝盒", "cells": "40", "consent_rule": "each",
            "dwell_limit_hours": "24", "is_working": "on"}  # fmt: skip

    saved = as_role("manager").post("/network/lockers/edit/", form)
    wrong = as_role("manager").post("/network/lockers/edit/", {**form, "cells": "0"})
    (row,) = as_role("supervisor").get("/network/lockers/").context["rows"]

    assert (saved.status_code, wrong.status_code) == (302, 422)
    assert Locker.objects.get().consent_rule == "each"
    assert [one.waybill for one, _span in row.inside] == [parcel.waybill]
    assert row.overdue == 1
    assert timedelta(hours=29) < row.longest < timedelta(hours=31)
    assert as_role("supervisor").get("/network/lockers/HZ-L1/").status_code == 200
    assert as_role("supervisor").post("/network/lockers/edit/", form).status_code == 403


@pytest.mark.req("ACC-04")
def test_the_law_of_air_and_rail_cannot_be_switched_off(cast: Any, as_role: Any) -> None:
    client = as_role("manager")
    rules = {rule.mode: rule for rule in client.get("/network/screening/").context["rules"]}
    client.post(f"/network/screening/{rules['air'].pk}/", {"active": "0"})
    none = client.post("/network/screening/new/", {"name": "x"})
    made = client.post("/network/screening/new/", {"name": "本站", "destination": "HZ-02"})

    rules["air"].refresh_from_db()
    assert rules["air"].is_active
    assert (none.status_code, made.status_code) == (422, 302)


@pytest.mark.req("NET-04", "NET-09")
def test_partners_are_scored_and_purchases_checked(cast: Any, as_role: Any) -> None:
    client = as_role("quality")
    made = client.post("/network/partners/new/", {"code": "P1", "name": "顺程", "kind": "carrier"})
    url = made.url
    marks = {"month": "2026-10", "punctuality": "90", "care": "80", "cooperation": "70",
             "note": "晚点 2 次"}  # fmt: skip
    bought = {"item": "包装箱", "quantity": "500", "received_on": "2026-10-03",
              "result": "returned", "found": "尺寸不符"}  # fmt: skip

    bad = client.post(url, {**marks, "care": "101"})
    answers = [client.post(url, said).status_code for said in (marks, marks, bought)]

    assert (bad.status_code, answers) == (422, [302, 302, 302])
    partner = Partner.objects.get()
    assert partner.scores.get().total == 80
    assert Purchase.objects.get().result == "returned"
    page = client.get("/network/partners/").content.decode()
    assert "尺寸不符" in page
    assert as_role("supervisor").get("/network/partners/").status_code == 403
