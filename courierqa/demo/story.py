"""What happens to one invented parcel: a pure function of a random source and a plan.

The simulator knows the truth; the product sees only the scans, as it would in a real network.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from courierqa.demo import packing
from courierqa.demo.network import ROAD_HOURS, STATION_BY_CODE
from courierqa.demo.planted import Strain

HOUR = timedelta(hours=1)
# Days a parcel waits to be consolidated, by product, each equally likely.
HOLD_DAYS = {
    "same-day": (0,),
    "fast": (0, 0, 0, 1),
    "standard": (0, 0, 1, 1),
    "economy": (1, 1, 2, 3),
}


@dataclass(frozen=True)
class Scan:
    """One scan of the story: code, moment, place (site code), person (staff number), detail."""

    code: str
    at: datetime
    site: str
    person: str = ""
    reason: str = ""
    detail: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Trip:
    """One parcel to be told: who carries it where, and how troubled its time and place are."""

    waybill: str
    product: str
    origin: str
    destination: str
    accepted_at: datetime
    picker: str
    courier: str
    agreement: bool
    strain: Strain
    locker: str = ""
    weight_g: int = 1000

    @property
    def same_city(self) -> bool:
        a, b = STATION_BY_CODE[self.origin], STATION_BY_CODE[self.destination]
        return a.city == b.city

    @property
    def hubs(self) -> tuple[str, str]:
        return STATION_BY_CODE[self.origin].hub, STATION_BY_CODE[self.destination].hub


def _at(moment: datetime, hour: float) -> datetime:
    """Return the next time of day `hour` (business zone) at or after `moment`."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    wanted = day + hour * HOUR
    return wanted if wanted >= moment else wanted + timedelta(days=1)


def pickup(trip: Trip) -> Iterator[Scan]:
    """Tell the acceptance with its gates: identity, contents, then the pickup itself."""
    at = trip.accepted_at
    goods = packing.goods_of(trip.waybill, trip.weight_g)
    if not trip.agreement and not goods.unnamed:
        way = {"method": "id_card", "result": "pass", "verified": "now"}
        yield Scan("RNV", at - timedelta(minutes=3), trip.origin, trip.picker, detail=way)
    if not goods.uninspected:
        found = {"result": "pass", "appearance": "good"}
        yield Scan("INS", at - timedelta(minutes=2), trip.origin, trip.picker, detail=found)
    yield Scan("PUP", at, trip.origin, trip.picker, detail=goods.detail(trip.origin))


def _hold_days(rng: random.Random, trip: Trip) -> int:
    """Days waited for consolidation, and the trouble on top."""
    days = rng.choice(HOLD_DAYS[trip.product])
    if rng.random() < trip.strain.trouble:
        days += rng.choice((2, 3, 4, 5, 6) if trip.product != "same-day" else (1, 1, 2))
    return days


def _jammed_days(rng: random.Random, trip: Trip, hub: str) -> int:
    """Days lost in a hub that cannot sort; a parcel that waits elsewhere loses none here."""
    if hub != trip.strain.jammed or rng.random() >= trip.strain.jam:
        return 0
    return rng.choice((4, 5, 6, 7, 9))


# One parcel in so many is sorted to the wrong way first; the machine errs less than a hand.
ASTRAY = {"hand": 97, "machine": 331}


def _sorted(trip: Trip, at: datetime, hub: str) -> Iterator[Scan]:
    """Tell the sort; what went astray is sorted again a quarter of an hour later."""
    onward = trip.hubs[1] if hub == trip.hubs[0] != trip.hubs[1] else trip.destination
    number = int(trip.waybill[2:])
    by = "machine" if number % 3 else "hand"
    right = {"next": onward, "by": by}
    if number % ASTRAY[by] == 5:
        wrong = next(code for code in STATION_BY_CODE if code not in (onward, trip.destination))
        yield Scan("SRT", at, hub, detail={"next": wrong, "by": by})
        at += timedelta(minutes=15)
    yield Scan("SRT", at, hub, detail=right)


def transport(rng: random.Random, trip: Trip) -> Iterator[Scan]:
    """Tell the way from the origin station to the destination station."""
    first, last = trip.hubs
    wave = 12.5 if trip.product == "same-day" else 20.5
    left = _at(trip.accepted_at + timedelta(minutes=20), wave + rng.random() / 2)
    yield Scan("DEP", left, trip.origin)
    at = left + timedelta(minutes=rng.randrange(50, 110))
    yield Scan("ARR", at, first)
    machine = {"result": "pass", "machine": f"X-{first}"}
    yield Scan("XRY", at + timedelta(minutes=12), first, detail=machine)
    yield from _sorted(trip, at + timedelta(minutes=20), first)
    held = _hold_days(rng, trip) + _jammed_days(rng, trip, first)
    if first != last:
        out = at + timedelta(minutes=rng.randrange(60, 150), days=held)
        yield Scan("DEP", out, first)
        at = out + ROAD_HOURS[frozenset((first, last))] * HOUR * rng.uniform(0.95, 1.3)
        yield Scan("ARR", at, last)
        yield from _sorted(trip, at + timedelta(minutes=25), last)
        held = _jammed_days(rng, trip, last)
    ready = at + timedelta(minutes=45, days=held)
    out = ready if trip.product == "same-day" else _at(ready, 5.2 + rng.random() / 2)
    yield Scan("DEP", out, last)
    yield Scan("AST", out + timedelta(minutes=rng.randrange(45, 100)), trip.destination)


