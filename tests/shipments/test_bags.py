"""Bags: filled, sealed, carried as one, opened with what is missing and too many."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from courierqa.core.errors import DomainError, IllegalTransition
from shipments import services
from shipments.models import BagItem, Finding, ParcelException, ScanEvent
from shipments.services import ScanInput
from tests.factories import network as net
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
NOW = make.MONDAY + timedelta(hours=6)


@pytest.fixture
def three(cast: Any) -> list[Any]:
    return [net.accepted(cast.station, cast.neighbour, make.MONDAY) for _n in range(3)]


def codes(parcel: Any) -> list[str]:
    rows = ScanEvent.objects.filter(parcel_id=parcel.pk, code__in=("BAG", "UNB", "ARR"))
    return list(rows.order_by("pk").values_list("code", flat=True))


@pytest.mark.req("LIF-14")
def test_opening_a_bag_shows_missing_and_surplus_pieces(cast: Any, three: list[Any]) -> None:
    inside, gone, extra = three
    bag = net.bag(cast.station, cast.hub, inside, gone, at=NOW)

    found = services.open_bag(
        bag=bag, site=cast.hub, seal_found="S-1",
        waybills=[inside.waybill, extra.waybill, "NOSUCH1"], at=NOW + timedelta(hours=2),
        person=None, actor=cast.manager,
    )  # fmt: skip

    assert [p.waybill for p in found.missing] == [gone.waybill]
    assert [p.waybill for p in found.surplus] == [extra.waybill]
    assert (found.unknown, found.seal_differs) == (["NOSUCH1"], False)
    assert codes(inside) == ["BAG", "UNB"]
    assert codes(gone) == ["BAG"]
    said = set(Finding.objects.values_list("parcel__waybill", "code"))
    assert {(gone.waybill, "bag_missing"), (extra.waybill, "bag_surplus")} <= said
    lost = ParcelException.objects.get()
    assert (lost.parcel, lost.kind, lost.cause) == (gone, "lost", "bag-missing")
    assert BagItem.objects.get(bag=bag, parcel=extra).is_surplus


@pytest.mark.req("LIF-21")
def test_another_seal_on_a_bag_opens_an_exception_for_each_piece(
    cast: Any, three: list[Any]
) -> None:
    bag = net.bag(cast.station, cast.hub, *three, at=NOW, seal="S-7")

    found = services.open_bag(
        bag=bag, site=cast.hub, seal_found="S-8", waybills=[p.waybill for p in three],
        at=NOW + timedelta(hours=2), person=None, actor=None,
    )  # fmt: skip

    assert found.seal_differs
    opened = ParcelException.objects.filter(cause="seal-differs")
    assert {row.parcel_id for row in opened} == {p.pk for p in three}
    assert Finding.objects.filter(code="bag_seal").count() == 3


@pytest.mark.req("LIF-21")
def test_a_parcels_seal_is_compared_from_acceptance_to_hub(cast: Any) -> None:
    placed = make.order(origin=cast.station, destination=cast.neighbour, at=make.MONDAY)
    make.tell(
        make.scan(placed, "PUP", make.MONDAY, detail={"weight_g": 900, "seal": "A-1"}),
        make.scan(placed, "DEP", NOW, detail={"seal": "A-1"}),
    )
    assert not ParcelException.objects.exists()

    at = NOW + timedelta(hours=1)
    make.tell(make.scan(placed, "ARR", at, site_id=cast.hub.pk, detail={"seal": "B-9"}))

    row = ParcelException.objects.get()
    assert (row.cause, row.site) == ("seal-differs", cast.hub)
    assert Finding.objects.get(code="seal_differs").detail == {"was": "A-1", "seen": "B-9"}
    sealed = {"seal": "C-1", "resealed": True}
    make.tell(make.scan(placed, "DEP", at + timedelta(hours=1), site_id=cast.hub.pk, detail=sealed))
    assert Finding.objects.filter(code="seal_differs").count() == 1


def test_a_bag_scan_is_one_event_per_parcel_however_often_it_is_sent(
    cast: Any, three: list[Any]
) -> None:
    bag = net.bag(cast.station, cast.hub, *three, at=NOW)
    scan = ScanInput(
        uid=uuid4(), waybill=bag.number, code="ARR", happened_at=NOW + timedelta(hours=3),
        device="hub-1", site_id=cast.hub.pk,
    )  # fmt: skip
    at = NOW + timedelta(hours=3)

    first = services.record_with_bags([scan], source="hub", recorded_at=at)
    again = services.record_with_bags([scan], source="hub", recorded_at=at)

    assert [(a.uid, a.result) for a in first] == [(scan.uid, "created")]
    assert [a.result for a in again] == ["duplicate"]
    assert [codes(p) for p in three] == [["BAG", "ARR"]] * 3
    three[0].refresh_from_db()
    assert three[0].last_site_id == cast.hub.pk


def test_the_api_takes_a_bag_number(cast: Any, three: list[Any], api_client: Any) -> None:
    now = timezone.now()
    fresh = [net.accepted(cast.station, cast.neighbour, now - timedelta(hours=5)) for _n in "ab"]
    bag = net.bag(cast.station, cast.hub, *fresh, at=now - timedelta(hours=4))
    event = {"id": str(uuid4()), "waybill": bag.number, "code": "ARR", "site": "HZ-01",
             "happened_at": (now - timedelta(hours=1)).isoformat()}  # fmt: skip

    answer = api_client("scan.create").post(
        "/api/v1/scans/batch", {"events": [event]}, content_type="application/json"
    )

    assert [r["result"] for r in answer.json()["results"]] == ["created"]
    assert [codes(p) for p in fresh] == [["BAG", "ARR"]] * 2


def test_a_sealed_bag_takes_nothing_and_a_parcel_lies_in_one_bag(
    cast: Any, three: list[Any]
) -> None:
    first, second, other = three
    bag = net.bag(cast.station, cast.hub, first, at=NOW)
    with pytest.raises(DomainError):
        services.put_into_bag(
            bag=bag, waybills=[second.waybill], at=NOW, person=None, actor=None
        )  # fmt: skip

    fresh = services.create_bag(origin=cast.station, destination=cast.hub, at=NOW, actor=None)
    refused = services.put_into_bag(
        bag=fresh, waybills=[first.waybill, other.waybill], at=NOW, person=None, actor=None
    )

    assert set(refused) == {first.waybill}
    assert bag.number in refused[first.waybill]
    with pytest.raises(IllegalTransition):
        services.seal_bag(bag=bag, seal="S-2", at=NOW, person=None, actor=None)
    with pytest.raises(DomainError):
        services.seal_bag(bag=fresh, seal="S-1", at=NOW, person=None, actor=None)


def test_pages_of_a_bag_keep_what_was_typed(cast: Any, as_role: Any, three: list[Any]) -> None:
    client = as_role("supervisor")
    made = client.post("/bags/new/", {"origin": "HZ-01", "destination": "HUB-HZ"})
    url = made.url
    numbers = "\n".join(p.waybill for p in three[:2])

    put = client.post(f"{url}put/", {"numbers": f"{numbers}\nNOSUCH1"})
    bare = client.post(f"{url}seal/", {"seal": ""})
    sealed = client.post(f"{url}seal/", {"seal": "S-55"})
    opened = as_role("manager").post(
        f"{url}open/", {"site": "HUB-HZ", "seal_found": "S-55", "numbers": numbers}
    )

    assert made.status_code == 302
    assert set(put.context["refused"]) == {"NOSUCH1"}
    assert (bare.status_code, sealed.status_code, opened.status_code) == (422, 302, 200)
    assert not opened.context["found"].missing


def test_a_foreign_bag_is_not_there(cast: Any, as_role: Any) -> None:
    far = make.site("FAR-1")
    parcel = net.accepted(far, make.site("FAR-2"), make.MONDAY)
    bag = net.bag(far, make.site("FAR-2"), parcel, at=NOW)
    client = as_role("supervisor")

    there = client.get(reverse("shipments:bag", args=[bag.number]))
    nowhere = client.get(reverse("shipments:bag", args=["BG999"]))

    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert as_role("courier").get("/bags/").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_bags_asks_the_same_questions(
    cast: Any, as_role: Any, three: list[Any], count: int, django_assert_max_num_queries: Any
) -> None:
    for place, parcel in enumerate(three[:count]):
        net.bag(cast.station, cast.hub, parcel, at=NOW, seal=f"S-{place}")
    client = as_role("supervisor")
    with django_assert_max_num_queries(9):
        answer = client.get("/bags/")
    assert len(answer.context["page"].rows) == count
