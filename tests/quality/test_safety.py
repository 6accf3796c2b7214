"""Hazards, incidents told upwards, emergency plans, drills, areas of risk, sources."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from courierqa.core.errors import DomainError
from courierqa.core.models import Effect, Message
from quality.effects import climb
from quality.models import Drill, EmergencyPlan, Hazard, Nonconformity, SafetyIncident
from quality.services import things
from shipments.services import save_risk_area
from tests.factories import things as thing
from tests.quality.conftest import DAY, NOW, Loop, worker
from tests.quality.test_fleet import signed_in

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def hazard(loop: Loop, *, level: str = "general", due: int = 3) -> Hazard:
    return things.register_hazard(
        site=loop.site, level=level, what="护栏松动", place="平台", owner=loop.leader,
        due_on=TODAY + due * DAY, by=loop.quality, at=NOW,
    )  # fmt: skip


def reported(
    loop: Loop, severity: str, *, uid: UUID | None = None, at: datetime = NOW
) -> SafetyIncident:
    said = things.Happening("traffic", severity, "与电动车刮擦", at - timedelta(minutes=5))
    return things.report_incident(
        uid=uid or uuid4(), happening=said, site=loop.site, reporter=loop.courier,
        by=loop.courier.user, at=at,
    )  # fmt: skip


def told(row: SafetyIncident) -> set[Any]:
    return {line.told for line in row.lines.exclude(told=None)}


@pytest.mark.req("SAF-04")
def test_a_removal_is_verified_by_somebody_else(loop: Loop) -> None:
    row = hazard(loop)
    things.remove_hazard(row, how="已加固", by=loop.leader.user, at=NOW)
    with pytest.raises(DomainError) as refused:
        things.verify_hazard(row, is_gone=True, note="", by=loop.leader.user, at=NOW + DAY)
    assert refused.value.code == "four_eyes"
    things.verify_hazard(row, is_gone=False, note="仍松动", by=loop.quality, at=NOW + DAY)
    assert Hazard.objects.get().status == "open"
    things.remove_hazard(Hazard.objects.get(), how="更换", by=loop.leader.user, at=NOW + DAY)
    things.verify_hazard(row, is_gone=True, note="", by=loop.quality, at=NOW + 2 * DAY)
    assert Hazard.objects.get().verified_at == NOW + 2 * DAY


@pytest.mark.req("SAF-04")
def test_a_major_hazard_stops_the_work_and_is_told(loop: Loop) -> None:
    row = hazard(loop, level="major")
    assert row.stops_work
    assert {m.recipient_user for m in Message.objects.filter(template="quality/hazard")} == {
        loop.leader.user, loop.quality, loop.manager, loop.checker.user,
    }  # fmt: skip
    page = signed_in(loop.quality).get("/hazards/").content.decode()
    assert f"Work is stopped: Hangzhou HZ-01 {row.number}" in page


@pytest.mark.req("SAF-03")
def test_the_superior_is_told_first_and_the_severity_says_who_else(loop: Loop) -> None:
    assert told(reported(loop, "slight")) == {loop.leader.user}
    serious = {loop.leader.user, loop.quality, loop.checker.user}
    assert told(reported(loop, "serious")) == serious
    assert told(reported(loop, "grave")) == serious | {loop.manager}


@pytest.mark.req("SAF-03")
def test_a_report_nobody_takes_climbs_and_one_in_hand_does_not(loop: Loop) -> None:
    row = reported(loop, "slight")
    effect = Effect.objects.get(key=f"incident:{row.pk}:2")
    assert effect.run_after == NOW + timedelta(minutes=120)
    climb(effect.payload, now=effect.run_after)
    climb(effect.payload, now=effect.run_after)
    assert told(row) == {loop.leader.user, loop.quality, loop.checker.user}
    assert Message.objects.filter(template="quality/incident").count() == 3
    other = reported(loop, "slight")
    things.take_incident(other, by=loop.leader.user, at=NOW)
    climb({"incident_id": other.pk, "step": 2}, now=NOW + DAY)
    assert told(other) == {loop.leader.user}


@pytest.mark.req("SAF-03")
def test_one_tap_sent_twice_is_one_incident_and_a_stranger_cannot_see_it(loop: Loop) -> None:
    courier = signed_in(loop.courier.user)
    uid = str(uuid4())
    sent = {"id": uid, "kind": "traffic", "severity": "serious", "what": "Traffic accident",
            "happened_at": NOW.isoformat(), "latitude": 30.2, "longitude": 120.1}  # fmt: skip
    for _turn in range(2):
        answer = courier.post("/api/v1/incidents/", sent, content_type="application/json")
        assert (answer.status_code, answer.json()["id"]) == (201, uid)
    row = SafetyIncident.objects.get()
    assert (row.site, row.reporter) == (loop.site, loop.courier)
    bad = courier.post("/api/v1/incidents/", {**sent, "kind": "x"}, content_type="application/json")
    assert bad.status_code == 400
    assert courier.get(f"/incidents/{row.number}/").status_code == 200
    other = signed_in(worker("courier", loop.site).user)
    assert other.get(f"/incidents/{row.number}/").status_code == 404
    assert courier.get("/m/incident/").status_code == 200


def test_an_incident_is_taken_noted_and_closed_on_its_page(loop: Loop) -> None:
    row = reported(loop, "slight")
    leader, url = signed_in(loop.leader.user), f"/incidents/{row.number}/"
    assert leader.post(url, {"verb": "take"}).status_code == 302
    assert leader.post(url, {"verb": "note", "text": "已送医"}).status_code == 302
    sent = {"verb": "close", "outcome": "", "people_hurt": "1", "damage_fen": "320"}
    assert leader.post(url, sent).status_code == 422
    assert leader.post(url, {**sent, "outcome": "轻微擦伤"}).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.people_hurt, row.damage_fen) == ("closed", 1, 32_000)
    assert "已送医" in leader.get(url).content.decode()


@pytest.mark.req("SAF-02")
def test_each_kind_has_a_plan_with_a_call_list_and_its_drills(loop: Loop) -> None:
    plan = EmergencyPlan.objects.get(kind="fire")
    quality = signed_in(loop.quality)
    page = quality.get("/emergencies/fire/").content.decode()
    assert "火警 119" in page
    sent = {"verb": "revise", "title": plan.title, "steps": plan.steps, "drill_days": "180",
            "contacts": "火警 119\n值班室"}  # fmt: skip
    assert quality.post("/emergencies/fire/", sent).status_code == 422
    sent["contacts"] = "火警 119\n值班室 8800"
    assert quality.post("/emergencies/fire/", sent).status_code == 302
    plan.refresh_from_db()
    assert (plan.version, plan.contacts.count()) == (2, 2)


@pytest.mark.req("SAF-08", "PRE-05")
def test_without_a_list_of_people_no_drill_was_held(loop: Loop) -> None:
    plan = EmergencyPlan.objects.get(kind="fire")
    row = things.plan_drill(plan=plan, site=loop.site, planned_on=TODAY, by=loop.quality, at=NOW)
    said = {"held_on": TODAY, "partners": "辖区消防站", "lessons": "疏散三分钟", "by": loop.quality,
            "at": NOW}  # fmt: skip
    with pytest.raises(DomainError) as refused:
        things.hold_drill(row, people=[], **said)
    assert refused.value.code == "no_attendance"
    things.hold_drill(row, people=[loop.courier, loop.leader], **said)
    assert (Drill.objects.get().status, row.people.count()) == ("held", 2)
    page = signed_in(loop.quality).get("/drills/").content.decode()
    assert "辖区消防站" in page


@pytest.mark.req("SAF-06")
def test_an_area_of_risk_is_shown_at_its_stops(loop: Loop) -> None:
    from shipments import services
    from shipments.selectors import runsheets
    from tests.factories import shipments as make

    make.catalogue()
    save_risk_area(None, name="施工路段", city="杭州", keywords=["文三路"], advice="绕行",
                   until=None, is_active=True, at=NOW, actor=None)  # fmt: skip
    party = services.PartyInput("王芳", "13798763391", "杭州市西湖区文三路 8 号 301 室")
    parcel = make.accept(make.order(destination=loop.site, recipient=party))
    row = services.give_out(courier=loop.courier, site=loop.site, day=TODAY, parcels=[parcel],
                            at=NOW, actor=None)  # fmt: skip
    (line,) = runsheets.run_sheet(row, now=NOW).lines
    assert line.warnings[0].endswith("绕行")


SOURCES = ("vehicle", "equipment", "licence", "hazard", "safety", "ticket", "maintenance", "drill")


def test_every_record_of_a_thing_raises_a_nonconformity(loop: Loop) -> None:
    car = thing.vehicle(loop.site, at=NOW)
    plan = things.plan_maintenance(thing=car, what="保养", every="year", interval=1, anchor=TODAY,
                                   every_km=None, by=loop.manager, at=NOW)  # fmt: skip
    fire = EmergencyPlan.objects.get(kind="fire")
    ticket = things.open_ticket(vehicle=car, kind="accident", driver=None, what="追尾", place="",
                                called_at=NOW, by=loop.manager, at=NOW)  # fmt: skip
    refs = {
        "vehicle": car.plate, "hazard": hazard(loop).number, "ticket": ticket.number,
        "equipment": thing.equipment(loop.site, by=loop.manager, at=NOW).code,
        "licence": thing.licence(by=loop.quality, at=NOW, expires_on=TODAY).pk,
        "safety": reported(loop, "slight").number, "maintenance": plan.turns.get().pk,
        "drill": things.plan_drill(plan=fire, site=loop.site, planned_on=TODAY, by=loop.quality,
                                   at=NOW).pk,
    }  # fmt: skip
    quality = signed_in(loop.quality)
    for kind in SOURCES:
        url = f"/actions/new/?source={kind}&ref={refs[kind]}"
        page = quality.get(url)
        assert page.status_code == 200, kind
        sent = {"title": f"来自 {kind}", "kind": "actual", "severity": "minor",
                "found_on": TODAY.isoformat()}  # fmt: skip
        assert quality.post(url, sent).status_code == 302, kind
        row = Nonconformity.objects.get(source=kind)
        assert quality.get(f"/actions/{row.number}/").status_code == 200
        assert quality.get(f"/actions/of/{kind}/{refs[kind]}/").status_code == 200
