"""The steps of one parcel's way as figures count them, each on the day it happened. Pure.

Links (T06), departures and screenings (A03, A04), the station's own time (T12), sorts (D10),
attempts (D03, D04), and the evenings it was stuck or stopped before it went on (E05, T10).
Every key is fixed: the same story told in any order gives the same rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from courierqa.core import calendars
from shipments import measured
from shipments.fold import LegTime, ParcelState

STRIDE = 1024
LINKS = ("T06A", "T06B", "T06C", "T06D")
# The place of a kind among a parcel's keys, and how many rows of it there may be.
PLACES = {
    "T06A": (0, 1), "T06B": (1, 1), "T06C": (2, 1), "T06D": (3, 1), "A03": (4, 1), "A04": (5, 1),
    "T12": (6, 1), "D03": (7, 1), "T08": (8, 8), "D04": (16, 48), "D10": (64, 64),
    "D10B": (128, 64), "E05": (192, 400), "T10": (592, 400),
}  # fmt: skip
# Without a scan for longer than this it is stuck; on the road it may take twice as long (E05).
STILL, ON_THE_ROAD = timedelta(hours=24), timedelta(hours=48)
# Arrived at its station in these hours, somebody is at the door within three; else in the next
# shift, which begins when they do (T12).
SHIFT, SHIFT_ENDS, TO_THE_DOOR = time(8), time(16), timedelta(hours=3)
# Once it shows one of these it has passed every hub of its way.
PAST_HUBS = frozenset({"OFD", "DLV", "RDY", "ATT", "RFS"})
Place = tuple[int, date]


class StepRow(NamedTuple):
    """The columns of StepFacts in the order of the model."""

    id: int
    parcel_id: int
    kind: str
    label: str
    site_id: int
    product_id: int
    courier_id: int | None
    day: date
    moment: datetime
    is_hit: bool
    is_out: bool
    amount: int
    number: int


@dataclass(frozen=True)
class Traveller:
    """What the steps must know of a parcel beside its state."""

    parcel_id: int
    label: str
    site_id: int
    origin_id: int
    station_id: int
    product_id: int
    courier_id: int | None
    due_day: date | None
    ended_day: date | None
    slot_ends: datetime | None
    hubs: tuple[int | None, int | None]
    windows: Sequence[measured.Window] = ()

    def row(
        self, kind: str, moment: datetime, *, site: int | None = None, place: int = 0,
        hit: bool = False, out: bool = False, amount: int = 0, number: int = 1,
        courier: int | None = None, day: date | None = None,
    ) -> StepRow:  # fmt: skip
        """Return one row; without a site it is the serving one's."""
        first, most = PLACES[kind]
        return StepRow(
            self.parcel_id * STRIDE + first + min(place, most - 1), self.parcel_id, kind,
            self.label, self.site_id if site is None else site, self.product_id, courier,
            day or calendars.business_day(moment), moment, hit, out, amount, number,
        )  # fmt: skip


def steps_of(about: Traveller, state: ParcelState, *, hubs: frozenset[int]) -> list[StepRow]:
    """Return the steps of a parcel; `hubs` are the sites that are hubs."""
    pickups = list(_pickups(about, state))
    if state.accepted_at is None:
        return pickups
    track = _forward(state)
    return [
        *pickups,
        *_links(about, state), *_screenings(about, state, track, hubs),
        *_to_the_door(about, state, track), *_attempts(about, state), *_sorts(about, track),
        *_unsorted(about, track, hubs), *_stuck(about, state), *_stopped(about, state),
    ]  # fmt: skip


def _forward(state: ParcelState) -> list[LegTime]:
    """Return the scans before a way back began: what follows belongs to the return."""
    back = state.returned_at
    return [one for one in state.track if back is None or one.at <= back]


def _pickups(about: Traveller, state: ParcelState) -> Iterator[StepRow]:
    """Appointments for the pickup, up to the one that was kept by picking up (T08)."""
    visited = state.marks.visited_at
    for place, window in enumerate(about.windows):
        kept, off = measured.pickup_kept(state, window), measured.called_off(state, window)
        site = about.origin_id
        yield about.row("T08", window[1], site=site, place=place, hit=kept and not off, out=off)
        if visited is not None and visited <= window[1]:
            return


# -- links, screenings --------------------------------------------------------------------------
def _links(about: Traveller, state: ParcelState) -> Iterator[StepRow]:
    here, there = about.hubs
    found = measured.links(state, origin_hub=here, destination_hub=there)
    for kind, link in zip(LINKS, found, strict=True):
        if link is not None:
            site = about.origin_id if kind == "T06A" else None
            yield about.row(kind, link[0], site=site, amount=link[1])


def _screenings(
    about: Traveller, state: ParcelState, track: Sequence[LegTime], hubs: frozenset[int]
) -> Iterator[StepRow]:
    """Its first departure from a hub; where it passed none, its first departure at all."""
    marks, gone = state.marks, [one for one in track if one.code == "DEP"]
    left = next((one.at for one in gone if one.site_id in hubs), None)
    if left is None and gone and any(one.code in PAST_HUBS for one in track):
        left = gone[0].at
    if left is not None:
        out = not marks.checks_told
        yield about.row("A03", left, site=about.origin_id, hit=marks.screened, out=out)
    if marks.flown_at is not None:
        hit = marks.flown_screened
        yield about.row("A04", marks.flown_at, site=about.origin_id, hit=hit)


