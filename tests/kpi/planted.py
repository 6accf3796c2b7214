"""The demo's parcels without a database: the same stories, folded and judged, month by month."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from courierqa.core import calendars
from courierqa.demo import network, story
from courierqa.demo.parcels import PRODUCTS, YEAR
from courierqa.demo.planted import strain_at
from shipments.fold import Event, ParcelState, fold
from shipments.promises import promise

Counts = dict[str, dict[date, list[int]]]


@dataclass(frozen=True)
class Told:
    """A folded parcel with its promise."""

    trip: story.Trip
    state: ParcelState
    due: datetime


def months(today: date, number: int) -> list[date]:
    """Return the first days of the finished months before today's, oldest first."""
    found = [today.replace(day=1)]
    while len(found) <= number:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[:0:-1]


def counted(seed: int, today: date, number: int, per_month: int, products) -> Counts:
    """Return hits and total of figures per month of the promise (first attempts: of the try)."""
    rng, found = random.Random(seed), defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for month in months(today, number):
        # The volume swings as the demo's does: the peak brings half as much again.
        for _place in range(round(per_month * YEAR[month.month - 1])):
            one = _told(rng, month, today, products)
            for code, at, hit in _said(one):
                cell = found[code][calendars.business_day(at).replace(day=1)]
                cell[0] += hit
                cell[1] += 1
    return {code: dict(rows) for code, rows in found.items()}


def _told(rng: random.Random, month: date, today: date, products) -> Told:
    day = month + timedelta(days=rng.randrange(30))
    weights = [plan.weight for plan in network.STATIONS]
    origin, destination = rng.choices(network.STATIONS, weights, k=2)
    product = rng.choices(list(PRODUCTS), list(PRODUCTS.values()))[0]
    if product == "same-day":
        near = [plan for plan in network.STATIONS if plan.city == origin.city]
        destination = rng.choice(near)
    hour = rng.uniform(8.5, 13 if product == "same-day" else 19.4)
    trip = story.Trip(
        waybill=f"YS{rng.randrange(10**11):011}", product=product, origin=origin.code,
        destination=destination.code, accepted_at=_at(day, hour), picker="1", courier="2",
        agreement=True, strain=strain_at(destination.code, day, today),
    )  # fmt: skip
    state = fold(_events(trip, story.tell(rng, trip)))
    assert state.accepted_at is not None
    return Told(trip, state, promise(products[product], None, state.accepted_at, _calendar()))


def _calendar():
    return calendars.load("CN")


def _at(day: date, hour: float) -> datetime:
    return calendars.day_start(day).astimezone(calendars.zone()) + timedelta(hours=hour)


def _events(trip: story.Trip, told: list[story.Scan]) -> Iterator[Event]:
    for number, scan in enumerate(told):
        yield Event(
            uid=UUID(int=number + 1), code=scan.code, happened_at=scan.at, recorded_at=scan.at,
            effective_at=scan.at, site_id=_place(scan.site), person_id=int(scan.person or 3),
            reason=scan.reason, detail=scan.detail,
        )  # fmt: skip


def _place(code: str) -> int:
    codes = [*(hub[0] for hub in network.HUBS), *network.STATION_BY_CODE]
    return codes.index(code) + 1


def _said(one: Told) -> Iterator[tuple[str, datetime, bool]]:
    """Say of each figure: on which moment, and whether it is a hit; what leaves is left out."""
    state = one.state
    done, tried = state.done_at, state.first_attempt_at
    excused = state.returned_at is not None and tried is not None
    if not (excused and tried <= one.due):
        yield "T01", one.due, done is not None and done <= one.due and state.lost_at is None
    limit = one.trip.accepted_at + timedelta(hours=72)
    if not one.trip.same_city and not (excused and tried <= limit):
        yield "T03", limit, done is not None and done <= limit
    if tried is not None:
        yield "D01", tried, done == tried
    yield "D02", one.due + timedelta(days=7), done is not None and done <= one.due + WEEK
    yield "S01", one.due, not (state.is_lost or state.damaged)


WEEK = timedelta(days=7)
