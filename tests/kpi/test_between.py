"""Days between rare events: Nelson's t chart with a computed vector, its sentence and its page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import translation

from kpi import selectors, stats
from kpi.board import between
from kpi.metrics import METRICS
from kpi.selectors.rare import event_days
from tests.factories.kpi import parcel_row, save_parcels
from tests.kpi.test_services import NOW

FIRST = date(2026, 1, 5)
WAITS = [3, 10, 7, 25, 1, 14, 30, 5, 9, 12, 18, 4]


def events(waits, number=1):
    days = [FIRST]
    for wait in waits:
        days.append(days[-1] + timedelta(days=wait))
    return [(day, number) for day in days]


def test_the_limits_are_those_of_the_powers() -> None:
    """Waits ^ (1/3.6): mean 1.8474, moving range 0.6275; back: 9.113, limits 0.002 and 92.48."""
    found = stats.days_between(events(WAITS))

    assert [one.days for one in found.waits] == WAITS
    assert round(found.powers.mean, 4) == 1.8474
    assert round(found.mean, 3) == 9.113
    assert round(found.high, 2) == 92.48
    assert round(found.low, 3) == 0.002
    assert (found.side, found.is_trial) == (0, False)


def test_later_waits_never_move_the_limits() -> None:
    assert (
        stats.days_between(events([*WAITS, 40, 2])).high == stats.days_between(events(WAITS)).high
    )


def test_a_long_silence_is_a_signal_while_it_still_runs() -> None:
    last = events(WAITS)[-1][0]
    quiet = stats.days_between(events(WAITS), last + timedelta(days=200))
    calm = stats.days_between(events(WAITS), last + timedelta(days=20))

    assert (quiet.running, quiet.side) == (200, 1)
    assert (calm.running, calm.side) == (20, 0)


def test_seven_short_waits_in_a_row_are_a_signal() -> None:
    assert stats.days_between(events([*WAITS, 2, 1, 2, 1, 2, 1, 1])).side == -1


def test_several_events_on_a_day_wait_zero_days() -> None:
    found = stats.days_between([(FIRST, 2), (FIRST + timedelta(days=9), 1)])

    assert [one.days for one in found.waits] == [0, 9]
    assert not found.is_judged


@pytest.mark.parametrize("number", [0, 1])
def test_nothing_and_one_event_have_no_chart(number) -> None:
    found = stats.days_between([(FIRST, 1)] * number, FIRST + timedelta(days=3))

    assert found.waits == ()
    assert found.running == (3 if number else None)
    assert between.shown(METRICS["S02"], [(FIRST, 1)] * number, FIRST) is None


@pytest.mark.parametrize(
    ("waits", "words"),
    [
        (WAITS, "No signal"),
        ([5, 6], "Too few events"),
        ([*WAITS, 2, 1, 2, 1, 2, 1, 1], "more often"),
    ],
)
def test_the_sentence_says_what_the_chart_shows(waits, words) -> None:
    with translation.override("en"):
        shown = between.shown(METRICS["S02"], events(waits), events(waits)[-1][0])

    assert words in shown.sentence
    assert len(shown.table["rows"]) == len(waits) + 1
    assert shown.option["series"][0]["data"][-1]["symbol"] == "emptyDiamond"


@pytest.mark.django_db
def test_the_days_come_from_the_cells_of_the_scope() -> None:
    """Two losses on one day at site 2, one at site 3 ten days later; the others arrived."""
    day = NOW.replace(day=2)
    for at, site, lost in ((day, 2, True), (day, 2, True), (day, 2, False),
                           (day + timedelta(days=10), 3, True)):  # fmt: skip
        save_parcels(parcel_row(accepted_at=at, due_at=at + timedelta(days=2), lost=lost,
                                lost_at=at if lost else None, site_id=site))  # fmt: skip
    from kpi import services

    services.refresh_dirty(now=NOW)
    given = {"since": date(2026, 1, 1), "until": date(2027, 1, 1)}
    every = event_days(METRICS["S02"], **given, scope=selectors.EVERYTHING)
    here = event_days(METRICS["S02"], **given, scope=selectors.Scope(sites=frozenset({2})))

    assert [number for _day, number in every] == [2, 1]
    assert (every[1][0] - every[0][0]).days == 10
    assert here == every[:1]
