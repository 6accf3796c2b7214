"""Lives of parcels: the truth is drawn first, scans are told about it afterwards."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, timezone
from uuid import UUID

from tests.kpi.hidden_truth import roads
from tests.kpi.hidden_truth.deeds import HOUR, MINUTE, TINY, Checks, Deed, Road, Trouble, Visit

CHINA = timezone(timedelta(hours=8))
DAY = timedelta(days=1)
# Working days Monday to Friday: no holiday lies near these three weeks.
FIRST_DAY = datetime(2026, 3, 2, tzinfo=CHINA)
NOW = datetime(2026, 3, 27, 18, tzinfo=CHINA)
WORKING_DAYS = {"fast": 3, "standard": 5}
HAND, SAME_DAY_CUT, CUT = "recipient", time(12), time(20)
# Somebody has the parcel in hand, or looks at it; a word, a notice or a search is none of these.
BY_EYE = frozenset(
    {
        "PUP", "DEP", "ARR", "AST", "OFD", "SRT", "MIS", "XRY", "DLV", "RDY", "ATT", "RFS", "RTS",
        "INS", "DMG", "FND",
    }
)  # fmt: skip


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
    origin: str = "origin"
    customer: str = ""
    back: datetime | None = None
    gone: datetime | None = None
    refused: datetime | None = None
    last_screening: str = ""
    # A complaint about it that was decided to be ours, beyond appeal.
    blamed: bool = False
    # Knocks at a closed door: when, and whether they count as attempts.
    knocks: list[tuple[datetime, bool]] = field(default_factory=list)
    slot: tuple[datetime, datetime] | None = None
    visit: Visit = field(default_factory=lambda: Visit(FIRST_DAY))
    checks: Checks = field(default_factory=Checks)
    road: Road = field(default_factory=Road)
    deeds: list[Deed] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)
    # Evidence sent after its scan: which one, and when it arrived.
    proofs: list[tuple[Told, datetime]] = field(default_factory=list)
    # When somebody saw it, and whether it then left on the road.
    sights: list[tuple[datetime, bool]] = field(default_factory=list)

    def see(self, code: str, at: datetime) -> None:
        """Note that somebody saw it; a second tap on the same screen sees nothing new."""
        if code in BY_EYE:
            self.sights.append((at, code == "DEP"))

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

    @property
    def ended(self) -> datetime | None:
        """When it stopped being under way: done, on its way back, or lost for good."""
        return min((at for at in (self.done, self.back, self.gone) if at), default=None)


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
        self._before(made)
        fate(self, made)
        if any((one.sent_at or one.at) > NOW for one in made.told):
            raise AssertionError(f"{made.fate} reaches past the end of the story")
        return made

    def _before(self, life: Life) -> None:
        """Draw who sends it from where, and when somebody was to come for it."""
        dice, start = self.dice, life.start
        life.origin = dice.choice(["origin", "origin", "yard"])
        life.road.one_hub = roads.HUB_OF[life.place] == roads.HUB_OF[life.origin]
        life.customer = dice.choice(["", "", "", "agreed", "lapsed"])
        life.checks.letter = dice.random() < 0.15
        life.checks.agreement = life.customer == "agreed"
        life.visit.ordered = start - dice.choice([1, 2, 5]) * HOUR
        if dice.random() < 0.5:
            end = start + dice.choice([timedelta(0), -TINY, HOUR, 5 * HOUR])
            life.visit.window = (end - 2 * HOUR, end)
        else:
            life.visit.ordered -= dice.choice([timedelta(0), TINY])

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

    def pick_up(self, life: Life, *, until: datetime) -> None:
        """Tell the pickup and the way to the door, which is reached at `until`."""
        roads.accept(self, life)
        roads.travel(self, life, until=until)

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
        life.see(code, at)
        if code in ("ARR", "OFD", "DLV") and dice.random() < 0.15:
            again = Told(
                **{**vars(one), "uid": self.uid(), "at": at + dice.randrange(1, 9) * MINUTE}
            )
            again.sent_at = min(max(again.at, one.sent_at) + MINUTE, NOW)
            life.told.append(again)
        return one

    def hand_over(self, life: Life, at: datetime, **more) -> Told:
        """Tell a delivery into somebody's hands, with fitting evidence, late or without."""
        dice = self.dice
        way = dice.choice([HAND, "proxy"])
        detail: dict = {"way": way, "signer": "王"}
        shown = dice.choice(["code", "code", "seen", "limit", "late", "none"])
        detail |= {"code": {"proof": "code"}, "seen": {"identity_seen": True}}.get(shown, {})
        agreed, known = dice.random() < 0.7, dice.random() < 0.8
        if way == "proxy":
            detail |= ({"consent": True} if agreed else {}) | (
                {"relation": "家人"} if known else {}
            )
        life.holder = life.courier
        one = self.say(life, "DLV", at, life.served_at, life.courier, detail, **more)
        deed = self.deed(life, one, way, agreed=agreed)
        if shown in ("limit", "late") and deed.at + 25 * HOUR < NOW:
            arrived = deed.at + 24 * HOUR + (TINY if shown == "late" else timedelta(0))
            life.proofs.append((one, arrived))
            deed.proof = arrived if way == HAND or known else None
        elif shown in ("code", "seen"):
            deed.proof = one.sent_at if way == HAND or known else None
        return one

    def deed(self, life: Life, one: Told, way: str, *, agreed: bool) -> Deed:
        """Write down a handover; the scan's own time holds unless a fate knows better."""
        made = Deed(one.at, way, one.place, one.person, agreed, one.source == "import")
        life.deeds.append(made)
        life.road.stages.add("END")
        return made

    def put_down(self, life: Life, at: datetime, *, agreed: bool) -> Deed:
        """Tell a placement in a locker; the recipient hears of it in time, late or never."""
        one = self.say(life, "RDY", at, life.place, life.courier, {"way": "locker"})
        made = self.deed(life, one, "locker", agreed=agreed)
        heard = self.dice.choice([5 * MINUTE, 30 * MINUTE, 30 * MINUTE + TINY, None])
        if heard is not None:
            made.told = at + heard
            self.say(life, "NTF", made.told, life.place, "", {"channel": "sms"})
        return made

    def fetch(self, life: Life, at: datetime) -> None:
        """Tell that somebody took it out of the locker, with the code or without."""
        life.deeds[-1].fetched = at
        code = self.dice.random() < 0.7
        detail = {"way": "collected"} | ({"proof": "code"} if code else {})
        one = self.say(life, "DLV", at, life.place, "", detail)
        self.deed(life, one, "collected", agreed=False).proof = one.sent_at if code else None

    def told_flatly(self, life: Life, code: str, at: datetime, place: str) -> None:
        """Add a scan sent a minute later, never twice."""
        life.told.append(Told(code, at, place, uid=self.uid(), sent_at=at + MINUTE))
        life.see(code, at)
        life.road.stages.discard(code)

    def fail(self, life: Life, at: datetime, *, valid: bool = True) -> None:
        """Tell a knock at a closed door, with evidence or without."""
        life.knocks.append((at, valid and at.hour < 20))
        said = {"call": {"seconds": 30}} if valid else {}
        self.say(life, "ATT", at, life.place, life.courier, said, reason="absent")
