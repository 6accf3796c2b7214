"""The fold itself: walk the events in order, then judge what the figures need."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from shipments.enums import ENDED, FindingKind, State
from shipments.fold import conditions, gates, judge, marks, position
from shipments.fold.handovers import handovers
from shipments.fold.table import IN_HAND, LINKS, SEEN
from shipments.fold.tidy import tidy
from shipments.fold.types import Event, LegTime, ParcelState, Placed, Rules
from shipments.fold.walk import Walk


def step(walk: Walk, event: Event) -> None:
    """Take one event in; they come tidy and in order."""
    was_ended, waited = walk.state in ENDED, walk.state == State.AT_POINT
    gates.check(walk, event)
    if position.move(walk, event):
        conditions.mark(walk, event, was_ended=was_ended)
        if event.site_id is not None and event.code != "NTF":
            walk.site_id = event.site_id
            walk.sites.add(event.site_id)
    if event.code in IN_HAND and walk.in_hand_at is None:
        walk.in_hand_at = event.effective_at
    if event.code == "PUP" and walk.picked_at is None:
        walk.picked_at = event.effective_at
    if waited and walk.state != State.AT_POINT:
        walk.left_point = event
    if waited and event.code == "NTF" and walk.told_at is None:
        walk.told_at = event.effective_at
    walk.last = event


def fold(events: Iterable[Event], *, rules: Rules | None = None) -> ParcelState:
    """Return the state of a parcel; the order and repetition of `events` do not matter."""
    rules = rules or Rules()
    clean = tidy(events, rules)
    walk = Walk(rules, is_owed=rules.cod and not clean.paid)
    for event in clean.events:
        step(walk, event)
    if walk.in_hand_at is not None and walk.picked_at is None:
        first = next(e for e in clean.events if e.code in IN_HAND)
        walk.find(first, FindingKind.MISSING_SCAN, "no_pickup")
    verdict = judge.judge(clean.events, walk.consents, rules)
    accepted_at = _accepted(walk)
    return ParcelState(
        state=walk.state,
        conditions=tuple(sorted(str(c) for c in walk.conditions)),
        accepted_at=accepted_at,
        accepted_by_scan=walk.picked_at is not None,
        last_event_at=walk.last.effective_at if walk.last else None,
        last_site_id=walk.site_id,
        holder_id=walk.holder_id,
        delivered_by=walk.delivered_by if walk.delivered_by is not None else verdict.by,
        rejected=walk.state == State.REJECTED,
        pieces=walk.pieces,
        placed=_placed(walk),
        left_point=_leg(walk.left_point) if walk.left_point else None,
        voided=clean.voided,
        legs=_legs(clean.events, LINKS),
        track=_legs(clean.events, SEEN),
        findings=tuple(
            sorted(
                {*clean.findings, *walk.findings, *verdict.findings},
                key=lambda f: (f.kind, f.code, str(f.event_uid), f.detail),
            )
        ),
        consents=tuple(walk.consents),
        handovers=handovers(clean.events, walk.consents),
        marks=marks.marks(clean.events, accepted_at=accepted_at, at_home=rules.at_home),
        **verdict.fields(),
    )


def _accepted(walk: Walk) -> datetime | None:
    """The pickup scan; without one the first scan that shows the parcel in our hands."""
    if walk.state in (State.CANCELLED, State.REJECTED) and walk.picked_at is None:
        return None
    return walk.picked_at or walk.in_hand_at


def _legs(events: list[Event], codes: frozenset[str]) -> tuple[LegTime, ...]:
    return tuple(_leg(event) for event in events if event.code in codes)


def _leg(event: Event) -> LegTime:
    return LegTime(event.code, event.site_id, event.person_id, event.effective_at)


def _placed(walk: Walk) -> Placed | None:
    event = walk.placed
    if event is None or walk.state != State.AT_POINT:
        return None
    place = str(event.detail.get("place") or "")
    way, at = judge.way_of(event), event.effective_at
    return Placed(event.uid, way, place, event.site_id, at, walk.told_at)
