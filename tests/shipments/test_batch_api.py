"""POST /api/v1/scans/batch: one answer per event, whatever is sent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from shipments import services
from shipments.models import Finding, Parcel, ParcelException, ScanEvent
from tests.factories import shipments as make

URL = "/api/v1/scans/batch"
pytestmark = pytest.mark.django_db


@pytest.fixture
def parcel(cast) -> Parcel:
    now = timezone.now()
    placed = make.order(
        origin=cast.station, destination=cast.neighbour, at=now - timedelta(hours=9)
    )
    return make.accept(placed, now - timedelta(hours=8))


def one(parcel: Parcel, code: str = "ARR", **fields: Any) -> dict[str, Any]:
    at = timezone.now() - timedelta(minutes=5)
    event = {"id": str(uuid4()), "waybill": parcel.waybill, "code": code, "site": "HZ-01",
             "happened_at": at.isoformat(), "device": "hub-1"}  # fmt: skip
    return {**event, **fields}


def send(client: Any, *events: Any) -> Any:
    return client.post(URL, {"events": list(events)}, content_type="application/json")


def results(response: Any) -> list[tuple[str, str]]:
    return [(r["result"], r["code"]) for r in response.json()["results"]]


@pytest.mark.req("LIF-12", "TIM-04")
def test_a_batch_answers_each_event_in_its_order(api_client, parcel):
    client = api_client("scan.create")
    good, bad = one(parcel), one(parcel, code="XXX")

    first = send(client, good, bad, one(parcel, "SRT"))
    again = send(client, good)

    assert results(first) == [("created", ""), ("rejected", "code"), ("created", "")]
    assert [r["id"] for r in first.json()["results"]][:2] == [good["id"], bad["id"]]
    assert results(again) == [("duplicate", "")]
    assert ScanEvent.objects.filter(device="hub-1").count() == 2


def test_the_same_id_with_other_content_is_a_conflict_and_the_first_is_kept(api_client, parcel):
    client = api_client("scan.create")
    event = one(parcel)
    send(client, event)

    response = send(client, {**event, "code": "DEP"}, {**event, "reason": "x"})

    assert results(response) == [("conflict", "other_content")] * 2
    assert ScanEvent.objects.get(uid=event["id"]).code == "ARR"
    assert Finding.objects.filter(code="other_content").count() == 1


def test_twins_inside_one_batch_are_stored_once(api_client, parcel):
    event = one(parcel)

    response = send(api_client("scan.create"), event, event)

    assert results(response) == [("created", ""), ("duplicate", "")]


def test_a_text_no_table_can_hold_is_refused_alone(api_client, parcel):
    first, last = one(parcel), one(parcel, "SRT")
    spoilt = one(parcel, detail={"note": ["fine", "a\x00b"]})
    half = one(parcel, id="\ud800", reason="\ud800")

    response = send(api_client("scan.create"), first, spoilt, half, last)

    said = response.json()["results"]
    assert [r["result"] for r in said] == ["created", "rejected", "rejected", "created"]
    assert [r["id"] for r in said] == [first["id"], spoilt["id"], None, last["id"]]
    assert said[1]["field"] == "detail.note.1"
    assert ScanEvent.objects.filter(device="hub-1").count() == 2


@pytest.mark.parametrize("count", [1, 2])
def test_spoilt_events_are_told_one_by_one_when_no_other_is_sound(api_client, parcel, count):
    events = [one(parcel, detail={"note": "a\x00b"}) for _ in range(count)]

    response = send(api_client("scan.create"), *events)

    said = response.json()["results"]
    assert [(r["id"], r["result"], r["field"]) for r in said] == [
        (event["id"], "rejected", "detail.note") for event in events
    ]
    assert not ScanEvent.objects.filter(device="hub-1").exists()


@pytest.mark.req("LIF-12")
@pytest.mark.parametrize(
    ("code", "fields", "mark"),
    [
        ("DLV", {"detail": {"way": "recipient"}}, "gap"),
        ("ATT", {}, "invalid_attempt"),
        ("XRY", {"detail": {"result": "banana"}}, "unknown_result"),
        ("XRY", {"detail": {"result": ["pass"]}}, "unknown_result"),
        ("RFS", {"reason": "no-such-reason"}, "unknown_reason"),
        ("ARR", {}, ""),
    ],
)
def test_a_scan_kept_although_it_does_not_fit_is_answered_with_its_mark(
    api_client, parcel, code, fields, mark
):
    response = send(api_client("scan.create"), one(parcel, code, **fields))

    [said] = response.json()["results"]
    assert (said["result"], said["code"]) == ("created", mark)
    assert bool(said["detail"]) == bool(mark)
    assert Finding.objects.filter(code=mark).exists() == bool(mark)


@pytest.mark.parametrize("count", [0, 201])
def test_the_number_of_events_is_limited(api_client, parcel, count):
    response = send(api_client("scan.create"), *([one(parcel)] * count))

    assert response.status_code == (400 if count == 0 else 413)
    assert response["Content-Type"] == "application/problem+json"
    assert not ScanEvent.objects.filter(device="hub-1").exists()


@pytest.mark.parametrize(
    "body",
    [
        "",
        "[]",
        '{"events": 3}',
        '{"events": [], "more": 1}',
        '{"events": [NaN]}',
        "{",
        '{"a":1,"a":2}',
        '{"events": [{"id": "\\u0000"}]}',
    ],
)
def test_a_body_that_is_no_batch_is_refused_whole(api_client, parcel, body):
    response = api_client("scan.create").post(URL, body, content_type="application/json")

    assert response.status_code == 400


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({"waybill": "NOBODY123456"}, ("unmatched", "unmatched")),
        ({"waybill": "1"}, ("rejected", "bad_waybill")),
        ({"site": "HZ-02"}, ("rejected", "site")),
        ({"site": "NOWHERE"}, ("rejected", "site")),
        ({"person": "E404"}, ("rejected", "person")),
        ({"id": "not-a-uuid"}, ("rejected", "bad_event")),
        ({"happened_at": "2026-03-02T10:00:00"}, ("rejected", "bad_event")),
        ({"happened_at": "0001-01-01T00:00:00+14:00"}, ("rejected", "happened_at")),
        ({"surprise": 1}, ("rejected", "bad_event")),
        ({"detail": {"x": "y" * 9000}}, ("rejected", "detail")),
        ({"position": {"lat": 0, "lon": 0}}, ("created", "no_fix")),
        ({"position": {"lat": 30.2, "lon": 120.1, "accuracy_m": 5000}}, ("created", "no_fix")),
        ({"position": {"lat": 91, "lon": 10}}, ("created", "bad_position")),
        ({"position": {"lat": None, "lon": None}}, ("created", "")),
        ({"position": {"lat": 30.2, "lon": 120.1, "accuracy_m": 8}}, ("created", "")),
        ({"detail": {"photo_sha256": "ab"}}, ("created", "awaiting_evidence")),
        ({"reason": "made-up"}, ("created", "unknown_reason")),
        ({"happened_at": "2099-01-01T00:00:00Z"}, ("created", "future")),
        ({"happened_at": "1970-01-01T00:00:00Z"}, ("created", "clock")),
    ],
)
def test_one_odd_event_never_spoils_the_batch(api_client, parcel, change, answer):
    response = send(api_client("scan.create"), {**one(parcel), **change}, one(parcel, "SRT"))

    assert response.status_code == 200
    assert results(response) == [answer, ("created", "")]


def test_a_position_in_doubt_is_left_out_but_the_scan_is_kept(api_client, parcel):
    event = one(parcel, position={"lat": 91, "lon": 10})

    send(api_client("scan.create"), event)

    row = ScanEvent.objects.get(uid=event["id"])
    assert (row.latitude, row.flags) == (None, ["bad_position"])


def test_a_scan_before_its_parcel_is_found_when_the_parcel_is_registered(api_client, cast):
    now = timezone.now()
    client = api_client("scan.create")
    event = {"id": str(uuid4()), "waybill": "LATER0001", "code": "ARR", "site": "HZ-01",
             "happened_at": now.isoformat()}  # fmt: skip
    assert results(send(client, event)) == [("unmatched", "unmatched")]

    parcel = make.order(
        origin=cast.station, destination=cast.neighbour, waybill="LATER0001", at=now
    )

    parcel.refresh_from_db()
    assert parcel.state == "at_site"


def test_a_courier_scans_only_as_himself(as_role, cast, parcel):
    client = as_role("courier")

    response = send(client, one(parcel, person=cast.supervisor.username), one(parcel))

    assert results(response) == [("rejected", "person"), ("created", "")]


def test_a_courier_corrects_only_his_own_scan_of_the_same_day(as_role, cast, parcel):
    client = as_role("courier")
    mine = one(parcel)
    send(client, mine)
    foreign = ScanEvent.objects.get(code="PUP")
    void = {"code": "VOI", "reason": "scanned-by-mistake"}

    own_void = one(parcel, corrects=mine["id"], **void)
    foreign_void = one(parcel, corrects=str(foreign.uid), **void)
    response = send(client, own_void, foreign_void)

    assert results(response) == [("created", ""), ("rejected", "not_allowed")]


def test_a_key_without_the_right_is_refused(api_client, as_role, parcel):
    assert send(api_client("parcel.read"), one(parcel)).status_code == 403
    assert send(as_role("auditor"), one(parcel)).status_code == 403
    assert send(as_role("public"), one(parcel)).status_code == 401


@pytest.mark.req("INF-01")
def test_a_parcel_is_shown_masked_and_only_to_its_sites(api_client, as_role, cast, parcel):
    client = api_client("parcel.read")
    foreign = make.order(origin=cast.neighbour, destination=cast.neighbour)

    shown = client.get(f"/api/v1/parcels/{parcel.waybill}/")
    hidden = client.get(f"/api/v1/parcels/{foreign.waybill}/")
    missing = client.get("/api/v1/parcels/YS9999999999999/")

    assert (
        shown.json()["recipient"]["phone"] == "1379*****91"
        or "*" in shown.json()["recipient"]["phone"]
    )
    assert "13798763391" not in shown.content.decode()
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert hidden.content == missing.content


@pytest.mark.req("LIF-02", "DEL-01")
def test_the_round_gives_a_courier_his_own_addresses_and_writes_that_down(as_role, cast):
    from courierqa.core.models import AuditEntry

    now = timezone.now()
    courier = cast.courier.employee
    parcel = make.accept(
        make.order(origin=cast.neighbour, destination=cast.station, at=now - timedelta(hours=9)),
        now - timedelta(hours=8),
    )
    make.tell(make.scan(parcel, "OFD", now - timedelta(hours=1), site_id=cast.station.pk,
                        person_id=courier.pk))  # fmt: skip

    answer = as_role("courier").get("/api/v1/round/")

    item = answer.json()["items"][0]
    assert (item["waybill"], item["kind"], item["state"]) == (parcel.waybill, "deliver", "out")
    assert item["recipient"]["phone_for_call"] == "13798763391"
    assert answer.json()["reasons"]
    assert AuditEntry.objects.filter(action="round.read").count() == 1
    assert as_role("supervisor").get("/api/v1/round/").json()["items"] == []


@pytest.mark.req("ACC-14")
def test_a_release_that_is_scanned_ends_holding_and_lifts_no_security_stop(
    api_client, as_role, parcel
):
    client, station = api_client("scan.create"), as_role("supervisor")
    services.stop_parcel(parcel=parcel, why="影像可疑", at=timezone.now(), actor=None)

    told = send(client, one(parcel, "RLS", happened_at=timezone.now().isoformat()))
    page = station.post(
        f"/parcels/{parcel.waybill}/scan/",
        {
            "code": "RLS",
            "site": "HZ-01",
            "why": "客户来电",
            "at": f"{timezone.localtime():%Y-%m-%dT%H:%M}",
        },
    )

    parcel.refresh_from_db()
    assert results(told)[0][0] == "created"
    assert "security_stop" in parcel.conditions
    assert Finding.objects.filter(parcel=parcel, code="security_stop").exists()
    assert page.status_code == 422
    assert "放行" in page.content.decode()


@pytest.mark.req("ACC-14")
def test_no_correction_lifts_a_security_stop(api_client, as_role, cast, parcel):
    client, courier = api_client("scan.create"), as_role("courier")
    now = timezone.now()
    stop = services.stop_parcel(
        parcel=parcel, why="影像可疑", at=now, actor=None, site_id=cast.station.pk,
        person_id=cast.courier.employee.pk,
    )  # fmt: skip
    released = one(parcel, "RLS", happened_at=now.isoformat())
    emptied = one(parcel, "COR", happened_at=now.isoformat(), corrects=released["id"],
                  detail={"set": {"detail": {}}, "why": "补充"})  # fmt: skip
    undone = one(parcel, "VOI", happened_at=now.isoformat(), corrects=str(stop.uid),
                 detail={"why": "误报"})  # fmt: skip

    send(courier, released, emptied)
    told = send(courier, undone)
    send(client, one(parcel, "RLS", happened_at=now.isoformat(), detail={"stop": True}))

    parcel.refresh_from_db()
    assert results(told) == [("rejected", "not_allowed")]
    assert "security_stop" in parcel.conditions
    security = ParcelException.objects.get(parcel=parcel, kind="security")
    assert security.status not in ("solved", "closed")
    services.release_parcel(parcel=parcel, why="复核无异常", at=timezone.now(), actor=None)
    parcel.refresh_from_db()
    assert "security_stop" not in parcel.conditions
