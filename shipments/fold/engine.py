"""The fold itself: walk the events in order, then judge what the figures need."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from shipments.enums import ENDED, FindingKind, State
from shipments.enums import Condition as Cond
from shipments.fold import judge
from shipments.fold.table import (
    AFTER_END,
    BEFORE_ACCEPTANCE,
    IN_HAND,
    LEADS_TO,
    LINKS,
    MOVES,
    NOT_ACCEPTED,
    SCREENED_MODES,
    TRANSITIONS,
)
from shipments.fold.tidy import tidy
from shipments.fold.types import ConsentMark, Event, FoldFinding, LegTime, ParcelState, Rules

SETS = {"DLY": Cond.DELAYED, "DMG": Cond.DAMAGED, "MIS": Cond.MISSORTED, "SRH": Cond.SEARCHING,
        "OVD": Cond.UNCOLLECTED, "DNR": Cond.RECEIPT_DISPUTED}  # fmt: skip
CLEARS = {
    "RLS": {Cond.HELD, Cond.SECURITY_STOP},
    "SRT": {Cond.MISSORTED},
    "AST": {Cond.MISSORTED},
    "FND": {Cond.SEARCHING},
    "LST": {Cond.SEARCHING},
    "OFD": {Cond.UNCOLLECTED},
    "RTS": {Cond.UNCOLLECTED, Cond.CONSENT_WAITING},
}
OVER_AT_END = {
    Cond.DELAYED, Cond.MISSORTED, Cond.SEARCHING, Cond.UNCOLLECTED, Cond.ADDRESS_PROBLEM,
    Cond.CONSENT_WAITING, Cond.HELD,
}  # fmt: skip
# The parcel passes into nobody's own hands: a building has it.
PUT_DOWN = frozenset({"ARR", "AST", "DEP", "RDY", "DLV", "RTD", "LST", "DSP", "CNL", "REJ"})


class _Walk:
    """What is known while walking the events in order."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.state = State.NONE
        self.before_loss = State.AT_SITE
        self.conditions: set[str] = set()
        self.findings: list[FoldFinding] = []
        self.consents: list[ConsentMark] = list(rules.consents)
        self.seen: set[str] = set()
        self.inspected = self.identified = self.screened = False
        self.picked_at: datetime | None = None
        self.in_hand_at: datetime | None = None
        self.last: Event | None = None
        self.site_id: int | None = None
        self.holder_id: int | None = None
        self.delivered_by: int | None = None
        self.delivery: Event | None = None

    def find(self, event: Event, kind: FindingKind, what: str, /, **detail: str) -> None:
        self.findings.append(
            FoldFinding(kind, what, event.uid, event.site_id, tuple(sorted(detail.items())))
        )

    def step(self, event: Event) -> None:
        """Take one event in."""
        self._gates(event)
        self._move(event)
        self._mark(event)
        if event.code in IN_HAND and self.in_hand_at is None:
            self.in_hand_at = event.effective_at
        if event.code == "PUP" and self.picked_at is None:
            self.picked_at = event.effective_at
        if event.site_id is not None and event.code != "NTF":
            self.site_id = event.site_id
        self.seen.add(event.code)
        self.last = event

    # -- position ---------------------------------------------------------------------------
    def _move(self, event: Event) -> None:
        code, state = event.code, self.state
        if state in ENDED:
            self._after_end(event)
            return
        target = TRANSITIONS.get(state, {}).get(code)
        if target is None:
            target = self._irregular(event)
        if target is None:
            return
        if target == State.LOST:
            self.before_loss = state
        self._hand_over(event)
        self.state = target
        if target == State.DELIVERED:
            self.delivery, self.delivered_by = event, event.person_id

    def _irregular(self, event: Event) -> State | None:
        """The scan is not expected here: the physical truth wins, the gap is noted."""
        code, state = event.code, self.state
        target = LEADS_TO.get(code)
        if target is None or target == state:
            return None
        accepted = state not in NOT_ACCEPTED
        if code in BEFORE_ACCEPTANCE and accepted:
            if code != "CNL":  # a cancellation after acceptance is the sender's recall
                self.find(event, FindingKind.ANOMALY, "after_acceptance", code=code)
            return None
        if code == "PUP" and accepted:
            # The pickup was recorded late in time: the parcel is further on already.
            self.find(event, FindingKind.ANOMALY, "out_of_order", code=code, state=state.value)
            return None
        if state == State.NONE and code in BEFORE_ACCEPTANCE | {"PUP"}:
            return target
        self.find(event, FindingKind.MISSING_SCAN, "gap", code=code, state=state.value)
        return target

    def _after_end(self, event: Event) -> None:
        code = event.code
        if code == "FND" and self.state == State.LOST:
            self.state = self.before_loss
        elif code == "DLV" and self.delivery is not None:
            other = self.delivery.person_id != event.person_id
            kind = FindingKind.CONFLICT if other else FindingKind.AFTER_END
            self.find(event, kind, "second_delivery", first=str(self.delivery.uid))
        elif code not in AFTER_END:
            self.find(event, FindingKind.AFTER_END, "after_end", code=code, state=self.state.value)

    def _hand_over(self, event: Event) -> None:
        if event.code in ("PAS", "PUP", "OFD"):
            self.holder_id = event.person_id
        elif event.code in PUT_DOWN:
            self.holder_id = None

    # -- gates: noted here, stopped in the forms ------------------------------------------------
    def _gates(self, event: Event) -> None:
        code, detail = event.code, event.detail
        if code == "INS":
            self.inspected = detail.get("result", "pass") == "pass"
        elif code == "RNV":
            self.identified = True
        elif code == "XRY":
            self.screened = detail.get("result", "pass") == "pass"
        elif code == "CON":
            self._consent(event)
        elif code == "PUP" and self.state in NOT_ACCEPTED:
            self._pickup_gates(event)
        elif code == "DEP" and detail.get("mode") in SCREENED_MODES and not self.screened:
            self.find(event, FindingKind.GATE, "not_screened")
        elif judge.is_placing(event) and not self.agreed(event):
            self.find(event, FindingKind.GATE, "no_consent", way=judge.way_of(event))
            self.conditions.add(Cond.CONSENT_WAITING)
        elif code == "DLV":
            self._delivery_gates(event)
        if Cond.SECURITY_STOP in self.conditions and code in MOVES:
            self.find(event, FindingKind.GATE, "security_stop", code=code)

    def _pickup_gates(self, event: Event) -> None:
        if event.source == "import":
            return
        if not self.inspected:
            self.find(event, FindingKind.GATE, "not_inspected")
        if not (self.identified or self.rules.agreement):
            self.find(event, FindingKind.GATE, "identity_not_verified")

    def _delivery_gates(self, event: Event) -> None:
        way = judge.way_of(event)
        if not way:
            self.find(event, FindingKind.ANOMALY, "way_missing")
        elif way == "proxy":
            if not (event.detail.get("signer") or event.detail.get("name")):
                self.find(event, FindingKind.GATE, "proxy_unnamed")
            if not (event.detail.get("consent") or self.agreed(event)):
                self.find(event, FindingKind.GATE, "no_consent", way=way)

    def _consent(self, event: Event) -> None:
        detail = event.detail
        if detail.get("asked"):
            self.conditions.add(Cond.CONSENT_WAITING)
            return
        given = bool(detail.get("given", True))
        kind = str(detail.get("kind") or "")
        self.consents.append(ConsentMark(kind, given, event.effective_at))
        self.conditions.discard(Cond.CONSENT_WAITING)

    def agreed(self, event: Event) -> bool:
        return judge.agreed(self.consents, judge.way_of(event), event.effective_at)

    # -- conditions -----------------------------------------------------------------------------
    def _mark(self, event: Event) -> None:
        code, detail = event.code, event.detail
        self.conditions -= CLEARS.get(code, set())
        if code in SETS and not (code == "DNR" and detail.get("settled")):
            self.conditions.add(SETS[code])
        elif code == "DNR":
            self.conditions.discard(Cond.RECEIPT_DISPUTED)
        elif code == "HLD":
            self.conditions.add(Cond.SECURITY_STOP if detail.get("security") else Cond.HELD)
        elif code == "ADR":
            self._address(str(detail.get("status") or "opened"))
        elif code == "DLV" and self.rules.cod and not detail.get("cod_paid"):
            self.conditions.add(Cond.COD_OPEN)
        if self.state in (State.DELIVERED, State.RETURNED):
            self.conditions -= OVER_AT_END

    def _address(self, status: str) -> None:
        if status == "opened":
            self.conditions.add(Cond.ADDRESS_PROBLEM)
        else:
            self.conditions.discard(Cond.ADDRESS_PROBLEM)


