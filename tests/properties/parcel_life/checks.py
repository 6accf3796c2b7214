"""What must be true of every parcel after every step, whatever was done in whatever order."""

from __future__ import annotations

import random
from collections.abc import Iterable
from itertools import pairwise

from courierqa.core import history
from courierqa.core.models import StatusChange
from shipments import enums
from shipments.enums import Condition, ExceptionStatus, State
from shipments.fold import Event, ParcelState, Rules, fold, judge
from shipments.fold.conditions import OVER_AT_END
from shipments.fold.engine import step
from shipments.fold.table import FORWARD_ONLY, LEADS_TO, TRANSITIONS, WAYS
from shipments.fold.tidy import tidy
from shipments.fold.walk import Walk
from shipments.models import (
    Bag,
    CodEntry,
    Finding,
    Parcel,
    ParcelException,
    ParcelFacts,
    Placement,
    Round,
    Trip,
)
from shipments.selectors.events import events_of, rules_of
from shipments.services import bags, findings, handling, refolding, rounds, trips
from shipments.services.waiting import OPEN

SHADOWS = {
    "state": "state", "accepted_at": "accepted_at", "last_event_at": "last_event_at",
    "last_site_id": "last_site_id", "holder_id": "holder_id", "done_at": "done_at",
    "attempts": "attempts",
}  # fmt: skip
SAID_BY = {
    Condition.HELD: ("HLD", "XRY"), Condition.SECURITY_STOP: ("HLD", "XRY"),
    Condition.DELAYED: ("DLY",), Condition.DAMAGED: ("DMG",), Condition.MISSORTED: ("MIS", "SRT"),
    Condition.ADDRESS_PROBLEM: ("ADR",), Condition.SEARCHING: ("SRH",),
    Condition.CONSENT_WAITING: ("CON", "RDY", "DLV"), Condition.UNCOLLECTED: ("OVD",),
    Condition.RECEIPT_DISPUTED: ("DNR",), Condition.COD_OPEN: ("DLV",),
}  # fmt: skip
MACHINES = (
    (ParcelException, handling.MACHINE), (Bag, bags.MACHINE), (Trip, trips.MACHINE),
    (Round, rounds.MACHINE), (Finding, findings.MACHINE),
)  # fmt: skip


def check_parcel(parcel: Parcel, events: list[Event], rules: Rules, order: random.Random) -> None:
    """Check one parcel against its events, which come in another order and some of them twice."""
    mixed = [*events, *order.choices(events, k=min(len(events), 4))] if events else []
    order.shuffle(mixed)
    state = fold(mixed, rules=rules)
    same_as_events(parcel, state)
    alive = tidy(events, rules).events
    ended_with_proof(parcel, state, alive)
    conditions_fit(parcel, alive)
    promised(parcel, state)
    placed_with_consent(parcel, state, alive)
    waits_at_one_place(parcel, state)
    findings_told(parcel, state)
    money_fits(parcel, alive)


def same_as_events(parcel: Parcel, state: ParcelState) -> None:
    """The row is the shadow of its events, in any order."""
    for column, name in SHADOWS.items():
        assert getattr(parcel, column) == getattr(state, name), column
    assert parcel.state in State.values
    assert parcel.conditions == list(state.conditions)
    held = ParcelFacts.objects.get(pk=parcel.pk)
    assert held.state == parcel.state
    assert (held.done_at, held.accepted_at) == (parcel.done_at, parcel.accepted_at)
    assert (held.lost, held.damaged) == (state.is_lost, state.damaged)


def _has(events: Iterable[Event], *codes: str) -> bool:
    return any(event.code in codes for event in events)


