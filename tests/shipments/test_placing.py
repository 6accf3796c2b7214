"""Placed parcels: code, notice, collection, deadline; and what proves a handover."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courierqa.core import calendars, outbox
from courierqa.core.access import access_for
from courierqa.core.errors import DomainError
from courierqa.core.models import Message
from shipments import services
from shipments.models import DeliveryRule, Parcel, Placement, ProofRule, ScanEvent
from shipments.receipts import receipt_token
from shipments.selectors import placements, proofs
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
AT = make.MONDAY
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _rules(db):
    make.catalogue()


def place(parcel: Parcel, at=AT + 3 * HOUR, **detail) -> Placement:
    """Put a parcel into a locker with consent, told to the worker as a phone would."""
    services.record_consent(
        parcel=parcel, kind="locker", given=True, way="call", at=at - HOUR, recorded_at=at - HOUR
    )
    there = parcel.destination_id
    scan = make.scan(
        parcel, "RDY", at, site_id=there, detail={"way": "locker", "place": "北门 A03", **detail}
    )
    make.tell(make.scan(parcel, "AST", at - HOUR, site_id=there), scan)
    parcel.refresh_from_db()
    return services.placement_of(scan.uid)


@pytest.fixture
def parcel():
    return make.accept(make.order())


def work() -> datetime:
    """Let the worker do everything that is due by tomorrow noon, when nobody sleeps."""
    noon = calendars.day_start(calendars.business_day(timezone.now())) + timedelta(hours=36)
    for moment in (noon, noon + timedelta(minutes=1)):
        while outbox.run_due(now=moment):
            pass
    return noon


@pytest.mark.req("DEL-13")
def test_the_recipient_is_told_place_and_code(parcel):
    row = place(parcel)

    noon = work()

    message = Message.objects.get(template="shipments/parcel_placed")
    assert "北门 A03" in message.body
    assert row.pickup_code in message.body
    assert len(row.pickup_code) == 6
    assert row.keep_until == row.placed_at + timedelta(hours=48)
    told = services.watch_placements(now=noon)
    assert told["told"] == 1
    row.refresh_from_db()
    assert row.told_at == noon
    assert ScanEvent.objects.filter(code="NTF", parcel_id=parcel.pk).exists()


def test_the_same_scan_is_one_placement_with_one_code(parcel):
    row = place(parcel)

    services.refold([parcel.pk], now=AT + 4 * HOUR)

    again = Placement.objects.get()
    assert (again.pk, again.pickup_code) == (row.pk, row.pickup_code)


@pytest.mark.req("DEL-13")
def test_a_parcel_waits_at_one_place_and_leaves_it_with_its_scan(parcel):
    first = place(parcel)
    out = make.scan(parcel, "OFD", AT + 5 * HOUR)
    again = make.scan(parcel, "RDY", AT + 7 * HOUR, detail={"way": "locker", "place": "B11"})

    make.tell(out)
    gone = Placement.objects.get()
    make.tell(again)
    second = Placement.objects.exclude(pk=first.pk).get()
    make.tell(make.scan(parcel, "VOI", AT + 8 * HOUR, corrects=again.uid, reason="wrong-person"))
    make.tell(make.scan(parcel, "VOI", AT + 9 * HOUR, corrects=out.uid, reason="wrong-person"))

    assert (gone.collected_at, gone.left_at) == (None, AT + 5 * HOUR)
    assert (second.place, second.pickup_code != first.pickup_code) == ("B11", True)
    rows = dict(Placement.objects.values_list("place", "left_at"))
    assert rows["北门 A03"] is None
    assert rows["B11"] is not None
    parcel.refresh_from_db()
    services.collect(parcel=parcel, code=first.pickup_code, at=AT + 10 * HOUR, actor=None)


@pytest.mark.req("DEL-13")
def test_a_recipient_told_by_somebody_elses_system_was_told(parcel):
    row = place(parcel)

    make.tell(make.scan(parcel, "NTF", AT + 4 * HOUR, detail={"channel": "sms"}))
    make.tell(make.scan(parcel, "NTF", AT + 6 * HOUR, detail={"channel": "sms"}))

    row.refresh_from_db()
    assert row.told_at == AT + 4 * HOUR


def test_a_delivered_into_a_locker_is_a_placement_with_its_code(parcel):
    make.tell(make.scan(parcel, "DLV", AT + 3 * HOUR, detail={"way": "locker", "place": "C01"}))

    row = Placement.objects.get()

    assert (row.place, len(row.pickup_code)) == ("C01", 6)
    parcel.refresh_from_db()
    services.collect(parcel=parcel, code=row.pickup_code, at=AT + 4 * HOUR, actor=None)


@pytest.mark.req("ACC-14")
def test_a_stopped_parcel_is_handed_to_nobody(parcel):
    row = place(parcel)
    services.stop_parcel(parcel=parcel, why="可疑", at=AT + 4 * HOUR, actor=None)

    def collect(at):
        services.collect(parcel=parcel, code=row.pickup_code, at=at, actor=None)

    with pytest.raises(DomainError) as held:
        collect(AT + 5 * HOUR)
    services.release_parcel(parcel=parcel, why="复核无异常", at=AT + 6 * HOUR, actor=None)
    collect(AT + 7 * HOUR)

    assert held.value.code == "security_stop"
    assert Parcel.objects.get(pk=parcel.pk).state == "delivered"


@pytest.mark.req("DEL-13", "DEL-19")
def test_untold_placements_are_listed_after_the_time_of_the_rule(cast, parcel):
    row = place(parcel)
    access = access_for(cast.quality, "delivery", "read")
    limit = DeliveryRule.objects.get(kind="locker").notice_minutes

    def listed(minutes):
        now = row.placed_at + timedelta(minutes=minutes)
        return list(placements.placement_list(access, "untold", now=now))

    assert (listed(limit), listed(limit + 1)) == ([], [row])
    services.tell_placed(row, channel="call", at=AT + 4 * HOUR, actor=None)
    assert listed(limit + 1) == []


def test_a_parcel_is_handed_over_against_its_code(parcel):
    row = place(parcel)

    with pytest.raises(services.WrongCode):
        services.collect(parcel=parcel, code="000", at=AT + 5 * HOUR, actor=None)
    services.collect(parcel=parcel, code=f" {row.pickup_code} ", at=AT + 5 * HOUR, actor=None)

    parcel.refresh_from_db()
    assert (parcel.state, parcel.done_at) == ("delivered", row.placed_at)
    proof = parcel.proofs.get()
    assert proof.kind == "code"
    assert row.pickup_code not in proof.sha256
    with pytest.raises(DomainError):
        services.collect(parcel=parcel, code=row.pickup_code, at=AT + 6 * HOUR, actor=None)


def test_five_wrong_codes_close_the_code_and_a_document_still_helps(parcel):
    row = place(parcel)
    for _try in range(5):
        services.count_wrong_code(row.pk)

    with pytest.raises(DomainError) as closed:
        services.collect(parcel=parcel, code=row.pickup_code, at=AT + 5 * HOUR, actor=None)
    services.collect(parcel=parcel, code="", id_shown=True, at=AT + 5 * HOUR, actor=None)

    assert closed.value.field == "id_shown"
    event = ScanEvent.objects.get(code="DLV")
    assert event.detail == {"way": "collected", "proof": "id_shown"}


def test_what_is_not_collected_in_time_is_said_once(parcel):
    row = place(parcel)
    late = row.keep_until + HOUR

    before = services.watch_placements(now=row.keep_until - HOUR)["overdue"]
    counts = [services.watch_placements(now=late)["overdue"] for _time in range(2)]

    assert (before, counts) == (0, [1, 0])
    parcel.refresh_from_db()
    assert "uncollected" in parcel.conditions
    assert ScanEvent.objects.get(code="OVD").reason == "not-at-point"


def test_a_placement_leaves_with_the_parcel_and_the_watch_puts_right_what_is_not(parcel):
    row = place(parcel)
    Placement.objects.all().delete()

    made = services.watch_placements(now=AT + 4 * HOUR)
    at = AT + 6 * HOUR
    make.tell(make.scan(parcel, "DLV", at, detail={"way": "collected", "proof": "code"}))
    found = Placement.objects.get()
    Placement.objects.update(collected_at=None)
    after = services.watch_placements(now=at + HOUR)

    assert (found.event_uid, found.collected_at, found.left_at) == (row.event_uid, at, None)
    assert (made["righted"], after["righted"]) == (1, 1)
    assert Placement.objects.get().collected_at == at
    assert services.watch_placements(now=at + HOUR)["righted"] == 0


# -- proofs ---------------------------------------------------------------------------------------
@pytest.mark.req("DEL-08", "DEL-10", "DEL-14", "DEL-09")
@pytest.mark.parametrize(
    ("detail", "gaps"),
    [
        ({"way": "recipient", "proof": "signature"}, []),
        ({"way": "recipient"}, ["evidence"]),
        ({"way": "recipient", "proof": "photo"}, ["evidence"]),
        ({"way": "recipient", "proof": "id_shown"}, []),
        ({"way": "proxy", "proof": "signature", "consent": "call"}, ["signer", "relation"]),
        ({"way": "proxy", "proof": "signature", "signer": "李", "relation": "family",
          "consent": "call"}, []),
        ({"way": "proxy", "proof": "signature", "signer": "李", "relation": "family"},
         ["consent"]),
        ({"way": "locker", "proof": "photo"}, ["consent"]),
        ({"way": "recipient", "proof": "signature", "checked": False}, ["unchecked"]),
    ],
)  # fmt: skip
def test_each_way_of_handing_over_asks_for_its_proof(cast, parcel, detail, gaps):
    at, detail = AT + 4 * HOUR, {"checked": True, **detail}
    make.tell(make.scan(parcel, "OFD", at - HOUR), make.scan(parcel, "DLV", at, detail=detail))
    access = access_for(cast.quality, "delivery", "read")

    found = proofs.missing_proofs(access, calendars.business_day(at))

    assert [row.gaps for row in found] == ([gaps] if gaps else [])


@pytest.mark.req("DEL-10")
def test_evidence_that_arrives_later_takes_the_line_off(cast, parcel):
    at = AT + 4 * HOUR
    scan = make.scan(parcel, "DLV", at, detail={"way": "recipient", "checked": True})
    make.tell(make.scan(parcel, "OFD", at - HOUR), scan)
    access, day = access_for(cast.quality, "delivery", "read"), calendars.business_day(at)
    before = len(proofs.missing_proofs(access, day))

    services.store_proof(
        uid=scan.uid, parcel=parcel, event_uid=scan.uid, kind="signature", captured_at=at,
        received_at=at + 5 * HOUR, strokes=[[{"x": n, "y": n} for n in range(9)]],
    )  # fmt: skip

    assert (before, proofs.missing_proofs(access, day)) == (1, [])


def test_a_deed_done_offline_without_proof_is_never_refused(parcel):
    answers = make.deliver(parcel, AT + 4 * HOUR, way="safe_place")

    assert {answer.result for answer in answers} == {"created"}


def test_rules_are_data_that_an_installation_has():
    assert ProofRule.objects.count() == 7
    assert set(DeliveryRule.objects.values_list("kind", flat=True)) >= {
        "station", "point", "locker",
    }  # fmt: skip


# -- pages ----------------------------------------------------------------------------------------
@pytest.fixture
def here(cast):
    now = timezone.now()
    ordered = make.order(
        origin=cast.neighbour, destination=cast.station, at=now - timedelta(hours=9)
    )
    accepted = make.accept(ordered, now - timedelta(hours=8))
    return place(accepted, now - timedelta(hours=2))


def test_the_counter_counts_wrong_codes_and_hands_over(as_role, here):
    client, url = as_role("supervisor"), reverse("shipments:collect")
    waybill = here.parcel.waybill

    empty = client.post(url, {"waybill": waybill})
    wrong = client.post(url, {"waybill": waybill, "code": "1"})
    unknown = client.post(url, {"waybill": "YS9999999999999", "code": "1"})
    right = client.post(url, {"waybill": waybill, "code": here.pickup_code})

    assert [r.status_code for r in (empty, wrong, unknown, right)] == [422, 422, 422, 302]
    assert "cod_paid" in empty.context["form"].fields
    here.refresh_from_db()
    assert here.wrong_codes == 1
    assert Parcel.objects.get(pk=here.parcel_id).state == "delivered"


@pytest.mark.req("DEL-13")
def test_the_list_of_waiting_parcels_and_telling_by_phone(as_role, here):
    client = as_role("supervisor")

    untold = client.get(reverse("shipments:placements"), {"view": "untold"})
    told = client.post(reverse("shipments:placement_tell", args=[here.pk]), {"channel": "call"})
    after = client.get(reverse("shipments:placements"), {"view": "untold"})
    waiting = client.get(reverse("shipments:placements"))

    assert [len(r.context["page"].rows) for r in (untold, after, waiting)] == [1, 0, 1]
    assert told.status_code == 302
    assert here.pickup_code not in waiting.content.decode()


@pytest.mark.req("DEL-11")
def test_the_receipt_is_behind_a_signed_link_and_masked(client, here):
    parcel = here.parcel
    url = reverse("shipments:receipt", args=[receipt_token(parcel.pk)])
    early = client.get(url).status_code
    services.collect(parcel=parcel, code=here.pickup_code, at=timezone.now(), actor=None)

    page = client.get(url)
    forged = client.get(reverse("shipments:receipt", args=[f"{parcel.pk}:x:y"]))

    text = page.content.decode()
    assert (early, page.status_code, forged.status_code) == (404, 200, 404)
    assert "王*" in text
    assert not any(secret in text for secret in ("王芳", "13798763391", "文三路", here.pickup_code))


@pytest.mark.req("DEL-11")
def test_the_message_after_delivery_carries_the_receipt(parcel):
    make.deliver(parcel, AT + 4 * HOUR)

    work()

    message = Message.objects.get(template="shipments/parcel_delivered")
    token = message.link.rstrip("/").rpartition("/d/")[2]
    assert token
    assert message.link in message.body


@pytest.mark.req("DEL-19")
def test_the_rule_page_is_read_by_all_and_changed_by_quality(as_role):
    rule = DeliveryRule.objects.get(kind="point")
    url = reverse("shipments:last_mile_rule", args=["point"])
    typed = {name: getattr(rule, name) for name in (
        "accept_minutes", "last_mile_hours", "notice_minutes", "notice", "notice_en", "placing",
        "placing_en")}  # fmt: skip

    read = as_role("courier").get(reverse("shipments:last_mile_rules"))
    refused = as_role("courier").post(url, {**typed, "keep_hours": "24"})
    wrong = as_role("quality").post(url, {**typed, "keep_hours": "0"})
    done = as_role("quality").post(url, {**typed, "keep_hours": "24"})

    assert [r.status_code for r in (read, refused, wrong, done)] == [200, 403, 422, 302]
    rule.refresh_from_db()
    assert rule.keep_hours == 24


def test_the_list_of_missing_proofs_shows_links_and_exports(as_role, cast):
    now = timezone.now()
    parcel = make.accept(
        make.order(origin=cast.neighbour, destination=cast.station, at=now - 9 * HOUR),
        now - 8 * HOUR,
    )
    make.deliver(parcel, now - timedelta(minutes=1))
    day = calendars.business_day(now - timedelta(minutes=1)).isoformat()
    client = as_role("supervisor")

    page = client.get(reverse("shipments:proofs"), {"day": day})
    only = client.get(reverse("shipments:proofs"), {"day": day, "gap": "consent"})
    table = client.get(reverse("shipments:proofs_csv"), {"day": day})

    assert [row.gaps for row in page.context["rows"]] == [["evidence", "unchecked"]]
    assert only.context["rows"] == []
    assert parcel.waybill in b"".join(table.streaming_content).decode()


@pytest.mark.parametrize("text", ["", "x", "2026-13-01", "9999-12-31", "0001-01-01"])
def test_a_day_that_is_none_shows_today(as_role, text):
    for name in ("proofs", "cod", "rounds"):
        assert (
            as_role("supervisor").get(reverse(f"shipments:{name}"), {"day": text}).status_code
            == 200
        )


def test_a_delivery_signed_again_is_kept_and_marked_but_tells_nobody_twice(parcel):
    make.deliver(parcel, AT + 4 * HOUR)
    work()
    make.deliver(parcel, AT + 6 * HOUR)
    work()

    assert parcel.findings.filter(code="second_delivery").count() == 1
    assert Message.objects.filter(template="shipments/parcel_delivered").count() == 1
