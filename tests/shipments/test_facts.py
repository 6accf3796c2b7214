"""Facts: the worked example that catches survivorship bias, exclusions, losses, causes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db.models import F

from courierqa.core.models import ChangedDay
from shipments import services
from shipments.facts import DAYS
from shipments.models import Exemption, Lane, LaneLeg, Parcel, ParcelFacts
from tests.factories import shipments as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
END_OF_WEEK = make.MONDAY + 8 * DAY


def due_of(parcel: Parcel) -> datetime:
    parcel.refresh_from_db()
    assert parcel.promised_by is not None
    return parcel.promised_by


def shares(as_of: datetime) -> tuple[tuple[int, int], tuple[int, int]]:
    """Count T01 and T02 from the columns alone, as figures do."""
    due = ParcelFacts.objects.filter(due_at__lte=as_of, is_test=False)
    t01, t02 = due.filter(out_t01=False), due.filter(out_t02=False)
    return (
        (t01.filter(done_at__lte=F("due_at")).count(), t01.count()),
        (t02.filter(attempt_at__lte=F("due_at")).count(), t02.count()),
    )


@pytest.mark.req("TIM-12", "TIM-18")
def test_silence_counts_and_a_refused_parcel_does_not_flatter():
    parcels = [make.accept(make.order()) for _number in range(10)]
    due = due_of(parcels[0])
    for parcel in parcels[:6]:
        make.deliver(parcel, due - HOUR - DAY)
    make.deliver(parcels[6], due + DAY)
    make.tell(make.scan(parcels[7], "DEP", make.MONDAY + HOUR))  # open, past due
    services.declare_loss(parcel=parcels[8], why="not found", at=due + 2 * DAY, actor=None)
    door = due - 10 * HOUR
    make.tell(
        make.scan(parcels[9], "OFD", door - HOUR),
        make.scan(parcels[9], "RFS", door, reason="refuses", detail={"photo": True}),
        make.scan(parcels[9], "RTS", door + HOUR, detail={"cause": "refused"}),
    )
    make.accept(make.order(), make.MONDAY + 7 * DAY)  # an eleventh, due next week

    assert shares(due + HOUR) == ((6, 9), (7, 10))


def test_a_recall_before_the_deadline_leaves_both_shares_and_after_it_stays():
    early, late = make.accept(make.order()), make.accept(make.order())
    due = due_of(early)
    make.tell(make.scan(early, "RTS", due - HOUR, detail={"cause": "recall"}))
    make.tell(make.scan(late, "RTS", due + HOUR, detail={"cause": "recall"}))

    assert shares(due + DAY) == ((0, 1), (0, 1))


@pytest.mark.req("ANA-06")
def test_a_found_parcel_is_no_loss_but_stays_declared():
    parcel = make.accept(make.order())
    services.declare_loss(parcel=parcel, why="searched", at=make.MONDAY + 9 * DAY, actor=None)
    parcel.refresh_from_db()
    lost = ParcelFacts.objects.get()
    assert (lost.lost, lost.lost_at) == (True, make.MONDAY + 9 * DAY)

    services.declare_found(
        parcel=parcel, site_id=parcel.destination_id, at=make.MONDAY + 10 * DAY, actor=None
    )

    found = ParcelFacts.objects.get()
    assert (found.lost, found.lost_at) == (False, make.MONDAY + 9 * DAY)


@pytest.mark.req("LIF-25", "EXC-02")
def test_only_confirmed_damage_counts_and_only_once():
    parcel = make.accept(make.order())
    say = {"parcel": parcel, "stage": "hub", "why": "crushed corner", "actor": None}

    services.report_damage(**say, confirmed=False, at=make.MONDAY + HOUR)
    seen = ParcelFacts.objects.get().damaged
    services.report_damage(**say, confirmed=True, at=make.MONDAY + 2 * HOUR)
    services.report_damage(**say, confirmed=True, at=make.MONDAY + 3 * HOUR)

    assert (seen, ParcelFacts.objects.get().damaged) == (False, True)
    assert parcel.exceptions.filter(kind="damaged").count() == 1


def test_a_parcel_without_a_promise_gets_the_products_default_and_a_flag():
    parcel = make.order()
    make.tell(make.scan(parcel, "ARR", make.MONDAY))

    facts = ParcelFacts.objects.get()

    assert facts.accepted_at == make.MONDAY
    assert facts.due_defaulted
    assert facts.due_at is not None
    make.accept(parcel, make.MONDAY - HOUR)
    assert not ParcelFacts.objects.get().due_defaulted


def test_an_order_that_was_never_picked_up_is_in_no_figure():
    make.order()

    facts = ParcelFacts.objects.get()

    assert (facts.accepted_at, facts.due_at, facts.hours_at) == (None, None, None)


def test_an_approved_exemption_covers_the_deadline_of_its_place():
    parcel = make.accept(make.order())
    due = due_of(parcel)
    exemption = Exemption.objects.create(
        site=parcel.destination,
        starts_at=due - DAY,
        ends_at=due + DAY,
        cause="台风",
        evidence="公告",
    )
    services.refold([parcel.pk], now=due)
    waiting = ParcelFacts.objects.get().exempt
    exemption.approved_at = due
    exemption.save()
    services.refold([parcel.pk], now=due)

    assert (waiting, ParcelFacts.objects.get().exempt) == (False, True)


@pytest.mark.req("EXC-09", "TIM-01", "TIM-15")
def test_the_first_overrun_link_is_named_not_the_last():
    origin, hub, end = make.site("HZ-01"), make.site("HZ-H1", kind="hub"), make.site("NB-01")
    lane = Lane.objects.create(origin=origin, destination=end)
    plan = [("DEP", origin, 8), ("ARR", hub, 12), ("DEP", hub, 20), ("AST", end, 30)]
    for position, (code, at_site, hours) in enumerate(plan):
        LaneLeg.objects.create(
            lane=lane, position=position, site=at_site, code=code, limit_minutes=hours * 60
        )
    parcel = make.accept(make.order(origin=origin, destination=end))
    start, due = make.MONDAY, due_of(parcel)
    make.tell(
        make.scan(parcel, "DEP", start + 7 * HOUR),
        make.scan(parcel, "ARR", start + 11 * HOUR, site_id=hub.pk),
        make.scan(parcel, "DEP", start + 99 * HOUR, site_id=hub.pk),
        make.scan(parcel, "AST", start + 110 * HOUR, site_id=end.pk),
    )
    make.deliver(parcel, due + 5 * HOUR)

    facts = ParcelFacts.objects.get()

    assert (facts.cause_leg, facts.cause_site_id) == ("DEP HZ-H1", hub.pk)


def test_changed_days_name_the_old_and_the_new_day_and_both_sites():
    parcel = make.accept(make.order())
    ChangedDay.objects.all().delete()
    make.deliver(parcel, make.MONDAY + 2 * DAY)

    pairs = set(ChangedDay.objects.filter(source="parcels").values_list("day", "site_id"))

    facts = ParcelFacts.objects.get()
    days = {getattr(facts, name) for name in DAYS} - {None}
    here = {(day, parcel.destination_id) for day in days} | {(facts.accepted_day, parcel.origin_id)}
    # Tuesday's end had it stuck until the delivery was known.
    assert pairs == here | {(make.MONDAY.date() + DAY, parcel.destination_id)}


def test_nothing_is_marked_when_a_scan_changes_no_fact():
    parcel = make.accept(make.order())
    make.tell(make.scan(parcel, "ARR", make.MONDAY + HOUR))
    ChangedDay.objects.all().delete()

    make.tell(make.scan(parcel, "BAG", make.MONDAY + 2 * HOUR))

    assert not ChangedDay.objects.exists()