def ended_with_proof(parcel: Parcel, state: ParcelState, events: list[Event]) -> None:
    """An end rests on a scan that says so, and says how."""
    if parcel.state == State.DELIVERED:
        assert state.done_at is not None
        assert state.done_way in WAYS
        assert _has(events, "DLV")
    if parcel.state == State.REJECTED:
        said = {event.uid for event in events if event.code == "REJ"}
        assert parcel.refusals.filter(event_uid__in=said).exists()
    proof = {
        State.RETURNED: "RTD", State.LOST: "LST", State.DISPOSED: "DSP", State.CANCELLED: "CNL",
    }  # fmt: skip
    code = proof.get(State(parcel.state))
    assert code is None or _has(events, code)
    if parcel.state in (State.LOST, State.DISPOSED, State.DELIVERED, State.RETURNED):
        assert parcel.accepted_at is not None


def every_step_is_legal(events: list[Event], rules: Rules) -> None:
    """Each scan leads where the table says, where it physically is, or is a named reversal."""
    walk = Walk(rules)
    for event in tidy(events, rules).events:
        before = walk.state
        step(walk, event)
        gap = any(f.code == "gap" and f.event_uid == event.uid for f in walk.findings)
        legal = before == walk.state or is_legal(before, event, walk.state, gap=gap)
        assert legal, f"{event.code} led from {before} to {walk.state}"


def is_legal(before: State, event: Event, after: State, *, gap: bool) -> bool:
    """Say whether a scan may lead from one state to another; a skipped scan is noted (`gap`)."""
    if event.code == "FND":
        return before == State.LOST and after not in enums.ENDED
    if event.code == "DNR":
        was_told = before in (State.DELIVERED, State.AT_POINT) and event.detail.get("confirmed")
        return bool(was_told) and after in (State.UNDELIVERED, State.RETURNING)
    if before in enums.ENDED or (before == State.RETURNING and event.code in FORWARD_ONLY):
        return False
    # Put down rather than handed over: it waits there.
    goal = State.DELIVERED if event.code == "DLV" and after == State.AT_POINT else after
    if TRANSITIONS.get(before, {}).get(event.code) == goal:
        return True
    return LEADS_TO.get(event.code) == goal and (gap or before == State.NONE)


def conditions_fit(parcel: Parcel, events: list[Event]) -> None:
    """What is the matter was said by a scan, and fits where the parcel is."""
    found = set(parcel.conditions)
    for condition in found:
        assert _has(events, *SAID_BY[Condition(condition)]), condition
    if parcel.state in enums.ENDED and parcel.state != State.LOST:
        assert not found & OVER_AT_END, (parcel.state, found)
    if parcel.state == State.DISPOSED:
        assert Condition.SECURITY_STOP not in found


def promised(parcel: Parcel, state: ParcelState) -> None:
    """Whoever accepted a parcel promised when it arrives; figures always have a due time."""
    due = ParcelFacts.objects.values_list("due_at", flat=True).get(pk=parcel.pk)
    assert (due is None) == (state.accepted_at is None)
    if state.accepted_by_scan:
        assert parcel.promised_original is not None
        assert parcel.promised_by is not None


def placed_with_consent(parcel: Parcel, state: ParcelState, events: list[Event]) -> None:
    """Nothing put down counts as done before the recipient agreed, and each breach is noted."""
    noted = set(
        Finding.objects.filter(parcel=parcel, code="no_consent").values_list("event_uid", flat=True)
    )
    for event in events:
        if event.code != "RDY" or event.uid in noted:
            continue
        way = judge.way_of(event)
        agreed = judge.agreed(state.consents, way, event.effective_at)
        assert agreed or state.done_at != event.effective_at
    if state.done_way in ("locker", "station", "safe_place"):
        said = [c for c in state.consents if c.given and c.kind in ("", state.done_way)]
        assert any(c.at <= state.done_at for c in said)


def waits_at_one_place(parcel: Parcel, state: ParcelState) -> None:
    """A parcel waits at the place it was put last, with a deadline; otherwise it waits nowhere."""
    rows = list(Placement.objects.filter(OPEN, parcel=parcel))
    here = [state.placed.uid] if state.placed else []
    assert [row.event_uid for row in rows] == here, f"{parcel.state}, waits at {len(rows)} places"
    assert all(row.keep_until > row.placed_at for row in rows)


