"""What figures ask of the events: done, first valid attempt, lost, damaged, returned (B9–B15)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shipments.enums import FindingKind, Source
from shipments.fold.table import HANDED, PLACED, WAYS
from shipments.fold.types import ConsentMark, Event, FoldFinding, Rules, Try

RECALLS = frozenset({"recall", "recalled"})


@dataclass
class Verdict:
    """The judged part of a parcel's state."""

    done_at: datetime | None = None
    done_way: str = ""
    done_site_id: int | None = None
    by: int | None = None
    first_attempt_at: datetime | None = None
    attempts: int = 0
    attempts_told: bool = False
    failed: tuple[Try, ...] = ()
    lost_at: datetime | None = None
    found_at: datetime | None = None
    # Every word on it, lost or found, in order.
    fates: tuple[tuple[datetime, bool], ...] = ()
    damaged: bool = False
    short: bool = False
    returned_at: datetime | None = None
    return_cause: str = ""
    recalled_at: datetime | None = None
    findings: list[FoldFinding] = field(default_factory=list)

    def fields(self) -> dict[str, Any]:
        """Return the fields of the parcel state this verdict decides."""
        own = {k: v for k, v in vars(self).items() if k not in ("by", "findings")}
        done = self.done_at is not None and self.done_at == self.first_attempt_at
        return {**own, "attempt_done": done}


def way_of(event: Event) -> str:
    """Return `detail.way`; a placing scan without one counts as a locker."""
    way = event.detail.get("way")
    if isinstance(way, str) and way:
        return way
    return "locker" if event.code == "RDY" else ""


def is_placing(event: Event) -> bool:
    """Put down rather than handed over: also a "delivered" into a locker (trade code 304)."""
    return event.code == "RDY" or (event.code == "DLV" and way_of(event) in PLACED)


def is_bare(event: Event) -> bool:
    """A "delivered" that does not say how: it counts nowhere until a person looked at it."""
    return event.code == "DLV" and way_of(event) not in WAYS


def agreed(consents: Iterable[ConsentMark], way: str, at: datetime) -> bool:
    """Say whether the latest word on this way, said no later than `at`, was a yes."""
    said = [
        c for c in consents
        if c.kind in ("", way) and c.at <= at and (c.until is None or at < c.until)
    ]  # fmt: skip
    return bool(said) and max(said, key=lambda c: (c.at, not c.given)).given


def _later_consent(consents: Iterable[ConsentMark], way: str, at: datetime) -> datetime | None:
    later = [c.at for c in consents if c.given and c.kind in ("", way) and c.at > at]
    return min(later, default=None)


def _evidence(event: Event) -> bool:
    seen = event.detail
    return bool(seen.get("call") or seen.get("photo") or event.has_position or event.has_proof)


def why_invalid(event: Event, rules: Rules) -> str:
    """Return why a failed attempt does not count, or "" (B10)."""
    if not event.reason:
        return "no_reason"
    if not _evidence(event):
        return "no_evidence"
    local = event.effective_at.astimezone(rules.tz).time()
    inside = rules.attempts_from <= local <= rules.attempts_to
    return "" if inside or event.detail.get("agreed") else "outside_hours"


def _done(events: Sequence[Event], consents: Sequence[ConsentMark], verdict: Verdict) -> None:
    """Find the earliest deed that counts as done (B9) before the forward trip ended (B12)."""
    disproved = [e.effective_at for e in events if e.code == "DNR" and e.detail.get("confirmed")]
    best: tuple[datetime, Event] | None = None
    for event in events:
        if any(event.effective_at <= moment for moment in disproved):
            continue
        moment = _counts_at(event, consents)
        ended = verdict.returned_at
        if moment is None or (ended is not None and moment > ended):
            continue
        if best is None or moment < best[0]:
            best = (moment, event)
    if best is not None:
        verdict.done_at, event = best
        verdict.done_way, verdict.done_site_id = way_of(event), event.site_id
        verdict.by = event.person_id


def _counts_at(event: Event, consents: Sequence[ConsentMark]) -> datetime | None:
    if is_placing(event):
        if agreed(consents, way_of(event), event.effective_at):
            return event.effective_at
        return _later_consent(consents, way_of(event), event.effective_at)
    if event.code == "DLV" and way_of(event) in HANDED:
        return event.effective_at
    return None


def _attempts(events: Sequence[Event], rules: Rules, verdict: Verdict) -> None:
    tries = [verdict.done_at] if verdict.done_at else []
    for event in events:
        if event.code not in ("ATT", "RFS"):
            continue
        why = why_invalid(event, rules)
        is_import = event.source == Source.IMPORT
        verdict.failed += (Try(event.effective_at, not why, is_import),)
        if why:
            verdict.findings.append(
                FoldFinding(FindingKind.ANOMALY, "invalid_attempt", event.uid, event.site_id,
                            (("why", why),))
            )  # fmt: skip
        else:
            tries.append(event.effective_at)
    verdict.attempts = len(tries)
    verdict.first_attempt_at = min(tries, default=None)
    verdict.attempts_told = any(_tells_attempts(event) for event in events)


def _tells_attempts(event: Event) -> bool:
    """Say whether who reports this would also report a failed attempt.

    A file that knows a delivery only, neither the way to the door nor a try, makes every delivery
    look like a first attempt.
    """
    if event.code in ("DLV", "RDY"):
        return event.source != Source.IMPORT
    return event.code in ("OFD", "ATT", "RFS")


def _endings(events: Sequence[Event], verdict: Verdict) -> None:
    for event in events:
        code, detail, at = event.code, event.detail, event.effective_at
        if code in ("LST", "FND"):
            verdict.fates += ((at, code == "LST"),)
        if code == "LST":
            verdict.lost_at = verdict.lost_at or at
            verdict.found_at = None
        elif code == "FND" and verdict.lost_at:
            verdict.found_at = at
        elif code == "DMG" and detail.get("confirmed"):
            verdict.short = verdict.short or bool(detail.get("short"))
            verdict.damaged = verdict.damaged or not detail.get("short")
        elif code == "RTS" and verdict.returned_at is None:
            verdict.returned_at = at
            verdict.return_cause = str(detail.get("cause") or event.reason or "")
            if verdict.return_cause in RECALLS and verdict.recalled_at is None:
                verdict.recalled_at = at


def _recall(events: Sequence[Event], verdict: Verdict) -> None:
    """A cancellation after the pickup is the sender's recall (B11)."""
    picked = min((e.effective_at for e in events if e.code == "PUP"), default=None)
    asked = [
        e.effective_at for e in events if e.code == "CNL" and picked and e.effective_at > picked
    ]
    if asked:
        verdict.recalled_at = min([*asked, *([verdict.recalled_at] if verdict.recalled_at else [])])


def judge(events: Sequence[Event], consents: Sequence[ConsentMark], rules: Rules) -> Verdict:
    """Return the verdict over events that are already tidy and in order."""
    verdict = Verdict()
    _endings(events, verdict)
    _recall(events, verdict)
    _done(events, consents, verdict)
    _attempts(events, rules, verdict)
    return verdict
