"""Due times and clock states: pure functions of a start, a target, a calendar and the pauses.

A deadline is met up to and including its moment. A deadline in days is the last microsecond of
its local day, so the one comparison `<=` holds everywhere. Pauses are derived from the history
each time, never added up in a field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from courierqa.core.calendars import CalendarView
from courierqa.core.enums import ClockKind, ClockStatus

Pause = tuple[datetime, datetime | None]
Closed = list[tuple[datetime, datetime]]
# A calendar without a working minute in ten years is a mistake in the data.
HORIZON = 3660
TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Target:
    """What was promised: an amount of hours or days, copied onto the case when its clock starts."""

    kind: ClockKind
    amount: int
    cutoff: time | None = None
    can_pause: bool = False


@dataclass(frozen=True)
class Spell:
    """A status and the moment it began."""

    status: str
    at: datetime


@dataclass(frozen=True)
class MissingYear:
    """The calendar has no official list for this year; the due time may move."""

    calendar: str
    year: int


@dataclass(frozen=True)
class ClockState:
    """How a clock stands at one moment."""

    due_at: datetime
    status: ClockStatus
    remaining: timedelta
    paused_total: timedelta


def due_at(start: datetime, target: Target, calendar: CalendarView) -> datetime:
    """Return the deadline of an unpaused clock, in UTC."""
    return _due(start, target, calendar, [])


def read_clock(
    *,
    started_at: datetime,
    target: Target,
    calendar: CalendarView,
    pauses: Sequence[Pause],
    stopped_at: datetime | None,
    now: datetime,
    warn: timedelta,
) -> ClockState:
    """Return how the clock stands: stopped clocks are met or missed, running ones are not yet."""
    until = stopped_at or now
    closed = _closed(pauses, started_at, until) if target.can_pause else []
    due = _due(started_at, target, calendar, closed)
    total = sum((end - begin for begin, end in closed), timedelta())
    is_paused = target.can_pause and _open_at(pauses, until)
    status = _status(due, until, stopped=stopped_at is not None, paused=is_paused, warn=warn)
    return ClockState(due, status, due - until, total)


def pauses_of(
    spells: Iterable[Spell], *, pausing: Iterable[str]
) -> list[tuple[datetime, datetime | None]]:
    """Return the stretches spent in a pausing status, from the status history."""
    found: list[Pause] = []
    wanted = frozenset(pausing)
    for spell in spells:
        is_open = bool(found) and found[-1][1] is None
        if spell.status in wanted and not is_open:
            found.append((spell.at, None))
        elif spell.status not in wanted and is_open:
            found[-1] = (found[-1][0], spell.at)
    return found


def warnings(start: datetime, due: datetime, calendar: CalendarView) -> list[MissingYear]:
    """Return the years between start and deadline whose holidays are not loaded."""
    first, last = start.astimezone(calendar.tz).year, due.astimezone(calendar.tz).year
    years = range(first, last + 1)
    return [MissingYear(calendar.code, year) for year in years if not calendar.has_year(year)]


def _status(
    due: datetime, until: datetime, *, stopped: bool, paused: bool, warn: timedelta
) -> ClockStatus:
    in_time = until <= due
    if stopped:
        return ClockStatus.MET if in_time else ClockStatus.MISSED
    if not in_time:
        return ClockStatus.OVERDUE
    if paused:
        return ClockStatus.PAUSED
    return ClockStatus.DUE_SOON if due - until <= warn else ClockStatus.RUNNING


def _closed(pauses: Sequence[Pause], start: datetime, until: datetime) -> Closed:
    """Return the pauses inside [start, until], sorted and merged."""
    merged: Closed = []
    for begin, end in sorted(pauses, key=lambda pause: pause[0]):
        begin, end = max(begin, start), min(end or until, until)
        if begin >= end:
            continue
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((begin, end))
    return merged


def _open_at(pauses: Sequence[Pause], moment: datetime) -> bool:
    return any(begin <= moment and (end is None or moment < end) for begin, end in pauses)


def _due(start: datetime, target: Target, calendar: CalendarView, paused: Closed) -> datetime:
    if target.kind == ClockKind.HOURS:
        due = _after_hours(start, timedelta(hours=target.amount), paused)
    elif target.kind == ClockKind.WORKING_HOURS:
        due = _after_working(start, timedelta(hours=target.amount), calendar, paused)
    else:
        due = _end_of_day(start, target, calendar, paused)
    return due.astimezone(UTC)


def _after_hours(start: datetime, amount: timedelta, paused: Closed) -> datetime:
    due = start.astimezone(UTC) + amount
    for begin, end in paused:
        if begin < due:
            due += end - begin
    return due


def _after_working(
    start: datetime, amount: timedelta, calendar: CalendarView, paused: Closed
) -> datetime:
    left = amount
    for begin, end in _working_spans(start, calendar, paused):
        # An end exactly reached is the deadline: it belongs to this span, not to the next.
        if left <= end - begin:
            return begin + left
        left -= end - begin
    raise ValueError(f"Calendar {calendar.code} has no working hours.")


def _working_spans(
    start: datetime, calendar: CalendarView, paused: Closed
) -> Iterator[tuple[datetime, datetime]]:
    first = start.astimezone(calendar.tz).date()
    for step in range(HORIZON):
        for begin, end in calendar.spans(first + timedelta(step)):
            begin, end = max(begin, start).astimezone(UTC), end.astimezone(UTC)
            if begin < end:
                yield from _without(begin, end, paused)


def _without(begin: datetime, end: datetime, paused: Closed) -> Iterator[tuple[datetime, datetime]]:
    for pause_begin, pause_end in paused:
        if pause_begin >= end or pause_end <= begin:
            continue
        if begin < pause_begin:
            yield begin, pause_begin
        begin = pause_end
    if begin < end:
        yield begin, end


def _end_of_day(
    start: datetime, target: Target, calendar: CalendarView, paused: Closed
) -> datetime:
    local = start.astimezone(calendar.tz)
    day = local.date()
    if target.cutoff is not None and local.time() >= target.cutoff:
        day += timedelta(1)
    left = target.amount
    for _step in range(HORIZON):
        if left == 0:
            return _last_moment(day, calendar)
        day += timedelta(1)
        left -= _counts(day, target, calendar, paused)
    raise ValueError(f"Calendar {calendar.code} has no working days.")


def _counts(day: date, target: Target, calendar: CalendarView, paused: Closed) -> bool:
    """A day counts when it works (or any day does) and no pause covers its end."""
    if target.kind == ClockKind.WORKING_DAYS and not calendar.is_working(day):
        return False
    end = _last_moment(day, calendar)
    return not any(begin <= end < stop for begin, stop in paused)


def _last_moment(day: date, calendar: CalendarView) -> datetime:
    return calendar.at(day + timedelta(1), time(0)).astimezone(UTC) - TICK
