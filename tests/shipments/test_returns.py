"""Returns, exchanges, recalls: a linked parcel with its own promise and an inspection."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courierqa.core.errors import DomainError
from shipments import services
from shipments.models import Parcel, ParcelFacts, ReturnRequest
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
AT = make.MONDAY
LATER = AT + timedelta(hours=5)


@pytest.fixture
def delivered():
    parcel = make.accept(make.order())
    make.deliver(parcel, AT + timedelta(hours=4))
    parcel.refresh_from_db()
    return parcel


def ask(parcel, kind="return", **fields) -> ReturnRequest:
    values = {"asked_by": "recipient", "cause": "尺码不合适", "at": LATER, "actor": None}
    return services.request_return(parcel=parcel, kind=kind, **values | fields)


@pytest.mark.req("LIF-19")
def test_a_delivered_parcel_is_fetched_again_as_a_linked_parcel(delivered):
    wish = ask(delivered)

    back = wish.back
    back.refresh_from_db()
    assert back.parent == delivered
    assert (back.origin, back.destination) == (delivered.destination, delivered.origin)
    assert (back.sender_name, back.recipient_name) == ("王芳", "李明")
    assert back.state == "ordered"
    delivered.refresh_from_db()
    assert delivered.state == "delivered"
    make.accept(back, LATER)
    assert back.promised_by is not None


@pytest.mark.req("LIF-19")
def test_the_inspection_result_is_kept_and_bad_goods_need_words(delivered):
    wish = ask(delivered)

    with pytest.raises(DomainError) as silent:
        services.inspect_return(wish, result="damaged", note="", at=LATER, actor=None)
    services.inspect_return(wish, result="damaged", note="盒角压坏", at=LATER, actor=None)
    with pytest.raises(DomainError) as twice:
        services.inspect_return(wish, result="good", note="", at=LATER, actor=None)

    assert (silent.value.field, twice.value.code) == ("note", "inspected")
    row = ReturnRequest.objects.get()
    assert (row.inspection, row.inspection_note) == ("damaged", "盒角压坏")


@pytest.mark.req("LIF-19")
def test_an_exchange_sends_other_goods_after_the_inspection(delivered):
    wish = ask(delivered, "exchange")

    with pytest.raises(DomainError) as early:
        services.send_replacement(wish, at=LATER, actor=None)
    services.inspect_return(wish, result="good", note="", at=LATER, actor=None)
    other = services.send_replacement(wish, at=LATER, actor=None)
    with pytest.raises(DomainError) as twice:
        services.send_replacement(wish, at=LATER, actor=None)

    assert (early.value.code, twice.value.code) == ("not_inspected", "already_sent")
    assert (other.origin, other.destination) == (delivered.origin, delivered.destination)
    assert other.parent is None


@pytest.mark.parametrize(
    ("asked_by", "kind", "cause"),
    [("sender", "recall", "recall"), ("recipient", "return", "refused"), ("us", "return", "ours")],
)
def test_a_parcel_in_our_hands_is_turned_round(asked_by, kind, cause):
    parcel = make.accept(make.order())
    make.tell(make.scan(parcel, "AST", AT + timedelta(hours=1), site_id=parcel.destination_id))
    parcel.refresh_from_db()

    wish = ask(parcel, kind, asked_by=asked_by)

    parcel.refresh_from_db()
    back = Parcel.objects.get(pk=wish.back_id)
    assert (parcel.state, back.state) == ("returning", "accepted")
    assert not back.findings.filter(kind="gate").exists()
    assert back.promised_by is not None
    facts = ParcelFacts.objects.get(parcel=parcel)
    assert (kind == "recall") == facts.out_t01 or cause == "refused"
    services.inspect_return(wish, result="good", note="", at=LATER, actor=None)
    parcel.refresh_from_db()
    assert parcel.state == "returned"


def test_the_way_back_adds_no_volume(delivered):
    wish = ask(delivered)
    make.accept(wish.back, LATER)

    assert ParcelFacts.objects.get(parcel=wish.back).is_test
    assert not ParcelFacts.objects.get(parcel=delivered).is_test


def test_what_cannot_be_returned_is_refused_with_the_reason(delivered):
    fresh = make.order()
    wish = ask(delivered)

    def code(parcel, **fields):
        with pytest.raises(DomainError) as refused:
            ask(parcel, **fields)
        return refused.value.code

    assert code(delivered) == "already_open"
    assert code(fresh) == "wrong_state"
    assert code(wish.back) == "is_return"
    assert code(delivered, kind="swap") == "required"
    assert code(delivered, cause=" ") == "required"


def test_pages_take_list_and_inspect(as_role, cast):
    now = timezone.now()
    parcel = make.accept(
        make.order(origin=cast.neighbour, destination=cast.station, at=now - timedelta(hours=9)),
        now - timedelta(hours=8),
    )
    make.deliver(parcel, now - timedelta(hours=1))
    client = as_role("supervisor")
    typed = {"kind": "exchange", "asked_by": "recipient", "cause": "颜色不对"}

    taken = client.post(reverse("shipments:return_new", args=[parcel.waybill]), typed)
    row = ReturnRequest.objects.get()
    page = reverse("shipments:return", args=[row.pk])
    listed = client.get(reverse("shipments:returns"))
    early = client.post(page, {"verb": "replace"})
    empty = client.post(page, {})
    done = client.post(page, {"result": "good"})
    sent = client.post(page, {"verb": "replace"})

    assert taken.status_code == 302
    assert [r.pk for r in listed.context["page"].rows] == [row.pk]
    assert [r.status_code for r in (early, empty, done, sent)] == [302, 422, 302, 302]
    row.refresh_from_db()
    assert row.replacement is not None
