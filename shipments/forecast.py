"""When a parcel will arrive, from how fast its lane usually is (TIM-16). Pure; times in minutes.

At the link a parcel was last seen, `rest_p80` says in how many minutes four of five parcels of
its lane and product were done. A parcel that waits longer than that cannot be at the next link
before now, so the next link's rest counts from now: the expectation moves while it waits.

A warning is another question than an arrival to promise: `rest_warn` says in how many minutes the
share `WARN_SHARE` of such parcels were done. It is given once that no longer fits.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

# Fewer journeys say nothing about the next one.
MIN_JOURNEYS = 20
SHARE = 0.8
# A parcel is predicted late once what this share of such parcels need no longer fits. The earliest
# warning that is right four times of five over a replayed history; docs/benchmarks.md: the curve.
WARN_SHARE = 0.6
# Where a parcel stands says which scan it had last.
LINK_OF_STATE = {
    "accepted": "PUP", "at_site": "ARR", "in_transit": "DEP", "at_station": "AST", "out": "OFD",
    "undelivered": "AST",
}  # fmt: skip
LINKS = frozenset({"PUP", "ARR", "DEP", "AST", "OFD"})


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a journey or a plan: scan code and site."""

    code: str
    site_id: int


@dataclass(frozen=True, slots=True)
class Pace:
    """What is usual after one link; `n` journeys stand behind it."""

    position: int
    n: int
    leg_p80: int
    rest_p80: int
    # Unknown until the paces are learnt anew: then as the promise.
    rest_warn: int = 0

    @property
    def warn(self) -> int:
        return self.rest_warn or self.rest_p80


def percentile(values: Sequence[int], share: float = SHARE) -> int:
    """Return the smallest value that at least `share` of the values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def full_plan(legs: Iterable[Link], *, origin: int, destination: int) -> list[Link]:
    """Return a lane's links with the pickup before and the delivery round after them."""
    inner = [leg for leg in legs if leg.code in LINKS]
    plan = [] if inner and inner[0].code == "PUP" else [Link("PUP", origin)]
    plan += inner
    return plan if plan[-1].code == "OFD" else [*plan, Link("OFD", destination)]


def shape_of(plan: Sequence[Link]) -> str:
    """Return what lanes with the same links have in common."""
    return "-".join(link.code for link in plan)


def position_of(plan: Sequence[Link], code: str, site_id: int) -> int | None:
    """Return where in the plan a scan belongs, or None when it is off the lane."""
    for place, link in enumerate(plan):
        if link.code == code and (link.site_id == site_id or code in ("PUP", "OFD")):
            return place
    return None


def times_on_plan(
    plan: Sequence[Link], scans: Iterable[tuple[str, int | None, datetime]]
) -> dict[int, datetime]:
    """Return position → first time there, of the scans in order of time."""
    found: dict[int, datetime] = {}
    for code, site_id, at in scans:
        place = position_of(plan, code, site_id or 0)
        if place is not None:
            found.setdefault(place, at)
    return found


def samples(times: Mapping[int, datetime], done_at: datetime) -> dict[int, tuple[int, int]]:
    """Return position → (minutes from the link before, minutes until done) of one journey."""
    found = {}
    for place, at in times.items():
        before = times.get(place - 1, at)
        found[place] = (max(0, minutes(at - before)), max(0, minutes(done_at - at)))
    return found


def minutes(span: timedelta) -> int:
    """Return whole minutes."""
    return int(span.total_seconds() // 60)


def expected_at(
    paces: Mapping[int, Pace], place: int, *, seen_at: datetime, now: datetime
) -> datetime | None:
    """Return when four of five such parcels would be done, or None without enough journeys."""
    return _done_at(paces, place, "rest_p80", seen_at, now)


def likely_at(
    paces: Mapping[int, Pace], place: int, *, seen_at: datetime, now: datetime
) -> datetime | None:
    """Return when the share that a warning waits for would be done."""
    return _done_at(paces, place, "warn", seen_at, now)


def _done_at(
    paces: Mapping[int, Pace], place: int, rest: str, seen_at: datetime, now: datetime
) -> datetime | None:
    here = paces.get(place)
    if here is None or here.n < MIN_JOURNEYS:
        return None
    told = seen_at + timedelta(minutes=getattr(here, rest))
    ahead = paces.get(place + 1)
    if ahead is None:
        return max(told, now)
    return max(told, now + timedelta(minutes=getattr(ahead, rest)))


def is_at_risk(expected: datetime | None, due: datetime, *, now: datetime) -> bool:
    """Say whether the usual rest is longer than the time left, while some is left."""
    return expected is not None and now < due < expected


def first_warning(
    paces: Mapping[int, Pace], times: Mapping[int, datetime], due: datetime
) -> datetime | None:
    """Return when a watch that never sleeps first said that this parcel would be late.

    At a link the usual rest may not fit any more; or the parcel still waits there when the rest
    of the next link does not fit any more.
    """
    places = sorted(times)
    for order, place in enumerate(places):
        seen = times[place]
        gone = times[places[order + 1]] if order + 1 < len(places) else due
        here, ahead = paces.get(place), paces.get(place + 1)
        if here is None or here.n < MIN_JOURNEYS or seen >= due:
            continue
        if seen + timedelta(minutes=here.warn) > due:
            return seen
        last_call = due - timedelta(minutes=ahead.warn) if ahead else due
        if seen <= last_call < min(gone, due):
            return last_call
    return None
