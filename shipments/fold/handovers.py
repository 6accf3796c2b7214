"""The handovers of a trip: what was put down or given over, asked for, told, fetched, disproved.

Counted by events alone, like "done" (B9): a second delivery after one that stands says nothing
new, and what follows the start of a return belongs to the way back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from shipments.fold.judge import agreed, is_bare, is_placing, way_of
from shipments.fold.types import ConsentMark, Event

# A parcel put down leaves its place by these, when nobody fetched it.
TAKEN_AWAY = frozenset({"OFD", "RTS", "DEP", "LST"})


@dataclass(frozen=True, slots=True)
class Handover:
    """One placement or delivery, with what became of it."""

    uid: UUID
    way: str
    at: datetime
    recorded_at: datetime
    site_id: int | None
    person_id: int | None
    is_placing: bool
    is_import: bool
    needs_consent: bool
    agreed: bool
    # What the scan itself notes: kinds of evidence, the signer, the relation.
    noted: frozenset[str]
    told_at: datetime | None = None
    fetched_at: datetime | None = None
    left_at: datetime | None = None
    denied_at: datetime | None = None


def handovers(events: Sequence[Event], consents: Sequence[ConsentMark]) -> tuple[Handover, ...]:
    """Return the handovers among events that are tidy and in order."""
    returned = min((e.effective_at for e in events if e.code == "RTS"), default=None)
    found: list[Handover] = []
    for event in events:
        if found:
            found[-1] = _followed(found[-1], event)
        if event.code not in ("DLV", "RDY") or is_bare(event):
            continue
        late = returned is not None and event.effective_at > returned
        if not late and not (found and _stands(found[-1])):
            found.append(_made(event, consents))
    return tuple(found)


def _stands(last: Handover) -> bool:
    """Given into somebody's hands and not disproved: nothing can be handed over again."""
    return not last.is_placing and last.denied_at is None


def _followed(last: Handover, event: Event) -> Handover:
    """Take in what an event says about the handover before it."""
    at = event.effective_at
    if event.code == "DNR" and event.detail.get("confirmed") and last.denied_at is None:
        return replace(last, denied_at=at)
    if not last.is_placing:
        return last
    if event.code == "NTF" and last.told_at is None:
        return replace(last, told_at=at)
    if last.fetched_at is not None or last.left_at is not None:
        return last
    if event.code == "DLV" and not is_bare(event) and not is_placing(event):
        return replace(last, fetched_at=at)
    again = event.code in ("DLV", "RDY") and not is_bare(event)
    return replace(last, left_at=at) if again or event.code in TAKEN_AWAY else last


def _made(event: Event, consents: Sequence[ConsentMark]) -> Handover:
    way, placing = way_of(event), is_placing(event)
    detail = event.detail
    said = agreed(consents, way, event.effective_at)
    noted = {str(detail.get("proof") or "")}
    noted |= {"id_shown"} if detail.get("identity_seen") is True else set()
    noted |= {"signer"} if detail.get("signer") or detail.get("name") else set()
    noted |= {"relation"} if detail.get("relation") else set()
    return Handover(
        event.uid, way, event.effective_at, event.recorded_at, event.site_id, event.person_id,
        placing, event.source == "import", placing or way == "proxy",
        said or (way == "proxy" and bool(detail.get("consent"))), frozenset(noted - {""}),
    )  # fmt: skip
