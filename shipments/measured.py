"""What one parcel adds to figures beside its promise: appointments, times of links, its end. Pure.

Times of links are whole minutes. A link that was passed without a scan at both ends, or whose end
lies before its start, is `UNMEASURED`: it lowers the coverage and is never guessed (T06).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from courierqa.core import calendars
from shipments.enums import OrderChannel
from shipments.fold import LegTime, ParcelState

UNMEASURED = -1
# Without an agreed window: two hours after the order, within these hours of the day (T08).
OPENING, CLOSING, PROMPT = time(8), time(18), timedelta(hours=2)
# Coming earlier than this before the window is not keeping it.
EARLY = timedelta(minutes=15)
NO_VISIT = frozenset({OrderChannel.COUNTER.value, OrderChannel.IMPORT.value})
Window = tuple[datetime | None, datetime]
# When a link of the way ended, and its minutes.
Link = tuple[datetime, int]


@dataclass(frozen=True)
class Booked:
    """One booking of a delivery time, in the order they were made."""

    starts_at: datetime
    ends_at: datetime
    by_customer: bool
    at: datetime


@dataclass(frozen=True)
class Moved:
    """One change of a pickup window, in the order they were made."""

    old_start: datetime | None
    old_end: datetime | None
    new_start: datetime
    new_end: datetime
    at: datetime
    by_customer: bool


# -- the end ------------------------------------------------------------------------------------
def ended_at(state: ParcelState) -> datetime | None:
    """Return when an accepted parcel stopped being under way; None while it is (T10)."""
    if state.accepted_at is None:
        return None
    lost = state.lost_at if state.is_lost else None
    ends = [state.done_at, state.returned_at, lost, state.marks.disposed_at]
    found = min((at for at in ends if at is not None), default=None)
    return max(found, state.accepted_at) if found else None


# -- appointments -------------------------------------------------------------------------------
def is_visited(*, channel: str, at_door: bool) -> bool:
    """Say whether somebody is to come for the parcel at all."""
    return at_door and channel not in NO_VISIT


def appointments(
    ordered_at: datetime, agreed: tuple[datetime | None, datetime | None], moves: Sequence[Moved]
) -> tuple[Window, ...]:
    """Return the windows in which the courier should come, in order (T08).

    A customer who asks before the end of a window moves it. A window we move, or one moved after
    its end, stays to be judged, and the new one is an appointment of its own.
    """
    start, end = (moves[0].old_start, moves[0].old_end) if moves else agreed
    found: list[Window] = [(start, end) if end is not None else (None, _prompt(ordered_at))]
    for move in moves:
        if move.by_customer and move.at <= found[-1][1]:
            found.pop()
        found.append((move.new_start, move.new_end))
    return tuple(found)


def _prompt(ordered_at: datetime) -> datetime:
    local = ordered_at.astimezone(calendars.zone())
    day = local.date()
    if local.time() >= CLOSING:
        day += timedelta(days=1)
    opening = datetime.combine(day, OPENING, calendars.zone())
    return max(ordered_at, opening) + PROMPT


def pickup_kept(state: ParcelState, window: Window) -> bool:
    """Say whether the courier was there in the window: picked up, refused, or came in vain.

    Handed over before the window, the sender accepted the earlier time.
    """
    start, end = window
    marks = state.marks
    if marks.visited_at is not None and marks.visited_at <= end:
        return True
    return any((start is None or at >= start - EARLY) and at <= end for at in marks.waited)


def called_off(state: ParcelState, window: Window) -> bool:
    """Say whether the customer called the pickup off before its window had ended."""
    off, visited = state.marks.called_off_at, state.marks.visited_at
    return off is not None and off <= window[1] and (visited is None or off < visited)


def slot_that_counts(booked: Iterable[Booked]) -> Booked | None:
    """Return the booking to be judged: only the customer may move it, and only in time (T09)."""
    found: Booked | None = None
    for one in sorted(booked, key=lambda slot: slot.at):
        if found is None or (one.by_customer and one.at <= found.ends_at):
            found = one
    return found


def slot_kept(state: ParcelState, slot: Booked) -> bool:
    """Say whether somebody was at the door inside the slot."""
    at = state.first_attempt_at if state.done_at is None else state.done_at
    tries = {at, state.first_attempt_at} - {None}
    return any(slot.starts_at - EARLY <= one <= slot.ends_at for one in tries if one)


# -- links --------------------------------------------------------------------------------------
def whole_minutes(state: ParcelState) -> int | None:
    """Return the minutes from acceptance to done (T05)."""
    if state.accepted_at is None or state.done_at is None:
        return None
    return _minutes(state.accepted_at, state.done_at)


def links(
    state: ParcelState, *, origin_hub: int | None, destination_hub: int | None
) -> tuple[Link | None, Link | None, Link | None, Link | None]:
    """Return handling at the origin, transport, handling there, and delivery, as far as ended.

    Origin: acceptance to the departure from the origin's hub. Transport: to the arrival at the
    destination's hub. Handling there: to the first time out for delivery; delivery: to done. Of
    two sites under one hub nothing is transported between hubs, and handling there begins with
    the departure from it. A link ends with its scan; where that is missing, with the next one of
    these that shows it was passed.
    """
    legs = _forward(state)
    left = _first(legs, "DEP", origin_hub)
    came = left if origin_hub == destination_hub else _first(legs, "ARR", destination_hub)
    out = _first(legs, "OFD")
    ends = (state.accepted_at, left, came, out, state.done_at)
    found = [_link(ends, place) if state.accepted_at else None for place in range(1, 5)]
    if origin_hub == destination_hub:
        found[1] = None
    return found[0], found[1], found[2], found[3]


def _link(ends: Sequence[datetime | None], place: int) -> Link | None:
    ended = next((at for at in ends[place:] if at is not None), None)
    return None if ended is None else (ended, _minutes(ends[place - 1], ends[place]))


def _forward(state: ParcelState) -> Sequence[LegTime]:
    back = state.returned_at
    return state.legs if back is None else [leg for leg in state.legs if leg.at <= back]


def _first(legs: Iterable[LegTime], code: str, site: int | None = 0) -> datetime | None:
    """Return the first scan of this code, at this site; 0 stands for any, None for no site."""
    if site is None:
        return None
    return next((leg.at for leg in legs if leg.code == code and site in (0, leg.site_id)), None)


def _minutes(start: datetime | None, end: datetime | None) -> int:
    if start is None or end is None or end < start:
        return UNMEASURED
    return int((end - start).total_seconds() // 60)