def _round_start(rng: random.Random, arrived: datetime, trip: Trip) -> datetime:
    if trip.product == "same-day" and arrived.hour < 18:
        return arrived + timedelta(minutes=rng.randrange(15, 40))
    start = _at(arrived, 8.4 + rng.random() / 3)
    while rng.random() < trip.strain.absent:
        start += timedelta(days=1)
    return start


def _door(rng: random.Random, out: datetime, trip: Trip) -> datetime:
    if trip.product == "same-day":
        return out + timedelta(minutes=rng.randrange(25, 150))
    return out + timedelta(minutes=rng.randrange(35, 9 * 60))


def _delivered(rng: random.Random, at: datetime, trip: Trip) -> Scan:
    way = "recipient" if rng.random() < 0.86 else "proxy"
    detail = {"way": way, "proof": "signature", "checked": True}
    if int(trip.waybill[-6:]) % 61 == 7:
        # Somebody forgot the signature; the list of missing proofs shows it.
        del detail["proof"]
    if int(trip.waybill[-6:]) % 97 == 11:
        # The courier left before the recipient had looked.
        detail["checked"] = False
    if way == "proxy":
        detail |= {"signer": "邻居", "relation": "neighbour", "consent": "call"}
    return Scan("DLV", at, trip.destination, trip.courier, detail=detail)


def _locker(rng: random.Random, at: datetime, trip: Trip) -> Iterator[Scan]:
    asked = rng.random() < 0.93
    if asked:
        said = {"given": True, "kind": "locker", "way": "call"}
        yield Scan("CON", at - timedelta(minutes=4), trip.destination, trip.courier, detail=said)
    place = {"way": "locker", "place": trip.locker, "proof": "photo"}
    yield Scan("RDY", at, trip.destination, trip.courier, detail=place)
    told = {"channel": "sms", "template": "locker_code"}
    yield Scan("NTF", at + timedelta(minutes=1), trip.destination, trip.courier, detail=told)
    if rng.random() < 0.97:
        fetched = at + timedelta(hours=rng.uniform(2, 40))
        way = {"way": "collected", "proof": "code"}
        yield Scan("DLV", fetched, trip.destination, trip.courier, detail=way)


def _retry(rng: random.Random, at: datetime, trip: Trip, tries: int) -> Iterator[Scan]:
    reason = rng.choices(["no-answer", "absent", "address-incomplete", "other-day"], [5, 3, 1, 1])[
        0
    ]
    seen = {"call": {"at": (at - timedelta(minutes=1)).isoformat(), "seconds": 32}}
    yield Scan("ATT", at, trip.destination, trip.courier, reason, seen)
    out = _at(at + 10 * HOUR, 8.5)
    yield Scan("OFD", out, trip.destination, trip.courier)
    door = _door(rng, out, trip)
    if tries < 2 and rng.random() < 0.12:
        yield from _retry(rng, door, trip, tries + 1)
    else:
        yield _delivered(rng, door, trip)


def _refused(rng: random.Random, at: datetime, trip: Trip) -> Iterator[Scan]:
    yield Scan("RFS", at, trip.destination, trip.courier, "refuses", {"photo": True})
    decided = {"cause": "refused"}
    yield Scan("RTS", at + 3 * HOUR, trip.destination, detail=decided)
    yield Scan("RTD", at + timedelta(days=rng.randrange(2, 6)), trip.origin)


def delivery(rng: random.Random, arrived: datetime, trip: Trip) -> Iterator[Scan]:
    """Tell the last mile: one of delivered, locker, another try, refused."""
    out = _round_start(rng, arrived, trip)
    yield Scan("OFD", out, trip.destination, trip.courier)
    door = _door(rng, out, trip)
    luck = rng.random()
    if luck < 0.008:
        yield from _refused(rng, door, trip)
    elif luck < 0.008 + trip.strain.missed:
        yield from _retry(rng, door, trip, 1)
    elif luck < 0.068 + trip.strain.missed and trip.locker:
        yield from _locker(rng, door, trip)
    else:
        yield _delivered(rng, door, trip)


def _lost(rng: random.Random, told: list[Scan], trip: Trip) -> list[Scan]:
    cut = rng.randrange(5, len(told))
    kept = told[:cut]
    at = kept[-1].at + timedelta(days=4)
    kept.append(Scan("SRH", at, kept[-1].site))
    kept.append(Scan("LST", at + timedelta(days=6), kept[-1].site))
    if rng.random() < 0.15:
        found = at + timedelta(days=9)
        kept.append(Scan("FND", found, trip.hubs[1]))
        kept.extend(delivery(rng, found + 3 * HOUR, trip))
    return kept


def tell(rng: random.Random, trip: Trip) -> list[Scan]:
    """Return every scan of the trip in order of time."""
    told = [*pickup(trip), *transport(rng, trip)]
    arrived = told[-1].at
    told.extend(delivery(rng, arrived, trip))
    luck = rng.random()
    if luck < 0.0006:
        told = _lost(rng, told, trip)
    elif luck < 0.0022:
        crack = {"stage": "transit", "extent": "partial", "confirmed": True}
        told.append(Scan("DMG", arrived + timedelta(minutes=9), trip.destination, detail=crack))
    return sorted(told, key=lambda scan: scan.at)
