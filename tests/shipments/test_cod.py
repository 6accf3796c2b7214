"""Money at the door: goods first, a ledger that only grows, the daily hand-in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from courierqa.core import calendars
from courierqa.core.access import access_for
from courierqa.core.errors import DomainError
from shipments import services
from shipments.models import CodEntry, CodHandIn, ExceptionClass, ParcelException
from shipments.selectors import cod
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
AT = make.MONDAY
DAY = calendars.business_day(AT)
PAID = {"way": "recipient", "goods_checked": True, "cod_paid": True, "proof": "signature"}


@pytest.fixture(autouse=True)
def _rules(db):
    make.catalogue()


@pytest.fixture
def parcel():
    return make.accept(make.order(cod_fen=12800))


@pytest.fixture
def courier(parcel):
    return make.courier(parcel.destination)


def deliver(parcel, courier, at=AT + timedelta(hours=3), **detail):
    there = {"site_id": parcel.destination_id, "person_id": courier.pk}
    scan = make.scan(parcel, "DLV", at, detail={**PAID, **detail}, **there)
    make.tell(make.scan(parcel, "OFD", at - timedelta(hours=1), **there), scan)
    return scan


def ledger(parcel):
    return list(parcel.cod_entries.order_by("pk").values_list("kind", "amount_fen"))


@pytest.mark.req("LIF-24")
def test_a_delivery_that_was_paid_is_one_line_however_often_it_is_sent(parcel, courier):
    scan = deliver(parcel, courier)
    services.record_scans([scan], source="courier", recorded_at=AT + timedelta(hours=4))

    assert ledger(parcel) == [("collected", 12800)]
    row = CodEntry.objects.get()
    assert (row.courier, row.day, row.goods_checked, row.event_uid) == (
        courier, DAY, True, scan.uid,
    )  # fmt: skip


def test_a_delivery_declared_wrong_takes_its_money_back(parcel, courier):
    scan = deliver(parcel, courier)
    at = AT + timedelta(hours=5)
    void = make.scan(parcel, "VOI", at, corrects=scan.uid, detail={"why": "误扫"})
    make.tell(void)
    deliver(parcel, courier, AT + timedelta(hours=6))

    assert ledger(parcel) == [("collected", 12800), ("reversed", -12800), ("collected", 12800)]
    assert services.ledger_fen(courier.pk, DAY) == 12800


def void(parcel, scan, at, **fields):
    return make.scan(parcel, "VOI", at, corrects=scan.uid, **fields)


@pytest.mark.req("LIF-24")
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_it_does_not_matter_whether_the_void_or_the_delivery_arrives_first(parcel, courier, order):
    scan = make.scan(parcel, "DLV", AT + timedelta(hours=3), detail=PAID, person_id=courier.pk)
    told = [scan, void(parcel, scan, AT + timedelta(hours=4), detail={"why": "误扫"})]

    for place in order:
        make.tell(told[place])

    assert sum(fen for _kind, fen in ledger(parcel)) == 0


def test_a_void_without_its_reason_takes_no_money_back(parcel, courier):
    scan = deliver(parcel, courier)

    make.tell(void(parcel, scan, AT + timedelta(hours=4)))

    parcel.refresh_from_db()
    assert (parcel.state, ledger(parcel)) == ("delivered", [("collected", 12800)])


@pytest.mark.req("LIF-24")
def test_of_two_paid_deliveries_the_one_that_stands_keeps_the_money(parcel, courier):
    first = deliver(parcel, courier)
    other = make.courier(parcel.destination)
    second = make.scan(
        parcel, "DLV", AT + timedelta(hours=5), detail=PAID, person_id=other.pk,
        site_id=other.site_id,
    )  # fmt: skip
    make.tell(second)
    wrong = void(parcel, first, AT + timedelta(hours=6), detail={"why": "错投"})
    make.tell(wrong)
    both = [
        ledger(parcel),
        services.ledger_fen(courier.pk, DAY),
        services.ledger_fen(other.pk, DAY),
    ]
    make.tell(void(parcel, wrong, AT + timedelta(hours=7), detail={"why": "没有错"}))

    assert both == [
        [("collected", 12800), ("reversed", -12800), ("collected", 12800)], 0, 12800,
    ]  # fmt: skip
    assert sum(fen for _kind, fen in ledger(parcel)) == 12800
    parcel.refresh_from_db()
    assert "cod_open" not in parcel.conditions


def test_a_delivery_that_was_right_after_all_has_its_money_again(parcel, courier):
    scan = deliver(parcel, courier)
    wrong = void(parcel, scan, AT + timedelta(hours=5), detail={"why": "误扫"})
    again = void(parcel, wrong, AT + timedelta(hours=6), detail={"why": "没有错"})

    make.tell(wrong)
    make.tell(again)
    twice = sum(fen for _kind, fen in ledger(parcel))
    make.tell(void(parcel, again, AT + timedelta(hours=7), detail={"why": "还是错"}))

    assert twice == 12800
    assert sum(fen for _kind, fen in ledger(parcel)) == 0


@pytest.mark.req("LIF-24")
def test_money_taken_after_the_delivery_closes_what_was_open(parcel, courier):
    deliver(parcel, courier, cod_paid=False)

    services.collect_cod(
        parcel=parcel, goods_checked=True, amount_fen=12800, courier=courier,
        at=AT + timedelta(hours=5), actor=None,
    )  # fmt: skip

    parcel.refresh_from_db()
    assert (parcel.state, parcel.conditions) == ("delivered", [])


def test_no_money_is_taken_or_refused_for_what_is_over_or_owes_nothing(parcel, courier):
    free = make.accept(make.order())
    services.declare_loss(parcel=parcel, why="查找无果", at=AT, actor=None)
    at = {"courier": courier, "at": AT + timedelta(hours=1), "actor": None}

    def code(deed, row, **said):
        with pytest.raises(DomainError) as refused:
            deed(parcel=row, **said, **at)
        return refused.value.code

    for row, why in ((free, "no_cod"), (parcel, "ended")):
        said = {"reason": "refuses-cod", "statement": "货不对板"}
        assert code(services.refuse_payment, row, **said) == why
        assert code(services.collect_cod, row, goods_checked=True, amount_fen=12800) == why


@pytest.mark.req("LIF-24")
@pytest.mark.parametrize("before", [True, False])
def test_the_counter_hands_over_only_what_was_paid(parcel, courier, before):
    at = AT + timedelta(hours=3)
    services.record_consent(
        parcel=parcel, kind="station", given=True, way="call", at=at, recorded_at=at
    )
    make.tell(make.scan(parcel, "RDY", at + timedelta(hours=1), detail={"way": "station"}))

    def collect(**said):
        services.collect(
            parcel=parcel, code="", id_shown=True, at=at + timedelta(hours=3), actor=None, **said
        )

    for said in ({}, {"paid": True}, {"person_id": courier.pk}):
        with pytest.raises(DomainError) as unpaid:
            collect(**said)
        assert (unpaid.value.code, unpaid.value.field) == ("cod_open", "cod_paid")
    if before:
        services.collect_cod(
            parcel=parcel, goods_checked=True, amount_fen=12800, courier=courier,
            at=at + timedelta(hours=2), actor=None,
        )  # fmt: skip
        collect()
    else:
        collect(paid=True, person_id=courier.pk)

    parcel.refresh_from_db()
    assert (parcel.state, parcel.conditions) == ("delivered", [])
    assert ledger(parcel) == [("collected", 12800)]
    assert services.ledger_fen(courier.pk, DAY) == 12800


@pytest.mark.req("LIF-24")
def test_goods_are_checked_before_money_is_taken(parcel, courier):
    def take(**fields):
        values = {"goods_checked": True, "amount_fen": 12800}
        return services.collect_cod(
            parcel=parcel, courier=courier, at=AT, actor=None, **values | fields
        )

    with pytest.raises(DomainError) as unchecked:
        take(goods_checked=False)
    with pytest.raises(DomainError) as other:
        take(amount_fen=12700)
    take()
    with pytest.raises(DomainError) as twice:
        take()
    deliver(parcel, courier)

    assert [e.value.code for e in (unchecked, other, twice)] == [
        "goods_unchecked", "wrong_amount", "already_taken",
    ]  # fmt: skip
    assert ledger(parcel) == [("collected", 12800)]
    shut = services.check_gates(parcel, "DLV", {"way": "recipient", "cod_paid": True}, at=AT)
    assert [problem.code for problem in shut] == ["goods_unchecked"]


@pytest.mark.req("EXC-12", "LIF-24")
def test_a_refused_payment_is_an_exception_with_the_statement(parcel, courier):
    with pytest.raises(DomainError) as silent:
        services.refuse_payment(
            parcel=parcel, reason="refuses-cod", statement=" ", courier=courier, at=AT, actor=None
        )
    services.refuse_payment(
        parcel=parcel, reason="refuses-cod", statement="说货不对板", courier=courier, at=AT,
        actor=None,
    )  # fmt: skip

    assert silent.value.field == "statement"
    row = ParcelException.objects.get(kind="unpaid")
    assert (row.note, ledger(parcel)) == ("说货不对板", [("refused", 0)])


@pytest.mark.req("EXC-12")
def test_a_dispute_at_the_door_can_be_opened_as_an_exception(parcel):
    row = services.open_exception(
        parcel=parcel, kind="dispute", site_id=parcel.destination_id, at=AT, actor=None,
        note="客户认为未按时",
    )  # fmt: skip

    assert str(ExceptionClass.objects.get(code=row.kind)) == "上门争执"


@pytest.mark.req("LIF-24")
def test_the_day_is_reconciled_and_a_difference_needs_a_reason(cast, parcel, courier):
    deliver(parcel, courier)
    access = access_for(cast.quality, "cod", "read")

    def hand_in(fen, reason=""):
        return services.hand_in(
            courier=courier, site=courier.site, day=DAY, handed_fen=fen, reason=reason, at=AT,
            actor=cast.supervisor,
        )  # fmt: skip

    open_row = cod.reconciliation(access, DAY)[0]
    with pytest.raises(DomainError) as unexplained:
        hand_in(12000)
    hand_in(12000, "找零差错")
    short = cod.reconciliation(access, DAY)[0]
    hand_in(800)
    with pytest.raises(DomainError) as nothing:
        hand_in(0)

    assert (open_row.expected_fen, open_row.collected_fen, open_row.open_fen) == (
        12800, 12800, 12800,
    )  # fmt: skip
    assert (unexplained.value.field, nothing.value.code) == ("reason", "nothing_open")
    assert (short.open_fen, short.reasons) == (800, ["找零差错"])
    assert cod.reconciliation(access, DAY)[0].is_even


def test_money_that_was_owed_and_not_taken_stands_out(cast, parcel, courier):
    deliver(parcel, courier, cod_paid=False)

    row = cod.reconciliation(access_for(cast.quality, "cod", "read"), DAY)[0]

    assert (row.parcels, row.untaken_fen, row.is_even) == (1, 12800, False)
    parcel.refresh_from_db()
    assert "cod_open" in parcel.conditions


def test_nobody_receives_their_own_money(cast, parcel):
    courier = cast.courier.employee
    deliver(parcel, courier)

    with pytest.raises(DomainError) as own:
        services.hand_in(
            courier=courier, site=courier.site, day=DAY, handed_fen=12800, at=AT,
            actor=cast.courier,
        )  # fmt: skip

    assert own.value.code == "own_money"


def test_the_ledger_only_grows(parcel, courier):
    deliver(parcel, courier)

    for change in (
        lambda: CodEntry.objects.update(amount_fen=1),
        lambda: CodEntry.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert ledger(parcel) == [("collected", 12800)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_one_as_for_many(cast, parcel, count, django_assert_num_queries):
    for _place in range(count):
        other = make.accept(make.order(cod_fen=500))
        deliver(other, make.courier(parcel.destination))
    access = access_for(cast.quality, "cod", "read")

    with django_assert_num_queries(5):
        rows = cod.reconciliation(access, DAY)

    assert len(rows) == count


# -- pages ----------------------------------------------------------------------------------------
@pytest.fixture
def mine(cast):
    """A parcel with money owed in the hands of the courier of the cast."""
    now = timezone.now()
    parcel = make.accept(
        make.order(
            origin=cast.neighbour, destination=cast.station, cod_fen=8850,
            at=now - timedelta(hours=9),
        ),
        now - timedelta(hours=8),
    )  # fmt: skip
    make.tell(
        make.scan(parcel, "AST", now - timedelta(hours=2), site_id=cast.station.pk),
        make.scan(
            parcel, "OFD", now - timedelta(hours=1), site_id=cast.station.pk,
            person_id=cast.courier.employee.pk,
        ),
    )  # fmt: skip
    return parcel


@pytest.mark.req("LIF-24")
def test_courier_takes_and_station_receives(as_role, cast, mine):
    phone, desk = as_role("courier"), as_role("supervisor")
    url = reverse("shipments:m_cod")
    typed = {"verb": "collect", "waybill": mine.waybill, "amount": "88.50"}

    unchecked = phone.post(url, typed)
    done = phone.post(url, {**typed, "goods_checked": "on"})
    day = calendars.business_day(timezone.now()).isoformat()
    page = reverse("shipments:cod_courier", args=[cast.courier.employee.number, day])
    short = desk.post(page, {"amount": "80"})
    even = desk.post(page, {"amount": "88.50"})
    board = desk.get(reverse("shipments:cod"))

    assert unchecked.status_code == 422
    assert (
        'value="88.50"' not in unchecked.content.decode() or "88.50" in unchecked.content.decode()
    )
    assert (done.status_code, short.status_code, even.status_code) == (302, 422, 302)
    assert "请说明原因" in short.content.decode()
    assert CodHandIn.objects.get().difference_fen == 0
    assert "¥88.50" in board.content.decode()


def test_a_refusal_on_the_phone_keeps_what_was_typed(as_role, mine):
    client, url = as_role("courier"), reverse("shipments:m_cod")
    typed = {"verb": "refuse", "waybill": mine.waybill, "reason": "refuses-cod"}

    silent = client.post(url, typed)
    done = client.post(url, {**typed, "statement": "钱不够"})
    foreign = client.post(url, {**typed, "waybill": "YS0", "statement": "x"})

    assert (silent.status_code, done.status_code, foreign.status_code) == (422, 302, 404)


def test_the_reconciliation_as_a_table(as_role, cast, mine):
    phone = as_role("courier")
    phone.post(
        reverse("shipments:m_cod"),
        {"verb": "collect", "waybill": mine.waybill, "amount": "88.50", "goods_checked": "on"},
    )

    table = as_role("supervisor").get(reverse("shipments:cod_csv"))

    assert "88.5" in b"".join(table.streaming_content).decode()
