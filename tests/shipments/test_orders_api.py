"""The order API: the same form and service, one deed per key, errors by JSON path."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from courierqa.core.models import IdempotencyKey
from shipments.models import Order, Terms
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
URL = "/api/v1/orders/"
RIGHTS = ("order.create", "order.read")


def body(**changes) -> dict:
    said = {
        "product": "standard", "origin": "HZ-01", "destination": "HZ-02",
        "sender": {"name": "李明", "phone": "13800130001", "address": "文三路 1 号"},
        "recipient": {"name": "王芳", "phone": "13800130002", "address": "江南大道 9 号 2 幢"},
        "item": {"kind": "clothes", "name": "毛衣", "pieces": 2, "weight_g": 1240,
                 "length_cm": 30, "width_cm": 20, "height_cm": 10, "marks": ["dry"]},
        "declared_value_fen": 50_000, "insured": True, "terms_version": "2026-1",
    }  # fmt: skip
    for path, value in changes.items():
        group, _dot, name = path.partition("__")
        if name:
            said[group] = {**said[group], name: value}
        else:
            said[group] = value
    return said


def send(client, said, key="k-1", **headers):
    extra = {"Idempotency-Key": key} if key is not None else {}
    return client.post(
        URL, json.dumps(said), content_type="application/json", headers={**extra, **headers}
    )


@pytest.fixture
def client_(cast, api_client):
    return api_client(*RIGHTS)


@pytest.mark.req("LIF-01", "ACC-10", "ACC-11", "PUB-03")
def test_an_order_is_taken_once_and_read_back_masked(client_):
    first = send(client_, body())
    again = send(client_, body())
    one = client_.get(f"{URL}{first.json()['number']}/")

    assert (first.status_code, again.status_code, one.status_code) == (201, 201, 200)
    assert first.json() == again.json() == one.json()
    assert Order.objects.count() == 1
    order = Order.objects.get()
    assert (order.channel, order.is_insured, order.premium_fen) == ("api", True, 250)
    assert order.fee_fen == order.freight_fen + order.premium_fen == first.json()["fee_fen"]
    assert order.terms == Terms.objects.get()
    assert order.confirmed_at is not None
    assert first.json()["recipient"]["name"] == "王*"
    assert "13800130002" not in first.content.decode()


@pytest.mark.parametrize("key", [None, "", "k" * 256, "钥匙", "a\tb"])
def test_a_missing_or_odd_key_is_refused(client_, key):
    response = send(client_, body(), key=None if key is None else key.encode().decode("latin-1"))

    assert response.status_code == 400
    assert response.json()["field"] == "Idempotency-Key"
    assert not Order.objects.exists()


def test_the_same_key_with_another_body_is_refused(client_):
    send(client_, body())

    response = send(client_, body(item__name="围巾"))

    assert (response.status_code, response.json()["code"]) == (422, "idempotency_key_reused")
    assert Order.objects.count() == 1


def test_a_twin_still_running_is_told_to_wait_and_a_dead_one_is_taken_over(client_, cast):
    send(client_, body(), key="other")
    Order.objects.all()
    row = IdempotencyKey.objects.get()
    IdempotencyKey.objects.filter(pk=row.pk).update(status=None, answer=None)

    busy = send(client_, body(), key="other")
    IdempotencyKey.objects.filter(pk=row.pk).update(
        created_at=timezone.now() - timedelta(seconds=90)
    )
    mended = send(client_, body(), key="other")

    assert busy.status_code == 409
    assert int(busy.headers["Retry-After"]) >= 1
    assert mended.status_code == 201
    assert Order.objects.count() == 1


def test_another_users_key_is_a_key_of_its_own(client_, cast, as_role):
    mine = send(client_, body())
    theirs = send(as_role("agent"), body(item__name="围巾"))

    assert (mine.status_code, theirs.status_code) == (201, 201)
    assert mine.json()["number"] != theirs.json()["number"]


def test_a_refused_body_may_be_mended_under_the_same_key(client_):
    wrong = send(client_, body(item__weight_g=0))
    right = send(client_, body())

    assert (wrong.status_code, right.status_code) == (400, 201)


@pytest.mark.req("ACC-05", "ACC-12", "ACC-15")
@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"item__weight_g": 0}, "item.weight_g"),
        ({"item__weight_g": 60_000}, "item.weight_g"),
        ({"item__weight_g": True}, "item.weight_g"),
        ({"item__length_cm": 400}, "item.length_cm"),
        ({"item__pieces": 0}, "item.pieces"),
        ({"item__name": ""}, "item.name"),
        ({"item__marks": ["loud"]}, "item.marks"),
        ({"sender__phone": "12"}, "sender.phone"),
        ({"recipient__address": "杭州"}, "recipient.address"),
        ({"recipient__name": 5}, "recipient.name"),
        ({"origin": "HUB-HZ"}, "origin"),
        ({"origin": "HZ-02"}, "origin"),
        ({"destination": "HUB-HZ"}, "destination"),
        ({"terms_version": "2001-9"}, "terms_version"),
        ({"insured": True, "declared_value_fen": 0}, "declared_value_fen"),
        ({"declared_value_fen": 9_000_000}, "declared_value_fen"),
        ({"window": {"start": "2026-03-02T10:00", "end": "x"}}, "window.start"),
        ({"sender": []}, "sender"),
        ({"fee_fen": 1}, "fee_fen"),
        ({"status": "paid"}, "status"),
    ],
)
def test_a_wrong_field_is_named_by_its_path(client_, changes, field):
    response = send(client_, body(**changes))

    assert response.status_code == 400, response.content
    assert response.json()["field"] == field
    assert not Order.objects.exists()


@pytest.mark.req("ACC-05")
def test_prohibited_goods_are_refused_and_restricted_ones_are_not(client_):
    prohibited = send(client_, body(item__name="打火机"))
    restricted = send(client_, body(item__name="充电宝"))

    assert (prohibited.status_code, prohibited.json()["field"]) == (409, "item.name")
    assert restricted.status_code == 201


def test_an_order_of_another_site_is_like_a_missing_one(client_, cast):
    foreign = make.order(origin=cast.neighbour, destination=cast.station)

    theirs = client_.get(f"{URL}{foreign.order.number}/")
    missing = client_.get(f"{URL}O99999999999/")

    assert (theirs.status_code, missing.status_code) == (404, 404)
    assert theirs.content == missing.content


@pytest.mark.req("LIF-02")
def test_the_courier_takes_an_assigned_order_on(as_role, cast):
    own = make.order(origin=cast.station, destination=cast.neighbour, courier=cast.courier.employee)
    other = make.order(origin=cast.station, destination=cast.neighbour)
    client = as_role("courier")

    taken = client.post(f"{URL}{own.order.number}/take/", headers={"X-CSRFToken": "x"})
    again = client.post(f"{URL}{own.order.number}/take/")
    foreign = client.post(f"{URL}{other.order.number}/take/")

    assert (taken.status_code, again.status_code, foreign.status_code) == (200, 200, 404)
    own.order.refresh_from_db()
    assert own.order.taken_at is not None
    assert own.order.courier == cast.courier.employee
