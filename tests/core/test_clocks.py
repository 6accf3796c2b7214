"""Due times against the computed vectors, and the laws every clock obeys."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courierqa.core import calendars, clocks
from courierqa.core.calendars import CalendarView
from courierqa.core.clocks import Spell, Target
from courierqa.core.enums import ClockKind, ClockStatus

SHANGHAI = ZoneInfo("Asia/Shanghai")
MORNING, AFTERNOON = (time(8), time(12)), (time(13), time(18))
WEEK = dict.fromkeys(range(5), (MORNING, AFTERNOON))
PLAIN = CalendarView("T", 1, SHANGHAI, WEEK, {}, frozenset(range(2020, 2040)))
ALWAYS = CalendarView("24/7", 1, SHANGHAI, {day: ((time(0), time(0)),) for day in range(7)})
SEVEN_DAYS = Target(ClockKind.CALENDAR_DAYS, 7)
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def last_moment(day: date) -> datetime:
    return datetime.combine(day + timedelta(1), time(0), SHANGHAI) - timedelta(microseconds=1)


def read(**fields):
    base = {
        "target": Target(ClockKind.HOURS, 24, can_pause=True),
        "calendar": PLAIN,
        "pauses": [],
        "stopped_at": None,
        "warn": 2 * HOUR,
    }
    return clocks.read_clock(**{**base, **fields})


WORKING_DAY_VECTORS = [
    ("2026-03-02 10:00", 3, date(2026, 3, 5)),
    ("2026-02-13 10:00", 3, date(2026, 2, 25)),
    ("2026-02-13 20:30", 3, date(2026, 2, 26)),
    ("2026-02-15 09:00", 3, date(2026, 2, 26)),
    ("2026-09-18 10:00", 3, date(2026, 9, 22)),
    ("2026-09-18 20:00", 3, date(2026, 9, 22)),
    ("2026-09-30 10:00", 5, date(2026, 10, 13)),
    ("2026-03-06 21:00", 2, date(2026, 3, 10)),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("accepted", "days", "due"), WORKING_DAY_VECTORS)
def test_working_day_vectors_of_2026(accepted, days, due):
    target = Target(ClockKind.WORKING_DAYS, days, cutoff=time(20))

    found = clocks.due_at(at(accepted), target, calendars.load("CN"))

    assert found == last_moment(due)


@pytest.mark.django_db
def test_a_year_without_its_holiday_list_warns():
    china = calendars.load("CN")
    start = at("2026-12-31 10:00")
    due = clocks.due_at(start, Target(ClockKind.WORKING_DAYS, 1, cutoff=time(20)), china)

    assert clocks.warnings(start, due, china) == [clocks.MissingYear("CN", 2027)]
    assert clocks.warnings(start, start, china) == []
    assert clocks.warnings(start, due, calendars.load("24/7")) == []


@pytest.mark.django_db
def test_2026_has_the_official_number_of_working_days():
    china = calendars.load("CN")
    year = [date(2026, 1, 1) + timedelta(step) for step in range(365)]

    assert sum(china.is_working(day) for day in year) == 248


@pytest.mark.django_db
@pytest.mark.parametrize("hour", [0, 9, 23])
def test_the_legal_seven_days_run_through_the_holiday(hour):
    start = at(f"2026-09-28 {hour:02}:30")

    assert clocks.due_at(start, SEVEN_DAYS, calendars.load("CN")) == last_moment(date(2026, 10, 5))


@pytest.mark.django_db
def test_the_legal_clock_cannot_pause():
    start = at("2026-09-28 09:00")
    pauses = [(start + HOUR, None)]
    now = at("2026-10-06 00:00")

    state = read(started_at=start, target=SEVEN_DAYS, pauses=pauses, now=now)

    assert state.status == ClockStatus.OVERDUE
    assert state.paused_total == timedelta()


def test_exactly_at_the_deadline_is_on_time():
    start = at("2026-03-02 10:00")
    due = start + 24 * HOUR

    assert read(started_at=start, stopped_at=due, now=due).status == ClockStatus.MET
    late = due + timedelta(microseconds=1)
    assert read(started_at=start, stopped_at=late, now=late).status == ClockStatus.MISSED


def test_a_day_deadline_ends_with_its_midnight():
    start, target = at("2026-03-02 10:00"), Target(ClockKind.CALENDAR_DAYS, 1)
    midnight = at("2026-03-04 00:00")

    before = read(started_at=start, target=target, stopped_at=midnight - clocks.TICK, now=midnight)
    after = read(started_at=start, target=target, stopped_at=midnight, now=midnight)

    assert (before.status, after.status) == (ClockStatus.MET, ClockStatus.MISSED)


@pytest.mark.parametrize(
    ("now", "status"),
    [
        ("2026-03-02 11:00", ClockStatus.RUNNING),
        ("2026-03-03 08:00", ClockStatus.DUE_SOON),
        ("2026-03-03 10:00", ClockStatus.DUE_SOON),
        ("2026-03-03 10:01", ClockStatus.OVERDUE),
    ],
)
def test_a_running_clock_says_how_it_stands(now, status):
    assert read(started_at=at("2026-03-02 10:00"), now=at(now)).status == status


def test_working_hours_use_several_periods_a_day():
    target = Target(ClockKind.WORKING_HOURS, 6)

    assert clocks.due_at(at("2026-03-02 10:00"), target, PLAIN) == at("2026-03-02 17:00")
    # Friday 16:00: two hours left that day, four on Monday morning, and not a minute at noon.
    assert clocks.due_at(at("2026-03-06 16:00"), target, PLAIN) == at("2026-03-09 12:00")
    assert clocks.due_at(at("2026-03-07 16:00"), target, PLAIN) == at("2026-03-09 15:00")


def test_a_make_up_saturday_has_ordinary_hours():
    calendar = replace(PLAIN, days={date(2026, 3, 7): True})

    due = clocks.due_at(at("2026-03-06 16:00"), Target(ClockKind.WORKING_HOURS, 6), calendar)

    assert due == at("2026-03-07 12:00")


def test_round_the_clock_working_hours_are_hours():
    start = at("2026-03-06 16:20")

    assert clocks.due_at(start, Target(ClockKind.WORKING_HOURS, 30), ALWAYS) == start + 30 * HOUR


def test_a_calendar_without_working_time_is_refused():
    empty = CalendarView("none", 1, SHANGHAI, {})

    for kind in (ClockKind.WORKING_HOURS, ClockKind.WORKING_DAYS):
        with pytest.raises(ValueError, match="no working"):
            clocks.due_at(at("2026-03-06 16:00"), Target(kind, 1), empty)


def test_a_pause_moves_the_deadline_by_its_length():
    start = at("2026-03-02 10:00")
    pauses = [(start + HOUR, start + 4 * HOUR)]

    state = read(started_at=start, pauses=pauses, now=start + 5 * HOUR)

    assert state.due_at == start + 27 * HOUR
    assert state.paused_total == 3 * HOUR
    assert state.status == ClockStatus.RUNNING


def test_an_open_pause_stops_the_clock():
    start = at("2026-03-02 10:00")

    state = read(started_at=start, pauses=[(start + HOUR, None)], now=start + 500 * HOUR)

    assert state.status == ClockStatus.PAUSED
    assert state.remaining == 23 * HOUR


def test_a_pause_after_the_deadline_saves_nothing():
    start = at("2026-03-02 10:00")
    pauses = [(start + 25 * HOUR, None)]

    assert (
        read(started_at=start, pauses=pauses, now=start + 30 * HOUR).status == ClockStatus.OVERDUE
    )


def test_a_paused_working_day_does_not_count():
    start = at("2026-03-02 10:00")
    target = Target(ClockKind.WORKING_DAYS, 2, can_pause=True)
    pauses = [(at("2026-03-03 09:00"), at("2026-03-04 09:00"))]

    state = read(started_at=start, target=target, pauses=pauses, now=at("2026-03-04 12:00"))

    assert state.due_at == last_moment(date(2026, 3, 5))


def test_pauses_are_derived_from_the_history():
    first = at("2026-03-02 10:00")
    spells = [
        Spell("open", first),
        Spell("waiting", first + HOUR),
        Spell("waiting", first + 2 * HOUR),
        Spell("open", first + 3 * HOUR),
        Spell("waiting", first + 5 * HOUR),
    ]

    found = clocks.pauses_of(spells, pausing={"waiting"})

    assert found == [(first + HOUR, first + 3 * HOUR), (first + 5 * HOUR, None)]


# --- laws ---------------------------------------------------------------------------------

YEAR = datetime(2026, 1, 1, tzinfo=UTC)
moments = st.integers(0, 330 * 24 * 60).map(lambda minutes: YEAR + timedelta(minutes=minutes))
days = st.dates(date(2026, 1, 1), date(2027, 3, 1))
kinds = st.sampled_from(list(ClockKind))
targets = st.builds(
    Target, kinds, st.integers(1, 60), st.sampled_from([None, time(20), time(12)]), st.just(True)
)


@given(moments, targets, st.sets(days, max_size=40), days)
def test_adding_a_holiday_never_makes_a_due_time_earlier(start, target, holidays, one_more):
    before = replace(PLAIN, days=dict.fromkeys(holidays, False))
    after = replace(PLAIN, days=dict.fromkeys([*holidays, one_more], False))

    assert clocks.due_at(start, target, after) >= clocks.due_at(start, target, before)


@given(moments, targets, st.timedeltas(timedelta(), timedelta(days=9)))
def test_a_later_start_is_never_due_earlier(start, target, later):
    assert clocks.due_at(start + later, target, PLAIN) >= clocks.due_at(start, target, PLAIN)


@given(moments, targets, st.lists(st.tuples(st.integers(0, 300), st.integers(0, 90)), max_size=5))
def test_a_pause_never_makes_a_due_time_earlier(start, target, spans):
    pauses = [(start + HOUR * begin, start + HOUR * (begin + length)) for begin, length in spans]
    now = start + timedelta(days=60)

    paused = read(started_at=start, target=target, pauses=pauses, now=now)

    assert paused.due_at >= clocks.due_at(start, target, PLAIN)
    unpausable = replace(target, can_pause=False)
    ignored = read(started_at=start, target=unpausable, pauses=pauses, now=now)
    assert ignored.due_at == clocks.due_at(start, target, PLAIN)


@given(moments, targets, st.lists(st.tuples(st.integers(0, 300), st.integers(0, 90)), max_size=5))
def test_the_order_of_pauses_does_not_matter(start, target, spans):
    pauses = [(start + HOUR * begin, start + HOUR * (begin + length)) for begin, length in spans]
    now = start + timedelta(days=60)

    states = {
        read(started_at=start, target=target, pauses=order, now=now)
        for order in (pauses, pauses[::-1])
    }

    assert len(states) == 1


@given(moments, targets)
def test_a_deadline_is_after_its_start(start, target):
    assert clocks.due_at(start, target, PLAIN) > start
