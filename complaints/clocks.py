"""The clocks of a case: pure arithmetic over the times the case carries.

First answer and resolution run in the hours copied onto the case when it came in: around the
clock, or in the working hours of a calendar. Only the resolution clock can pause. The legal limit
is the end of the seventh calendar day after receipt; nothing pauses or lengthens it (Interim
Regulation, art. 29).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from complaints.enums import OPEN, CaseKind, Clock, Status
from complaints.ladder import STANDARD, Ladder
from complaints.models import Case, Reason, Transfer
from courierqa.core import calendars, clocks
from courierqa.core.clocks import ClockState, Pause, Target
from courierqa.core.enums import ClockKind, ClockStatus

ALWAYS = "24/7"
LEGAL = Target(kind=ClockKind.CALENDAR_DAYS, amount=7)
# What owes nothing sorts after everything that does.
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
# A deed exactly at the deadline is on time; the miss begins right after it.
TICK = timedelta(microseconds=1)
_ANSWERED_IS_DONE = (CaseKind.QUERY, CaseKind.SUGGESTION)


@dataclass(frozen=True)
class Running:
    """One clock: when it started, is due, stopped; since when it pauses."""

    clock: Clock
    started_at: datetime
    due_at: datetime
    stopped_at: datetime | None
    paused_at: datetime | None = None


def first_due(targets: Reason | Case, received_at: datetime, calendar: str = ALWAYS) -> datetime:
    """Return when the first human answer is due."""
    return _hours_after(received_at, targets.first_hours, targets.clock_kind, calendar)


def resolve_due(
    targets: Reason | Case,
    started_at: datetime,
    calendar: str = ALWAYS,
    pauses: Sequence[Pause] = (),
) -> datetime:
    """Return when the matter should be settled; ended pauses push it back."""
    hours, kind = targets.resolve_hours, targets.clock_kind
    return _hours_after(started_at, hours, kind, calendar, pauses)


def legal_due(received_at: datetime) -> datetime:
    """Return the end of the seventh calendar day after the day of receipt."""
    return clocks.due_at(received_at, LEGAL, calendars.load(ALWAYS))


def regulator_due(forwarded_at: datetime, days: int) -> datetime:
    """Return the end of the day by which an authority must have its reply."""
    target = Target(kind=ClockKind.CALENDAR_DAYS, amount=days)
    return clocks.due_at(forwarded_at, target, calendars.load(ALWAYS))


def running(case: Case) -> list[Running]:
    """Return the clocks of a case in the order they usually run out."""
    end, start = _ended(case), case.received_at
    runs = [
        Running(Clock.FIRST, start, case.first_due_at, case.first_answer_at or end),
        Running(
            Clock.RESOLVE, case.resolve_from, case.resolve_due_at, case.answered_at or end,
            case.paused_at,
        ),
        Running(Clock.LEGAL, start, case.legal_due_at, case.first_told_at or end),
    ]  # fmt: skip
    if case.regulator_due_at:
        stopped = case.regulator_replied_at
        runs.append(Running(Clock.REGULATOR, start, case.regulator_due_at, stopped))
    return runs


def helping(row: Transfer) -> Running:
    """Return the internal clock of a helper."""
    return Running(Clock.INTERNAL, row.at, row.due_at, row.ended_at)


def state(run: Running, *, now: datetime, ladder: Ladder = STANDARD) -> ClockState:
    """Return what a badge needs: due time, status, time left."""
    until = run.stopped_at or run.paused_at or now
    left = run.due_at - until
    if run.stopped_at is not None:
        status = ClockStatus.MET if until <= run.due_at else ClockStatus.MISSED
    elif until > run.due_at:
        status = ClockStatus.OVERDUE
    elif run.paused_at is not None:
        status = ClockStatus.PAUSED
    else:
        status = ClockStatus.DUE_SOON if left <= ladder.warn(run.clock) else ClockStatus.RUNNING
    return ClockState(run.due_at, status, left, timedelta(0))


def next_due(case: Case, *, call_due: datetime | None) -> datetime:
    """Return the nearest deadline still running, the follow-up call included."""
    if case.status not in OPEN:
        return NEVER
    due = [run.due_at for run in running(case) if _is_running(run)]
    return min([*due, *([call_due] if call_due else [])], default=NEVER)


def next_check(case: Case, *, after: datetime, ladder: Ladder) -> datetime | None:
    """Return the next moment the watch must look at this case."""
    if case.status not in OPEN:
        return None
    coming = [m for run in running(case) for m in looks(run, ladder) if m > after]
    waiting = [moment for moment in (case.pause_until, case.notice_at) if moment]
    return min([*coming, *waiting], default=None)


def moments(run: Running, ladder: Ladder) -> Iterator[datetime]:
    """Yield when the owner is warned, and when each head is told."""
    if not _is_running(run):
        return
    yield run.due_at - ladder.warn(run.clock)
    for climb in ladder.climbs(run.clock):
        yield run.due_at + climb + TICK


def looks(run: Running, ladder: Ladder) -> Iterator[datetime]:
    """Yield when the watch must look: to tell somebody, and to write the miss down at once."""
    if _is_running(run):
        yield run.due_at + TICK
        yield from moments(run, ladder)


def is_missed(run: Running, *, now: datetime) -> bool:
    """Say whether a clock that still runs is past its deadline."""
    return _is_running(run) and now > run.due_at


def _is_running(run: Running) -> bool:
    """A paused clock owes nothing, unless its deadline had passed before the pause."""
    if run.stopped_at is not None:
        return False
    return run.paused_at is None or run.paused_at > run.due_at


def _hours_after(
    start: datetime, hours: int, kind: str, calendar: str, pauses: Sequence[Pause] = ()
) -> datetime:
    is_working = kind == ClockKind.WORKING_HOURS
    view = calendars.load(calendar if is_working else ALWAYS)
    target = Target(
        kind=ClockKind.WORKING_HOURS if is_working else ClockKind.HOURS,
        amount=hours,
        can_pause=True,
    )
    last = max((end for _begin, end in pauses if end), default=start)
    read = clocks.read_clock(
        started_at=start, target=target, calendar=view, pauses=pauses, stopped_at=None,
        now=max(last, start), warn=timedelta(0),
    )  # fmt: skip
    return read.due_at


def _ended(case: Case) -> datetime | None:
    if case.status in (Status.WITHDRAWN, Status.MERGED):
        return case.closed_at
    return case.answered_at if case.kind in _ANSWERED_IS_DONE else None


def badge(case: Case, *, now: datetime, ladder: Ladder = STANDARD) -> ClockState | None:
    """Return the state of the nearest deadline; None when nothing is owed."""
    if case.next_due_at >= NEVER:
        return None
    due = case.next_due_at
    nearest = [run for run in running(case) if run.due_at == due]
    call = Running(Clock.RESOLVE, case.received_at, due, None)
    return state(nearest[0] if nearest else call, now=now, ladder=ladder)
