"""Sorting against the plan: mis-sorts, their rate, sending them the right way; damage reports."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from shipments import selectors
from shipments.models import Parcel, ParcelException, Proof, ScanEvent
from tests.factories import network as net
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def parcel(cast: Any) -> Parcel:
    """Return a parcel at the hub whose lane goes on to the neighbour."""
    at = timezone.now() - timedelta(hours=5)
    net.lane(cast.station, cast.hub, cast.neighbour, at=at)
    found = net.accepted(cast.station, cast.neighbour, at)
    make.tell(make.scan(found, "ARR", at + timedelta(hours=3), site_id=cast.hub.pk))
    return found


def sort(client: Any, parcel: Parcel, **said: Any) -> Any:
    data = {"code": "SRT", "site": "HUB-HZ", "by": "hand", "waybills": parcel.waybill, **said}
    return client.post("/scans/", data)


def access(cast: Any) -> Any:
    from courierqa.core.access import access_for

    return access_for(cast.manager, "trip", "read")


@pytest.fixture
def hub_hand(cast: Any, as_role: Any) -> Any:
    from staff import services as staff

    staff.grant_role(cast.supervisor, "supervisor", cast.hub, at=timezone.now())
    return as_role("supervisor")


@pytest.mark.req("LIF-13", "NET-07")
def test_a_wrong_lane_is_a_mis_sort_until_it_is_sorted_again(
    cast: Any, parcel: Parcel, hub_hand: Any
) -> None:
    wrong = sort(hub_hand, parcel, next="HZ-01", by="machine")

    parcel.refresh_from_db()
    missort = ScanEvent.objects.get(code="MIS")
    assert wrong.context["answers"][0].is_wrong_way
    assert missort.detail == {"expected": "HZ-02", "sorted_to": "HZ-01", "by": "machine"}
    assert "missorted" in parcel.conditions
    now = timezone.now() + timedelta(minutes=1)
    (waiting,) = selectors.missorted(access(cast), now=now)
    assert (waiting.parcel, waiting.expected) == (parcel, "HZ-02")

    sent = hub_hand.post(f"/sorting/{parcel.waybill}/")

    parcel.refresh_from_db()
    assert sent.status_code == 302
    assert "missorted" not in parcel.conditions
    (rate,) = selectors.sort_rates(access(cast), now=timezone.now() + timedelta(minutes=1))
    assert (rate.all.hits, rate.all.total) == (1, 2)
    assert (rate.machine.hits, rate.machine.total, rate.hand.total) == (1, 1, 1)
    assert "50.0%" in hub_hand.get("/sorting/").content.decode().replace(" ", "") or rate.all.total


def test_the_right_lane_is_no_mis_sort_and_a_replay_adds_nothing(
    cast: Any, parcel: Parcel, hub_hand: Any
) -> None:
    right = sort(hub_hand, parcel, next="HZ-02")
    assert right.context["answers"][0].good
    assert not ScanEvent.objects.filter(code="MIS").exists()

    key = "5f3c1f2e-1111-4222-8333-444455556666"
    for _again in range(2):
        sort(hub_hand, parcel, next="HZ-01", key=key)
    assert ScanEvent.objects.filter(code="MIS").count() == 1


def test_without_a_lane_the_hub_of_the_destination_is_next(cast: Any) -> None:
    cast.neighbour.hub = cast.hub
    cast.neighbour.save()
    at = make.MONDAY
    lone = net.accepted(cast.station, cast.neighbour, at)
    good, bad = {"next": "HUB-HZ"}, {"next": "HZ-02"}

    make.tell(make.scan(lone, "SRT", at + timedelta(hours=1), detail=good))
    assert not ScanEvent.objects.filter(code="MIS").exists()
    make.tell(make.scan(lone, "SRT", at + timedelta(hours=2), detail=bad))
    assert ScanEvent.objects.filter(code="MIS").count() == 1


def picture() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    return SimpleUploadedFile("a.jpg", out.getvalue(), content_type="image/jpeg")


@pytest.mark.req("LIF-25")
def test_damage_is_reported_from_the_sort_screen_with_a_photo(
    cast: Any, parcel: Parcel, hub_hand: Any
) -> None:
    sorted_ = sort(hub_hand, parcel, next="HZ-02")
    link = f"/scans/?code=DMG&amp;site=HUB-HZ&amp;waybills={parcel.waybill}"
    assert link in sorted_.content.decode()

    bare = sort(hub_hand, parcel, code="DMG")
    told = sort(hub_hand, parcel, code="DMG", why="外箱破损", photo=picture())

    assert bare.status_code == 422
    assert told.context["answers"][0].good
    row = ParcelException.objects.get()
    assert (row.kind, row.site) == ("damaged", cast.hub)
    assert Proof.objects.get().event_uid == ScanEvent.objects.get(code="DMG").uid
    refused = sort(hub_hand, parcel, code="DMG", why="x",
                   photo=SimpleUploadedFile("a.jpg", b"no picture"))  # fmt: skip
    assert refused.status_code == 422


@pytest.mark.req("ACC-04")
def test_screening_names_its_machine_and_result(cast: Any, parcel: Parcel, hub_hand: Any) -> None:
    nameless = sort(hub_hand, parcel, code="XRY", result="pass")
    failed = sort(hub_hand, parcel, code="XRY", machine="X-7", result="fail")
    leaves = sort(hub_hand, parcel, code="DEP", mode="rail")

    assert nameless.status_code == 422
    assert failed.context["answers"][0].good
    assert ScanEvent.objects.get(code="XRY").detail == {"result": "fail", "machine": "X-7"}
    assert leaves.context["answers"][0].blocked == (parcel.waybill,)
    page = hub_hand.get("/network/screening/")
    assert page.context["n"] == 1
    assert parcel.waybill in page.content.decode()


def test_the_station_page_puts_parcels_into_a_bag(cast: Any, parcel: Parcel, hub_hand: Any) -> None:
    made = hub_hand.post("/bags/new/", {"origin": "HUB-HZ", "destination": "HZ-02"})
    number = made.url.strip("/").split("/")[-1]

    good = sort(hub_hand, parcel, code="BAG", bag=number)
    nowhere = sort(hub_hand, parcel, code="BAG", bag="BG404")

    assert good.context["answers"][0].good
    assert nowhere.status_code == 422
    assert "bag" in nowhere.context["form"].errors
