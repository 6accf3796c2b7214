"""Known answers of the scans uploaded in time (S06), told through the one writer of scans."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courierqa.core.models import ChangedDay
from courierqa.core.timeframes import parse_period
from kpi import selectors, services
from kpi.models import CourierCell
from kpi.selectors.uploads import uploads_of
from shipments import scan_counts
from shipments.models import ScanCount, ScanEvent, ScanReach
from shipments.services import record_scans
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
TINY = timedelta(microseconds=1)
AT = make.MONDAY
NOW = AT + 40 * DAY
MARCH = parse_period("2026-03")


def told(parcel, *late: timedelta, code="NTF", at=AT, source="courier", **more) -> None:
    """Tell one scan for each delay, each an hour after the one before."""
    for place, delay in enumerate(late):
        when = at + place * HOUR
        one = make.scan(parcel, code, when, recorded_at=when + delay, **more)
        record_scans([one], source=source, recorded_at=NOW)


def figure(*, period=MARCH, now=NOW, **asked):
    services.refresh_dirty(now=now)
    (found,) = selectors.figures(period, metric="S06", **asked)
    return found


def counts(**asked) -> tuple[int, int]:
    found = figure(**asked)
    return found.hits, found.total


@pytest.fixture
def parcel():
    return make.order()


@pytest.mark.req("ANA-08")
def test_half_an_hour_is_in_time_and_a_moment_more_is_not(parcel) -> None:
    """At once, 30 minutes: in time; a moment more, 25 hours: not. 2 of 4 are 50 %."""
    told(parcel, 0 * MINUTE, 30 * MINUTE, 30 * MINUTE + TINY, 25 * HOUR)

    found = figure()

    assert (found.hits, found.total, found.value) == (2, 4, 0.5)


@pytest.mark.req("ANA-08")
def test_beside_the_share_stand_late_days_clocks_ahead_and_corrections(parcel) -> None:
    told(parcel, 24 * HOUR, 24 * HOUR + TINY, 0 * MINUTE)
    told(parcel, -5 * MINUTE - TINY, -5 * MINUTE, at=AT + 9 * HOUR)
    first = ScanEvent.objects.order_by("pk").first()
    void = make.scan(parcel, "VOI", AT + DAY, corrects=first.uid, detail={"why": "wrong"})
    make.tell(void)

    found = figure()
    beside = uploads_of(MARCH)

    assert (found.hits, found.total) == (3, 5)
    assert (beside.over_day, beside.ahead, beside.corrections, beside.all) == (1, 1, 1, 6)
    assert beside.over_day_share == pytest.approx(1 / 5)
    assert beside.ahead_share == beside.corrections_share == pytest.approx(1 / 6)


def test_a_scan_counts_on_the_day_it_happened_however_late_it_came(parcel) -> None:
    """Made on the last evening of March, stored in April; a month late it still counts."""
    evening = AT.replace(day=31, hour=15, minute=59)
    told(parcel, 10 * HOUR, at=evening)
    told(parcel, 31 * DAY, at=evening - DAY)

    assert counts() == (0, 2)
    assert counts(period=parse_period("2026-04")) == (0, 0)


def test_what_happened_after_it_came_belongs_to_the_day_it_came(parcel) -> None:
    """Three minutes ahead, over midnight in China: in time, on the day before."""
    midnight = AT.replace(hour=16)
    told(parcel, -3 * MINUTE, at=midnight + MINUTE)

    assert counts(period=parse_period("2026-03-02")) == (1, 1)
    assert counts(period=parse_period("2026-03-03")) == (0, 0)


def test_a_clock_set_wrong_makes_no_months_of_its_own(parcel) -> None:
    told(parcel, 31 * DAY + TINY, at=AT)
    told(parcel, -DAY - TINY, at=AT + 300 * DAY)
    told(parcel, 0 * MINUTE, at=AT.replace(year=1999))

    assert counts() == (0, 0)
    assert [one.scans for one in ScanCount.objects.all()] == [1]


def test_files_the_system_and_test_items_tell_no_upload(parcel) -> None:
    told(parcel, DAY, source="import")
    told(parcel, DAY, source="system")
    told(make.order(is_test=True), DAY)

    assert counts() == (0, 0)


def test_a_scan_counts_where_and_by_whom_it_was_made(parcel) -> None:
    here, there = make.site("HZ-01"), make.site("NB-01")
    chen = make.courier(here)
    told(parcel, MINUTE, HOUR, site_id=here.pk, person_id=chen.pk)
    told(parcel, MINUTE, site_id=there.pk)
    told(parcel, HOUR, site_id=None)

    assert counts(site="HZ-01") == (1, 2)
    assert counts(site="NB-01") == (1, 1)
    assert counts(product=parcel.product.code) == (2, 4)
    assert counts() == (2, 4)
    cell = CourierCell.objects.get(metric="S06")
    assert (cell.courier_id, cell.site_id, cell.hits, cell.total) == (chen.pk, here.pk, 1, 2)


def test_only_days_and_sites_with_new_scans_are_counted_anew(parcel) -> None:
    here, there = make.site("HZ-01"), make.site("NB-01")
    told(parcel, MINUTE, site_id=here.pk)
    told(parcel, MINUTE, at=AT + DAY, site_id=there.pk)
    assert scan_counts.follow(now=NOW) == 2
    kept = ScanCount.objects.get(site_id=there.pk).pk
    ChangedDay.objects.all().delete()

    with CaptureQueriesContext(connection) as idle:
        assert scan_counts.follow(now=NOW) == 0
    told(parcel, HOUR, site_id=here.pk)
    assert scan_counts.follow(now=NOW + MINUTE) == 1

    assert len(idle) == 1
    assert ScanCount.objects.get(site_id=here.pk).scans == 2
    assert ScanCount.objects.get(site_id=there.pk).pk == kept
    marked = ChangedDay.objects.values_list("source", "site_id")
    assert set(marked.filter(source="scans")) == {("scans", here.pk)}


def test_what_settled_is_not_looked_at_again(parcel) -> None:
    """Ten minutes later the keys of before are let go, after ten more those of the first call."""
    reach = []
    for step in range(3):
        told(parcel, MINUTE, at=AT + step * HOUR)
        scan_counts.follow(now=NOW + step * 10 * MINUTE)
        reach.append(ScanReach.objects.values_list("safe_id", "last_id").get())

    (first, last), (second, _last), (third, _newest) = reach
    assert (first, second) == (0, last)
    assert third > second
    assert figure(now=NOW + HOUR).total == 3


def test_a_sender_who_ends_after_a_later_one_is_not_forgotten(parcel) -> None:
    """Its scans have lower keys than those counted already."""
    told(parcel, MINUTE, MINUTE, MINUTE)
    slow = ScanEvent.objects.order_by("pk").first()
    later = ScanEvent.objects.exclude(pk=slow.pk)
    free = later.last().pk + 100
    told(parcel, MINUTE, at=AT + 9 * HOUR)
    newest = ScanEvent.objects.last()
    row = ScanEvent(**{f.attname: getattr(newest, f.attname) for f in ScanEvent._meta.fields})
    row.pk, row.uid = free, make.scan(parcel, "NTF", AT).uid
    row.save(force_insert=True)
    assert figure().total == 5
    late = ScanEvent(**{f.attname: getattr(newest, f.attname) for f in ScanEvent._meta.fields})
    late.pk, late.uid = free - 50, make.scan(parcel, "NTF", AT).uid
    late.save(force_insert=True)

    assert figure().total == 6


def test_the_page_tells_what_stands_beside_the_share(client, parcel) -> None:
    told(parcel, MINUTE, 25 * HOUR, 40 * MINUTE)
    services.refresh_dirty(now=NOW)
    client.force_login(make.user("manager"))

    page = client.get(
        reverse("kpi:metric", args=["S06"]), {"period": "2026-03"}, HTTP_ACCEPT_LANGUAGE="en"
    ).content.decode()

    assert "How scans arrive" in page
    assert "3 scans of the period" in page
    assert "33.3" in page.split('id="uploads"')[1].split("</section>")[0]