def findings_told(parcel: Parcel, state: ParcelState) -> None:
    """What the fold noticed stands open, unless a person decided; what healed is closed."""
    rows = Finding.objects.filter(parcel=parcel)
    told = {(str(f.kind), f.code, f.event_uid) for f in state.findings}
    stored = {(r.kind, r.code, r.event_uid): r for r in rows}
    assert told <= set(stored)
    for key, row in stored.items():
        assert (row.closed_at is None) == (row.decision == enums.Decision.OPEN)
        if row.closed_at is None and row.code in refolding.FOLD_CODES:
            assert key in told, f"{row.code} is over and still open"


def money_fits(parcel: Parcel, events: list[Event]) -> None:
    """Money is taken once at most, and is in the ledger as long as a paid delivery counts."""
    lines = list(CodEntry.objects.filter(parcel=parcel).exclude(kind="refused"))
    taken = sum(line.amount_fen for line in lines)
    assert taken in (0, parcel.cod_fen)
    by_hand = any(line.event_uid is None for line in lines)
    paid = any(e.code == "DLV" and e.detail.get("cod_paid") for e in events)
    assert bool(taken) == bool(parcel.cod_fen and (by_hand or paid))
    if parcel.state == State.DELIVERED and parcel.cod_fen:
        assert (Condition.COD_OPEN in parcel.conditions) == (not taken)


# -- things of their own ---------------------------------------------------------------------------
def check_histories() -> None:
    """Each history begins, goes on from where it was, by legal verbs, to where the row stands."""
    steps: dict[tuple[str, int], list[StatusChange]] = {}
    for change in StatusChange.objects.order_by("pk"):
        steps.setdefault((change.object_type, change.object_id), []).append(change)
    for model, machine in MACHINES:
        for row in model.objects.all():
            told = steps.get((history.object_type(row), row.pk), [])
            follows(getattr(row, machine.field), told, machine)


def follows(status: str, steps: list[StatusChange], machine: history.Machine) -> None:
    """Check one history against the table of its machine."""
    if machine.name == "finding":
        # Opened and healed by the fold; people's decisions are what has a history.
        for step in steps:
            assert machine.target(step.from_status, step.verb) == step.to_status
        return
    assert steps, f"a {machine.name} without a history"
    assert (steps[0].verb, steps[0].from_status) == ("open", "")
    for before, step in pairwise(steps):
        assert step.from_status == before.to_status
        assert machine.target(step.from_status, step.verb) == step.to_status
        assert step.at >= steps[0].at, f"{machine.name} {step.verb} lies before it was opened"
    assert steps[-1].to_status == status


def check_exceptions() -> None:
    """An exception has a site and a due time; closed ones were open before."""
    seen = set()
    for row in ParcelException.objects.all():
        assert row.site_id is not None
        assert row.due_at >= row.opened_at
        assert row.closed_at is None or row.closed_at >= row.opened_at
        if row.status == ExceptionStatus.LOCATING:
            assert row.owner_id is not None
        if row.status != ExceptionStatus.SOLVED:
            assert (row.parcel_id, row.kind) not in seen
            seen.add((row.parcel_id, row.kind))


def read_states(ids: Iterable[int]) -> list[tuple[Parcel, list[Event], Rules]]:
    """Return parcels as stored now with their events and rules."""
    rows = Parcel.objects.filter(pk__in=list(ids)).order_by("pk").only(*refolding.PARCEL_FIELDS)
    parcels = list(rows.select_related("customer"))
    events = events_of(parcels)
    return [
        (parcel, events.get(parcel.pk, []), rules)
        for parcel, rules in zip(parcels, rules_of(parcels), strict=True)
    ]
