"""Where the parcel is: exactly one state, moved by legal scans, and by physical truth (§4.4)."""

from __future__ import annotations

from shipments.enums import ENDED, Condition, FindingKind, State
from shipments.fold import judge
from shipments.fold.table import (
    ACCEPTED_ONLY,
    AFTER_END,
    BEFORE_ACCEPTANCE,
    FORWARD_ONLY,
    LEADS_TO,
    NOT_ACCEPTED,
    PLACES,
    TO_FETCH,
    TRANSITIONS,
)
from shipments.fold.types import Event
from shipments.fold.walk import Walk

# The parcel passes into nobody's own hands: a building has it, or nobody.
PUT_DOWN = frozenset({"ARR", "AST", "DEP", "RDY", "DLV", "RTD", "LST", "DSP", "CNL", "REJ", "PFL"})
ON_THE_ROAD = frozenset({State.OUT, State.IN_TRANSIT})


def move(walk: Walk, event: Event) -> bool:
    """Take the event's effect on the position; return whether the event was believed."""
    walk.is_returning = walk.is_returning or event.code == "RTS"
    if walk.state in ENDED:
        return _after_end(walk, event)
    if walk.state == State.RETURNING and event.code in FORWARD_ONLY:
        walk.find(event, FindingKind.ANOMALY, "while_returning", code=event.code)
        return False
    if judge.is_bare(event):
        return _bare_delivery(walk, event)
    if event.code in ("DNR", "FND"):
        return _reversal(walk, event)
    target = TRANSITIONS.get(walk.state, {}).get(event.code)
    if target is None:
        target = _irregular(walk, event)
    elif target == walk.state:
        _same_again(walk, event)
    if target is not None:
        _go(walk, event, _put_or_handed(walk, event, target))
    return True


def _go(walk: Walk, event: Event, target: State) -> None:
    if target == State.LOST:
        walk.before_loss = walk.state
    if event.code in ("PAS", "PUP", "OFD"):
        walk.holder_id = event.person_id
    elif event.code in PUT_DOWN:
        walk.holder_id = None
    walk.state = target
    if target == State.AT_POINT:
        walk.placed, walk.told_at = event, None
    if target == State.DELIVERED:
        walk.delivery, walk.delivered_by = event, event.person_id


def _put_or_handed(walk: Walk, event: Event, target: State) -> State:
    """A "delivered" into a box is a placement; at a safe place it ends the trip if agreed."""
    if target != State.DELIVERED or not judge.is_placing(event):
        return target
    waits = judge.way_of(event) in TO_FETCH or not walk.agreed(event)
    return State.AT_POINT if waits else target


def _bare_delivery(walk: Walk, event: Event) -> bool:
    """A "delivered" that does not say how moves nothing: a person confirms or dismisses it."""
    reached = event.site_id is None or event.site_id in walk.sites
    code = "way_missing" if reached else "bare_delivery"
    walk.find(event, FindingKind.ANOMALY, code, state=walk.state.value)
    return False


def _irregular(walk: Walk, event: Event) -> State | None:
    """The scan is not expected here: the physical truth wins, the gap is noted."""
    code, state = event.code, walk.state
    target = LEADS_TO.get(code)
    if target is None:
        return None
    if target == state:
        _same_again(walk, event)
        return target
    accepted = state not in NOT_ACCEPTED
    if code in BEFORE_ACCEPTANCE and accepted:
        if code != "CNL":  # a cancellation after acceptance is the sender's recall (B11)
            walk.find(event, FindingKind.ANOMALY, "after_acceptance", code=code)
        return None
    if code == "PUP" and accepted:
        # The pickup was recorded late in time: the parcel is further on already.
        walk.find(event, FindingKind.ANOMALY, "out_of_order", code=code, state=state.value)
        return None
    if code in ACCEPTED_ONLY and not accepted:
        walk.find(event, FindingKind.ANOMALY, "not_accepted", code=code)
        return None
    if code == "XRY" and not accepted:
        return None
    if state == State.NONE and code in BEFORE_ACCEPTANCE | {"PUP"}:
        return target
    walk.find(event, FindingKind.MISSING_SCAN, "gap", code=code, state=state.value)
    return target


def _same_again(walk: Walk, event: Event) -> None:
    """The same state once more: at another place a scan is missing, in other hands one too."""
    here, there = event.site_id, walk.site_id
    elsewhere = here is not None and there is not None and here != there
    if event.code in PLACES and elsewhere and walk.state != State.RETURNING:
        walk.find(event, FindingKind.MISSING_SCAN, "gap", code=event.code, state=walk.state.value)
    taken = event.detail.get("taken_over")
    if event.code == "OFD" and not taken and walk.holder_id not in (None, event.person_id):
        walk.find(event, FindingKind.MISSING_SCAN, "handed_over", code=event.code)


def _after_end(walk: Walk, event: Event) -> bool:
    code = event.code
    if code in ("FND", "DNR"):
        return _reversal(walk, event)
    if code == "RLS" and Condition.SECURITY_STOP in walk.conditions:
        # Moved to its end in spite of the stop: whoever looks into it still has the last word.
        return True
    if code == "DLV" and walk.delivery is not None and walk.state == State.DELIVERED:
        other = walk.delivery.person_id != event.person_id
        kind = FindingKind.CONFLICT if other else FindingKind.AFTER_END
        walk.find(event, kind, "second_delivery", first=str(walk.delivery.uid))
    elif code not in AFTER_END:
        walk.find(event, FindingKind.AFTER_END, "after_end", code=code, state=walk.state.value)
    return code in AFTER_END


def _reversal(walk: Walk, event: Event) -> bool:
    """Only a named word reopens an end: found again, or proven not to have been received (B7)."""
    if event.code == "FND":
        return _found(walk, event)
    if walk.state not in (State.DELIVERED, State.AT_POINT):
        walk.find(event, FindingKind.ANOMALY, "nothing_delivered", state=walk.state.value)
        return False
    if event.detail.get("confirmed"):
        walk.state = State.RETURNING if walk.is_returning else State.UNDELIVERED
        walk.delivery = walk.delivered_by = walk.holder_id = None
        walk.conditions.discard(Condition.COD_OPEN)
    return True


def _found(walk: Walk, event: Event) -> bool:
    if walk.state == State.LOST:
        walk.state = State.RETURNING if walk.is_returning else walk.before_loss
        if walk.state in ON_THE_ROAD and event.site_id is not None:
            walk.state = State.AT_SITE
    elif "searching" not in walk.conditions:
        walk.find(event, FindingKind.ANOMALY, "not_lost", state=walk.state.value)
    return True
