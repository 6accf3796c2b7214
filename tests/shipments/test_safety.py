"""Goods list, dangerous goods, three systems, green figures, instruments."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from courierqa.core import calendars
from shipments import selectors, services
from shipments.models import (
    Acceptance,
    DangerReport,
    DangerStep,
    GoodsList,
    Instrument,
    PackingCount,
    PackingMaterial,
    ParcelException,
    ProhibitedItem,
)
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db


# -- goods -----------------------------------------------------------------------------------------
@pytest.mark.req("ACC-05")
def test_the_goods_list_is_searched_and_every_change_is_a_version(as_role, client):
    quality, url = as_role("quality"), reverse("shipments:goods")
    entry = {
        "kind": "restricted", "category": "battery", "term": "电动车电池",
        "term_en": "e-bike battery", "rule": "不收寄", "rule_en": "Not taken", "note": "新规定",
    }  # fmt: skip

    found = quality.get(url, {"q": "锂电池"}).content.decode()
    silent = quality.post(reverse("shipments:goods_new"), {**entry, "note": ""})
    added = quality.post(reverse("shipments:goods_new"), entry)
    item = ProhibitedItem.objects.get(term="打火机")
    quality.post(reverse("shipments:goods_retire", args=[item.pk]), {"note": "误列"})

    assert "仅走陆运" in found
    assert (silent.status_code, added.status_code) == (422, 302)
    assert list(GoodsList.objects.values_list("version", flat=True)) == [3, 2, 1]
    assert services.restricted("旧电动车电池")
    assert selectors.match_goods("打火机") == []
    old = quality.get(url, {"version": "1", "q": "打火机"}).content.decode()
    now = quality.get(url, {"q": "打火机"})
    assert "易燃物品，禁止寄递" in old
    assert now.context["rows"] == []
    assert "电动车电池" in client.get("/prohibited/").content.decode()
    assert "e-bike battery" in client.get("/en/prohibited/").content.decode()
    assert as_role("agent").get(reverse("shipments:goods_new")).status_code == 403


@pytest.mark.parametrize(
    ("name", "found"),
    [("LIGHTERS", ["打火机"]), ("highlighter pens", []), ("begun", []), ("玩具枪", ["枪"]),
     ("", []), ("充电宝和打火机", ["打火机", "充电宝"])],
)  # fmt: skip
def test_names_are_matched_whole_in_english_and_anywhere_in_chinese(name, found):
    make.catalogue()

    assert [row.term for row in selectors.match_goods(name)] == found


# -- dangerous goods -------------------------------------------------------------------------------
@pytest.mark.req("ACC-08")
def test_a_dangerous_find_stops_the_parcel_and_is_followed_to_its_outcome(as_role, cast):
    parcel = make.accept(make.order(origin=cast.station, destination=cast.neighbour))
    client = as_role("supervisor")
    said = {"waybill": parcel.waybill, "site": "HZ-01", "kind": "flammable", "what": "气罐"}

    wrong = client.post(reverse("shipments:danger_new"), {**said, "waybill": "YS000"})
    done = client.post(reverse("shipments:danger_new"), said)

    assert (wrong.status_code, done.status_code) == (422, 302)
    report, case = DangerReport.objects.get(), ParcelException.objects.get()
    assert (case.kind, report.exception) == ("dangerous", case)
    assert case.due_at - case.opened_at <= timedelta(hours=2)
    parcel.refresh_from_db()
    assert "security_stop" in parcel.conditions
    now = timezone.localtime().strftime("%Y-%m-%dT%H:%M")
    early = client.post(done.url, {"kind": "police", "at": "2020-01-01T10:00", "note": "x"})
    assert early.status_code == 422
    later = timezone.now() + timedelta(minutes=2)
    services.add_danger_step(
        report=report, kind="police", note="已报派出所", at=later, now=later, actor=cast.lead
    )
    services.add_danger_step(
        report=report, kind="outcome", note="移交处置完毕", at=later, now=later, actor=cast.lead
    )
    case.refresh_from_db()
    assert case.status == "solved"
    again = client.post(done.url, {"kind": "bureau", "at": now, "note": "x"})
    assert again.status_code == 422
    assert [s.kind for s in report.steps.all()] == ["found", "police", "outcome"]
    page = client.get(done.url).content.decode()
    assert "已报派出所" in page
    with pytest.raises(DatabaseError), transaction.atomic():
        DangerStep.objects.update(note="nothing happened")


@pytest.mark.req("ACC-08")
def test_a_find_before_any_order_is_reported_without_a_parcel(as_role, cast):
    client = as_role("supervisor")

    client.post(
        reverse("shipments:danger_new"),
        {"waybill": "", "site": "HZ-01", "kind": "corrosive", "what": "硫酸"},
    )

    report = DangerReport.objects.get()
    assert (report.parcel, report.exception, report.site) == (None, None, cast.station)
    theirs = as_role("supervisor").get(reverse("shipments:danger", args=["D1"]))
    assert theirs.status_code == 404


# -- three systems ---------------------------------------------------------------------------------
@pytest.mark.req("ACC-18")
def test_the_three_systems_are_counted_by_day_and_site_with_what_is_missing(as_role, cast):
    now = timezone.now()
    whole = make.accept(make.order(origin=cast.station, destination=cast.neighbour, at=now), now)
    make.tell(make.scan(whole, "XRY", now, detail={"result": "pass"}))
    bare = make.order(origin=cast.station, destination=cast.neighbour, at=now)
    make.tell(make.scan(bare, "PUP", now))
    letter = make.order(origin=cast.station, destination=cast.neighbour, at=now, item_kind="letter")
    make.tell(make.scan(letter, "PUP", now))
    failed = make.order(origin=cast.neighbour, destination=cast.station, at=now)
    make.tell(
        make.scan(failed, "XRY", now, detail={"result": "fail"}), make.scan(failed, "PUP", now)
    )

    page = as_role("quality").get(reverse("shipments:systems"))
    own = as_role("supervisor").get(reverse("shipments:systems"))

    total = page.context["total"]
    assert (total.accepted, total.needed, total.done) == (
        4,
        {"inspected": 3, "named": 3, "screened": 4},
        {"inspected": 1, "named": 1, "screened": 1},
    )
    assert own.context["total"].accepted == 3
    assert {row.parcel for row in page.context["missing"]} == {bare, failed}
    assert bare.waybill in as_role("quality").get(
        reverse("shipments:systems"), {"missing": "named", "site": "HZ-01"}
    ).content.decode().replace(" ", "")
    text = b"".join(
        as_role("quality").get(reverse("shipments:systems_csv")).streaming_content
    ).decode()
    assert ",4,1,3,1,3,1,4" in text


# -- green -----------------------------------------------------------------------------------------
@pytest.mark.req("GRN-01", "GRN-02", "GRN-05", "GRN-06")
def test_green_indicators_of_a_month(as_role, cast):
    for place, (packing, kind, over) in enumerate(
        [("original", "electronic", False), ("carton", "electronic", True),
         ("eco-bag", "paper", False), ("unknown", None, None)]
    ):  # fmt: skip
        parcel = make.order(origin=cast.station, destination=cast.neighbour, key=f"g{place}")
        detail = {"packing": packing, "waybill_kind": kind, "overpacked": over}
        make.tell(make.scan(parcel, "PUP", make.MONDAY, detail=detail))

    page = as_role("quality").get(reverse("shipments:green"), {"month": "2026-03"})

    total = page.context["total"]
    assert (total.accepted, total.electronic, total.eco, total.original) == (4, 2, 2, 1)
    assert (total.judged, total.overpacked, total.g01) == (3, 1, 0.5)
    assert as_role("quality").get(reverse("shipments:green"), {"month": "x"}).status_code == 200
    assert [row for _month, row in page.context["run"]][-1] == total


@pytest.mark.req("GRN-03")
def test_packing_taken_back_and_used_again_is_counted_by_station(as_role, cast):
    client, url = as_role("supervisor"), reverse("shipments:packing_count")
    today = calendars.business_day(timezone.now())
    said = {
        "site": "HZ-01", "day": today.isoformat(), "material": "circulating", "issued": "40",
        "collected": "30", "reused": "25",
    }  # fmt: skip

    too_many = client.post(url, {**said, "reused": "41"})
    tomorrow = client.post(url, {**said, "day": (today + timedelta(days=1)).isoformat()})
    foreign = client.post(url, {**said, "site": "HZ-02"})
    first = client.post(url, said)
    again = client.post(url, {**said, "issued": "50"})

    assert [r.status_code for r in (too_many, tomorrow, foreign)] == [422] * 3
    assert (first.status_code, again.status_code) == (302, 302)
    assert PackingCount.objects.get().issued == 50
    counts = client.get(reverse("shipments:green")).context["counts"]
    assert [(row["issued"], row["collected"], row["g03"]) for row in counts] == [(50, 30, 0.5)]


@pytest.mark.req("LIF-09", "ACC-15", "ACC-17")
def test_packing_rules_limits_and_legal_basis_are_at_hand(as_role, cast):
    page = as_role("courier").get(reverse("shipments:packing")).content.decode()
    parcel = make.order(origin=cast.station, destination=cast.neighbour)
    accept = as_role("supervisor").get(reverse("shipments:accept", args=[parcel.waybill]))

    assert "50.00" in page
    assert PackingMaterial.objects.get(code="bubble").rule in page
    assert reverse("shipments:packing") in accept.content.decode()
    assert "快递暂行条例" in accept.content.decode()


# -- instruments -----------------------------------------------------------------------------------
@pytest.mark.req("LIF-07")
def test_instruments_are_registered_and_recalibrated(as_role, cast):
    client = as_role("supervisor")
    said = {
        "code": "S9", "name": "电子秤", "kind": "scale", "site": cast.station.pk,
        "calibrated_on": "2026-01-01", "valid_until": "2025-12-31", "is_active": "on",
    }  # fmt: skip

    upside_down = client.post(reverse("shipments:instrument_new"), said)
    made = client.post(reverse("shipments:instrument_new"), {**said, "valid_until": "2027-01-01"})
    tool = Instrument.objects.get()
    client.post(
        reverse("shipments:instrument", args=[tool.pk]), {**said, "valid_until": "2028-01-01"}
    )
    twice = client.post(reverse("shipments:instrument_new"), {**said, "valid_until": "2027-01-01"})

    assert (upside_down.status_code, made.status_code, twice.status_code) == (422, 302, 422)
    tool.refresh_from_db()
    assert tool.valid_until.year == 2028
    assert "S9" in as_role("quality").get(reverse("shipments:instruments")).content.decode()
    assert not Acceptance.objects.exists()