# -- the last stretch ---------------------------------------------------------------------------
def _to_the_door(
    about: Traveller, state: ParcelState, track: Sequence[LegTime]
) -> Iterator[StepRow]:
    came = next(
        (one.at for one in track if one.code == "AST" and one.site_id == about.station_id), None
    )
    if came is None:
        return
    limit, tried = door_limit(came), state.first_attempt_at
    back = [at for at in (state.returned_at, state.recalled_at) if at is not None]
    hit = tried is not None and tried <= limit
    later = about.slot_ends is not None and about.slot_ends > limit
    out = not hit and (later or any(at <= limit for at in back))
    yield about.row("T12", limit, hit=hit, out=out, courier=about.courier_id)


def door_limit(came: datetime) -> datetime:
    """Return until when somebody should be at the door of a parcel that came to its station."""
    local = came.astimezone(calendars.zone())
    day = local.date() + timedelta(days=local.time() >= SHIFT_ENDS)
    shift = datetime.combine(day, SHIFT, calendars.zone())
    return (max(came, shift) + TO_THE_DOOR).astimezone(came.tzinfo)


def _attempts(about: Traveller, state: ParcelState) -> Iterator[StepRow]:
    """How many valid attempts it took (D03), and failed ones that were none, by day (D04)."""
    if state.done_at is not None and state.attempts_told:
        yield about.row("D03", state.done_at, amount=state.attempts, hit=state.attempts > 2)
    days: dict[date, list[tuple[datetime, bool]]] = defaultdict(list)
    for one in state.failed:
        if not one.is_import:
            days[calendars.business_day(one.at)].append((one.at, one.is_valid))
    for place, day in enumerate(sorted(days)):
        bad = sum(not valid for _at, valid in days[day])
        first = min(at for at, _valid in days[day])
        yield about.row("D04", first, place=place, amount=bad, number=len(days[day]), hit=bad > 0)


# -- sorting ------------------------------------------------------------------------------------
def _sorts(about: Traveller, track: Sequence[LegTime]) -> Iterator[StepRow]:
    """Sorts by site and day, and how many went wrong (D10).

    A mis-sort belongs to the sort before it, wherever it was found; without one it is told, it
    is a sort of its own. Two words about the same sort are one mis-sort.
    """
    sorts: list[tuple[LegTime, bool]] = []
    for one in track:
        if one.code == "SRT":
            sorts.append((one, False))
        elif one.code == "MIS":
            sorts[-1:] = [(sorts[-1][0] if sorts else one, True)]
    yield from _by_place(about, "D10", sorts)


def _unsorted(
    about: Traveller, track: Sequence[LegTime], hubs: frozenset[int]
) -> Iterator[StepRow]:
    """Arrivals at hubs by site and day, and how many left again without a sort (D10B)."""
    stays: list[tuple[LegTime, bool]] = []
    came: LegTime | None = None
    was_sorted = False
    for one in track:
        if one.site_id not in hubs:
            continue
        if one.code == "ARR" and (came is None or came.site_id != one.site_id):
            if came is not None:
                stays.append((came, False))
            came, was_sorted = one, False
        elif came is not None and came.site_id == one.site_id:
            was_sorted = was_sorted or one.code == "SRT"
            if one.code == "DEP":
                stays.append((came, not was_sorted))
                came = None
    yield from _by_place(about, "D10B", [*stays, *([(came, False)] if came else [])])


def _by_place(
    about: Traveller, kind: str, found: Sequence[tuple[LegTime, bool]]
) -> Iterator[StepRow]:
    places: dict[Place, list[tuple[datetime, bool]]] = defaultdict(list)
    for one, wrong in found:
        site = about.origin_id if one.site_id is None else one.site_id
        places[site, calendars.business_day(one.at)].append((one.at, wrong))
    for place, (site, day) in enumerate(sorted(places, key=lambda key: (key[1], key[0]))):
        rows = places[site, day]
        bad, first = sum(wrong for _at, wrong in rows), min(at for at, _wrong in rows)
        yield about.row(
            kind, first, site=site, place=place, amount=bad, number=len(rows), hit=bad > 0
        )


# -- evenings on the way ------------------------------------------------------------------------
def stuck_from(state: ParcelState) -> date | None:
    """Return the first day at whose end it is stuck unless another scan comes (E05)."""
    if state.accepted_at is None or not state.track:
        return None
    return calendars.business_day(state.track[-1].at + _patience(state.track[-1]))


def stopped_from(state: ParcelState) -> date | None:
    """Return the first day at whose end safety has it stopped, while it still does (T10)."""
    stops = state.marks.stops
    return calendars.business_day(stops[-1][0]) if stops and stops[-1][1] is None else None


def _patience(scan: LegTime) -> timedelta:
    return ON_THE_ROAD if scan.code == "DEP" else STILL


def _stuck(about: Traveller, state: ParcelState) -> Iterator[StepRow]:
    for one, after in zip(state.track, state.track[1:], strict=False):
        if after.at - one.at > STILL:
            since = one.at + _patience(one)
            yield from _evenings(about, "E05", state, since, after.at)


def _stopped(about: Traveller, state: ParcelState) -> Iterator[StepRow]:
    for start, end in state.marks.stops:
        if end is not None:
            yield from _evenings(about, "T10", state, start, end)


def _evenings(
    about: Traveller, kind: str, state: ParcelState, start: datetime, end: datetime
) -> Iterator[StepRow]:
    """Yield the days under way at whose end it still held; `is_hit` past its promise."""
    taken = calendars.business_day(state.accepted_at or start)
    day, last = max(calendars.business_day(start), taken), calendars.business_day(end)
    last = min(last, about.ended_day or last)
    while day < last and (day - taken).days < PLACES[kind][1]:
        midnight = calendars.day_start(day + timedelta(days=1))
        late = about.due_day is not None and about.due_day <= day
        yield about.row(kind, midnight, place=(day - taken).days, hit=late, day=day)
        day += timedelta(days=1)
