"""What the phone asks the server: whose parcel is it, did the bytes arrive, who else signed."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from courierqa.core import outbox
from courierqa.core.enums import Role
from courierqa.core.models import Message
from shipments import enums
from shipments.models import Instrument, Parcel, Proof
from staff import services as staff
from tests.factories import shipments as make
from tests.shipments.test_courier_pages import out_for_delivery, to_pick_up
from tests.shipments.test_proofs_api import picture

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)


def colleague(cast: Any, number: str = "C777", site: Any = None) -> Any:
    """Return the login of another courier of the station."""
    user = staff.create_user(username=number, display_name="周伟", password="correct-horse-7")
    site = site or cast.station
    staff.create_employee(
        number=number, name="周伟", post=cast.courier.employee.post, site=site,
        hired_on=date(2024, 1, 1), background_checked_on=date(2023, 12, 20), user=user, at=LONG_AGO,
    )  # fmt: skip
    staff.grant_role(user, Role.COURIER, site, at=LONG_AGO)
    return user


def client_of(user: Any) -> Any:
    from django.test import Client

    client = Client()
    client.force_login(user)
    return client


def event(
    parcel: Parcel, user: Any, code: str, *, at: datetime | None = None, **detail: Any
) -> dict:
    return {
        "id": str(uuid4()), "waybill": parcel.waybill, "code": code, "device": f"phone-{user.pk}",
        "happened_at": (at or datetime.now(UTC)).isoformat(), "site": "HZ-01",
        "person": user.employee.number, "detail": detail,
    }  # fmt: skip


def send(user: Any, *events: dict) -> list[dict]:
    answer = client_of(user).post(
        "/api/v1/scans/batch", {"events": list(events)}, content_type="application/json"
    )
    assert answer.status_code == 200
    return answer.json()["results"]


def run_effects() -> None:
    while outbox.run_due(now=datetime.now(UTC)):
        pass


# -- whose parcel is it -------------------------------------------------------------------------
def test_a_parcel_of_a_colleague_is_named_without_any_customer(cast):
    parcel = out_for_delivery(cast)
    other = colleague(cast)

    answer = client_of(other).get(f"/api/v1/round/{parcel.waybill}/")

    said = answer.json()
    assert (said["kind"], said["mine"]) == ("deliver", False)
    assert said["holder"]["number"] == cast.courier.employee.number
    text = answer.content.decode()
    for secret in (parcel.recipient_name, parcel.recipient_phone, parcel.recipient_address):
        assert secret not in text
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("kind", ["deliver", "pickup"])
def test_own_parcels_are_mine(cast, kind):
    parcel = out_for_delivery(cast) if kind == "deliver" else to_pick_up(cast)
    said = client_of(cast.courier).get(f"/api/v1/round/{parcel.waybill}/").json()
    assert (said["kind"], said["mine"]) == (kind, True)


def test_a_parcel_of_other_sites_answers_like_one_that_does_not_exist(cast):
    foreign = make.order(origin=cast.neighbour, destination=cast.neighbour)
    client = client_of(cast.courier)
    answers = [client.get(f"/api/v1/round/{n}/") for n in (foreign.waybill, "YS9999999999999")]
    bodies = [{k: v for k, v in a.json().items() if k != "instance"} for a in answers]
    assert [a.status_code for a in answers] == [404, 404]
    assert bodies[0].keys() == bodies[1].keys()
    assert bodies[0]["title"] == bodies[1]["title"]


@pytest.mark.parametrize("role", ["agent", "auditor", "public"])
def test_only_phones_ask_whose_parcel_it_is(as_role, cast, role):
    parcel = out_for_delivery(cast)
    assert as_role(role).get(f"/api/v1/round/{parcel.waybill}/").status_code in (401, 403)


def test_an_ended_parcel_offers_nothing(cast):
    parcel = out_for_delivery(cast)
    send(cast.courier, event(parcel, cast.courier, "DLV", way="recipient"))
    said = client_of(cast.courier).get(f"/api/v1/round/{parcel.waybill}/").json()
    assert (said["kind"], said["holder"], said["state"]) == ("", None, "delivered")


def test_taking_over_moves_the_parcel_and_tells_the_supervisor_once(cast):
    parcel = out_for_delivery(cast)
    other = colleague(cast)
    before = cast.courier.employee.number
    scan = event(parcel, other, "OFD", taken_over=True, **{"from": before})

    assert send(other, scan)[0]["result"] == "created"
    send(other, scan)
    run_effects()

    parcel.refresh_from_db()
    assert parcel.holder == other.employee
    told = Message.objects.filter(template="shipments/taken_over")
    assert [m.recipient_user for m in told] == [cast.supervisor]
    assert parcel.waybill in told.get().body
    assert not parcel.findings.filter(event_uid=scan["id"]).exists()


# -- the queue comes late -----------------------------------------------------------------------
def test_captures_older_than_a_day_are_told_to_the_supervisor_once(cast):
    parcels = [out_for_delivery(cast) for _ in range(3)]
    old = datetime.now(UTC) - timedelta(hours=30)

    for parcel in parcels:
        send(cast.courier, event(parcel, cast.courier, "ATT", at=old, call=True))
    run_effects()

    told = Message.objects.get(template="shipments/late_sync")
    assert told.recipient_user == cast.supervisor
    assert cast.courier.employee.name in told.body


def test_a_fresh_capture_tells_nobody(cast):
    parcel = out_for_delivery(cast)
    send(cast.courier, event(parcel, cast.courier, "ATT", call=True))
    run_effects()
    assert not Message.objects.filter(template="shipments/late_sync").exists()


# -- signed by somebody else --------------------------------------------------------------------
def test_the_second_signature_is_stored_and_said_and_withdrawing_keeps_both_events(cast):
    parcel = out_for_delivery(cast)
    other = colleague(cast)
    early = datetime.now(UTC) - timedelta(minutes=40)
    first = event(parcel, other, "DLV", at=early, way="recipient")
    second = event(parcel, cast.courier, "DLV", way="recipient")

    assert send(other, first)[0]["code"] == ""
    answers = [send(cast.courier, second)[0] for _ in range(2)]

    assert [a["result"] for a in answers] == ["created", "duplicate"]
    assert {a["code"] for a in answers} == {"second_delivery"}
    void = {**event(parcel, cast.courier, "VOI", why="x"), "corrects": second["id"],
            "reason": "scanned-by-mistake"}  # fmt: skip
    assert send(cast.courier, void)[0]["result"] == "created"
    parcel.refresh_from_db()
    assert parcel.state == enums.State.DELIVERED
    assert not parcel.findings.filter(code="second_delivery", closed_at=None).exists()
    assert send(cast.courier, second)[0]["code"] == ""


def test_the_earlier_signature_that_comes_later_is_told_as_well(cast):
    parcel = out_for_delivery(cast)
    other = colleague(cast)
    early = datetime.now(UTC) - timedelta(minutes=40)
    send(cast.courier, event(parcel, cast.courier, "DLV", way="recipient"))

    late_news = send(other, event(parcel, other, "DLV", at=early, way="recipient"))[0]

    assert late_news["code"] == "second_delivery"


# -- did the bytes arrive -----------------------------------------------------------------------
@pytest.mark.parametrize("with_strokes", [True, False])
def test_a_proof_answers_with_the_hash_of_what_was_sent(cast, with_strokes):
    parcel = out_for_delivery(cast)
    strokes = json.dumps([{"points": [{"x": n, "y": n} for n in range(9)]}]) if with_strokes else ""
    sent = {
        "id": str(uuid4()), "waybill": parcel.waybill, "event": str(uuid4()), "strokes": strokes,
        "kind": "signature", "captured_at": datetime.now(UTC).isoformat(),
        "content": base64.b64encode(picture()).decode(),
    }  # fmt: skip
    client = client_of(cast.courier)

    first, again = (
        client.post("/api/v1/proofs/", sent, content_type="application/json").json()
        for _ in range(2)
    )

    own = hashlib.sha256(picture() + strokes.encode()).hexdigest()
    assert first["received_sha256"] == again["received_sha256"] == own
    assert Proof.objects.get().received_sha256 == own


@pytest.mark.parametrize(
    ("minutes", "told"),
    [
        (-1, {"overdue": True, "late_risk": False}),
        (119, {"overdue": False, "late_risk": True}),
        (122, {"overdue": False, "late_risk": False}),
    ],
)
def test_late_already_is_not_at_risk_of_being_late(cast: Any, minutes: int, told: dict) -> None:
    parcel = out_for_delivery(cast)
    due = datetime.now(UTC) + timedelta(minutes=minutes)
    Parcel.objects.filter(pk=parcel.pk).update(promised_by=due)

    item = client_of(cast.courier).get("/api/v1/round/").json()["items"][0]

    assert {name: item[name] for name in told} == told


@pytest.mark.req("VEH-08", "LIF-07")
def test_the_list_names_the_scales_of_the_own_site_with_their_days(cast: Any) -> None:
    day = date(2026, 1, 1)
    for code, site, kind in (
        ("S-1", cast.station, "scale"), ("T-1", cast.station, "tape"), ("S-9", cast.hub, "scale"),
    ):  # fmt: skip
        make_instrument(code, site=site, kind=kind, calibrated_on=day, valid_until=day)

    answer = client_of(cast.courier).get("/api/v1/round/").json()

    assert answer["instruments"] == [
        {"code": "S-1", "name": "S-1", "calibrated_on": "2026-01-01", "valid_until": "2026-01-01"}
    ]


def make_instrument(code: str, **fields: Any) -> Instrument:
    return Instrument.objects.create(code=code, name=code, **fields)
