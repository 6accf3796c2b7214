"""The desktop and public pages answer, mask, refuse with 422 and keep what was typed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from courierqa.core.models import AuditEntry
from shipments.models import Order, Parcel, ParcelException
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
PHONE = "13798763391"


@pytest.fixture
def parcel(cast) -> Parcel:
    now = timezone.now()
    placed = make.order(
        origin=cast.station, destination=cast.neighbour, at=now - timedelta(hours=9)
    )
    return make.accept(placed, now - timedelta(hours=8))


def typed(cast, **fields) -> dict[str, str]:
    return {
        "channel": "phone", "product": "standard", "sender_name": "李明",
        "sender_phone": "13812345678", "sender_address": "文三路 1 号", "origin": "HZ-01",
        "recipient_name": "王芳", "recipient_phone": PHONE, "recipient_address": "江南大道 9 号",
        "destination": "HZ-02", "item_kind": "clothes", "item_name": "衣服", "weight": "1.2",
        "cod": "", "insurance": "no", "key": "order-1", **fields,
    }  # fmt: skip


@pytest.mark.req("LIF-01", "LIF-08", "ONL-01", "PUB-03")
def test_an_order_shows_fee_and_promise_before_it_is_taken(as_role, cast):
    client, url = as_role("agent"), reverse("shipments:order_new")

    asked = client.post(url, typed(cast, cod="88.50"))
    taken = client.post(url, typed(cast, confirm="1"))
    again = client.post(url, typed(cast, confirm="1"))
    page = client.get(taken.url).content.decode()

    assert "¥15.00" in asked.content.decode()
    assert "¥88.50" in asked.content.decode()
    assert "下单时承诺" in page
    assert Order.objects.get().quoted_promise is not None
    assert not asked.context["form"].errors
    parcel = Parcel.objects.get()
    assert taken.url == again.url == reverse("shipments:parcel", args=[parcel.waybill])
    order = Order.objects.get()
    assert (order.channel, order.fee_fen, parcel.state) == ("phone", 1500, "ordered")
    assert order.number.startswith("O")


@pytest.mark.req("ACC-05", "ACC-12")
@pytest.mark.parametrize(
    ("field", "value"),
    [("item_name", "打火机"), ("recipient_phone", "12"), ("cod", "many"), ("sender_name", ""),
     ("weight", "900"), ("recipient_name", "王\u202e芳"), ("product", "none"), ("origin", "X")],
)  # fmt: skip
def test_a_wrong_order_is_refused_at_its_field_and_keeps_what_was_typed(
    as_role, cast, field, value
):
    response = as_role("agent").post(
        reverse("shipments:order_new"), typed(cast, confirm="1", **{field: value})
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "江南大道 9 号" in response.content.decode()
    assert not Order.objects.exists()


@pytest.mark.req("CUS-05")
@pytest.mark.parametrize("text", ["{waybill}", " {lower} ", PHONE, "１３７９８７６３３９１"])
def test_an_exact_number_or_phone_opens_the_parcel(as_role, parcel, text):
    text = text.format(waybill=parcel.waybill, lower=parcel.waybill.lower())

    response = as_role("agent").get(reverse("shipments:parcels"), {"q": text})

    assert response.status_code == 302
    assert response.url == reverse("shipments:parcel", args=[parcel.waybill])


@pytest.mark.parametrize(
    "text", ["3391", "YS00", "nothing-like-this", "%00", "'; --", "你好", "%_"]
)
def test_a_search_that_is_not_exact_lists_or_says_so(as_role, parcel, text):
    response = as_role("agent").get(reverse("shipments:parcels"), {"q": text})

    assert response.status_code == 200
    found = response.context["found"].rows
    assert found == ([parcel] if text in ("3391", "YS00") else [])


@pytest.mark.req("INF-01", "INF-02", "LIF-12")
def test_the_parcel_page_masks_and_other_sites_see_nothing(as_role, cast, parcel):
    url = reverse("shipments:parcel", args=[parcel.waybill])
    foreign = make.order(origin=cast.neighbour, destination=cast.neighbour)

    page = as_role("agent").get(url).content.decode()
    other = as_role("supervisor").get(reverse("shipments:parcel", args=[foreign.waybill]))

    assert "已揽收" in page or "Picked up" in page
    assert PHONE not in page
    assert other.status_code == 404


@pytest.mark.req("INF-06")
def test_reveal_needs_a_reason_and_is_written_down_first(as_role, parcel, django_db_blocker):
    client, url = as_role("lead"), reverse("shipments:reveal", args=[parcel.waybill])

    bare = client.post(url, {"reason": ""})

    assert bare.status_code == 422
    assert PHONE not in bare.content.decode()
    assert not AuditEntry.objects.filter(action="parcel.reveal").exists()


@pytest.mark.django_db(transaction=True)
def test_reveal_with_a_reason_shows_the_parties(as_role, parcel):
    client, url = as_role("lead"), reverse("shipments:reveal", args=[parcel.waybill])

    shown = client.post(url, {"reason": "客户来电核对地址"})

    assert PHONE in shown.content.decode()
    assert shown["Refresh"].startswith("300;")
    assert AuditEntry.objects.filter(action="parcel.reveal").count() == 1


@pytest.mark.req("DEL-12")
def test_the_office_scan_asks_the_gates_before_the_deed(as_role, parcel):
    client, url = as_role("supervisor"), reverse("shipments:scan", args=[parcel.waybill])
    now = timezone.localtime()
    said = {
        "code": "RDY", "at": now.strftime("%Y-%m-%dT%H:%M"), "site": "HZ-01", "way": "locker",
        "why": "手机没电",
    }  # fmt: skip

    refused = client.post(url, said)
    consent = client.post(url, {**said, "code": "CON"})
    placed = client.post(url, said)

    assert refused.status_code == 422
    assert "手机没电" in refused.content.decode()
    assert (consent.status_code, placed.status_code) == (302, 302)
    parcel.refresh_from_db()
    assert parcel.state == "at_point"


@pytest.mark.req("DEL-18")
def test_only_the_customer_moves_the_deadline(as_role, parcel):
    client, url = as_role("agent"), reverse("shipments:promise", args=[parcel.waybill])
    before = parcel.promised_by
    new = timezone.localtime(before + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")

    client.post(url, {"new": new, "cause": "车辆故障"})
    parcel.refresh_from_db()
    ours = parcel.promised_by
    client.post(url, {"new": new, "cause": "改日", "asked_by_customer": "on"})
    parcel.refresh_from_db()

    assert ours == before
    assert parcel.promised_by > before
    assert parcel.promised_original == before
    assert parcel.promise_changes.count() == 2


@pytest.mark.req("EXC-01", "EXC-02", "EXC-04", "EXC-06")
def test_an_exception_is_reported_told_and_solved_with_its_history(as_role, parcel):
    client = as_role("supervisor")
    client.post(
        reverse("shipments:exception_new", args=[parcel.waybill]),
        {"kind": "address", "note": "门牌不清"},
    )
    row = ParcelException.objects.get()
    url = reverse("shipments:exception", args=[row.number])

    silent = client.post(url, {"verb": "tell", "note": ""})
    client.post(url, {"verb": "tell", "note": "已电话告知"})
    board = client.get(reverse("shipments:exceptions"))
    client.post(url, {"verb": "solve", "note": "地址已更正"})
    wrong = client.post(url, {"verb": "tell", "note": "again"})

    assert (silent.status_code, board.status_code, wrong.status_code) == (422, 200, 422)
    row.refresh_from_db()
    assert (row.status, row.told_at is not None, row.closed_at is not None) == (
        "solved",
        True,
        True,
    )
    assert [c.verb for c in client.get(url).context["changes"]] == ["open", "tell", "solve"]


@pytest.mark.parametrize("name", ["parcels", "orders", "exceptions"])
@pytest.mark.parametrize("count", [1, 3])
def test_lists_ask_the_database_a_fixed_number_of_times(
    as_role, cast, name, count, django_assert_max_num_queries
):
    for _number in range(count):
        late = make.accept(make.order(origin=cast.station, destination=cast.neighbour))
        make.tell(make.scan(late, "ADR", make.MONDAY + timedelta(hours=1)))
    client = as_role("lead")
    client.get(reverse(f"shipments:{name}"))

    with django_assert_max_num_queries(QUERIES[name]):
        response = client.get(reverse(f"shipments:{name}"))

    assert response.status_code == 200


QUERIES = {"parcels": 12, "orders": 12, "exceptions": 16}
