"""Orders after they were placed: fee, pickup, payment changed; lists and files of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courierqa.core.errors import DomainError
from courierqa.core.models import AuditEntry
from shipments import services, windows
from shipments.models import (
    FeeChange,
    Order,
    Parcel,
)
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(cast) -> Order:
    now = timezone.now()
    parcel = make.order(
        origin=cast.station, destination=cast.neighbour, at=now,
        window=(now + timedelta(hours=1), now + timedelta(hours=3)),
    )  # fmt: skip
    return parcel.order


@pytest.mark.req("LIF-23")
def test_a_fee_changed_by_hand_needs_a_reason_and_shows_in_the_list(as_role, order):
    client = as_role("lead")
    url = reverse("shipments:order_fee", args=[order.number])

    silent = client.post(url, {"fee": "9.90", "reason": ""})
    odd = client.post(url, {"fee": "cheap", "reason": "活动"})
    done = client.post(url, {"fee": "9.90", "reason": "活动价"})

    assert (silent.status_code, odd.status_code, done.status_code) == (422, 422, 302)
    order.refresh_from_db()
    assert (order.fee_fen, order.parcels.get().fee_fen) == (990, 990)
    change = FeeChange.objects.get()
    assert (change.old_fen, change.tariff_fen, change.by.username) == (1500, 1500, client_name())
    assert "活动价" in as_role("auditor").get(reverse("shipments:fees")).content.decode()
    assert AuditEntry.objects.filter(action="order.fee").exists()
    assert as_role("agent").post(url, {"fee": "1", "reason": "x"}).status_code == 403


def client_name() -> str:
    from staff.models import Grant

    return Grant.objects.get(role="lead").user.username


@pytest.mark.req("LIF-10")
def test_a_reagreed_pickup_keeps_the_old_time_and_who_was_told(as_role, order):
    client = as_role("agent")
    slot = windows.windows(timezone.now())[3]
    told = timezone.localtime() - timedelta(minutes=10)
    said = {
        "window": windows.value_of(slot), "told_who": "sender", "told_way": "call",
        "told_at": told.strftime("%Y-%m-%dT%H:%M"), "reason": "快递员临时支援",
    }  # fmt: skip
    url = reverse("shipments:order_reagree", args=[order.number])

    silent = client.post(url, {**said, "reason": ""})
    done = client.post(url, said)

    assert (silent.status_code, done.status_code) == (422, 302)
    change = order.pickup_changes.get()
    assert (change.old_end, change.new_start, change.told_who) == (
        order.window_end, slot[0], "sender",
    )  # fmt: skip
    page = client.get(reverse("shipments:order", args=[order.number])).content.decode()
    assert "快递员临时支援" in page


@pytest.mark.req("LIF-10")
def test_an_overdue_pickup_is_in_the_view_of_overdue_ones(as_role, cast, order):
    Order.objects.filter(pk=order.pk).update(window_end=timezone.now() - timedelta(minutes=5))
    client = as_role("agent")

    late = client.get(reverse("shipments:orders"), {"view": "late"}).context["page"].rows
    paid = client.get(reverse("shipments:orders"), {"view": "changed"}).context["page"].rows

    assert (late, paid) == ([order], [])


@pytest.mark.req("LIF-23")
def test_payment_at_the_pickup_and_invoice_are_noted_once(as_role, order):
    client, url = as_role("agent"), reverse("shipments:order_money", args=[order.number])

    client.post(url, {"verb": "invoice"})
    order.refresh_from_db()
    first = order.invoice_number
    client.post(url, {"verb": "pay"})
    client.post(url, {"verb": "pay"})

    order.refresh_from_db()
    assert (order.payment_state, order.invoice_number) == ("paid", first)
    assert order.payments.count() == 1
    late = as_role("lead").post(
        reverse("shipments:order_fee", args=[order.number]), {"fee": "1", "reason": "x"}
    )
    assert late.status_code == 422


# -- list ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("asked", "found"),
    [({"channel": "web"}, 1), ({"channel": "api"}, 0), ({"product": "standard"}, 1),
     ({"site": "HZ-01"}, 1), ({"site": "HZ-02"}, 0), ({"state": "ordered"}, 1),
     ({"state": "nonsense"}, 1), ({"q": "YS"}, 1), ({"q": "O9"}, 0), ({"from": "2099-01-01"}, 0),
     ({"to": "0000-99"}, 1), ({"view": "unpaid"}, 1), ({"view": "untaken"}, 1), ({"q": "%_'"}, 0)],
)  # fmt: skip
def test_the_list_is_narrowed_by_its_address(as_role, order, asked, found):
    response = as_role("agent").get(reverse("shipments:orders"), asked)

    assert len(response.context["page"].rows) == found


def test_the_file_of_orders_names_nobody(as_role, order):
    response = as_role("lead").get(reverse("shipments:orders_csv"))
    text = b"".join(response.streaming_content).decode()

    assert order.number in text
    assert "李明" not in text
    assert "13812345678" not in text
    assert as_role("agent").get(reverse("shipments:orders_csv")).status_code == 403


def test_an_order_of_another_site_is_not_there(as_role, cast):
    foreign = make.order(origin=cast.neighbour, destination=cast.station).order

    for name in ("order", "order_fee", "order_money", "order_reagree"):
        url = reverse(f"shipments:{name}", args=[foreign.number])
        answer = (
            as_role("supervisor").get(url)
            if name == "order"
            else as_role("supervisor").post(url, {"fee": "1", "reason": "xx"})
        )
        assert answer.status_code == 404, name


@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_database_a_fixed_number_of_times(
    as_role, cast, count, django_assert_max_num_queries
):
    for _number in range(count):
        parcel = make.accept(make.order(origin=cast.station, destination=cast.neighbour))
        services.change_fee(
            order=parcel.order, new_fen=100, reason="x", at=make.MONDAY, actor=cast.lead
        )
    client = as_role("lead")
    for name in ("orders", "fees", "systems", "green"):
        client.get(reverse(f"shipments:{name}"))
        with django_assert_max_num_queries(26):
            assert client.get(reverse(f"shipments:{name}")).status_code == 200
    assert Parcel.objects.count() == count


@pytest.mark.req("LIF-02")
def test_a_pickup_that_was_made_or_called_off_is_given_to_nobody(cast, order):
    parcel, courier = order.parcels.get(), make.courier(cast.station)
    services.assign_pickup(parcel=parcel, courier=courier, at=timezone.now(), actor=None)
    make.accept(parcel, timezone.now())

    with pytest.raises(DomainError) as made:
        services.assign_pickup(
            parcel=parcel, courier=make.courier(cast.station), at=timezone.now(), actor=None
        )

    order.refresh_from_db()
    assert (made.value.code, order.courier) == ("not_open", courier)
