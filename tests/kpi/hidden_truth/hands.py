"""Exceptions opened and worked on by people, on parcels that had none of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from shipments.models import Parcel
from shipments.services import exceptions, handling
from tests.kpi.hidden_truth.answers import SOLVE, two_hours_by_day
from tests.kpi.hidden_truth.deeds import HOUR, MINUTE, TINY, Trouble
from tests.kpi.hidden_truth.lives import DAY, NOW, Life

# What happens, and how it is worked on.
WORKED = (
    ("damaged", "in_time"), ("damaged", "again"), ("damaged", "again_later"), ("short", "late"),
    ("lost", "never"), ("dangerous", "in_time"), ("dangerous", "before"), ("misdelivered", "late"),
    ("misdelivered", "twice"), ("dispute", "in_time"), ("stuck", "watched"), ("short", "young"),
)  # fmt: skip
QUIET = (
    "handed", "second_try", "locker_agreed", "claimed_try", "put_right", "sent_too_late",
    "clock_ahead", "just_sent", "recalled",
)  # fmt: skip


def work(lives: list[Life], parcels: list[Parcel], sites: dict[str, Any], actor: Any) -> None:
    """Let people open, tell and close exceptions; write the truth into the lives."""
    for (life, parcel), (kind, how) in zip(_whole(lives, parcels), WORKED, strict=True):
        _worked(life, parcel, kind, how, sites[life.place].pk, actor)


def _whole(lives: list[Life], parcels: list[Parcel]) -> Iterator[tuple[Life, Parcel]]:
    chosen = [
        (life, parcel)
        for life, parcel in zip(lives, parcels, strict=True)
        if life.fate in QUIET and not life.troubles
    ]
    yield from chosen[: len(WORKED)]


def _worked(life: Life, parcel: Parcel, kind: str, how: str, site: int, actor: Any) -> None:
    assert life.accepted is not None
    at = NOW - HOUR if how == "young" else life.accepted + 7 * HOUR
    if how == "before":
        at = life.accepted - HOUR
    found = at - HOUR - (TINY if how == "late" else timedelta(0)) if kind == "damaged" else None
    if how == "late":
        found = at - HOUR - TINY
    trouble = Trouble(kind, at, life.place, found, at)
    life.troubles.append(trouble)
    if how == "watched":
        trouble.reported = None
        of = exceptions.classes()[kind]
        exceptions.open_many([exceptions.fresh(parcel.pk, of, at=at, site_id=site)])
        return
    row = exceptions.open_by_hand(
        parcel=parcel, kind=kind, site_id=site, at=at, actor=actor, found_at=found
    )
    _told(trouble, row, how, actor)
    _closed(life, trouble, row, how, actor)
    if how == "twice":
        again = exceptions.open_by_hand(
            parcel=parcel, kind=kind, site_id=site, at=at + 2 * DAY, actor=actor
        )
        life.troubles.append(Trouble(kind, again.opened_at, life.place, None, again.opened_at))


def _told(trouble: Trouble, row: Any, how: str, actor: Any) -> None:
    """Tell the customer at the last moment, or a moment after it."""
    limit = two_hours_by_day(trouble.at)
    at = {"in_time": limit, "again": limit + TINY, "late": limit - MINUTE}.get(how)
    if at is not None:
        handling.tell_customer(row, note="已告知", plan="search", actor=actor, at=at)
        trouble.told = at


def _closed(life: Life, trouble: Trouble, row: Any, how: str, actor: Any) -> None:
    limit = trouble.at + SOLVE[trouble.kind] * HOUR

    def close(at: datetime) -> None:
        handling.settle_exception(row, note="已处理", actor=actor, at=at)

    if how in ("in_time", "late", "twice", "before"):
        trouble.settled = limit + (TINY if how == "late" else timedelta(0))
        if how == "twice":
            trouble.settled = trouble.at + DAY
        close(trouble.settled)
    elif how.startswith("again"):
        # Opened again within a week it had not been over; a moment later it had.
        close(trouble.at + HOUR)
        back = trouble.at + HOUR + 7 * DAY + (TINY if how == "again_later" else timedelta(0))
        if back < NOW:
            handling.reopen_exception(row, note="又坏了", actor=actor, at=back)
            close(back + HOUR)
            trouble.settled = back + HOUR if how == "again" else trouble.at + HOUR
        else:
            trouble.settled = trouble.at + HOUR
