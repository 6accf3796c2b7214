"""Lives of parcels: the truth is drawn first, scans are told about it afterwards."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, timezone
from uuid import UUID

CHINA = timezone(timedelta(hours=8))
HOUR, MINUTE, DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)
TINY = timedelta(microseconds=1)
# Working days Monday to Friday: no holiday lies near these three weeks.
FIRST_DAY = datetime(2026, 3, 2, tzinfo=CHINA)
NOW = datetime(2026, 3, 27, 18, tzinfo=CHINA)
WORKING_DAYS = {"fast": 3, "standard": 5}
HAND, SAME_DAY_CUT, CUT = "recipient", time(12), time(20)


@dataclass
class Told:
    """One scan as the product will get it, before ids of rows are known."""

    code: str
    at: datetime
    place: str
    person: str = ""
    reason: str = ""
    detail: dict = field(default_factory=dict)
    sent_at: datetime | None = None
    uid: UUID | None = None
    corrects: UUID | None = None
    source: str = "courier"


@dataclass
class Life:
    """What really became of one parcel, and what was told about it."""

    key: int
    product: str
    place: str
    other: str
    same_city: bool
    start: datetime
    courier: str
    fate: str = ""
    is_test: bool = False
    accepted: datetime | None = None
    done: datetime | None = None
    tried: datetime | None = None
    recalled: datetime | None = None
    excused: bool = False
    lost: bool = False
    ever_lost: bool = False
    damaged: bool = False
    short: bool = False
    tells_tries: bool = True
    holder: str = ""
    served_at: str = ""
    told: list[Told] = field(default_factory=list)

    @property
    def due(self) -> datetime:
        return promised(self.product, self.accepted or self.start)

    @property
    def hours(self) -> datetime:
        return (self.accepted or self.start) + (24 if self.same_city else 72) * HOUR

    @property
    def claim(self) -> datetime:
        return self.due + (3 if self.same_city else 7) * DAY

    @property
    def week(self) -> datetime:
        return self.due + 7 * DAY


def end_of(day: datetime) -> datetime:
    return day.replace(hour=0, minute=0, second=0, microsecond=0) + DAY - TINY


def promised(product: str, accepted: datetime) -> datetime:
    """The promise as the rule book words it, counted on the fingers."""
    cut = SAME_DAY_CUT if product == "same-day" else CUT
    day = accepted + (DAY if accepted.time() >= cut else timedelta(0))
    for _step in range(WORKING_DAYS.get(product, 0)):
        day += DAY
        while day.weekday() > 4:
            day += DAY
    return end_of(day)


class Teller:
    """Draws lives and tells them."""

    def __init__(self, seed: int, places: dict[str, list[str]], cities: dict[str, str]) -> None:
        self.dice, self.places, self.cities = random.Random(seed), places, cities

    def uid(self) -> UUID:
        return UUID(int=self.dice.getrandbits(128), version=4)

    def life(self, key: int, fate: Callable[[Teller, Life], None]) -> Life:
        """Draw one life of this fate; what lies after NOW has not happened yet."""
        dice = self.dice
        product = dice.choice(["fast", "standard", "standard", "same-day"])
        same_city = product == "same-day" or dice.random() < 0.3
        near = [place for place, city in self.cities.items() if city == "杭州"]
        far = [place for place, city in self.cities.items() if city != "杭州"]
        place, other = dice.sample(near if same_city else far, 2)
        day = FIRST_DAY + dice.randrange(18) * DAY
        start = day + dice.choice([9, 11, 12, 15, 19, 20]) * HOUR + dice.randrange(60) * MINUTE
        courier = dice.choice(self.places[place])
        made = Life(key, product, place, other, same_city, start, courier, served_at=place)
        made.fate = fate.__name__
        fate(self, made)
        if any((one.sent_at or one.at) > NOW for one in made.told):
            raise AssertionError(f"{made.fate} reaches past the end of the story")
        return made

    def moment(self, life: Life) -> datetime:
        """Draw when the door is reached: near one of the limits, often exactly on it."""
        limit = self.dice.choice([life.due, life.due, life.hours, life.claim, life.week])
        shift = self.dice.choice([timedelta(0), TINY, -2 * HOUR, -90 * MINUTE, 5 * HOUR])
        at = max(limit + shift, life.start + 4 * HOUR)
        return min(at, NOW - 3 * DAY)

    def by_day(self, at: datetime, life: Life) -> datetime:
        """Return a moment of the same day between nine and seven, after the pickup."""
        found = at.replace(hour=self.dice.randrange(9, 19), minute=30)
        if found < life.start + 4 * HOUR:
            found = (life.start + DAY).replace(hour=10, minute=30)
        return found

    def pick_up(self, life: Life, *, until: datetime, source: str = "courier") -> None:
        """Tell the pickup and the way to the door, which is reached at `until`."""
        life.accepted, life.holder = life.start, "picker"
        span = until - life.start
        way = [("ARR", "hub", ""), ("AST", life.place, ""), ("OFD", life.place, life.courier)]
        self.say(life, "RNV", life.start - 3 * MINUTE, "origin", "picker", source=source)
        seen = {"result": "pass"}
        self.say(life, "INS", life.start - 2 * MINUTE, "origin", "picker", seen, source=source)
        self.say(life, "PUP", life.start, "origin", "picker", source=source)
        for place, (code, where, who) in enumerate(way, start=1):
            self.say(life, code, life.start + span * place / 5, where, who, source=source)
        life.holder = life.courier

    def say(
        self, life: Life, code: str, at: datetime, place: str = "", person: str = "",
        detail: dict | None = None, **more,
    ) -> Told:  # fmt: skip
        """Add a scan; now and then the phone was without a net, or was tapped twice."""
        dice = self.dice
        late = dice.choice([MINUTE, MINUTE, 3 * MINUTE, 5 * HOUR])
        one = Told(code, at, place or life.place, person, detail=detail or {}, uid=self.uid())
        one.sent_at = min(at + late, NOW)
        for name, value in more.items():
            setattr(one, name, value)
        life.told.append(one)
        if code in ("ARR", "OFD", "DLV") and dice.random() < 0.15:
            again = Told(
                **{**vars(one), "uid": self.uid(), "at": at + dice.randrange(1, 9) * MINUTE}
            )
            again.sent_at = min(max(again.at, one.sent_at) + MINUTE, NOW)
            life.told.append(again)
        return one

    def hand_over(self, life: Life, at: datetime, **more) -> Told:
        """Tell a delivery into somebody's hands."""
        life.holder = life.courier
        detail = {"way": self.dice.choice([HAND, "proxy"]), "signer": "王"}
        return self.say(life, "DLV", at, life.served_at, life.courier, detail, **more)

    def fail(self, life: Life, at: datetime, *, valid: bool = True) -> None:
        """Tell a knock at a closed door, with evidence or without."""
        said = {"call": {"seconds": 30}} if valid else {}
        self.say(life, "ATT", at, life.place, life.courier, said, reason="absent")
