"""What the phone of somebody dismissed still holds: kept, marked, never dropped (F31)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from courierqa.core import calendars
from courierqa.core.errors import DomainError
from shipments.models import Finding, ScanEvent
from staff import services as staff
from tests.shipments.test_courier_pages import out_for_delivery
from tests.shipments.test_phone_api import client_of, colleague, event

pytestmark = pytest.mark.django_db


def post(client, *events):
    return client.post(
        "/api/v1/scans/batch", {"events": list(events)}, content_type="application/json"
    )


def test_the_queue_of_a_leaver_is_stored_with_a_finding_and_opens_nothing_else(cast):
    now, user = datetime.now(UTC), cast.courier
    parcel, phone = out_for_delivery(cast), client_of(user)
    told = event(parcel, user, "ATT", at=now - timedelta(minutes=30))
    staff.leave(user.employee, on=calendars.business_day(now), at=now)

    answer = post(phone, told)

    assert answer.status_code == 200
    assert answer.json()["results"][0]["result"] == "created"
    row = ScanEvent.objects.get(uid=told["id"])
    assert "leaver" in row.flags
    assert Finding.objects.filter(event_uid=row.uid, code="leaver").exists()
    assert post(phone, told).json()["results"][0]["result"] == "duplicate"
    other = colleague(cast)
    foreign = {**event(parcel, other, "ATT"), "person": other.employee.number}
    assert post(phone, foreign).json()["results"][0]["result"] == "rejected"
    assert phone.get("/m/today/").status_code in (302, 403)
    assert client_of(other).get("/m/today/").status_code == 200


def test_the_door_closes_with_a_new_password_and_after_some_days(cast):
    now, user = datetime.now(UTC), cast.courier
    parcel, phone = out_for_delivery(cast), client_of(user)
    told = event(parcel, user, "ATT")
    staff.leave(user.employee, on=calendars.business_day(now) - timedelta(days=30), at=now)
    assert post(phone, told).status_code in (401, 403)
    user.employee.left_on = calendars.business_day(now)
    user.employee.save()
    staff.set_new_password(user, by=cast.quality, at=now, reason="x")
    assert post(phone, told).status_code in (401, 403)


def test_nothing_done_after_leaving_is_taken_and_nothing_is_taken_back(cast):
    now, user = datetime.now(UTC), cast.courier
    parcel, phone = out_for_delivery(cast), client_of(user)
    before = event(parcel, user, "ATT", at=now - timedelta(minutes=30))
    staff.leave(user.employee, on=calendars.business_day(now), at=now - timedelta(minutes=10))
    after = event(parcel, user, "DLV", at=now - timedelta(minutes=5))
    back = {**event(parcel, user, "VOI", at=now - timedelta(minutes=20)),
            "corrects": before["id"], "detail": {"why": "误扫"}}  # fmt: skip

    results = post(phone, before, after, back).json()["results"]

    assert [one["result"] for one in results] == ["created", "rejected", "rejected"]
    assert list(ScanEvent.objects.filter(uid__in=[after["id"], back["id"]])) == []


def test_a_last_day_that_lies_ahead_is_refused(cast):
    now = datetime.now(UTC)
    tomorrow = calendars.business_day(now) + timedelta(days=1)

    with pytest.raises(DomainError) as refused:
        staff.leave(cast.courier.employee, on=tomorrow, at=now)

    assert (refused.value.code, refused.value.field) == ("ahead", "on")
