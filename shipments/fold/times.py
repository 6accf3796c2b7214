"""Which of the two times of an event counts (B5), computed once, when it is stored."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

AHEAD = timedelta(minutes=5)
BEFORE = timedelta(minutes=10)
UPLOAD = timedelta(hours=24)
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
# Their place in time does not depend on the acceptance.
ORDER_CODES = frozenset({"ORD", "PAS", "PFL", "RNV", "INS", "REJ", "PUP", "CNL"})


def effective_time(
    happened_at: datetime,
    recorded_at: datetime,
    accepted_at: datetime | None,
    *,
    code: str = "",
    trusted: bool = False,
) -> tuple[datetime, tuple[str, ...]]:
    """Return the time figures use and why it is not the device's.

    An imported file is `trusted`: the moment of its upload says nothing about its events, so
    their own time is kept and only flagged.
    """
    flags = []
    if happened_at > recorded_at + AHEAD:
        flags.append("future")
    if happened_at < EARLIEST:
        flags.append("clock")
    if accepted_at and code not in ORDER_CODES and happened_at < accepted_at - BEFORE:
        flags.append("before_acceptance")
    if not trusted and recorded_at - happened_at > UPLOAD:
        flags.append("late_upload")
    keep = not flags or (trusted and flags == ["before_acceptance"])
    return (happened_at if keep else recorded_at), tuple(flags)
