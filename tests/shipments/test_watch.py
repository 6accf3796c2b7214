"""What the watch opens by itself, by hours that are data."""

from __future__ import annotations

from datetime import timedelta

import pytest

from courierqa.core.access import access_for
from shipments import selectors, services
from shipments.models import ParcelException, WatchLimit
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.mark.req("EXC-07")
def test_an_order_that_nobody_picked_up_is_noticed_and_settled_by_the_pickup():
    parcel = make.order()
    early = services.watch_parcels(now=make.MONDAY + 20 * HOUR)
    found = services.watch_parcels(now=make.MONDAY + 50 * HOUR)
    again = services.watch_parcels(now=make.MONDAY + 51 * HOUR)
    assert (early["announced"], found["announced"], again["announced"]) == (0, 1, 0)

    make.accept(parcel, make.MONDAY + 52 * HOUR)

    row = ParcelException.objects.get(kind="announced")
    assert (row.status, row.closed_at) == ("solved", make.MONDAY + 52 * HOUR)


@pytest.mark.req("EXC-07", "EXC-08")
def test_hours_without_a_scan_depend_on_the_place_and_can_be_changed():
    parcel = make.accept(make.order())
    hub = make.site("HUB-9", kind="hub")
    make.tell(make.scan(parcel, "ARR", make.MONDAY + HOUR, site_id=hub.pk))
    now = make.MONDAY + 20 * HOUR
    assert services.watch_parcels(now=now)["stuck"] == 0

    row = WatchLimit.objects.get(kind="stuck", place="hub")
    services.set_watch_hours(row, hours=18, actor=None, at=now)

    assert services.watch_parcels(now=now)["stuck"] == 1
    assert not row.is_proposal


def test_a_parcel_at_a_locker_for_two_days_is_noticed_and_again_after_another_try():
    parcel = make.accept(make.order())
    locker = make.site("NB-L9", kind="locker")
    at = make.MONDAY + 5 * HOUR
    placed = {"way": "locker"}
    make.tell(make.scan(parcel, "RDY", at, site_id=locker.pk, detail=placed))
    assert services.watch_parcels(now=at + DAY)["uncollected"] == 0
    assert services.watch_parcels(now=at + 3 * DAY)["uncollected"] == 1

    make.tell(make.scan(parcel, "OFD", at + 4 * DAY, site_id=parcel.destination_id))
    make.tell(make.scan(parcel, "RDY", at + 5 * DAY, site_id=locker.pk, detail=placed))

    assert services.watch_parcels(now=at + 6 * DAY)["uncollected"] == 0
    assert services.watch_parcels(now=at + 8 * DAY)["uncollected"] == 1
    assert parcel.exceptions.filter(kind="uncollected").count() == 2


@pytest.mark.req("EXC-08")
def test_backlog_says_how_much_stays_too_long_at_each_place(cast):
    for number in range(4):
        parcel = make.accept(make.order(origin=cast.station, destination=cast.neighbour))
        at = make.MONDAY + (HOUR if number < 3 else 60 * HOUR)
        make.tell(make.scan(parcel, "ARR", at, site_id=cast.hub.pk))
    services.watch_parcels(now=make.MONDAY + 62 * HOUR)

    places = selectors.backlog(access_for(cast.lead, "watchlist", "read"))

    assert [(p.site, p.here, p.stuck, p.share) for p in places] == [(cast.hub, 4, 3, 0.75)]
    assert places[0].oldest_at == make.MONDAY + HOUR
