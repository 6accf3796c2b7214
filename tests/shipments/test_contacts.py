"""Calls, booked times, wishes, consent by question and answer, addresses, notes from the door."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from courierqa.core.errors import DomainError
from courierqa.core.privacy import phone_index
from shipments import services
from shipments.enums import SlotResult
from shipments.models import (
    AttemptNote,
    Consent,
    Contact,
    Parcel,
    Preference,
    PromiseChange,
    ScanEvent,
    Slot,
)
from shipments.selectors import runsheets
from shipments.selectors.delivery_record import delivery_record
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
AT = make.MONDAY
PHONE = "13798763391"


@pytest.fixture
def parcel():
    return make.accept(make.order())


def out(parcel: Parcel, at=AT + timedelta(hours=1)) -> Parcel:
    there = parcel.destination_id
    make.tell(
        make.scan(parcel, "AST", at - timedelta(minutes=30), site_id=there),
        make.scan(parcel, "OFD", at, site_id=there),
    )
    parcel.refresh_from_db()
    return parcel


def call(parcel, **fields) -> Contact:
    values = {"way": "call", "purpose": "agree", "result": "reached", "at": AT, "seconds": 42}
    return services.record_contact(parcel=parcel, recorded_at=AT, actor=None, **values | fields)


@pytest.mark.req("DEL-05")
def test_a_call_is_logged_with_time_result_and_length_and_once(parcel):
    uid = uuid4()

    first, again = call(parcel, uid=uid, words="放前台"), call(parcel, uid=uid)

    assert first == again
    row = delivery_record(parcel, now=AT).contacts[0]
    assert (row.way, row.result, row.seconds, row.at, row.words) == (
        "call", "reached", 42, AT, "放前台",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"way": "smoke"}, "way"), ({"purpose": ""}, "purpose"), ({"result": "x"}, "result"),
     ({"at": AT + timedelta(hours=1)}, "at"), ({"seconds": -1}, "seconds")],
)  # fmt: skip
def test_a_contact_that_cannot_be_is_refused(parcel, fields, field):
    with pytest.raises(DomainError) as refused:
        call(parcel, **fields)

    assert refused.value.field == field
    assert not Contact.objects.exists()


def book(parcel, start, hours=2, *, asked_by="recipient", cause="", at=AT) -> Slot:
    return services.book_slot(
        parcel=parcel, starts_at=start, ends_at=start + timedelta(hours=hours), at=at,
        asked_by=asked_by, cause=cause, actor=None,
    )  # fmt: skip


@pytest.mark.req("DEL-06")
@pytest.mark.parametrize(
    ("minutes", "result"),
    [(0, SlotResult.KEPT), (120, SlotResult.KEPT), (121, SlotResult.LATE), (None, "missed"),
     (-10, SlotResult.MISSED)],
)  # fmt: skip
def test_the_arrival_is_compared_with_the_booked_time(parcel, minutes, result):
    start = AT + timedelta(hours=4)
    book(parcel, start)
    out(parcel)
    if minutes is not None:
        seen = {"call": True}
        at = start + timedelta(minutes=minutes)
        make.tell(make.scan(parcel, "ATT", at, reason="absent", detail=seen))

    line = delivery_record(parcel, now=AT + timedelta(days=1)).slots[0]

    assert line.result == result


@pytest.mark.req("DEL-18")
def test_booking_anew_keeps_old_and_new_time_and_who_asked(parcel):
    start = AT + timedelta(hours=4)
    book(parcel, start)

    with pytest.raises(DomainError) as unsaid:
        book(parcel, start + timedelta(days=1))
    book(parcel, start + timedelta(days=1), asked_by="us", cause="车辆故障")

    assert unsaid.value.field == "cause"
    lines = delivery_record(parcel, now=AT).slots
    assert [(x.slot.starts_at, x.slot.asked_by) for x in lines] == [
        (start + timedelta(days=1), "us"), (start, "recipient"),
    ]  # fmt: skip
    assert [x.result for x in lines] == [SlotResult.PENDING, None]


@pytest.mark.req("DEL-18")
@pytest.mark.parametrize(
    ("asked_by", "moves"), [("recipient", True), ("sender", True), ("us", False)]
)
def test_only_a_time_the_customer_asked_for_moves_the_deadline(parcel, asked_by, moves):
    start = parcel.promised_by + timedelta(hours=10)

    slot = book(parcel, start, asked_by=asked_by, cause="出差")

    parcel.refresh_from_db()
    assert (parcel.promised_by == slot.ends_at) == moves
    assert PromiseChange.objects.filter(asked_by_customer=True).exists() == moves


def test_a_booked_time_has_a_length_and_lies_ahead(parcel):
    for start, hours, code in ((AT, 0, "bad_slot"), (AT, 13, "bad_slot"), (AT, -1, "bad_slot")):
        with pytest.raises(DomainError) as refused:
            book(parcel, start, hours)
        assert refused.value.code == code
    with pytest.raises(DomainError) as past:
        book(parcel, AT - timedelta(hours=5))
    assert past.value.code == "past"


@pytest.mark.req("DEL-23")
def test_a_wish_is_on_the_run_sheet_and_a_breach_is_seen(parcel):
    courier = make.courier(parcel.destination)
    services.set_preference(phone="137 9876 3391", way="locker", at=AT, actor=None)
    out(parcel)
    row = services.give_out(
        courier=courier, site=courier.site, day=AT.date(), parcels=[parcel], at=AT, actor=None
    )
    make.tell(make.scan(parcel, "OFD", AT + timedelta(hours=2), person_id=courier.pk))

    before = runsheets.run_sheet(row, now=AT).lines[0]
    at = AT + timedelta(hours=3)
    make.tell(make.scan(parcel, "DLV", at, detail={"way": "recipient"}, person_id=courier.pk))
    after = runsheets.run_sheet(row, now=AT).lines[0]

    assert (before.wish.way, before.wish_broken) == ("locker", False)
    assert after.wish_broken
    item = runsheets.phone_extras([parcel])[parcel.pk]
    assert (item["wish"]["way"], item["sequence"]) == ("locker", 1)


@pytest.mark.req("DEL-12", "DEL-23")
def test_a_wish_for_a_place_is_a_standing_consent_and_opens_the_gate(parcel):
    wish = services.set_preference(phone=PHONE, way="locker", at=AT, actor=None)

    assert services.check_gates(parcel, "RDY", {"way": "locker"}, at=AT) == []
    consent = Consent.objects.get()
    assert (consent.phone_index, consent.kind) == (phone_index(PHONE), "locker")
    services.withdraw_consent(consent, at=AT + timedelta(hours=1), actor=None)
    services.end_preference(wish, at=AT + timedelta(hours=1), actor=None)
    later = AT + timedelta(hours=2)
    assert services.check_gates(parcel, "RDY", {"way": "locker"}, at=later) != []
    assert services.check_gates(parcel, "RDY", {"way": "locker"}, at=AT) == []


def test_a_new_wish_ends_the_old_one(parcel):
    services.set_preference(phone=PHONE, way="locker", at=AT, actor=None)
    services.set_preference(phone=PHONE, way="recipient", at=AT + timedelta(days=1), actor=None)

    assert Preference.objects.count() == 2
    assert Preference.objects.get(ended_at=None).way == "recipient"
    with pytest.raises(DomainError) as bad:
        services.set_preference(phone="12", way="locker", at=AT, actor=None)
    assert bad.value.field == "phone"


@pytest.mark.req("DEL-12")
@pytest.mark.parametrize(
    ("text", "result", "given"),
    [("1", "recorded", True), ("同意。", "recorded", True), (" y ", "recorded", True),
     ("2", "recorded", False), ("不同意", "recorded", False), ("几点到？", "unclear", None)],
)  # fmt: skip
def test_a_text_message_answers_the_open_question(parcel, text, result, given):
    services.ask_consent(parcel=parcel, kind="locker", way="sms", at=AT, actor=None)
    parcel.refresh_from_db()
    assert "consent_waiting" in parcel.conditions

    later = AT + timedelta(minutes=5)
    assert services.answer_by_phone(phone=PHONE, text=text, at=later) == result

    assert list(Consent.objects.values_list("given", "way")) == (
        [] if given is None else [(given, "sms")]
    )
    shut = services.check_gates(parcel, "RDY", {"way": "locker"}, at=later)
    assert (shut == []) == bool(given)


def test_a_word_said_after_the_end_is_none_and_one_said_before_is_taken_down(parcel):
    row = services.ask_consent(parcel=parcel, kind="proxy", way="sms", at=AT, actor=None)
    handed = AT + timedelta(hours=3)
    make.deliver(parcel, handed, way="proxy")
    later = handed + timedelta(hours=1)

    def said(at):
        return services.record_consent(
            parcel=parcel, kind="proxy", given=True, way="call", at=at, recorded_at=later
        )

    with pytest.raises(DomainError) as over:
        said(later)
    with pytest.raises(DomainError):
        services.answer_request(row, given=True, way="call", at=later)
    answered = services.answer_by_phone(phone=PHONE, text="1", at=later)
    open_ones = set(parcel.findings.filter(closed_at=None).values_list("code", flat=True))
    said(handed - timedelta(hours=1))

    assert (over.value.code, answered) == ("ended", "no_request")
    assert "no_consent" in open_ones
    parcel.refresh_from_db()
    assert (parcel.state, parcel.conditions) == ("delivered", [])
    assert not parcel.findings.filter(code="no_consent", closed_at=None).exists()


def test_nobody_asked_and_too_late_are_no_answer(parcel):
    assert services.answer_by_phone(phone=PHONE, text="1", at=AT) == "no_request"
    row = services.ask_consent(parcel=parcel, kind="locker", way="call", at=AT, actor=None)
    late = AT + timedelta(hours=25)
    assert services.answer_by_phone(phone=PHONE, text="1", at=late) == "no_request"
    services.answer_request(row, given=True, way="call", at=late)
    with pytest.raises(DomainError) as twice:
        services.answer_request(row, given=False, way="call", at=late)
    assert twice.value.code == "answered"


@pytest.mark.req("DEL-27", "DEL-03")
def test_an_unclear_address_is_opened_and_cleared_up_with_the_customer(parcel):
    services.open_address_problem(parcel=parcel, at=AT, actor=None)
    parcel.refresh_from_db()
    assert "address_problem" in parcel.conditions
    assert parcel.exceptions.get().kind == "address"

    with pytest.raises(DomainError) as half:
        services.clear_address(
            parcel=Parcel.objects.get(), name="", phone="", address="宁波市中山路", way="call",
            words="客户说不清", at=AT, actor=None,
        )  # fmt: skip
    services.clear_address(
        parcel=parcel, name="", phone="13912345678", address="宁波市鄞州区中山路 88 号", way="call",
        words="核对了门牌", at=AT + timedelta(minutes=9), actor=None,
    )  # fmt: skip

    assert half.value.field == "address"
    parcel = Parcel.objects.get()
    assert parcel.recipient_address == "宁波市鄞州区中山路 88 号"
    assert parcel.recipient_phone_index == phone_index("13912345678")
    assert "address_problem" not in parcel.conditions
    row = Contact.objects.get()
    assert (row.purpose, row.words) == ("address", "核对了门牌")
    assert list(ScanEvent.objects.filter(code="ADR").values_list("detail__status", flat=True)) == [
        "opened", "cleared",
    ]  # fmt: skip


@pytest.fixture
def tried(parcel):
    """A parcel tried three times: the second too soon after the first."""
    out(parcel)
    seen = {"call": True}
    for hours in (2, 4, 11):
        at = AT + timedelta(hours=hours)
        make.tell(make.scan(parcel, "ATT", at, reason="no-answer", detail=seen))
    return parcel


@pytest.mark.req("DEL-17", "DEL-30")
def test_a_failed_try_has_reason_evidence_next_step_and_what_was_agreed(tried):
    event = ScanEvent.objects.filter(code="ATT").earliest("happened_at")

    with pytest.raises(DomainError) as no_day:
        services.note_attempt(
            parcel=tried, event_uid=event.uid, next_step="retry", next_on=None, at=AT, actor=None
        )
    services.note_attempt(
        parcel=tried, event_uid=event.uid, next_step="retry", next_on=AT.date(), at=AT,
        actor=None, dispute="嫌等得久", agreed="明早十点前",
    )  # fmt: skip

    assert no_day.value.field == "next_on"
    lines = delivery_record(tried, now=AT).attempts
    assert [line.too_soon for line in lines] == [False, True, False]
    first = lines[-1]
    assert (first.reason, first.has_evidence, first.number) == ("电话无人接听", True, 1)
    assert (first.note.dispute, first.note.agreed) == ("嫌等得久", "明早十点前")


def test_a_third_try_is_charged_only_after_two_free_ones_and_when_told(parcel):
    out(parcel)
    seen = {"call": True}
    uids = []
    for hours in (2, 4, 11):
        scan = make.scan(parcel, "ATT", AT + timedelta(hours=hours), reason="absent", detail=seen)
        make.tell(scan)
        uids.append(scan.uid)

        def charge(uid=scan.uid, **told):
            services.note_attempt(
                parcel=parcel, event_uid=uid, next_step="counter", next_on=None, at=AT,
                actor=None, charge_fen=500, **told,
            )  # fmt: skip

        if hours < 11:
            with pytest.raises(DomainError) as free:
                charge(told_of_charge=True)
            assert free.value.code == "still_free"
    with pytest.raises(DomainError) as untold:
        charge()
    assert untold.value.field == "told_of_charge"
    charge(told_of_charge=True)
    assert AttemptNote.objects.get().charge_fen == 500


def test_an_address_is_cleared_up_only_while_the_parcel_is_under_way(parcel):
    make.deliver(parcel, AT + timedelta(hours=3))

    with pytest.raises(DomainError) as over:
        services.clear_address(
            parcel=parcel, name="", phone="", address="宁波市鄞州区天童路 88 号 3 幢 901",
            way="call", words="门牌更正", at=AT + timedelta(hours=4), actor=None,
        )  # fmt: skip

    assert over.value.code == "ended"
    parcel.refresh_from_db()
    assert "天童路" not in parcel.recipient_address
