"""LoopRow: actions, effect checks and what came back, as I04, I05 and I06 count them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from courierqa.core import calendars, counted
from quality.enums import ActionStatus, EffectResult, Status
from quality.models import Action, EffectCheck, LoopRow, Nonconformity

LOOP = "loop"
RETURNS_WITHIN = timedelta(days=180)
TICK = timedelta(microseconds=1)
Rows = Iterator[counted.CountedRow]


def refresh(row: Nonconformity, *, at: datetime) -> None:
    """Make the rows of a nonconformity, of its actions and of its checks anew."""
    actions = list(Action.objects.filter(nonconformity=row))
    checks = list(EffectCheck.objects.filter(nonconformity=row))
    ordered = {one.round for one in actions if one.ordered_at is not None}
    # What is void was none: nothing of it counts (I04).
    is_real = row.status != Status.VOID
    _keep("I04", _of_actions(row, actions) if is_real else (), actions, at)
    _keep("I05", _of_checks(row, checks, ordered) if is_real else (), checks, at)
    _keep("I06", _of_closed(row), [row], at)


def _of_actions(row: Nonconformity, actions: Sequence[Action]) -> Rows:
    """Done by the first day; put off, cancelled or open past it is not. Plans are not ordered."""
    for one in actions:
        if one.ordered_at is None:
            continue
        done = one.status == ActionStatus.DONE and one.done_on is not None
        in_time = done and one.done_on <= one.first_due_on  # type: ignore[operator]
        yield _row(row, "I04", one.pk, end_of(one.first_due_on), is_hit=in_time)


def _of_checks(row: Nonconformity, checks: Sequence[EffectCheck], ordered: set[int]) -> Rows:
    """Not checked is not effective; a check of a plan nobody approved is not due."""
    for one in checks:
        if one.round in ordered:
            seen = one.result == EffectResult.EFFECTIVE
            yield _row(row, "I05", one.pk, end_of(one.first_due_on), is_hit=seen)


def _of_closed(row: Nonconformity) -> Rows:
    """Half a year after closing it is known whether the same came back at the same place."""
    if row.closed_at is not None:
        back = row.came_back_at is not None
        yield _row(row, "I06", row.pk, row.closed_at + RETURNS_WITHIN, is_hit=back)


def _row(
    row: Nonconformity, kind: str, record: int, moment: datetime, *, is_hit: bool
) -> counted.CountedRow:
    return counted.row(
        LoopRow, kind, record, moment, label=row.number, site_id=row.site_id, is_hit=is_hit
    )


def end_of(day: date) -> datetime:
    """Return the last moment of a business day: a deadline in days."""
    return calendars.day_start(day + timedelta(days=1)) - TICK


def renew(*, at: datetime) -> None:
    """Make every row anew, after an upgrade."""
    for row in Nonconformity.objects.order_by("pk").iterator(chunk_size=500):
        refresh(row, at=at)


def _keep(
    kind: str, rows: Iterable[counted.CountedRow], records: Sequence[Any], at: datetime
) -> None:
    ids = [one.pk for one in records]
    counted.keep(LoopRow, rows, kinds=(kind,), records=ids, source=LOOP, at=at)
