"""What figures about acceptance, handling and traces ask of the events (domain C1 to C4). Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from shipments.enums import ItemKind, Source
from shipments.fold.table import IN_HAND, SCREENED_MODES
from shipments.fold.types import Event, Marks

# A check marked later than this after the acceptance is missing (A01).
LATE_MARK = timedelta(minutes=10)
# Nobody tells of the deed by themselves here: a file's scans arrive when it is read.
SILENT = frozenset({Source.IMPORT.value, Source.SYSTEM.value})
# The sender was not there or not ready: with evidence, the courier was (T08).
SENDERS_FAULT = frozenset({"sender-absent", "not-ready"})
# Scans no parcel may lack between two sites, in order; within one site it does not travel (S05).
STAGES = ("PUP", "DEP", "ARR", "AST", "OFD", "END")
AT_HOME = ("PUP", "OFD", "END")
KINDS = frozenset(ItemKind.values)
ENDS = frozenset({"DLV", "RDY"})
# More places than this within one second were filled in afterwards by a batch (S05).
MOST_PLACES = 5


@dataclass
class _Seen:
    """The first of each thing while going through the events."""

    inspected_at: datetime | None = None
    identified_at: datetime | None = None
    is_checked: bool = False
    kind: str = ""
    inspected_kind: str = ""
    passed: bool = False
    screened: bool = False
    flown_at: datetime | None = None
    flown_screened: bool = False
    stops: list[tuple[datetime, datetime | None]] = field(default_factory=list)
    is_stopped_by_screening: bool = False
    visited_at: datetime | None = None
    waited: list[datetime] = field(default_factory=list)
    called_off_at: datetime | None = None
    disposed_at: datetime | None = None
    source: str = ""


def marks(events: Sequence[Event], *, accepted_at: datetime | None, at_home: bool) -> Marks:
    """Return the marks of a parcel; `events` are tidy and in order."""
    seen = _Seen()
    for event in events:
        look = LOOKS.get(event.code)
        if look is not None:
            look(seen, event)
        if not seen.source and event.code in IN_HAND:
            seen.source = event.source
    limit = accepted_at + LATE_MARK if accepted_at else None
    expected, present = trace(events, at_home=at_home)
    return Marks(
        checks_told=seen.is_checked or seen.source not in SILENT,
        inspected=_by(seen.inspected_at, limit), identified=_by(seen.identified_at, limit),
        kind=seen.kind or seen.inspected_kind, screened=seen.screened, flown_at=seen.flown_at,
        flown_screened=seen.flown_screened, stops=tuple(seen.stops),
        visited_at=seen.visited_at, waited=tuple(seen.waited),
        called_off_at=seen.called_off_at, disposed_at=seen.disposed_at,
        expected=expected, present=present,
    )  # fmt: skip


def _by(at: datetime | None, limit: datetime | None) -> bool:
    return at is not None and limit is not None and at <= limit


def trace(events: Sequence[Event], *, at_home: bool) -> tuple[int, int]:
    """Return the mandatory scans up to the furthest stage of the way there, and those present."""
    stages = AT_HOME if at_home else STAGES
    there = _way_there(events)
    codes = {"END" if event.code in ENDS else event.code for event in there}
    reached = [place for place, stage in enumerate(stages) if stage in codes]
    return (reached[-1] + 1, len(reached)) if reached else (0, 0)


def _way_there(events: Sequence[Event]) -> list[Event]:
    """Return the stage scans before a return began, without those filled in by a batch."""
    found = []
    for event in events:
        if event.code == "RTS":
            break
        if event.code in STAGES or event.code in ENDS:
            found.append(event)
    if len(found) <= MOST_PLACES:
        return found
    places = {(e.effective_at.replace(microsecond=0), e.site_id) for e in found}
    filled = {second for second, n in Counter(s for s, _site in places).items() if n > MOST_PLACES}
    return [e for e in found if e.effective_at.replace(microsecond=0) not in filled]


# -- what each code tells ---------------------------------------------------------------------
def _passed(event: Event) -> bool:
    return event.detail.get("result", "pass") == "pass"


def _kind(event: Event) -> str:
    said = event.detail.get("item_kind")
    return said if isinstance(said, str) and said in KINDS else ""


def _inspection(seen: _Seen, event: Event) -> None:
    seen.is_checked = True
    seen.inspected_kind = seen.inspected_kind or _kind(event)
    if seen.inspected_at is None and _passed(event) and event.person_id is not None:
        seen.inspected_at = event.effective_at


def _identity(seen: _Seen, event: Event) -> None:
    seen.is_checked = True
    if seen.identified_at is None and _passed(event):
        seen.identified_at = event.effective_at


def _pickup(seen: _Seen, event: Event) -> None:
    seen.kind = seen.kind or _kind(event)
    seen.visited_at = seen.visited_at or event.effective_at


def _refusal(seen: _Seen, event: Event) -> None:
    seen.visited_at = seen.visited_at or event.effective_at


def _in_vain(seen: _Seen, event: Event) -> None:
    """Nobody there: the courier's word counts with a call, a photo or a position behind it."""
    shown = event.detail.get("call") or event.detail.get("photo") or event.has_position
    if event.reason in SENDERS_FAULT and (shown or event.has_proof):
        seen.waited.append(event.effective_at)


def _screening(seen: _Seen, event: Event) -> None:
    """A failed one stops the parcel until it passes (T10)."""
    seen.screened = True
    seen.passed = _passed(event)
    if event.detail.get("result") == "fail":
        _stop(seen, event.effective_at)
        seen.is_stopped_by_screening = True
    elif seen.passed and seen.is_stopped_by_screening:
        _free(seen, event.effective_at)


def _hold(seen: _Seen, event: Event) -> None:
    if event.detail.get("security"):
        _stop(seen, event.effective_at)


def _release(seen: _Seen, event: Event) -> None:
    """Only the office lifts a stop (ACC-14)."""
    if event.source == Source.OFFICE and event.detail.get("stop", True) is True:
        _free(seen, event.effective_at)


def _stop(seen: _Seen, at: datetime) -> None:
    if not seen.stops or seen.stops[-1][1] is not None:
        seen.stops.append((at, None))


def _free(seen: _Seen, at: datetime) -> None:
    seen.is_stopped_by_screening = False
    if seen.stops and seen.stops[-1][1] is None:
        seen.stops[-1] = (seen.stops[-1][0], at)


def _departure(seen: _Seen, event: Event) -> None:
    if seen.flown_at is None and event.detail.get("mode") in SCREENED_MODES:
        seen.flown_at, seen.flown_screened = event.effective_at, seen.passed


def _called_off(seen: _Seen, event: Event) -> None:
    seen.called_off_at = seen.called_off_at or event.effective_at


def _disposed(seen: _Seen, event: Event) -> None:
    seen.disposed_at = seen.disposed_at or event.effective_at


LOOKS = {
    "INS": _inspection, "RNV": _identity, "PUP": _pickup, "REJ": _refusal, "PFL": _in_vain,
    "XRY": _screening, "DEP": _departure, "CNL": _called_off, "DSP": _disposed, "HLD": _hold,
    "RLS": _release,
}  # fmt: skip
