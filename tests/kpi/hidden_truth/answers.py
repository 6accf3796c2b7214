"""The known answers: what each life says about each figure, from its truth alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import NamedTuple

from tests.kpi.hidden_truth.deeds import HOUR, MINUTE, TINY, Deed, Trouble
from tests.kpi.hidden_truth.lives import CHINA, DAY, NOW, Life


class Answer(NamedTuple):
    """One figure's word on one record: at which moment, and how it falls.

    `place` is another than the serving one; `above` and `below` are added up instead of counted;
    `who` is the courier answerable for it.
    """

    code: str
    moment: datetime
    hit: bool
    out: bool = False
    place: str = ""
    above: int | None = None
    below: int = 1
    who: str = ""


# Exceptions: how long each class may take, in hours, and whether we tell the customer of it.
SOLVE = {
    "lost": 168, "damaged": 120, "short": 120, "refused": 72, "missort": 48, "disputed": 72,
    "realname": 48, "dispute": 72, "misdelivered": 48, "dangerous": 24, "stuck": 48,
}  # fmt: skip
TELL = ("lost", "damaged", "short", "misdelivered", "stuck")


def of_parcel(life: Life) -> Iterator[Answer]:
    """Yield what an ordered parcel says; only a real, accepted one says more than its order."""
    if life.is_test:
        return
    yield from _told(life)
    yield Answer("T08", life.visit.until, life.visit.kept, life.visit.is_out, life.origin)
    if life.refused is not None:
        yield Answer("A05", life.refused, True, place=life.origin)
    if life.accepted is None:
        return
    yield from _promised(life)
    yield from _checked(life)
    yield from _handed(life)
    yield from _troubled(life)
    yield from _tried(life)
    yield from _under_way(life)


def _told(life: Life) -> Iterator[Answer]:
    """Every word of a phone, whatever it says: told within half an hour or not."""
    for one in life.told:
        sent = one.sent_at or NOW
        if one.source == "courier" and one.at <= sent + 5 * MINUTE:
            at, quick = min(one.at, sent), sent - one.at <= 30 * MINUTE
            yield Answer("S06", at, quick, place=one.place, above=int(quick), who=one.person)


def _promised(life: Life) -> Iterator[Answer]:
    kept, due = not life.ever_lost, life.due
    on_time, left = _by(life.done, due) and kept, _left(life, due)
    yield Answer("T01", due, on_time, left, who=life.holder)
    yield Answer("T02", due, _by(life.tried, due), _called_back(life, due), who=life.holder)
    industry = "T04" if life.same_city else "T03"
    out = _left(life, life.hours)
    yield Answer(industry, life.hours, _by(life.done, life.hours) and kept, out)
    yield Answer("T11", life.claim, not _by(life.done, life.claim), _left(life, life.claim))
    if life.slot is not None:
        start, end = life.slot
        times = [at for at in (life.done, life.tried) if at is not None]
        yield Answer("T09", end, any(start - 15 * MINUTE <= at <= end for at in times))
    if life.tried is not None:
        done = life.done == life.tried
        yield Answer("D01", life.tried, done, not life.tells_tries, who=life.holder)
    yield Answer("D02", life.week, _by(life.done, life.week))
    yield from _outcomes(life)
    whole = not (life.lost or life.damaged or life.short)
    yield Answer("S01", due, whole)
    assert life.accepted is not None
    yield Answer("S02", life.accepted, life.lost)
    yield Answer("S03", life.accepted, life.damaged)
    yield Answer("S04", life.accepted, life.short)
    faulty = life.blamed or any(deed.faulty for deed in life.deeds)
    yield Answer("S07", due, on_time and whole and not faulty, left)
    wanted, there = _trace(life)
    yield Answer("S05", due, False, above=there, below=wanted)


def _by(moment: datetime | None, limit: datetime) -> bool:
    return moment is not None and moment <= limit


def _called_back(life: Life, limit: datetime) -> bool:
    return _by(life.recalled, limit)


def _left(life: Life, limit: datetime) -> bool:
    """Called back in time, or refused in time: out of the share, beside it."""
    return _called_back(life, limit) or (life.excused and _by(life.tried, limit))


def _trace(life: Life) -> tuple[int, int]:
    """How many scans no parcel may lack up to the furthest one made, and how many were made."""
    names = ["PUP", "DEP", "ARR", "AST", "OFD", "END"]
    made = [name in life.road.stages for name in names]
    return max((n + 1 for n, yes in enumerate(made) if yes), default=0), sum(made)


def _tried(life: Life) -> Iterator[Answer]:
    """How many tries it took, which of them were none, and how quick the last stretch was."""
    if life.done is not None and life.tells_tries:
        yield Answer("D03", life.done, False, above=2 if life.fate == "second_try" else 1)
    for at, valid in life.knocks:
        yield Answer("D04", at, False, above=int(not valid))
    come = life.road.station
    if come is not None:
        limit = _three_hours(come)
        hit = _by(life.tried, limit)
        out = _by(life.back, limit) or (life.slot is not None and life.slot[1] > limit)
        yield Answer("T12", limit, hit, out and not hit)


def _three_hours(come: datetime) -> datetime:
    """Three hours of a shift that begins at eight and takes in until four."""
    eight = datetime.combine(come.astimezone(CHINA).date(), time(8), CHINA)
    if come < eight:
        return eight + 3 * HOUR
    return (eight + DAY if come >= eight + 8 * HOUR else come) + 3 * HOUR


def _outcomes(life: Life) -> Iterator[Answer]:
    """A week after the promise each parcel is one of five things."""
    week = life.week
    states = {
        "": _by(life.done, week), "B": _by(life.recalled, week), "A": _by(life.back, week),
        "C": _by(life.gone, week), "D": True,
    }  # fmt: skip
    it = next(letter for letter, so in states.items() if so)
    for letter in "ABCD":
        yield Answer(f"D02{letter}", week, letter == it)


# -- acceptance and sorting --------------------------------------------------------------------
def _checked(life: Life) -> Iterator[Answer]:
    assert life.accepted is not None
    checks, road, here = life.checks, life.road, life.origin
    mute = not checks.told
    if not checks.letter:
        yield Answer("A01", life.accepted, checks.looked, mute, here)
        if not checks.agreement:
            yield Answer("A02", life.accepted, checks.named, mute, here)
    left = road.hub_left or road.left
    if left is not None:
        yield Answer("A03", left, road.screened, mute, here)
    if road.flown and road.hub_left is not None:
        yield Answer("A04", road.hub_left, road.flown_ok, place=here)
    yield from _sorted(life)


def _sorted(life: Life) -> Iterator[Answer]:
    """A sort gone wrong is known by the stray after it; one without a sort is a sort itself."""
    road = life.road
    wrong = {where for _at, where in road.strays}
    sorted_at = {where for _at, where in road.sorts}
    for at, where in road.sorts:
        yield Answer("D10", at, False, place=where, above=int(where in wrong))
    for at, where in road.strays:
        if where not in sorted_at:
            yield Answer("D10", at, False, place=where, above=1)
    for at, where in road.stays:
        gone = where == "hub" and road.hub_left is not None and where not in sorted_at
        yield Answer("D10B", at, False, place=where, above=int(gone))


# -- the door ----------------------------------------------------------------------------------
def _handed(life: Life) -> Iterator[Answer]:
    for deed in life.deeds:
        yield from _of_deed(deed)


def _of_deed(deed: Deed) -> Iterator[Answer]:
    where, who = deed.place, deed.courier
    if deed.asks:
        yield Answer("D05", deed.at, deed.agreed, place=where, who=who)
    if deed.placed:
        limit = deed.at + 30 * MINUTE
        yield Answer("D06", limit, _by(deed.told, limit), deed.from_file, where, who=who)
        until = deed.at + 48 * HOUR
        out = deed.from_file or _by(deed.left, until)
        yield Answer("D11", until, not _by(deed.fetched, until), out, where)
        return
    yield Answer("D07", deed.at + DAY, deed.proven, deed.from_file, where, who=who)
    yield Answer("deliveries", deed.at, True, place=where)
    if deed.denied is not None:
        yield Answer("D08", deed.denied, True, place=where)


# -- what went wrong ---------------------------------------------------------------------------
def _troubled(life: Life) -> Iterator[Answer]:
    found = sorted(life.troubles, key=lambda one: one.at)
    for one in found:
        yield from _of_trouble(one)
    for code, kind in (("E01", ""), ("D09", "misdelivered"), ("A06", "dangerous")):
        of_kind = [one for one in found if kind in ("", one.kind)]
        if kind == "dangerous":
            # Found before we took it in: refused, not let through.
            of_kind = [one for one in of_kind if life.accepted and one.at >= life.accepted]
        if of_kind:
            yield Answer(code, of_kind[0].at, True, place=of_kind[0].place)


def _of_trouble(one: Trouble) -> Iterator[Answer]:
    limit = one.at + SOLVE[one.kind] * HOUR
    yield Answer("E02", limit, _by(one.settled, limit), place=one.place)
    if one.kind in TELL:
        limit = two_hours_by_day(one.at)
        yield Answer("E03", limit, _by(one.told, limit), place=one.place)
    if one.reported is not None:
        found = one.found or one.at
        yield Answer("E04", found, one.reported <= found + HOUR, place=one.place)


def two_hours_by_day(at: datetime) -> datetime:
    """Count two hours on a clock that runs from eight to eight in the evening."""
    now, left = at.astimezone(CHINA), 2 * HOUR
    while True:
        opens, shuts = (datetime.combine(now.date(), time(hour), CHINA) for hour in (8, 20))
        start = max(now, opens)
        if start + left <= shuts:
            return start + left
        left -= max(shuts - start, timedelta(0))
        now = opens + DAY


# -- at the end of each day --------------------------------------------------------------------
def _under_way(life: Life) -> Iterator[Answer]:
    """At every midnight before the end of the story: still on its way; overdue, unseen."""
    assert life.accepted is not None
    midnight = datetime.combine(life.accepted.date(), time(0), CHINA) + DAY
    while midnight <= NOW:
        if life.ended is not None and life.ended < midnight:
            return
        stopped = any(
            start < midnight and (end is None or end >= midnight) for start, end in life.road.stops
        )
        yield Answer("T10", midnight - TINY, life.due < midnight, stopped)
        yield Answer("E05", midnight - TINY, _unseen(life, midnight))
        midnight += DAY


def _unseen(life: Life, midnight: datetime) -> bool:
    """Nobody saw it for more than a day, or for more than two since it left on the road."""
    at, on_road = max(one for one in life.sights if one[0] < midnight)
    return midnight - at > (2 if on_road else 1) * DAY
