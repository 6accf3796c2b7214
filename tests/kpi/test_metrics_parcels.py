"""Known answers of further figures about parcels, worked out by hand (domain part B, C1 to C3)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from courierqa.core.timeframes import parse_period
from kpi import services
from shipments import services as parcels
from shipments.models import ParcelFacts
from tests.factories import shipments as make
from tests.kpi.known import ACCEPTED, DUE, HOUR, WEEK_END, counted, delivered, figure, parcel

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
# Accepted 4 Oct 10:00: the 24 hours end on Monday the 5th, in week 41.
IN_24_H = ACCEPTED + 24 * HOUR
TINY = timedelta(microseconds=1)


@pytest.mark.req("TIM-03")
def test_within_a_city_24_hours_count_whatever_was_promised() -> None:
    """In time 1 of 5: exactly at 24 h is in time (B4); a moment later, open, lost and found are
    not (B2, B14). A recalled one leaves (B11); one between cities is in the 72-hour figure."""
    city = {"same_city": True, "due_at": DUE + 3 * DAY}
    delivered(IN_24_H, **city)
    delivered(IN_24_H + TINY, **city)
    parcel(**city)
    parcel(state="lost", lost=True, lost_at=DUE, **city)
    delivered(IN_24_H - HOUR, lost_at=IN_24_H - 2 * HOUR, **city)
    parcel(out_t03=True, **city)
    delivered(IN_24_H, due_at=DUE + 3 * DAY)

    found = figure("T04")

    assert (found.hits, found.total, found.excluded) == (1, 5, 1)
    assert counted("T03") == (1, 1)


def test_24_hours_not_yet_over_are_on_neither_side() -> None:
    parcel(same_city=True)

    before, after = figure("T04", now=IN_24_H - TINY), figure("T04", now=IN_24_H)

    assert (before.total, before.not_yet_due) == (0, 1)
    assert (after.hits, after.total) == (0, 1)


def test_total_delay_waits_three_days_in_a_city_and_seven_between_cities() -> None:
    """Promised for 7 Oct 20:00: the city's limit is the 10th 20:00, the other's the 14th.

    By Sunday 24:00 three city parcels are judged: open (hit), done at the very limit (no hit, B4),
    done a moment after it (hit). The one between cities is not yet due (B1).
    """
    end = DUE + 3 * DAY
    parcel(same_city=True)
    delivered(end, same_city=True)
    delivered(end + TINY, same_city=True)
    parcel()

    found = figure("T11")
    october = figure("T11", period=parse_period("2026-10"), now=WEEK_END)

    assert (found.hits, found.total, found.value) == (2, 3, pytest.approx(20_000 / 3))
    assert (october.total, october.not_yet_due) == (3, 1)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        pytest.param({"out_t11": True}, (0, 0), id="B11, B12 recalled or refused in time leaves"),
        pytest.param({"is_test": True}, (0, 0), id="B25 a test item is nowhere"),
        pytest.param({"lost": True, "lost_at": DUE}, (1, 1), id="lost is not done"),
        pytest.param({"damaged": True, "done_at": DUE}, (0, 1), id="B15 damaged is delivered"),
        pytest.param(
            {"lost_at": DUE, "done_at": DUE + DAY}, (0, 1), id="found and delivered in these days"
        ),
    ],
)
def test_total_delay_edges(given: dict, expected: tuple[int, int]) -> None:
    parcel(same_city=True, **given)

    assert counted("T11") == expected


def test_the_outcome_a_week_after_the_promise_excludes_nothing() -> None:
    """Promised for 30 Sep 20:00, read on 7 Oct 20:00: done 2 (one of them found again) of 7;
    the others are open, lost, recalled, refused, and done a moment too late."""
    due = DUE - 7 * DAY
    common = {"accepted_at": ACCEPTED - 7 * DAY, "due_at": due}
    delivered(DUE, **common)
    delivered(DUE - HOUR, lost_at=due, **common)
    delivered(DUE + TINY, **common)
    parcel(**common)
    parcel(state="lost", lost=True, lost_at=due, **common)
    parcel(state="returned", out_t01=True, out_t11=True, **common)
    parcel(state="returning", out_t01=True, attempt_at=due, **common)

    before, found = figure("D02", now=DUE - TINY), figure("D02")

    assert before.not_yet_due == 7
    assert (found.hits, found.total, found.excluded) == (2, 7, 0)


def test_shortage_counts_a_parcel_once_and_beside_damage() -> None:
    """Of 4 accepted on 4 Oct: short 2, one of them damaged too; 500,000 per million."""
    delivered(DUE, short=True)
    delivered(DUE, short=True, damaged=True)
    delivered(DUE, damaged=True)
    parcel()

    found = figure("S04", period=parse_period("2026-W40"))

    assert (found.hits, found.total, found.value) == (2, 4, 500_000)


def test_a_full_rebuild_makes_facts_of_an_older_version_anew() -> None:
    """After an upgrade: the columns that came later are empty until everything is rebuilt."""
    make.accept(make.order())
    blank = {"total_at": None, "total_day": None, "week_at": None, "week_day": None, "made_by": 1}
    whole = ParcelFacts.objects.values(*blank).get()
    ParcelFacts.objects.update(**blank)

    services.rebuild(now=make.MONDAY + 40 * DAY)

    assert ParcelFacts.objects.values(*blank).get() == whole
    assert parcels.renew_facts(now=make.MONDAY + 40 * DAY) == 0
    period = parse_period(f"{whole['week_day']:%Y-%m}")
    assert figure("D02", period=period, now=make.MONDAY + 40 * DAY).total == 1
