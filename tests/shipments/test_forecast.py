"""Forecasts: pure arithmetic, the nightly learning, marks before a parcel is late."""

from __future__ import annotations

from datetime import timedelta

import pytest

from shipments import forecast, services
from shipments.forecast import Link, Pace
from shipments.models import (
    Lane,
    LaneLeg,
    LanePace,
    Parcel,
    PredictionScore,
    StationWait,
    WatchMark,
)
from shipments.services.foreseeing import mark_parcels
from tests.factories import shipments as make

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
T = make.MONDAY
PLAN = [Link("PUP", 1), Link("ARR", 2), Link("AST", 3), Link("OFD", 3)]
PACES = {0: Pace(0, 30, 0, 600), 1: Pace(1, 30, 300, 300), 2: Pace(2, 30, 120, 120)}


@pytest.mark.parametrize(
    ("values", "share", "wanted"),
    [([5], 0.8, 5), ([1, 2, 3, 4, 5], 0.8, 4), ([5, 1, 4, 2, 3], 0.5, 3), (range(1, 101), 0.8, 80)],
)
def test_a_percentile_is_the_value_that_the_share_does_not_exceed(values, share, wanted):
    assert forecast.percentile(list(values), share) == wanted


def test_a_plan_begins_with_the_pickup_and_ends_with_the_round():
    plan = forecast.full_plan([Link("ARR", 2), Link("AST", 3)], origin=1, destination=3)

    assert plan == PLAN
    assert forecast.shape_of(plan) == "PUP-ARR-AST-OFD"
    assert forecast.position_of(plan, "ARR", 9) is None


@pytest.mark.req("TIM-16")
@pytest.mark.parametrize(
    ("waited", "wanted"),
    [(0, T + 10 * HOUR), (5, T + 10 * HOUR), (6, T + 11 * HOUR), (30, T + 35 * HOUR)],
)
def test_the_expected_arrival_moves_while_a_parcel_waits(waited, wanted):
    now = T + waited * HOUR

    assert forecast.expected_at(PACES, 0, seen_at=T, now=now) == wanted


def test_few_journeys_predict_nothing():
    few = {0: Pace(0, forecast.MIN_JOURNEYS - 1, 0, 600)}

    assert forecast.expected_at(few, 0, seen_at=T, now=T) is None
    assert not forecast.is_at_risk(None, T + HOUR, now=T)


@pytest.mark.parametrize(
    ("times", "due", "wanted"),
    [
        ({0: T}, T + 9 * HOUR, T),
        ({0: T, 1: T + HOUR}, T + 11 * HOUR, None),
        ({0: T}, T + 11 * HOUR, T + 6 * HOUR),
        ({0: T, 1: T + 8 * HOUR}, T + 11 * HOUR, T + 6 * HOUR),
        ({0: T, 1: T + 5 * HOUR}, T + 11 * HOUR, T + 9 * HOUR),
        ({}, T, None),
    ],
)
def test_the_first_warning_is_the_moment_a_sleepless_watch_would_have_spoken(times, due, wanted):
    if wanted is None and times:
        times = {**times, 2: T + 2 * HOUR}
        assert forecast.first_warning({**PACES, 2: Pace(2, 30, 1, 1)}, times, due) is None
    else:
        assert forecast.first_warning(PACES, times, due) == wanted


def lane_of(origin, hub, destination) -> Lane:
    lane = Lane.objects.create(origin=origin, destination=destination)
    LaneLeg.objects.create(lane=lane, position=1, site=hub, code="ARR", limit_minutes=6 * 60)
    LaneLeg.objects.create(
        lane=lane, position=2, site=destination, code="AST", limit_minutes=30 * 60
    )
    return lane


def journey(lane: Lane, hub, start, *, to_hub: int, to_station: int, done: int | None) -> Parcel:
    """Tell one journey; hours from the pickup."""
    parcel = make.order(origin=lane.origin, destination=lane.destination, at=start - HOUR)
    Parcel.objects.filter(pk=parcel.pk).update(lane=lane)
    parcel.refresh_from_db()
    make.accept(parcel, start)
    make.tell(make.scan(parcel, "ARR", start + to_hub * HOUR, site_id=hub.pk))
    there = lane.destination_id
    if done is not None:
        make.tell(make.scan(parcel, "AST", start + to_station * HOUR, site_id=there))
        at = start + done * HOUR
        make.tell(
            make.scan(parcel, "OFD", at - HOUR, site_id=there),
            make.scan(parcel, "DLV", at, site_id=there, detail={"way": "recipient"}),
        )
    parcel.refresh_from_db()
    return parcel


@pytest.fixture
def learnt(db):
    """Thirty journeys of one lane, half of them within 40 hours, four of five within 44."""
    hub = make.site("HUB-1", kind="hub")
    lane = lane_of(make.site("HZ-01", city="杭州"), hub, make.site("NB-01", city="宁波"))
    for number in range(30):
        start = T - 20 * DAY + number * 6 * HOUR
        journey(lane, hub, start, to_hub=4, to_station=30, done=36 + number % 10)
    services.learn_paces(now=T)
    return lane, hub


@pytest.mark.req("TIM-16", "TIM-17")
def test_paces_are_learnt_per_lane_and_pooled(learnt):
    lane, _hub = learnt

    own = LanePace.objects.get(lane_id=lane.pk, position=1)
    assert (own.n, own.leg_p80, own.rest_p80) == (30, 4 * 60, 39 * 60)
    assert LanePace.objects.get(lane_id=0, position=1).rest_p80 == own.rest_p80
    score = PredictionScore.objects.get()
    assert (score.late, score.hits) == (0, 0)

    services.learn_paces(now=T - 13 * DAY)
    wait = StationWait.objects.filter(site_id=lane.destination_id).order_by("day").first()
    assert wait.n >= 1
    assert 6 * 60 <= wait.median <= 15 * 60


@pytest.mark.req("TIM-16", "EXC-07")
def test_a_parcel_is_marked_before_it_is_late_and_cleared_when_it_catches_up(learnt):
    lane, hub = learnt
    parcel = journey(lane, hub, T, to_hub=4, to_station=0, done=None)
    due = parcel.promised_by

    calm = mark_parcels(now=T + 5 * HOUR)
    # The rest after the station takes 14 hours for four of five; less than that is left.
    late = due - 10 * HOUR
    told = mark_parcels(now=late)

    assert calm == {"risk": 0, "behind": 0}
    assert told == {"risk": 1, "behind": 1}
    mark = WatchMark.objects.get(kind="risk")
    assert (mark.since, mark.due_at) == (late, due)
    assert mark.expected_at > due > late
    mark_parcels(now=late + HOUR)
    mark.refresh_from_db()
    assert (mark.since, mark.cleared_at) == (late, None)

    make.deliver(parcel, late + 3 * HOUR)
    mark_parcels(now=late + 4 * HOUR)
    assert WatchMark.objects.filter(cleared_at=None).count() == 0
