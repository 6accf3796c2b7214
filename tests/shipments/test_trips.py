"""Trips: planned, loaded, left, unloaded; route changes, positions, disruptions."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from courierqa.core.errors import DomainError, NotAllowed
from courierqa.core.models import AuditEntry
from shipments import selectors, services
from shipments.models import (
    Finding,
    ParcelException,
    RefusedDeed,
    ScanEvent,
    Trip,
    TripPosition,
)
from shipments.services.disrupting import Situation
from shipments.services.routing import Point
from tests.factories import network as net
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
NOW = make.MONDAY + timedelta(hours=6)
LATER = NOW + timedelta(hours=2)


@pytest.fixture
def pair(cast: Any) -> list[Any]:
    return [net.accepted(cast.station, cast.neighbour, make.MONDAY) for _n in range(2)]


def load(trip: Trip, *numbers: str, check: str = "good") -> list[Any]:
    return services.load_trip(
        trip=trip, numbers=numbers, check=check, at=NOW, person=None, actor=None
    )


@pytest.mark.req("LIF-15", "LIF-16", "NET-01")
@pytest.mark.req("SAF-07")
def test_a_trip_is_loaded_by_scanning_and_leaves_beside_its_plan(
    cast: Any, pair: list[Any]
) -> None:
    bagged, single = pair
    bag = net.bag(cast.station, cast.hub, bagged, at=NOW)
    trip = net.trip(cast.station, cast.hub, at=NOW, watcher=cast.supervisor.employee)

    answers = load(trip, bag.number, single.waybill, "NOSUCH1")
    services.depart_trip(trip=trip, at=LATER, person=None, actor=cast.supervisor)
    services.unload_trip(
        trip=trip, site=cast.hub, numbers=[bag.number, single.waybill],
        at=LATER + timedelta(hours=3), person=None, actor=cast.manager,
    )  # fmt: skip

    assert [(a.number, a.good) for a in answers] == [
        (bag.number, True), (single.waybill, True), ("NOSUCH1", False)
    ]  # fmt: skip
    trip.refresh_from_db()
    assert (trip.status, trip.departed_at) == ("arrived", LATER)
    assert trip.departed_at > trip.planned_departure
    assert trip.watcher == cast.supervisor.employee
    for parcel in pair:
        rows = ScanEvent.objects.filter(parcel_id=parcel.pk, code__in=("DEP", "ARR"))
        scans = {row.code: row for row in rows}
        assert scans["DEP"].detail["mode"] == "road"
        assert scans["ARR"].site_id == cast.hub.pk
        parcel.refresh_from_db()
        assert parcel.state == "at_site"
    late = selectors.late_trips(Trip.objects.all(), now=LATER)
    assert list(late) == [trip]


@pytest.mark.req("ACC-04")
def test_unscreened_pieces_stay_and_the_refusal_is_counted(cast: Any, pair: list[Any]) -> None:
    bare, done = pair
    net.screened(done, NOW - timedelta(hours=1))
    flight = net.trip(cast.station, cast.hub, at=NOW, mode="air")

    answers = load(flight, bare.waybill, done.waybill)

    assert [(a.good, a.blocked) for a in answers] == [(False, (bare.waybill,)), (True, ())]
    refused = RefusedDeed.objects.get()
    assert (refused.parcel, refused.code, refused.mode) == (bare, "not_screened", "air")
    net.screened(done, NOW + timedelta(minutes=5), result="fail")
    with pytest.raises(DomainError, match=done.waybill) as error:
        services.depart_trip(trip=flight, at=LATER, person=None, actor=None)
    assert error.value.code == "not_screened"
    assert RefusedDeed.objects.count() == 2
    assert not ScanEvent.objects.filter(code="DEP").exists()


@pytest.mark.req("ACC-04")
def test_a_key_region_needs_screening_on_the_road_too(cast: Any, pair: list[Any]) -> None:
    cast.neighbour.region = "上海"
    cast.neighbour.save()
    services.add_screening_rule(
        name="重点地区", name_en="", mode="", region="上海", destination=None, at=NOW, actor=None
    )
    trip = net.trip(cast.station, cast.hub, at=NOW)
    bag = net.bag(cast.station, cast.hub, *pair, at=NOW)
    net.screened(pair[0], NOW)

    (answer,) = load(trip, bag.number)
    make.tell(make.scan(pair[1], "DEP", LATER, detail={"mode": "road"}))

    assert (answer.good, answer.blocked) == (False, (pair[1].waybill,))
    assert Finding.objects.get(code="screening_rule").parcel == pair[1]
    with pytest.raises(DomainError):
        services.add_screening_rule(
            name="x", name_en="", mode="", region="", destination=None, at=NOW, actor=None
        )


@pytest.mark.req("LIF-20")
def test_the_out_check_stays_with_the_parcel(cast: Any, pair: list[Any], as_role: Any) -> None:
    good, broken = pair
    trip = net.trip(cast.station, cast.hub, at=NOW)

    load(trip, good.waybill, check="repacked")
    (kept,) = load(trip, broken.waybill, check="held_back")
    services.depart_trip(trip=trip, at=LATER, person=None, actor=None)

    assert not kept.good
    assert ScanEvent.objects.get(parcel_id=good.pk, code="DEP").detail["check"] == "repacked"
    assert ScanEvent.objects.get(parcel_id=broken.pk, code="HLD").detail["check"] == "held_back"
    broken.refresh_from_db()
    assert broken.conditions == ["held"]
    page = as_role("supervisor").get(f"/parcels/{good.waybill}/").content.decode()
    assert "重新包装" in page


@pytest.mark.req("LIF-15")
def test_another_route_needs_somebody_else(cast: Any) -> None:
    trip = net.trip(cast.station, cast.hub, at=NOW)
    arrival = trip.planned_arrival + timedelta(hours=1)
    change = services.ask_route_change(
        trip=trip, via=["HZ-02"], planned_arrival=arrival, reason="封路", at=NOW, by=cast.manager
    )
    trip.refresh_from_db()
    assert trip.via == []

    with pytest.raises(NotAllowed):
        services.decide_route_change(
            change=change, approve=True, note="", at=NOW, by=cast.manager
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        services.decide_route_change(
            change=change, approve=True, note="", at=NOW, by=cast.supervisor
        )  # fmt: skip
    boss = make.user("manager")
    done = services.decide_route_change(change=change, approve=True, note="", at=NOW, by=boss)

    trip.refresh_from_db()
    assert (trip.via, trip.planned_arrival) == (["HZ-02"], arrival)
    assert (done.status, done.approval.decided_by) == ("approved", boss)
    with pytest.raises(DomainError):
        services.decide_route_change(change=change, approve=False, note="", at=NOW, by=boss)
    with pytest.raises(DomainError) as unknown:
        services.ask_route_change(
            trip=trip, via=["NOWHERE"], planned_arrival=arrival, reason="x", at=NOW,
            by=cast.supervisor,
        )  # fmt: skip
    assert unknown.value.field == "via"


def test_what_does_not_come_off_is_searched_for(cast: Any, pair: list[Any]) -> None:
    trip = net.trip(cast.station, cast.hub, at=NOW)
    stray = net.accepted(cast.station, cast.neighbour, make.MONDAY)
    load(trip, *(p.waybill for p in pair))
    services.depart_trip(trip=trip, at=LATER, person=None, actor=None)

    services.unload_trip(
        trip=trip, site=cast.hub, numbers=[pair[0].waybill, stray.waybill],
        at=LATER + timedelta(hours=3), person=None, actor=None,
    )  # fmt: skip
    missing = services.finish_unloading(trip=trip, at=LATER + timedelta(hours=4), actor=None)

    assert missing == [pair[1]]
    codes = set(Finding.objects.filter(code__startswith="trip_").values_list("parcel", "code"))
    assert codes == {(pair[1].pk, "trip_missing"), (stray.pk, "trip_surplus")}
    assert ParcelException.objects.get(kind="lost").parcel == pair[1]


@pytest.mark.req("TIM-05")
def test_positions_are_imported_and_shown(cast: Any, as_role: Any, api_client: Any) -> None:
    at = timezone.now() - timedelta(hours=2)
    trip = net.trip(cast.station, cast.hub, at=at)
    client, url = as_role("supervisor"), f"/trips/{trip.number}/positions/"
    stamp = (at + timedelta(minutes=10)).isoformat()

    good = client.post(url, {"points": f"{stamp}, 30.27, 120.15, 80\n"})
    again = client.post(url, {"points": f"{stamp}, 30.27, 120.15, 80\n"})
    bad = client.post(url, {"points": f"{stamp}, 91, 120.15"})
    worse = client.post(url, {"points": "yesterday, here"})
    sent = {"points": [{"at": (at + timedelta(minutes=20)).isoformat(), "lat": 30.3, "lon": 120.2}]}
    by_key = api_client("trip.track").post(
        f"/api/v1{url}", sent, content_type="application/json"
    )  # fmt: skip
    nan = api_client("trip.track").post(
        f"/api/v1{url}", b'{"points": [{"at": "x"}]}', content_type="application/json"
    )

    statuses = [good.status_code, again.status_code, bad.status_code, worse.status_code]
    assert statuses == [302, 302, 422, 422]
    assert (by_key.json(), nan.status_code) == ({"new": 1, "received": 1}, 400)
    assert TripPosition.objects.count() == 2
    assert "30.27000" in client.get(f"/trips/{trip.number}/").content.decode()
    future = Point(at + timedelta(days=9), 30.0, 120.0)
    with pytest.raises(DomainError):
        services.note_positions(trip=trip, points=[future], at=at)


@pytest.mark.req("LIF-18")
def test_a_disruption_is_linked_to_trips_and_their_parcels(
    cast: Any, pair: list[Any], as_role: Any
) -> None:
    trip = net.trip(cast.station, cast.hub, at=NOW)
    load(trip, pair[0].waybill)
    said = Situation("沿海", NOW, NOW + timedelta(hours=9), "台风", "改走国道", [cast.station])
    row = services.record_disruption(said=said, at=NOW, actor=cast.supervisor)

    linked, unknown = services.link_disruption(
        row=row, numbers=[trip.number, pair[1].waybill, "NOSUCH1"], at=NOW, actor=cast.supervisor
    )

    assert (linked, unknown) == (2, ["NOSUCH1"])
    assert set(row.parcels.all()) == set(pair)
    page = as_role("supervisor").get(f"/trips/{trip.number}/").content.decode()
    assert row.number in page
    assert pair[0].waybill[-4:] in as_role("quality").get(
        f"/disruptions/{row.number}/"
    ).content.decode().replace(" ", "")


def test_pages_plan_load_and_move(cast: Any, pair: list[Any], as_role: Any) -> None:
    client = as_role("supervisor")
    typed = {
        "origin": "HZ-01", "destination": "HUB-HZ", "mode": "road", "vehicle": "浙A·1",
        "planned_departure": "2026-03-02T18:00", "planned_arrival": "2026-03-02T17:00",
    }  # fmt: skip

    wrong = client.post("/trips/new/", typed)
    made = client.post("/trips/new/", {**typed, "planned_arrival": "2026-03-02T22:00"})
    url = made.url
    empty = client.post(f"{url}move/", {"verb": "depart"})
    loaded = client.post(f"{url}load/", {"check": "good", "numbers": pair[0].waybill})
    left = client.post(f"{url}move/", {"verb": "depart"})
    late = client.get("/trips/?view=late")
    foreign = client.post(f"{url}unload/", {"site": "HUB-HZ", "numbers": pair[0].waybill})

    assert (wrong.status_code, made.status_code, empty.status_code) == (422, 302, 422)
    assert wrong.context["form"].errors["planned_arrival"]
    assert loaded.context["answers"][0].good
    assert left.status_code == 302
    assert late.status_code == 200
    assert foreign.status_code == 422
    listed = b"".join(client.get("/trips/?format=csv").streaming_content)
    assert b"HUB-HZ" in listed


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_trips_asks_the_same_questions(
    cast: Any, as_role: Any, count: int, django_assert_max_num_queries: Any
) -> None:
    for _n in range(count):
        net.trip(cast.station, cast.hub, at=NOW)
    client = as_role("supervisor")
    with django_assert_max_num_queries(10):
        answer = client.get("/trips/")
    assert len(answer.context["page"].rows) == count


def stop(parcel: Any) -> None:
    """Stop a parcel for security."""
    held = make.scan(parcel, "HLD", NOW, reason="security-check", detail={"security": True})
    make.tell(held)


@pytest.mark.req("ACC-14")
def test_a_parcel_stopped_for_security_is_not_loaded_and_holds_the_trip_it_lies_on(
    cast: Any, pair: list[Any]
) -> None:
    before, after = pair
    trip = net.trip(cast.station, cast.hub, at=NOW)
    stop(before)

    refused = load(trip, before.waybill)
    load(trip, after.waybill)
    stop(after)
    with pytest.raises(DomainError) as held:
        services.depart_trip(trip=trip, at=LATER, person=None, actor=cast.supervisor)

    assert [one.good for one in refused] == [False]
    assert (held.value.code, after.waybill in str(held.value)) == ("security_stop", True)
    assert not ScanEvent.objects.filter(code="DEP").exists()
    make.tell(make.scan(after, "RLS", LATER), source="office")
    services.depart_trip(trip=trip, at=LATER, person=None, actor=cast.supervisor)
    assert ScanEvent.objects.get(code="DEP").parcel_id == after.pk


@pytest.mark.req("LIF-15")
def test_a_piece_is_taken_off_again_with_its_reason_and_a_bag_only_whole(
    cast: Any, pair: list[Any], as_role: Any
) -> None:
    single, bagged = pair
    bag = net.bag(cast.station, cast.hub, bagged, at=NOW)
    trip = net.trip(cast.station, cast.hub, at=NOW)
    load(trip, single.waybill, bag.number)
    client, url = as_role("supervisor"), f"/trips/{trip.number}/take-off/"

    inside = client.post(url, {"number": bagged.waybill, "reason": "破损"})
    silent = client.post(url, {"number": single.waybill, "reason": " "})
    assert (inside.status_code, silent.status_code) == (422, 422)
    assert "整袋" in inside.content.decode()
    assert trip.loads.count() == 2

    client.post(url, {"number": single.waybill, "reason": "安检拦截"})
    assert [one.parcel for one in trip.loads.all()] == [bagged]
    entry = AuditEntry.objects.get(action="trip.take_off")
    assert entry.reason == f"{single.waybill}: 安检拦截"
    client.post(url, {"number": bag.number, "reason": "换车"})
    assert not trip.loads.exists()
    other = net.trip(cast.station, cast.hub, at=NOW)
    assert [one.good for one in load(other, single.waybill, bag.number)] == [True, True]


@pytest.mark.req("ACC-14")
def test_a_parcel_stopped_for_security_goes_into_no_bag(cast: Any, pair: list[Any]) -> None:
    stopped, free = pair
    stop(stopped)
    bag = services.create_bag(origin=cast.station, destination=cast.hub, at=NOW, actor=None)

    refused = services.put_into_bag(
        bag=bag, waybills=[stopped.waybill, free.waybill], at=NOW, person=None, actor=None
    )

    assert list(refused) == [stopped.waybill]
    assert [item.parcel for item in bag.items.all()] == [free]


def test_what_has_ended_since_it_was_loaded_does_not_leave_with_the_trip(
    cast: Any, pair: list[Any]
) -> None:
    gone, going = pair
    trip = net.trip(cast.station, cast.hub, at=NOW)
    load(trip, gone.waybill, going.waybill)
    services.declare_loss(parcel=gone, why="查找无果", at=NOW, actor=None)

    services.depart_trip(trip=trip, at=LATER, person=None, actor=cast.supervisor)

    assert list(trip.loads.values_list("parcel", flat=True)) == [going.pk]
    assert ScanEvent.objects.get(code="DEP").parcel_id == going.pk
    assert not gone.findings.filter(code="after_end").exists()