def fold(events: Iterable[Event], *, rules: Rules | None = None) -> ParcelState:
    """Return the state of a parcel; the order and repetition of `events` do not matter."""
    rules = rules or Rules()
    clean = tidy(events, rules)
    walk = _Walk(rules)
    for event in clean.events:
        walk.step(event)
    if walk.in_hand_at is not None and walk.picked_at is None:
        first = next(e for e in clean.events if e.code in IN_HAND)
        walk.find(first, FindingKind.MISSING_SCAN, "no_pickup")
    verdict = judge.judge(clean.events, walk.consents, rules)
    return ParcelState(
        state=walk.state,
        conditions=tuple(sorted(str(c) for c in walk.conditions)),
        accepted_at=_accepted(walk),
        accepted_by_scan=walk.picked_at is not None,
        last_event_at=walk.last.effective_at if walk.last else None,
        last_site_id=walk.site_id,
        holder_id=walk.holder_id,
        delivered_by=walk.delivered_by if walk.delivered_by is not None else verdict.by,
        rejected=walk.state == State.REJECTED,
        voided=clean.voided,
        legs=_legs(clean.events),
        findings=tuple(
            sorted(
                {*clean.findings, *walk.findings, *verdict.findings},
                key=lambda f: (f.kind, f.code, str(f.event_uid), f.detail),
            )
        ),
        consents=tuple(walk.consents),
        **verdict.fields(),
    )


def _accepted(walk: _Walk) -> datetime | None:
    """The pickup scan; without one the first scan that shows the parcel in our hands."""
    if walk.state in (State.CANCELLED, State.REJECTED) and walk.picked_at is None:
        return None
    return walk.picked_at or walk.in_hand_at


def _legs(events: list[Event]) -> tuple[LegTime, ...]:
    return tuple(
        LegTime(e.code, e.site_id, e.person_id, e.effective_at) for e in events if e.code in LINKS
    )
