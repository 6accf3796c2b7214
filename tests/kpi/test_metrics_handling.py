"""Known answers of figures about appointments, acceptance, sorting, traces, and what is overdue."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from courierqa.core.timeframes import parse_period
from kpi import selectors, services
from kpi.models import Cell
from kpi.rollups.under_way import age_class
from shipments.facts import days_changed, held_rows
from tests.factories.kpi import parcel_row, save_parcels
from tests.factories.staff import SiteFactory
from tests.kpi.known import ACCEPTED, DUE, HOUR, WEEK_END, counted, delivered, figure, parcel

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
W40 = parse_period("2026-W40")
TINY = timedelta(microseconds=1)


def test_booked_delivery_times_kept() -> None:
    """2 of 3 booked times had somebody at the door; without a booked time: not here."""
    parcel(slot_at=DUE, slot_kept=True)
    parcel(slot_at=DUE, slot_kept=True)
    parcel(slot_at=DUE)
    parcel()

    assert counted("T09") == (2, 3)


def test_what_is_overdue_and_open_at_the_end_of_each_day() -> None:
    """Five accepted on 4 Oct; four promised for the 7th, 20:00. One is delivered on the 7th, one on
    the 9th, one is lost on the 9th, one stays open; the fifth is promised for November.

    At the end of   4th 5th 6th 7th 8th 9th 10th 11th
    under way        5   5   5   4   4   2   2    2
    overdue          0   0   0   3   3   1   1    1
    """
    delivered(DUE)
    delivered(DUE + 2 * DAY)
    parcel()
    parcel(due_at=DUE + 30 * DAY)  # under way and not overdue
    parcel(lost=True, lost_at=DUE + 2 * DAY)
    services.refresh_dirty(now=WEEK_END)

    rows = Cell.objects.filter(metric="T10").order_by("day").values_list("day", "hits", "total")

    assert [(day.day, hits, total) for day, hits, total in rows] == [
        (4, 0, 5), (5, 0, 5), (6, 0, 5), (7, 3, 4), (8, 3, 4), (9, 1, 2), (10, 1, 2), (11, 1, 2),
    ]  # fmt: skip


def test_a_period_shows_its_last_ended_day_and_days_do_not_add_up() -> None:
    """On Thursday the 8th at noon the week stands at Wednesday's end."""
    SiteFactory(pk=2)
    parcel()
    delivered(DUE + 3 * DAY)

    thursday = datetime(2026, 10, 8, 4, tzinfo=UTC)

    assert counted("T10", now=thursday) == (2, 2)
    assert counted("T10") == (1, 1)
    assert counted("T10", period=parse_period("2026-10")) == (1, 1)
    (then,) = selectors.figures("2026-W41", metric="T10", as_of=thursday)
    assert (then.hits, then.total) == (2, 2)


def test_nothing_under_way_at_the_end_says_nothing_although_days_before_had_some() -> None:
    delivered(DUE)

    assert counted("T10") == (0, 0)
    assert Cell.objects.filter(metric="T10").count() == 3


@pytest.mark.parametrize(("days", "expected"), [(0, 0), (1, 1), (2, 1), (3, 2), (6, 2), (7, 3)])
def test_ages_of_overdue_parcels(days: int, expected: int) -> None:
    """A promise of the very day is at most 24 hours old at its end; then 3 days, 7 days, more."""
    assert age_class(days) == expected


def test_a_late_upload_of_an_earlier_end_counts_past_days_anew() -> None:
    """Known on the 12th: it had been delivered on the 9th. The 9th to the 11th are counted anew."""
    row = parcel(number=77)
    services.refresh_dirty(now=WEEK_END)
    assert counted("T10") == (1, 1)
    before = held_rows([77])[77]

    row.delete()
    save_parcels(parcel_row(number=77, accepted_at=ACCEPTED, due_at=DUE, done_at=DUE + 2 * DAY))
    today = (WEEK_END + HOUR).date() + DAY
    pairs = days_changed(before, held_rows([77])[77], today=today)

    assert {day.day for day, site in pairs if site == 2} >= {9, 10, 11}


def test_a_parcel_that_changes_nothing_under_way_marks_no_days_between() -> None:
    parcel(number=78)
    row = held_rows([78])[78]

    pairs = days_changed(row, row._replace(damaged=True), today=WEEK_END.date())

    assert pairs == row.days_touched()
    assert days_changed(row, row._replace(state="out"), today=WEEK_END.date()) == set()
    found = days_changed(row, row._replace(scans_present=6), today=WEEK_END.date())
    assert found == {(row.due_day, row.site_id)}


def test_trace_completeness_adds_scans_up() -> None:
    """6 of 6, 4 of 6, and 3 of 3 (still on its way): 13 of 15 scans, 2 missing in one parcel."""
    parcel(scans_expected=6, scans_present=6)
    parcel(scans_expected=6, scans_present=4)
    parcel(scans_expected=3, scans_present=3)
    parcel(scans_expected=9, scans_present=1, is_test=True)

    found = figure("S05")
    rows = selectors.records(
        "S05", parse_period("2026-W41"), scope=selectors.EVERYTHING, as_of=WEEK_END
    )

    assert (found.hits, found.total, found.failed) == (13, 15, 2)
    assert rows.count() == 1


def test_acceptance_safety_counts_what_needs_it_at_the_accepting_site() -> None:
    """Inspected 1 of 2 that need it; a letter needs none; a mute import is excluded.

    Real name 1 of 1: the customer with an agreement and the letter need none.
    """
    origin, serving = SiteFactory(pk=1), SiteFactory(pk=2)
    parcel(inspected=True, identified=True)
    parcel(needs_identity=False)
    parcel(needs_inspection=False, needs_identity=False)
    parcel(checks_told=False)
    parcel(is_test=True)

    looked, named = figure("A01", period=W40), figure("A02", period=W40)

    assert (looked.hits, looked.total, looked.excluded) == (1, 2, 1)
    assert (named.hits, named.total, named.excluded) == (1, 1, 1)
    assert counted("A01", period=W40, site=origin.code) == (1, 2)
    assert counted("A01", period=W40, site=serving.code) == (0, 0)


def test_refusals_per_ten_thousand_accepted() -> None:
    """1 refused beside 4 accepted in the week: 2,500 per 10,000."""
    for _number in range(4):
        parcel()
    parcel(accepted_at=None, due_at=None, refused_at=ACCEPTED, state="rejected")

    found = figure("A05", period=W40)

    assert (found.hits, found.total, found.value) == (1, 4, 2_500)
