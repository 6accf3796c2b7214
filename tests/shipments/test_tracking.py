"""Public tracking: what a visitor sees, what only the phone's tail shows, what nobody learns."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from courierqa.core.privacy import DESTROYED
from shipments import enums, selectors, services
from shipments.models import Parcel, Proof
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
PHONE = "13798763391"
HOUR = timedelta(hours=1)


@pytest.fixture
def parcel(cast):
    """A parcel picked up this morning, in time so far."""
    at = timezone.now() - 9 * HOUR
    placed = make.order(origin=cast.station, destination=cast.neighbour, at=at)
    return make.accept(placed, at + HOUR)


@pytest.fixture
def late(cast):
    """A parcel picked up in March and still on its way."""
    return make.accept(make.order(origin=cast.station, destination=cast.neighbour))


def ask(client, waybill, tail="", prefix=""):
    return client.post(f"{prefix}/track/", {"waybill": waybill, "tail": tail})


def words(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.req("ONL-02", "PUB-04", "CUS-05")
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_number_shows_the_way_and_the_tail_shows_street_and_mask(client, parcel, prefix):
    plain = words(ask(client, parcel.waybill, prefix=prefix))
    right = words(ask(client, parcel.waybill, "3391", prefix=prefix))

    assert "王*" not in plain
    assert "文三路" not in plain
    assert "王*" in right
    assert "文三路***" in right
    assert PHONE not in plain + right
    assert "502" not in right
    assert ("Picked up, on its way" in plain) == bool(prefix)


@pytest.mark.req("ONL-02")
def test_the_status_comes_first_the_promise_second_the_way_third_help_last(client, parcel):
    text = words(ask(client, parcel.waybill, prefix="/en"))

    order = ["Picked up, on its way", "Promised by", "The way so far", "Is something wrong?"]
    assert sorted(order, key=text.index) == order


def test_a_wrong_tail_and_an_unknown_number_get_the_same_answer(client, parcel):
    def plain(answer, waybill):
        text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
        return answer.status_code, text.replace(waybill, "#")

    wrong = ask(client, parcel.waybill, "0000")
    unknown = ask(client, "YS9999999999999", "0000")

    assert plain(wrong, parcel.waybill) == plain(unknown, "YS9999999999999")
    assert wrong.status_code == 404


@pytest.mark.parametrize("tail", ["339", "33911", "abcd", "١٢٣٤", "%%%%", "3391 0"])
def test_only_the_four_digits_open_more(client, parcel, tail):
    assert ask(client, parcel.waybill, tail).status_code == 404


def test_full_width_digits_and_blanks_are_mended(client, parcel):
    typed = f" {parcel.waybill[:6]} {parcel.waybill[6:].lower()} "

    assert "王*" in words(ask(client, typed, "３３９１"))


@pytest.mark.parametrize(
    "waybill", ["<script>alert(1)</script>", "%", "_", "' OR 1=1 --", "9" * 99]
)
def test_odd_numbers_find_nothing_and_are_shown_as_text(client, db, waybill):
    answer = ask(client, waybill)

    assert answer.status_code == 404
    assert b"<script>alert" not in answer.content


def test_an_empty_form_says_what_to_enter(client, db):
    answer = client.post("/en/track/", {"waybill": " "})

    assert answer.status_code == 422
    assert "Enter a parcel number" in words(answer)
    assert client.get("/track/%00%3Cscript%3E/").status_code == 400


def test_a_number_in_the_link_of_a_message_works_without_typing(client, parcel):
    assert client.get(f"/track/{parcel.waybill}/").status_code == 200
    assert client.get("/track/YS9999999999999/").status_code == 404


def test_look_ups_are_limited_exactly_per_visitor_and_minute(client, parcel, still):
    codes = [ask(client, parcel.waybill).status_code for _try in range(61)]
    other = client.post("/track/", {"waybill": parcel.waybill}, REMOTE_ADDR="10.0.0.9")

    assert codes == [200] * 60 + [429]
    assert other.status_code == 200


def test_digits_cannot_be_tried_out_even_from_many_addresses(client, parcel, still):
    def attempt(number, waybill):
        said = {"waybill": waybill, "tail": f"{number:04}"}
        return client.post("/track/", said, REMOTE_ADDR=f"10.0.1.{number}").status_code

    known = [attempt(n, parcel.waybill) for n in range(12)]
    unknown = [attempt(n, "YS9999999999999") for n in range(12)]

    assert known == unknown == [404] * 10 + [429] * 2


def test_a_late_parcel_says_so_with_the_new_time_and_how_to_claim(client, late, cast):
    later = timezone.now() + timedelta(days=2)
    services.change_promise(
        parcel=late, new=later, asked_by_customer=False, cause="大雪", at=timezone.now(),
        actor=cast.lead,
    )  # fmt: skip

    text = words(ask(client, late.waybill, prefix="/en"))

    assert "Late." in text
    assert "New time:" in text
    assert "/en/service/compensation/" in text
    assert f"?waybill={late.waybill}&amp;reason=late-delivery" in text


def test_an_order_not_picked_up_says_that_the_promise_has_not_begun(client, cast):
    ordered = make.order(origin=cast.station, destination=cast.neighbour)

    text = words(ask(client, ordered.waybill, prefix="/en"))

    assert "Ordered, not picked up yet" in text
    assert "The promise starts with the pickup" in text


def test_a_parcel_at_a_point_shows_its_deadline(client, parcel):
    at = timezone.now() - HOUR
    deadline = (at + timedelta(days=3)).isoformat()
    services.record_consent(
        parcel=parcel, kind="station", given=True, way="call", who="王芳", at=at - HOUR,
        recorded_at=at - HOUR,
    )  # fmt: skip
    make.tell(
        make.scan(parcel, "AST", at - HOUR, site_id=parcel.destination_id),
        make.scan(parcel, "RDY", at, site_id=parcel.destination_id,
                  detail={"way": "station", "deadline": deadline}),
    )  # fmt: skip

    found = selectors.track(parcel.waybill, tail="", now=timezone.now())

    assert found.parcel.state == enums.State.AT_POINT
    assert found.collect_by.isoformat() == deadline
    assert "Collect it by" in words(ask(client, parcel.waybill, prefix="/en"))


def test_delivered_asks_whether_it_was_received_and_the_tail_shows_the_evidence(client, parcel):
    at = timezone.now() - HOUR
    make.deliver(parcel, at)
    picture = io.BytesIO()
    Image.new("RGB", (1280, 900), "gray").save(picture, "JPEG")
    proof = Proof(
        uid=uuid4(), parcel=parcel, event_uid=uuid4(), kind="photo", sha256="0" * 64,
        captured_at=at, received_at=at,
    )  # fmt: skip
    proof.file.save("proof.jpg", ContentFile(picture.getvalue()))

    plain = words(ask(client, parcel.waybill, prefix="/en"))
    right = words(ask(client, parcel.waybill, "3391", prefix="/en"))

    assert "Signed but not received?" in plain
    assert "reason=false-signature" in plain
    assert "data:image/jpeg" not in plain
    assert "data:image/jpeg" in right
    assert len(right) < 60_000


def test_a_returned_parcel_is_not_called_late(client, late):
    at = make.MONDAY + HOUR
    make.tell(
        make.scan(late, "RFS", at + HOUR, site_id=late.destination_id, reason="refuses"),
        make.scan(late, "RTS", at + 2 * HOUR, site_id=late.destination_id),
        make.scan(late, "RTD", at + 9 * HOUR, site_id=late.origin_id),
    )

    text = words(ask(client, late.waybill, prefix="/en"))

    assert "Back with the sender" in text
    assert "Late." not in text


@pytest.mark.parametrize("how", ["old", "destroyed"])
def test_a_purged_parcel_shows_that_its_details_are_gone(client, parcel, how):
    if how == "old":
        make.deliver(parcel, make.MONDAY + HOUR)
        long_ago = timezone.now() - timedelta(days=731)
        Parcel.objects.filter(pk=parcel.pk).update(done_at=long_ago)
    else:
        make.deliver(parcel, timezone.now() - HOUR)
        parcel.refresh_from_db()
        parcel.recipient_name = DESTROYED
        parcel.save(update_fields=["recipient_name"])

    text = words(ask(client, parcel.waybill, "3391", prefix="/en"))

    assert "The details of this parcel were deleted" in text
    assert "The way so far" not in text
    assert "文三路" not in text


@pytest.mark.req("INF-09")
def test_inner_scans_reasons_and_voided_lines_stay_inside(client, late, cast):
    at = make.MONDAY + HOUR
    wrong = make.scan(late, "ARR", at, site_id=cast.hub.pk)
    make.tell(wrong, make.scan(late, "MIS", at + HOUR, site_id=cast.hub.pk))
    make.tell(
        make.scan(late, "VOI", at + 2 * HOUR, corrects=wrong.uid, detail={"why": "扫错"}),
        make.scan(late, "NAT", at + 3 * HOUR, site_id=late.destination_id,
                  reason="not-enough-time"),
    )  # fmt: skip

    found = selectors.track(late.waybill, tail="", now=timezone.now())
    text = words(ask(client, late.waybill, prefix="/en"))

    assert [line.label for line in found.lines][:2] == ["今日未投递，将再次投递", "已揽收"]
    assert "Mis-sort" not in text
    assert "扫错" not in text
    assert "not-enough-time" not in text
    assert cast.courier.display_name not in text


@pytest.mark.parametrize("scans", [1, 6])
def test_tracking_asks_the_database_a_fixed_number_of_times(
    client, parcel, cast, scans, django_assert_max_num_queries
):
    for number in range(scans):
        make.tell(make.scan(parcel, "ARR", make.MONDAY + number * HOUR, site_id=cast.hub.pk))
    ask(client, parcel.waybill)

    with django_assert_max_num_queries(12):
        assert ask(client, parcel.waybill).status_code == 200


def test_a_new_scan_shows_at_once_although_pages_are_kept(client, parcel, cast):
    before = words(ask(client, parcel.waybill, prefix="/en"))
    again = words(ask(client, parcel.waybill, prefix="/en"))
    make.tell(make.scan(parcel, "ARR", timezone.now(), site_id=cast.hub.pk))

    after = words(ask(client, parcel.waybill, prefix="/en"))

    assert before == again
    assert "On the way, now at" in after
    assert "On the way, now at" not in words(ask(client, parcel.waybill))


def test_what_the_tail_shows_is_never_kept_for_others(client, parcel):
    assert "王*" in words(ask(client, parcel.waybill, "3391"))
    assert "王*" not in words(ask(client, parcel.waybill))


def test_tracking_needs_no_cookie(client, parcel):
    answer = ask(client, parcel.waybill)

    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]
