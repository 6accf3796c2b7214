"""Refusals: explained, counted once, with a notice; at the counter, the door and the phone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from shipments import services
from shipments.models import (
    Parcel,
    Reason,
    Refusal,
)
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def parcel(cast) -> Parcel:
    now = timezone.now() - timedelta(hours=1)
    return make.order(origin=cast.station, destination=cast.neighbour, at=now)


@pytest.mark.req("ACC-03", "ACC-09")
def test_a_refusal_needs_its_explanation_and_is_counted_with_a_notice(as_role, cast, parcel):
    client = as_role("supervisor")
    url = reverse("shipments:refuse", args=[parcel.waybill])

    bare = client.post(url, {"reason": "no-document", "explained": ""})
    done = client.post(url, {"reason": "no-document", "explained": "未带证件，已说明须实名收寄"})

    assert (bare.status_code, done.status_code) == (422, 302)
    row = Refusal.objects.get()
    assert (row.reason.code, row.site, row.source) == ("no-document", cast.station, "office")
    parcel.refresh_from_db()
    assert parcel.state == "rejected"
    notice = client.get(done.url).content.decode()
    assert "未带证件，已说明须实名收寄" in notice
    board = client.get(reverse("shipments:refusals"))
    assert board.context["total"] == 1
    assert [(str(r), n) for r, n in board.context["by_reason"]] == [("未出示有效证件", 1)]
    assert b"R2" in b"".join(client.get(reverse("shipments:refusals_csv")).streaming_content)


@pytest.mark.req("ACC-03")
def test_a_refusal_on_the_phone_or_at_the_door_is_counted_once(cast, as_role):
    parcel = make.order(origin=cast.station, destination=cast.neighbour)
    scan = make.scan(
        parcel, "REJ", make.MONDAY, reason="forbidden", detail={"item_name": "鞭炮"},
        person_id=cast.courier.employee.pk,
    )  # fmt: skip

    make.tell(scan)
    make.tell(scan)

    row = Refusal.objects.get()
    assert (row.item_name, row.person, row.explained) == ("鞭炮", cast.courier.employee, "")


@pytest.mark.req("ACC-03")
def test_a_walk_in_refusal_makes_no_parcel(as_role, cast):
    client = as_role("supervisor")

    response = client.post(
        reverse("shipments:refusal_new"),
        {"site": "HZ-01", "item_name": "油漆", "reason": "forbidden",
         "explained": "油漆易燃，不能寄递"},
    )  # fmt: skip

    assert response.status_code == 302
    assert not Parcel.objects.exists()
    assert Refusal.objects.get().number.startswith("R")
    text = client.get(reverse("shipments:refusal_pdf", args=[Refusal.objects.get().number]))
    assert text["Content-Type"] == "application/pdf"


def test_a_refusal_of_another_site_is_like_a_missing_one(as_role, cast):
    row = services.refuse_walk_in(
        reason=Reason.objects.get(code="forbidden"), explained="不能寄递", item_name="油漆",
        site=cast.neighbour, person=None, at=timezone.now(), actor=None,
    )  # fmt: skip
    client = as_role("supervisor")

    theirs = client.get(reverse("shipments:refusal", args=[row.number]))
    missing = client.get(reverse("shipments:refusal", args=["R999"]))

    assert (theirs.status_code, missing.status_code) == (404, 404)
