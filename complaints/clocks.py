"""The clocks of a case: pure arithmetic over the times the case carries.

First answer and resolution run in calendar hours. The legal limit is the end of the seventh
calendar day after receipt; nothing pauses or lengthens it (Interim Regulation, art. 29).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from complaints.enums import OPEN, CaseKind, Clock, Status
from complaints.models import Case, Reason
from courierqa.core import calendars, clocks
from courierqa.core.clocks import ClockState, Target
from courierqa.core.enums import ClockKind, ClockStatus

LEGAL = Target(kind=ClockKind.CALENDAR_DAYS, amount=7)
WARN = {
    Clock.FIRST: timedelta(hours=1),
    Clock.RESOLVE: timedelta(hours=4),
    Clock.LEGAL: timedelta(days=1),
    Clock.INTERNAL: timedelta(hours=2),
}
# What owes nothing sorts after everything that does.
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
FOLLOW_UP_AFTER = timedelta(hours=24)
TRANSFER_HOURS = 24
# After a miss the notice climbs one step up the reporting line at each of these.
CLIMB = (timedelta(0), timedelta(hours=4), timedelta(hours=24))


@dataclass(frozen=True)
class Running:
    """One clock of one case: when it started, is due, and stopped."""

    clock: Clock
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None


def first_due(reason: Reason, received_at: datetime) -> datetime:
    """Return when the first human answer is due."""
    return _hours_after(received_at, reason.first_hours)


def resolve_due(reason: Reason, started_at: datetime) -> datetime:
    """Return when the matter should be settled."""
    return _hours_after(started_at, reason.resolve_hours)


def legal_due(received_at: datetime) -> datetime:
    """Return the end of the seventh calendar day after the day of receipt."""
    return clocks.due_at(received_at, LEGAL, calendars.load("24/7"))


def running(case: Case) -> list[Running]:
    """Return the three clocks of a case in the order they run out."""
    end = _ended(case)
    return [
        Running(Clock.FIRST, case.received_at, case.first_due_at, case.first_answer_at or end),
        Running(Clock.RESOLVE, case.received_at, case.resolve_due_at, case.answered_at or end),
        Running(Clock.LEGAL, case.received_at, case.legal_due_at, case.first_told_at or end),
    ]


def state(run: Running, *, now: datetime) -> ClockState:
    """Return what a badge needs: due time, status, time left."""
    until = run.stopped_at or now
    left = run.due_at - until
    if run.stopped_at is not None:
        status = ClockStatus.MET if until <= run.due_at else ClockStatus.MISSED
    elif until > run.due_at:
        status = ClockStatus.OVERDUE
    else:
        status = ClockStatus.DUE_SOON if left <= WARN[run.clock] else ClockStatus.RUNNING
    return ClockState(run.due_at, status, left, timedelta(0))


def next_due(case: Case, *, call_due: datetime | None) -> datetime:
    """Return the nearest deadline still running, the follow-up call included."""
    if case.status not in OPEN:
        return NEVER
    due = [run.due_at for run in running(case) if run.stopped_at is None]
    return min([*due, *([call_due] if call_due else [])], default=NEVER)


def next_check(case: Case, *, after: datetime) -> datetime | None:
    """Return the next moment the watch must look at this case."""
    if case.status not in OPEN:
        return None
    coming = [moment for run in running(case) for moment in _moments(run) if moment > after]
    return min(coming, default=None)


def steps_passed(run: Running, *, now: datetime) -> int:
    """Return how far the notices of a clock have climbed: 0 none, 1 warning, 2 miss, …"""
    if run.stopped_at is not None:
        return 0
    return sum(1 for moment in _moments(run) if moment <= now)


def _moments(run: Running) -> Iterator[datetime]:
    if run.stopped_at is not None:
        return
    yield run.due_at - WARN[run.clock]
    for climb in CLIMB:
        # A deed exactly at the deadline is on time; the miss begins right after it.
        yield run.due_at + climb + timedelta(microseconds=1)


def _hours_after(start: datetime, hours: int) -> datetime:
    target = Target(kind=ClockKind.HOURS, amount=hours)
    return clocks.due_at(start, target, calendars.load("24/7"))


def _ended(case: Case) -> datetime | None:
    if case.status in (Status.WITHDRAWN, Status.MERGED):
        return case.closed_at
    return case.answered_at if case.kind != CaseKind.COMPLAINT else None


def badge(case: Case, *, now: datetime) -> ClockState | None:
    """Return the state of the nearest deadline; None when nothing is owed."""
    if case.next_due_at >= NEVER:
        return None
    due = case.next_due_at
    nearest = [run for run in running(case) if run.due_at == due]
    call = Running(Clock.RESOLVE, case.received_at, due, None)
    return state(nearest[0] if nearest else call, now=now)
