"""Total delay: lost without a trace past the limit, found by the first scan that touches it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shipments import services
from shipments.models import Parcel, ScanEvent
from shipments.services.total_delay import without_trace
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def parcel():
    """Return a parcel that left its hub and was never seen again."""
    made = make.accept(make.order())
    make.tell(make.scan(made, "DEP", make.MONDAY + 3 * HOUR))
    return Parcel.objects.get(pk=made.pk)


def limit_of(parcel):
    return parcel.promised_by + (timedelta(days=3) if parcel.is_same_city else timedelta(days=7))


def codes_of(parcel):
    rows = ScanEvent.objects.filter(parcel_id=parcel.pk).order_by("effective_at")
    return [row.code for row in rows if row.code in ("LST", "FND", "ARR", "DLV")]


@pytest.mark.parametrize("is_same_city", [True, False])
def test_it_is_lost_after_its_limit_not_a_moment_earlier(parcel, is_same_city):
    Parcel.objects.filter(pk=parcel.pk).update(is_same_city=is_same_city)
    parcel.refresh_from_db()

    services.watch_parcels(now=limit_of(parcel))
    parcel.refresh_from_db()
    assert parcel.state != "lost"

    services.watch_parcels(now=limit_of(parcel) + HOUR)
    services.watch_parcels(now=limit_of(parcel) + 2 * HOUR)
    parcel.refresh_from_db()
    assert (parcel.state, codes_of(parcel)) == ("lost", ["LST"])
    assert parcel.facts.lost
    assert parcel.facts.lost_at == limit_of(parcel)
    assert parcel.exceptions.filter(kind="lost").count() == 1


def test_a_newer_trace_puts_it_off(parcel):
    late = parcel.promised_by + 5 * DAY
    make.tell(make.scan(parcel, "ARR", late, site_id=parcel.destination_id))

    assert not without_trace(limit_of(parcel) + HOUR).exists()
    assert without_trace(late + 7 * DAY + HOUR).exists()


@pytest.mark.parametrize("is_told_late", [False, True])
def test_the_first_scan_that_touches_it_finds_it_again(parcel, is_told_late):
    gone = limit_of(parcel)
    services.watch_parcels(now=gone + HOUR)
    at = gone - HOUR if is_told_late else gone + 2 * HOUR
    seen = make.scan(parcel, "ARR", at, site_id=parcel.destination_id)
    make.tell(seen)
    make.tell(seen)

    parcel.refresh_from_db()
    assert parcel.state == "at_site"
    assert sorted(codes_of(parcel)) == ["ARR", "FND", "LST"]
    assert not parcel.facts.lost

    make.deliver(parcel, gone + 5 * HOUR)
    parcel.refresh_from_db()
    assert parcel.state == "delivered"


def test_what_a_person_declared_lost_only_a_person_finds(parcel):
    at = parcel.promised_by + HOUR
    services.declare_loss(parcel=parcel, why="全网查找无果", at=at, actor=None)
    make.tell(make.scan(parcel, "ARR", at + HOUR, site_id=parcel.destination_id))

    parcel.refresh_from_db()
    assert parcel.state == "lost"
    assert parcel.findings.filter(code="after_end").exists()


def test_history_told_after_the_fact_is_counted_without_a_search(parcel):
    services.watch_parcels(now=limit_of(parcel) + 40 * DAY)

    parcel.refresh_from_db()
    assert parcel.facts.lost
    assert not parcel.exceptions.filter(kind="lost").exists()
