"""What goes into the fold and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from shipments.enums import FindingKind, Source, State

if TYPE_CHECKING:
    from shipments.fold.handovers import Handover

BUSINESS_ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Event:
    """One scan as stored. `has_proof` and `has_position` are evidence hung on it."""

    uid: UUID
    code: str
    happened_at: datetime
    recorded_at: datetime
    effective_at: datetime
    reason: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    site_id: int | None = None
    person_id: int | None = None
    source: str = Source.COURIER.value
    corrects: UUID | None = None
    has_position: bool = False
    has_proof: bool = False
    audience: str = ""


@dataclass(frozen=True, slots=True)
class ConsentMark:
    """A word on how to deliver, from `at` until `until`; an empty kind means any way."""

    kind: str
    given: bool
    at: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """What the fold must know beside the events."""

    agreement: bool = False
    cod: bool = False
    # Consents that are no scan: order terms, a standing preference.
    consents: tuple[ConsentMark, ...] = ()
    tz: tzinfo = BUSINESS_ZONE
    attempts_from: time = time(8)
    attempts_to: time = time(20)
    same_within: timedelta = timedelta(minutes=10)
    # Taken in and delivered by the same site: nothing travels in between.
    at_home: bool = False


@dataclass(frozen=True, slots=True)
class LegTime:
    """One link of the way as it really happened."""

    code: str
    site_id: int | None
    person_id: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Try:
    """A failed attempt at the door; `is_valid` with reason and evidence at a fair hour (B10)."""

    at: datetime
    is_valid: bool
    is_import: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a parcel waits to be fetched, since when, and since when its recipient knows."""

    uid: UUID
    way: str
    place: str
    site_id: int | None
    at: datetime
    told_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FoldFinding:
    """Something that does not fit; stored and shown, never a refusal."""

    kind: FindingKind
    code: str
    event_uid: UUID
    site_id: int | None = None
    detail: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """What figures about acceptance, handling and traces count; see `fold.marks`."""

    checks_told: bool = True
    inspected: bool = False
    identified: bool = False
    # The kind of item as the pickup told it; empty where it said nothing.
    kind: str = ""
    screened: bool = False
    # Left by air or rail, and whether the last screening before the first such departure passed.
    flown_at: datetime | None = None
    flown_screened: bool = False
    # From when until when safety had stopped it; without an end while it still does (T10).
    stops: tuple[tuple[datetime, datetime | None], ...] = ()
    # The pickup or refusal at the sender's; when couriers stood there in vain; the calling off.
    visited_at: datetime | None = None
    waited: tuple[datetime, ...] = ()
    called_off_at: datetime | None = None
    disposed_at: datetime | None = None
    expected: int = 0
    present: int = 0


@dataclass(frozen=True, slots=True)
class ParcelState:
    """The shadow of a parcel's events."""

    state: State = State.NONE
    conditions: tuple[str, ...] = ()
    accepted_at: datetime | None = None
    accepted_by_scan: bool = False
    done_at: datetime | None = None
    done_way: str = ""
    done_site_id: int | None = None
    first_attempt_at: datetime | None = None
    attempt_done: bool = False
    attempts: int = 0
    attempts_told: bool = False
    failed: tuple[Try, ...] = ()
    last_event_at: datetime | None = None
    last_site_id: int | None = None
    holder_id: int | None = None
    delivered_by: int | None = None
    lost_at: datetime | None = None
    found_at: datetime | None = None
    fates: tuple[tuple[datetime, bool], ...] = ()
    damaged: bool = False
    short: bool = False
    returned_at: datetime | None = None
    return_cause: str = ""
    recalled_at: datetime | None = None
    rejected: bool = False
    # Pieces handed over so far, of how many; (0, 0) where nothing was delivered in parts.
    pieces: tuple[int, int] = (0, 0)
    placed: Placed | None = None
    # The scan that last took it from where it had been put down.
    left_point: LegTime | None = None
    voided: int = 0
    legs: tuple[LegTime, ...] = ()
    # Every scan with which somebody had the parcel in hand, and the mis-sorts found.
    track: tuple[LegTime, ...] = ()
    findings: tuple[FoldFinding, ...] = ()
    consents: tuple[ConsentMark, ...] = ()
    handovers: tuple[Handover, ...] = ()
    marks: Marks = Marks()

    @property
    def is_lost(self) -> bool:
        """Lost net of recovered ones (B14)."""
        return self.lost_at is not None and self.found_at is None
