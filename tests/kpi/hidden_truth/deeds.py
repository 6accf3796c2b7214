"""What lives are made of beside their promise: handovers, troubles, checks, the way to the door."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
TINY = timedelta(microseconds=1)


@dataclass
class Deed:
    """One placement or delivery as it really was; `agreed` is a yes said before it."""

    at: datetime
    way: str
    place: str
    courier: str
    agreed: bool = False
    from_file: bool = False
    told: datetime | None = None
    proof: datetime | None = None
    fetched: datetime | None = None
    left: datetime | None = None
    denied: datetime | None = None

    @property
    def placed(self) -> bool:
        return self.way in ("locker", "station", "safe_place")

    @property
    def asks(self) -> bool:
        return self.placed or self.way == "proxy"

    @property
    def proven(self) -> bool:
        return self.proof is not None and self.proof <= self.at + 24 * HOUR

    @property
    def faulty(self) -> bool:
        bare = not self.placed and not self.from_file and not self.proven
        return (self.asks and not self.agreed) or bare


@dataclass
class Trouble:
    """Something gone wrong with a parcel, when it was found, told about and settled."""

    kind: str
    at: datetime
    place: str
    found: datetime | None = None
    reported: datetime | None = None
    told: datetime | None = None
    # When it was over for good, as the rule sees it.
    settled: datetime | None = None


@dataclass
class Checks:
    """What was done at the counter or the door before and after the acceptance."""

    letter: bool = False
    agreement: bool = False
    looked: bool = False
    named: bool = False
    told: bool = True


@dataclass
class Road:
    """The way of a parcel: which scans were made where, and when each link ended."""

    left: datetime | None = None
    flown: bool = False
    flown_ok: bool = False
    screened: bool = False
    stages: set[str] = field(default_factory=set)
    sorts: list[tuple[datetime, str]] = field(default_factory=list)
    strays: list[tuple[datetime, str]] = field(default_factory=list)
    # The departure from the origin's hub, the arrival at the other one, the first round.
    hub_left: datetime | None = None
    hub_come: datetime | None = None
    out: datetime | None = None
    # The arrivals at hubs, and the one at the station of the way.
    stays: list[tuple[datetime, str]] = field(default_factory=list)
    station: datetime | None = None
    one_hub: bool = False
    # A screening that failed stops the parcel until one passes.
    stops: list[tuple[datetime, datetime | None]] = field(default_factory=list)


@dataclass
class Visit:
    """When somebody was to come for the parcel, and whether somebody did."""

    ordered: datetime
    window: tuple[datetime, datetime] | None = None
    came: datetime | None = None
    in_vain: datetime | None = None
    called_off: datetime | None = None

    @property
    def until(self) -> datetime:
        """The window's end; without one two hours of the day after the order."""
        if self.window is not None:
            return self.window[1]
        day = self.ordered.replace(hour=10, minute=0, second=0, microsecond=0)
        if self.ordered.hour >= 18:
            return day + timedelta(days=1)
        return day if self.ordered.hour < 8 else self.ordered + 2 * HOUR

    @property
    def kept(self) -> bool:
        if self.came is not None and self.came <= self.until:
            return True
        early = self.window[0] - 15 * MINUTE if self.window else self.ordered
        return self.in_vain is not None and early <= self.in_vain <= self.until

    @property
    def is_out(self) -> bool:
        return self.called_off is not None and self.called_off <= self.until
