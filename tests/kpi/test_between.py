"""Items between rare events: Nelson's t chart with a computed vector, its sentence and its page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import translation

from kpi import selectors, stats
from kpi.board import between
from kpi.metrics import METRICS
from kpi.selectors.rare import event_days
from kpi.stats import EventDay
from tests.factories.kpi import parcel_row, save_parcels
from tests.kpi.test_services import NOW

FIRST = date(2026, 1, 5)
WAITS = [3, 10, 7, 25, 1, 14, 30, 5, 9, 12, 18, 4]


def events(waits, number=1, volume=1):
    """Events so many days apart, with `volume` items a day all along."""
    gone = [sum(waits[:place]) for place in range(len(waits) + 1)]
    return [EventDay(FIRST + timedelta(days=day), number, volume, day * volume) for day in gone]


def until(found, days, volume=1):
    """Return what was counted up to so many quiet days after the last event, and the day."""
    last = found[-1]
    return last.before + last.items * (days + 1), last.day + timedelta(days=days)


def test_the_limits_are_those_of_the_powers() -> None:
    """Waits ^ (1/3.6): mean 1.8474, moving range 0.6275; back: 9.113, limits 0.002 and 92.48."""
    found = stats.items_between(events(WAITS))

    assert [one.days for one in found.waits] == WAITS
    assert [one.items for one in found.waits] == WAITS
    assert round(found.powers.mean, 4) == 1.8474
    assert round(found.mean, 3) == 9.113
    assert round(found.high, 2) == 92.48
    assert round(found.low, 3) == 0.002
    assert (found.side, found.is_trial) == (0, False)


def test_later_waits_never_move_the_limits() -> None:
    later = stats.items_between(events([*WAITS, 40, 2]))

    assert later.high == stats.items_between(events(WAITS)).high


def test_a_long_silence_is_a_signal_while_it_still_runs() -> None:
    told = events(WAITS)
    quiet = stats.items_between(told, *until(told, 200))
    calm = stats.items_between(told, *until(told, 20))

    assert (quiet.running, quiet.quiet_days, quiet.side) == (200.5, 200, 1)
    assert (calm.running, calm.quiet_days, calm.side) == (20.5, 20, 0)


def test_seven_short_waits_in_a_row_are_a_signal() -> None:
    assert stats.items_between(events([*WAITS, 2, 1, 2, 1, 2, 1, 1])).side == -1


def test_growth_is_no_alarm() -> None:
    """Seven times the parcels and an event seven times as often: the same one in so many."""
    grown, start = [], events([70] * 12, volume=100)
    for place in range(1, 13):
        day, before = start[-1].day + timedelta(days=10 * place), start[-1].before
        grown.append(EventDay(day, 1, 700, before + 100 + 700 * (10 * place - 1)))
    found = stats.items_between([*start, *grown])

    assert {one.days for one in found.waits} == {70, 10}
    assert {round(one.items, -3) for one in found.waits} == {7000}
    assert found.side == 0


def test_more_often_at_the_same_volume_is_an_alarm() -> None:
    assert stats.items_between(events([*WAITS, *[1] * 8], volume=100)).side == -1


def test_several_events_on_a_day_lie_evenly_among_its_items() -> None:
    found = stats.items_between(
        [EventDay(FIRST, 2, 100, 0), EventDay(FIRST + timedelta(days=9), 1, 100, 900)]
    )

    assert [one.days for one in found.waits] == [0, 9]
    assert [one.items for one in found.waits] == [50, 875]
    assert not found.is_judged


@pytest.mark.parametrize("number", [0, 1])
def test_nothing_and_one_event_have_no_chart(number) -> None:
    told = [EventDay(FIRST, 1, 10, 0)] * number
    found = stats.items_between(told, 40, FIRST + timedelta(days=3))

    assert found.waits == ()
    assert (found.running, found.quiet_days) == ((35, 3) if number else (None, None))
    assert between.shown(METRICS["S02"], told, 40, FIRST) is None


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
        shown = between.shown(METRICS["S02"], events(waits), *until(events(waits), 0))

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
    every, counted = event_days(METRICS["S02"], **given, scope=selectors.EVERYTHING)
    here, counted_here = event_days(
        METRICS["S02"], **given, scope=selectors.Scope(sites=frozenset({2}))
    )

    assert [(one.events, one.items, one.before) for one in every] == [(2, 3, 0), (1, 1, 3)]
    assert (every[1].day - every[0].day).days == 10
    assert (counted, counted_here) == (4, 3)
    assert here == every[:1]
