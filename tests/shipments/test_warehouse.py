"""Zones with room, parcels in them, long stays looked at, arrivals counted, damage by lane."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from courierqa.core.errors import DomainError
from shipments import services
from shipments.models import ArrivalCount, Zone, ZoneStay
from shipments.selectors import damage, warehouse
from tests.factories import network as net
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
NOW = make.MONDAY + timedelta(hours=6)
HOUR = timedelta(hours=1)


class Everything:
    """The reach of somebody who sees every site."""

    is_all = True

    def rows(self, **_columns: Any) -> Any:
        from django.db.models import Q

        return Q()


def zone(site: Any, *, capacity: int = 3, code: str = "A1", hours: int = 24) -> Zone:
    return services.save_zone(
        None, site=site, code=code, name="小件区", goods="小件", capacity=capacity,
        dwell_hours=hours, is_active=True, at=NOW, actor=None,
    )  # fmt: skip


def lying(cast: Any, count: int) -> list[Any]:
    rows = [net.accepted(cast.station, cast.neighbour, make.MONDAY) for _n in range(count)]
    make.tell(*(make.scan(p, "ARR", NOW - HOUR) for p in rows))
    for row in rows:
        row.refresh_from_db()
    return rows


@pytest.mark.req("WHS-02", "WHS-03")
def test_each_stored_parcel_has_one_zone_and_a_full_one_takes_no_more(cast: Any) -> None:
    first, other = zone(cast.station, capacity=2), zone(cast.station, code="A2")
    one, two, three = lying(cast, 3)
    answers = services.put_in_zone(
        first, waybills=[one.waybill, two.waybill, "NOSUCH"], at=NOW, actor=None
    )
    assert len(answers) == 3
    with pytest.raises(DomainError) as refused:
        services.put_in_zone(first, waybills=[three.waybill], at=NOW, actor=None)
    assert refused.value.code == "zone_full"
    services.put_in_zone(other, waybills=[one.waybill], at=NOW + HOUR, actor=None)
    assert warehouse.zone_of(one).zone == other
    (row,) = warehouse.zones_for(Everything(), now=NOW).filter(pk=first.pk)
    assert (row.inside, row.capacity) == (1, 2)
    away = net.accepted(cast.neighbour, cast.station, make.MONDAY)
    services.put_in_zone(other, waybills=[away.waybill], at=NOW, actor=None)
    assert not away.stays.exists()


@pytest.mark.req("WHS-07")
def test_a_stay_ends_with_the_scan_that_took_the_parcel_away(cast: Any) -> None:
    row = zone(cast.station)
    one, _two = lying(cast, 2)
    services.put_in_zone(row, waybills=[one.waybill, _two.waybill], at=NOW, actor=None)
    make.tell(make.scan(one, "DEP", NOW + 5 * HOUR))
    assert services.tidy_zones(now=NOW + 9 * HOUR) == {"left": 1}
    stay = ZoneStay.objects.get(parcel=one)
    assert stay.left_at == NOW + 5 * HOUR
    (seen,) = warehouse.zones_for(Everything(), now=NOW + 9 * HOUR)
    assert (seen.inside, seen.dwell) == (1, 5 * HOUR)


@pytest.mark.req("WHS-08")
def test_a_parcel_that_lies_too_long_is_looked_at_and_comes_back(cast: Any) -> None:
    row = zone(cast.station, hours=10)
    (one,) = lying(cast, 1)
    services.put_in_zone(row, waybills=[one.waybill], at=NOW, actor=None)
    stays = warehouse.long_stays
    assert not stays(Everything(), now=NOW + 9 * HOUR).exists()
    (stay,) = stays(Everything(), now=NOW + 11 * HOUR)
    with pytest.raises(DomainError):
        services.look_at_stay(stay, look=" ", at=NOW, actor=None)
    services.look_at_stay(stay, look="地址不清，已联系", at=NOW + 11 * HOUR, actor=None)
    assert not stays(Everything(), now=NOW + 12 * HOUR).exists()
    assert stays(Everything(), now=NOW + 22 * HOUR).count() == 1


@pytest.mark.req("WHS-01")
def test_an_arrival_is_counted_and_a_difference_explained(cast: Any) -> None:
    parcels = lying(cast, 2)
    trip = net.trip(cast.station, cast.hub, at=NOW)
    with pytest.raises(DomainError) as refused:
        services.count_arrival(trip, site=cast.hub, counted=2, note="", at=NOW,
                               actor=cast.supervisor)  # fmt: skip
    assert refused.value.code == "not_arrived"
    services.load_trip(trip=trip, numbers=[p.waybill for p in parcels], check="good", at=NOW,
                       person=None, actor=cast.supervisor)  # fmt: skip
    services.depart_trip(trip=trip, at=NOW, person=None, actor=cast.supervisor)
    services.arrive_trip(trip=trip, at=NOW + HOUR, actor=cast.supervisor)
    trip.refresh_from_db()
    count = {"site": cast.hub, "at": NOW + 2 * HOUR, "actor": cast.supervisor}
    with pytest.raises(DomainError) as refused:
        services.count_arrival(trip, counted=1, note="", **count)
    assert refused.value.field == "note"
    services.count_arrival(trip, counted=1, note="一件漏装", **count)
    row = ArrivalCount.objects.get()
    assert (row.expected, row.counted, row.difference) == (2, 1, -1)


@pytest.mark.req("SAF-05")
def test_damage_is_counted_by_lane_and_cause(cast: Any) -> None:
    for parcel in lying(cast, 2):
        services.open_exception(
            parcel=parcel, kind="damaged", site_id=cast.station.pk, at=NOW, actor=None, note="雨淋"
        )
    (line,) = damage.damage_by_lane(Everything(), now=NOW + HOUR)
    assert (line.origin, line.destination, line.count) == (
        cast.station.code, cast.neighbour.code, 2,
    )  # fmt: skip


def test_pages_of_the_warehouse(cast: Any, as_role: Any) -> None:
    manager = as_role("manager")
    sent = {"site": cast.station.code, "code": "B1", "name": "大件区", "goods": "", "capacity": "9",
            "dwell_hours": "24", "is_active": "on"}  # fmt: skip
    answer = manager.post("/zones/new/", sent)
    assert answer.status_code == 302
    (one,) = lying(cast, 1)
    put = {"verb": "put", "numbers": one.waybill}
    assert manager.post(answer["Location"], put).status_code == 302
    assert one.waybill in manager.get(answer["Location"]).content.decode()
    for name in ("zones", "dwell", "arrivals", "damage"):
        assert manager.get(reverse(f"shipments:{name}")).status_code == 200
    stranger = as_role("agent")
    assert stranger.get("/zones/").status_code == 403
