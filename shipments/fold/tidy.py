"""From raw events to the ones that count: voids, corrections, duplicates, order (B6–B8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from shipments.enums import FindingKind
from shipments.fold.judge import is_bare, is_placing
from shipments.fold.table import CHECKS, RANK, STATEMENTS
from shipments.fold.times import BEFORE, ORDER_CODES
from shipments.fold.types import Event, FoldFinding, Rules

TRUSTED = frozenset({"import", "system"})
# What adds nothing to a handover told minutes before.
LESS = {"placed": ("bare",), "handed": ("bare", "placed")}
STOPPING = ("security", "stop")
CHANGEABLE = ("reason", "detail", "site_id", "person_id")


def order_key(event: Event) -> tuple[datetime, int, datetime, str]:
    """Time, then life-cycle rank, then arrival, then id: never "last arrived wins" (B7)."""
    return event.effective_at, RANK.get(event.code, 99), event.recorded_at, str(event.uid)


def _content_key(event: Event) -> tuple[Any, ...]:
    return event.recorded_at, event.happened_at, event.code, repr(sorted(event.detail.items()))


@dataclass(frozen=True)
class Tidy:
    """The events that count, in order, and what was noticed on the way."""

    events: list[Event]
    findings: list[FoldFinding]
    voided: int
    # Money was taken at the door, whichever tap said so.
    paid: bool


def _once(events: Iterable[Event]) -> dict[UUID, Event]:
    """Keep the first stored of the same id, whatever the order of arrival."""
    kept: dict[UUID, Event] = {}
    for event in events:
        held = kept.get(event.uid)
        if held is None or _content_key(event) < _content_key(held):
            kept[event.uid] = event
    return kept


def _voided(events: Iterable[Event], findings: list[FoldFinding]) -> set[UUID]:
    """Return the ids declared wrong. The latest word counts: a void may itself be voided."""
    gone: set[UUID] = set()
    voids = [event for event in events if event.code == "VOI"]
    for void in sorted(voids, key=lambda e: (e.recorded_at, str(e.uid)), reverse=True):
        if void.uid in gone or void.corrects is None:
            continue
        if not (void.reason or void.detail.get("why")):
            findings.append(FoldFinding(FindingKind.ANOMALY, "void_without_reason", void.uid))
            continue
        gone.add(void.corrects)
    return gone


def _corrected(event: Event, correction: Event) -> Event:
    """Return the event as corrected; what the correction does not name stays."""
    said = correction.detail.get("set")
    said = said if isinstance(said, dict) else {}
    changes = {name: said[name] for name in CHANGEABLE if name in said}
    if not isinstance(changes.get("detail", {}), dict):
        changes.pop("detail")
    if "detail" in changes:
        # Who may correct a scan may neither lift nor set a security stop by it (ACC-14).
        kept = {name: event.detail[name] for name in STOPPING if name in event.detail}
        said_anew = {k: v for k, v in changes["detail"].items() if k not in STOPPING}
        changes["detail"] = {**said_anew, **kept}
    try:
        moment = datetime.fromisoformat(str(said["effective_at"]))
    except (KeyError, ValueError):
        return replace(event, **changes)
    if moment.tzinfo is None:
        return replace(event, **changes)
    return replace(event, **changes, effective_at=moment)


def standing(raw: Iterable[Event]) -> list[Event]:
    """Return what was not declared wrong, as corrected, second taps and all."""
    alive, _put_right, _gone = _amended(_once(raw), [])
    return alive


def _merge(events: list[Event], rules: Rules) -> list[Event]:
    """Fold taps of the same code, place and person within minutes into the earliest (B6)."""
    last: dict[tuple[Any, ...], tuple[datetime, str]] = {}
    kept = []
    for event in events:
        if event.code not in STATEMENTS:
            # Taken out by another and back again: each of them holds it in turn.
            who = None if event.code == "OFD" else event.person_id
            key, word = (event.code, event.site_id, who), _word(event)
            at, before = last.get(key, (None, ""))
            soon = at is not None and event.effective_at - at <= rules.same_within
            if soon and (word == before or word in LESS.get(before, ())):
                continue
            last[key] = event.effective_at, word
        kept.append(event)
    return kept


def _word(event: Event) -> str:
    """Return what makes a scan another deed than the one before, not a second tap.

    Another lane, another result of a check, other hands, a handover that says more than the one
    before it.
    """
    if event.code == "OFD":
        return str(event.person_id)
    if event.code == "SRT":
        return str(event.detail.get("next") or "")
    if event.code in CHECKS:
        return str(event.detail.get("result", "pass"))
    if event.code != "DLV":
        return ""
    return "bare" if is_bare(event) else "placed" if is_placing(event) else "handed"


def _not_before_acceptance(
    alive: list[Event], put_right: set[UUID | None], findings: list[FoldFinding]
) -> list[Event]:
    """A scan whose device says it was made before the pickup takes the server's time (B5).

    Judged over all events together: by arrival the answer would depend on who came first. A time
    that a person put right stays, and so does the time of an imported history.
    """
    accepted = min((e.effective_at for e in alive if e.code == "PUP"), default=None)
    if accepted is None:
        return alive
    found = []
    for event in alive:
        early = event.code not in ORDER_CODES and event.effective_at < accepted - BEFORE
        if not early or event.uid in put_right:
            found.append(event)
            continue
        findings.append(
            FoldFinding(FindingKind.CLOCK, "before_acceptance", event.uid, event.site_id)
        )
        trusted = event.source in TRUSTED
        found.append(event if trusted else replace(event, effective_at=event.recorded_at))
    return found


def _amended(
    known: dict[UUID, Event], findings: list[FoldFinding]
) -> tuple[list[Event], set[UUID | None], set[UUID]]:
    """Apply voids and corrections; return what stands, what was put right, what was taken back."""
    known = dict(known)
    gone = _voided(known.values(), findings)
    corrections = [e for e in known.values() if e.code == "COR" and e.uid not in gone]
    for correction in sorted(corrections, key=lambda e: (e.recorded_at, str(e.uid))):
        target = known.get(correction.corrects) if correction.corrects else None
        if target is None or target.code in ("COR", "VOI"):
            findings.append(FoldFinding(FindingKind.ANOMALY, "corrects_unknown", correction.uid))
        else:
            known[target.uid] = _corrected(target, correction)
    alive = [e for e in known.values() if e.uid not in gone and e.code not in ("COR", "VOI")]
    return alive, {c.corrects for c in corrections}, gone


def _of_nothing(known: dict[UUID, Event]) -> list[FoldFinding]:
    """A void of a scan that is not here: marked, and healed when the scan arrives after all."""
    return [
        FoldFinding(FindingKind.ANOMALY, "voids_unknown", event.uid)
        for event in known.values()
        if event.code == "VOI" and (event.corrects is None or event.corrects not in known)
    ]


def tidy(raw: Iterable[Event], rules: Rules) -> Tidy:
    """Return the events that count, sorted."""
    findings: list[FoldFinding] = []
    known = _once(raw)
    alive, put_right, gone = _amended(known, findings)
    paid = any(event.code == "DLV" and event.detail.get("cod_paid") for event in alive)
    alive = _not_before_acceptance(alive, put_right, findings)
    findings += _of_nothing(known)
    voided = sum(1 for uid in gone if uid in known)
    return Tidy(_merge(sorted(alive, key=order_key), rules), findings, voided, paid)
