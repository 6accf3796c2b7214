"""Scans at a hub or station, scans told by the office, and pickups given to a courier."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from courierqa.core.models import AuditEntry
from shipments import services
from shipments.models import DeliveryRule, Parcel, Placement, ScanEvent
from staff import services as staff
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
STATION = "/scans/"


def accepted(cast: Any) -> Parcel:
    """Return a parcel picked up some hours ago, on its way from the station to its neighbour."""
    now = timezone.now()
    placed = make.order(
        origin=cast.station, destination=cast.neighbour, at=now - timedelta(hours=9)
    )
    return make.accept(placed, now - timedelta(hours=8))


def delivered(cast: Any) -> Parcel:
    parcel = accepted(cast)
    at = timezone.now() - timedelta(hours=1)
    done = {"way": "recipient", "signer": "王"}
    make.tell(make.scan(parcel, "DLV", at, site_id=cast.neighbour.pk, detail=done))
    return parcel


def told(answer: Any) -> dict[str, tuple[bool, str]]:
    """Return what the page says about each number."""
    rows = answer.context["answers"]
    return {row.waybill: (row.good, str(row.words)) for row in rows}


def last_scan(parcel: Parcel) -> ScanEvent:
    return ScanEvent.objects.filter(parcel_id=parcel.pk).latest("pk")


def ask(client: Any, *parcels: Parcel | str, **said: Any) -> Any:
    numbers = [getattr(one, "waybill", one) for one in parcels]
    data = {"code": "ARR", "site": "HZ-01", "waybills": "\n".join(numbers), **said}
    return client.post(STATION, data, headers={"Accept-Language": "en"})


def test_each_number_gets_its_own_answer(as_role: Any, cast: Any) -> None:
    good, ended = accepted(cast), delivered(cast)
    before = ScanEvent.objects.filter(parcel_id=ended.pk).count()

    answer = ask(as_role("supervisor"), good, "NOSUCH123456", ended)

    said = told(answer)
    assert answer.status_code == 200
    assert said[good.waybill] == (True, "Recorded")
    assert not said["NOSUCH123456"][0]
    assert "No such parcel" in said["NOSUCH123456"][1]
    assert not said[ended.waybill][0]
    assert "has ended" in said[ended.waybill][1]
    scan = last_scan(good)
    assert (scan.code, scan.site_id, scan.device) == ("ARR", cast.station.pk, "station")
    assert scan.person_id == cast.supervisor.employee.pk
    assert ScanEvent.objects.filter(parcel_id=ended.pk).count() == before


@pytest.mark.req("ACC-04")
def test_an_unscreened_parcel_does_not_fly_while_the_others_leave(as_role: Any, cast: Any) -> None:
    client, bare, screened = as_role("supervisor"), accepted(cast), accepted(cast)
    ask(client, screened, code="XRY", machine="X-7", result="pass")

    said = told(ask(client, bare, screened, code="DEP", mode="air"))
    by_road = told(ask(client, bare, code="DEP", mode="road"))

    assert [said[one.waybill][0] for one in (bare, screened)] == [False, True]
    assert "Screen the parcel" in said[bare.waybill][1]
    assert last_scan(screened).detail["mode"] == "air"
    assert by_road[bare.waybill][0]


def test_going_out_needs_somebody_who_carries(as_role: Any, cast: Any) -> None:
    client, parcel = as_role("supervisor"), accepted(cast)
    number = cast.courier.employee.number

    alone = ask(client, parcel, code="OFD")
    carried = ask(client, parcel, code="OFD", courier=number)

    assert alone.status_code == 422
    assert "courier" in alone.context["form"].errors
    assert parcel.waybill in alone.content.decode()
    assert told(carried)[parcel.waybill][0]
    parcel.refresh_from_db()
    assert parcel.holder_id == cast.courier.employee.pk


def test_nobody_scans_at_anothers_site(as_role: Any, cast: Any) -> None:
    parcel = accepted(cast)
    before = ScanEvent.objects.count()

    courier = as_role("courier").get(STATION)
    by_courier = ask(as_role("courier"), parcel)
    elsewhere = ask(as_role("supervisor"), parcel, site="HZ-02")

    assert courier.status_code == 200
    assert not courier.context["form"].fields["site"].queryset
    assert by_courier.status_code == elsewhere.status_code == 422
    assert ScanEvent.objects.count() == before
    assert as_role("agent").get(STATION).status_code == 403


def test_two_hundred_numbers_are_the_most(as_role: Any) -> None:
    answer = ask(as_role("supervisor"), *(f"YS{n:010}" for n in range(201)))
    assert answer.status_code == 422
    assert "200" in str(answer.context["form"].errors["waybills"])


def test_the_office_says_where_and_for_whom_it_scans(as_role: Any, cast: Any) -> None:
    staff.grant_role(cast.supervisor, "supervisor", cast.neighbour, at=timezone.now())
    client, parcel = as_role("supervisor"), accepted(cast)
    url = reverse("shipments:scan", args=[parcel.waybill])
    at = (timezone.localtime() - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M")
    said = {"code": "AST", "at": at, "why": "手机没电"}

    form = client.get(url).context["form"]
    elsewhere = client.post(url, {**said, "site": "HUB-HZ"})
    there = client.post(url, {**said, "site": "HZ-02"})
    nobody = client.post(url, {**said, "code": "OFD", "site": "HZ-01"})

    assert form["site"].initial == "HZ-01"
    assert [site.code for site in form.fields["site"].queryset] == ["HZ-01", "HZ-02"]
    assert (elsewhere.status_code, there.status_code, nobody.status_code) == (422, 302, 422)
    assert "courier" in nobody.context["form"].errors
    parcel.refresh_from_db()
    assert parcel.last_site_id == cast.neighbour.pk

    number = cast.courier.employee.number
    out = client.post(url, {**said, "code": "OFD", "site": "HZ-01", "courier": number})
    assert out.status_code == 302
    assert last_scan(parcel).person_id == cast.courier.employee.pk


def test_a_pickup_is_given_to_a_courier_of_its_site(as_role: Any, cast: Any) -> None:
    parcel = make.order(origin=cast.station, destination=cast.neighbour, at=timezone.now())
    stranger = make.courier(cast.neighbour)
    client, url = as_role("supervisor"), reverse("shipments:assign", args=[parcel.waybill])
    number = cast.courier.employee.number

    wrong = client.post(url, {"courier": stranger.number})
    right = client.post(url, {"courier": number})

    assert (wrong.status_code, right.status_code) == (422, 302)
    parcel.order.refresh_from_db()
    parcel.refresh_from_db()
    assert parcel.order.courier_id == cast.courier.employee.pk
    assert parcel.state == "pickup_due"
    assert AuditEntry.objects.filter(action="parcel.assign").count() == 1


def test_what_was_fetched_cannot_be_given_to_anybody(as_role: Any, cast: Any) -> None:
    url = reverse("shipments:assign", args=[accepted(cast).waybill])
    assert as_role("supervisor").get(url).status_code == 404
    assert as_role("courier").get(url).status_code == 403


def test_the_same_deed_pulled_twice_is_one_scan_and_says_so(as_role: Any, cast: Any) -> None:
    client, parcel = as_role("supervisor"), accepted(cast)
    first = told(ask(client, parcel, code="DEP"))
    again = told(ask(client, parcel, code="DEP"))
    other = told(ask(client, parcel, code="ARR"))

    said = [answer[parcel.waybill] for answer in (first, again, other)]
    assert said == [(True, "Recorded"), (True, "Recorded already"), (True, "Recorded")]
    codes = ScanEvent.objects.filter(parcel_id=parcel.pk, device="station")
    assert list(codes.order_by("id").values_list("code", flat=True)) == ["DEP", "ARR"]


def placing(cast: Any, count: int) -> list[Any]:
    """Return the scans by which so many parcels are put into a locker."""
    parcels = [accepted(cast) for _number in range(count)]
    at = timezone.now() - timedelta(hours=1)
    detail = {"way": "locker", "place": "北门 A03"}
    return [
        make.scan(parcel, "RDY", at, site_id=cast.neighbour.pk, detail=detail) for parcel in parcels
    ]


def count_of(queries: CaptureQueriesContext) -> int:
    """Return how many there were, but for keys, which a test's transaction cannot remember."""
    return sum("core_datakey" not in query["sql"] for query in queries)


def test_many_parcels_are_placed_with_as_many_queries_as_a_few(cast: Any) -> None:
    make.catalogue()
    asked = []
    for count in (2, 2, 6):
        scans = placing(cast, count)
        with CaptureQueriesContext(connection) as queries:
            make.tell(*scans)
        asked.append(count_of(queries))
    held = Placement.objects.order_by("pk")
    hours = DeliveryRule.objects.get(kind="locker").keep_hours

    assert asked[1] == asked[2]
    assert len({row.pickup_code for row in held}) == len(held) == 10
    assert {row.keep_until - row.placed_at for row in held} == {timedelta(hours=hours)}


def test_lost_placements_are_put_right_together(cast: Any) -> None:
    make.catalogue()
    asked = []
    for count in (1, 4):
        make.tell(*placing(cast, count))
        Placement.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            righted = services.watch_placements(now=timezone.now())["righted"]
        asked.append(count_of(queries))

    assert righted == 5
    assert asked[0] == asked[1]
