"""What holds for the clocks of cases whatever the calendar, the pauses and the deeds are."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from complaints import clocks
from complaints.enums import Clock
from complaints.ladder import PROPOSED, Ladder
from complaints.models import Case
from courierqa.core.calendars import CalendarView
from courierqa.core.clocks import Target, due_at, read_clock
from courierqa.core.enums import ClockKind, ClockStatus

pytestmark = pytest.mark.once
# A busy machine is slow at making examples; that says nothing about the clocks.
plain = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
SHANGHAI = ZoneInfo("Asia/Shanghai")
FIRST = date(2026, 9, 1)
START = datetime(2026, 9, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 90 * 24 * 60).map(lambda minute: START + timedelta(minutes=minute))
DAYS = st.integers(0, 120).map(lambda step: FIRST + timedelta(step))
# Several periods a day, a lunch between them; a night shift ends at midnight.
PERIODS = st.sampled_from(
    [
        ((time(8), time(12)), (time(13), time(18))),
        ((time(9), time(18)),),
        ((time(7), time(11)), (time(12), time(15)), (time(16), time(0))),
    ]
)
KINDS = st.sampled_from(list(ClockKind))


@st.composite
def calendars(draw: st.DrawFn) -> CalendarView:
    """A working week with its holidays and make-up workdays."""
    weekdays = draw(st.sets(st.integers(0, 6), min_size=1))
    periods = draw(PERIODS)
    days = draw(st.dictionaries(DAYS, st.booleans(), max_size=12))
    return CalendarView(
        code="X", version=1, tz=SHANGHAI, hours=dict.fromkeys(weekdays, periods), days=days
    )


def changed(calendar: CalendarView, day: date, *, works: bool) -> CalendarView:
    return CalendarView(
        code="X", version=2, tz=SHANGHAI, hours=calendar.hours,
        days={**calendar.days, day: works},
    )  # fmt: skip


@pytest.mark.req("CMP-13")
@plain
@given(MOMENTS, KINDS, st.integers(1, 80), calendars(), DAYS)
def test_a_holiday_never_brings_a_due_time_forward(start, kind, amount, calendar, day):
    assume(kind in (ClockKind.HOURS, ClockKind.WORKING_HOURS) or amount <= 20)
    target = Target(kind=kind, amount=amount)

    before = due_at(start, target, calendar)

    assert due_at(start, target, changed(calendar, day, works=False)) >= before
    assert due_at(start, target, changed(calendar, day, works=True)) <= before


@plain
@given(
    MOMENTS, st.integers(1, 80), calendars(),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 90)), max_size=5),
    st.sampled_from([ClockKind.HOURS, ClockKind.WORKING_HOURS]),
)  # fmt: skip
def test_pauses_only_push_back_and_their_order_says_nothing(start, amount, calendar, gaps, kind):
    target = Target(kind=kind, amount=amount, can_pause=True)
    pauses = [
        (start + timedelta(hours=after), start + timedelta(hours=after + long))
        for after, long in gaps
    ]
    now = start + timedelta(days=60)

    def due(stretches):
        return read_clock(
            started_at=start, target=target, calendar=calendar, pauses=stretches,
            stopped_at=None, now=now, warn=timedelta(0),
        ).due_at  # fmt: skip

    assert due(pauses) == due(pauses[::-1]) >= due([])
    # What cannot pause, the legal limit first of all, is where it was.
    fixed = Target(kind=kind, amount=amount)
    assert read_clock(
        started_at=start, target=fixed, calendar=calendar, pauses=pauses, stopped_at=None,
        now=now, warn=timedelta(0),
    ).due_at == due_at(start, fixed, calendar)  # fmt: skip


def case(start: datetime, first: int, resolve: int) -> Case:
    return Case(
        kind="complaint", status="registered", received_at=start, resolve_from=start,
        first_due_at=start + timedelta(hours=first),
        resolve_due_at=start + timedelta(hours=resolve),
        legal_due_at=start + timedelta(days=7),
    )  # fmt: skip


@plain
@given(
    MOMENTS, st.integers(1, 90), st.integers(1, 160), st.integers(0, 300), st.integers(0, 300),
    st.lists(st.integers(0, 3000), min_size=4, max_size=4),
)  # fmt: skip
def test_the_watch_looks_at_every_moment_that_is_to_come(
    start, first, resolve, answered, hours, minutes
):
    one = case(start, first, resolve)
    if answered < 200:
        one.first_answer_at = start + timedelta(hours=answered)
    ladder = Ladder({**PROPOSED, Clock.FIRST.value: [minutes[0], *sorted(minutes[1:])]})
    after = start + timedelta(hours=hours)

    coming = clocks.next_check(one, after=after, ladder=ladder)

    moments = [m for run in clocks.running(one) for m in clocks.moments(run, ladder) if m > after]
    assert coming is not None or not moments
    assert all(coming <= moment for moment in moments)
    # Between two looks nothing happens that a look would have written down.
    if coming is not None:
        for run in clocks.running(one):
            before = clocks.is_missed(run, now=after)
            assert clocks.is_missed(run, now=coming - 2 * clocks.TICK) == before


@plain
@given(MOMENTS, st.integers(1, 90), st.integers(1, 160), st.integers(0, 200), st.integers(0, 400))
def test_a_pause_stops_only_the_resolution(start, first, resolve, paused, hours):
    one = case(start, first, resolve)
    one.paused_at = start + timedelta(hours=paused)
    now = max(start + timedelta(hours=hours), one.paused_at)

    states = {run.clock: clocks.state(run, now=now).status for run in clocks.running(one)}

    assert ClockStatus.PAUSED not in (states[Clock.FIRST], states[Clock.LEGAL])
    was_late = one.paused_at > one.resolve_due_at
    assert states[Clock.RESOLVE] == (ClockStatus.OVERDUE if was_late else ClockStatus.PAUSED)
    assert clocks.next_due(one, call_due=None) <= one.legal_due_at


@plain
@given(MOMENTS)
def test_the_legal_day_ends_seven_days_later_whatever_the_hour(start):
    target = clocks.LEGAL
    always = CalendarView(
        code="24/7", version=1, tz=SHANGHAI, hours=dict.fromkeys(range(7), ((time(0), time(0)),))
    )

    due = due_at(start, target, always).astimezone(SHANGHAI)

    assert due.date() == start.astimezone(SHANGHAI).date() + timedelta(7)
    assert due.time() == time(23, 59, 59, 999_999)
