"""The log of messages to customers: complete, masked, filtered by address, exported."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from courierqa.core import notify
from courierqa.core.models import AuditEntry, Message
from courierqa.core.notify.writing import text_version
from courierqa.core.privacy import mask_phone
from tests.factories import core as make
from tests.factories import shipments as parcels

NOW = datetime(2026, 3, 2, 6, tzinfo=UTC)
PHONE = "13798763391"
pytestmark = pytest.mark.django_db


def signed_in(role):
    client = Client()
    client.force_login(make.person(role))
    return client


def written(key="a", *, channel="sms", to=PHONE, parcel=None, **more):
    return notify.send(
        key=key, channel=channel, template="shipments/parcel_delayed", language="en", to=to,
        context={"parcel": parcel, "company": "X"}, obj=parcel, at=NOW, **more,
    )  # fmt: skip


@pytest.mark.req("ONL-05")
def test_the_log_shows_channel_state_version_and_number_but_not_the_person():
    parcel = parcels.order()
    message = written(parcel=parcel)
    written("b", channel="email", to="wang.fang@example.com")
    Message.objects.filter(key="b").update(state="failed", error="SMTPException")

    text = signed_in("agent").get("/messages/").content.decode()

    assert PHONE not in text
    assert mask_phone(PHONE) in text
    assert "w***@example.com" in text
    assert "wang.fang" not in text
    assert f'href="/parcels/{parcel.waybill}/"' in text
    assert message.text_version == text_version("shipments/parcel_delayed", "en")
    assert message.text_version in text
    assert "SMTPException" in text


def test_notices_to_colleagues_are_not_in_it():
    written(channel="in_app", to="", user=make.person("agent"))

    assert list(signed_in("lead").get("/messages/").context["page"]) == []


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ({}, ["c", "b", "a"]),
        ({"channel": "email"}, ["b"]),
        ({"state": "failed"}, ["c"]),
        ({"about": "YS 0000 0000 0000 1"}, ["a"]),
        ({"about": "YS9"}, []),
        ({"from_day": "2000-01-01", "to_day": "2000-01-02"}, []),
    ],
)
def test_the_filters_live_in_the_address(query, keys):
    written(parcel=parcels.order(waybill="YS0000000000001"))
    written("b", channel="email", to="a@example.com")
    written("c")
    Message.objects.filter(key="c").update(state="failed")

    page = signed_in("quality").get("/messages/", query).context["page"]

    assert [row.key for row in page] == keys


def test_a_wrong_filter_is_named():
    assert signed_in("lead").get("/messages/", {"from_day": "never"}).status_code == 422


def test_the_export_is_masked_defended_and_on_record():
    written(parcel=parcels.order())

    answer = signed_in("lead").get("/messages/messages.csv")

    text = b"".join(answer.streaming_content).decode()
    assert PHONE not in text
    assert "parcel_delayed" in text
    assert AuditEntry.objects.filter(action="message.export").count() == 1
    assert signed_in("agent").get("/messages/messages.csv").status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_log_asks_a_fixed_number_of_questions(rows, django_assert_max_num_queries):
    for number in range(rows):
        written(str(number), parcel=parcels.order())
    client = signed_in("lead")
    client.get("/messages/")

    with django_assert_max_num_queries(9):
        assert client.get("/messages/").status_code == 200
