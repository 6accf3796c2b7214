"""Keep the shadows equal to the events: parcel state, findings, facts, changed days. Set-wise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any

from courierqa.core import calendars, changed
from shipments import enums, facts, handover_facts, trouble_facts
from shipments.fold import Event, FoldFinding, ParcelState
from shipments.models import Finding, Parcel, ParcelFacts
from shipments.promises import Promiser
from shipments.selectors.events import states_of
from shipments.services import bulk, stepping, waiting
from shipments.services.retry import in_transaction

# What the hot path reads of a parcel; names, phones and addresses stay sealed in the table.
PARCEL_FIELDS = (
    "waybill", "product_id", "lane_id", "origin_id", "destination_id", "is_same_city", "is_test",
    "customer_id", "parent_id", "order_id", "item_kind", "recipient_phone_index",
    "cod_fen", "fee_fen", "promised_original", "promised_by", "state", "conditions", "accepted_at",
    "last_event_at", "last_site_id",
    "holder_id", "done_at", "attempts", "fold_version", "customer__agreement_from",
    "customer__agreement_to", "order__channel", "order__ordered_at", "order__door_pickup",
    "order__window_start", "order__window_end",
)  # fmt: skip
FOLDED = (
    "state", "conditions", "accepted_at", "last_event_at", "last_site_id", "holder_id", "done_at",
    "attempts", "promised_original", "promised_by",
)  # fmt: skip
# Findings made by the fold; those of gates in forms, clocks and imports are not its to close.
FOLD_CODES = frozenset(
    {
        "gap", "no_pickup", "after_end", "second_delivery", "after_acceptance", "out_of_order",
        "not_inspected", "identity_not_verified", "not_screened", "no_consent", "proxy_unnamed",
        "security_stop", "way_missing", "invalid_attempt", "void_without_reason",
        "corrects_unknown", "voids_unknown", "before_acceptance", "bare_delivery",
        "while_returning", "not_accepted", "handed_over",
        "nothing_delivered", "not_lost", "reason_missing", "not_held", "wrong_lane",
        "not_at_point", "pieces_unclear", "pieces_complete",
    }
)  # fmt: skip
HELD = ("pk", "closed_at", "decision", "parcel_id", "kind", "code", "event_uid")
CHUNK = 2000
_folded = attrgetter(*FOLDED)


def refold(parcel_ids: Iterable[int], *, now: datetime) -> int:
    """Fold parcels anew from their events; return how many were looked at."""
    wanted = sorted(set(parcel_ids))
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        in_transaction(lambda ids=chunk: refold_locked(locked(ids), now=now))  # type: ignore[misc]
    return len(wanted)


def renew_facts(*, now: datetime) -> int:
    """Make anew the facts that an older version made, after an upgrade; return how many.

    Chunk by chunk in key order: a killed run goes on where it stopped.
    """
    last, count = 0, 0
    old = ParcelFacts.objects.filter(made_by__lt=facts.VERSION).order_by("pk")
    while ids := list(old.filter(pk__gt=last).values_list("pk", flat=True)[:CHUNK]):
        count += refold(ids, now=now)
        last = ids[-1]
    return count


def locked(ids: Sequence[int]) -> list[Parcel]:
    """Lock parcels in key order with what the fold needs of them."""
    rows = Parcel.objects.filter(pk__in=ids).order_by("pk").only(*PARCEL_FIELDS)
    return list(
        rows.select_for_update(no_key=True, of=("self",)).select_related("customer", "order")
    )


def refold_locked(
    parcels: Sequence[Parcel],
    *,
    now: datetime,
    events: Mapping[int, Sequence[Event]] | None = None,
) -> dict[int, ParcelState]:
    """Fold parcels that this transaction holds; write only what changed.

    `events` are all their events where the caller has read them already.
    """
    if not parcels:
        return {}
    states = states_of(parcels, events)
    waited = {parcel.pk for parcel in parcels if parcel.state == enums.State.AT_POINT}
    began = _write_parcels(parcels, states)
    waited |= {pk for pk, state in states.items() if state.state == enums.State.AT_POINT}
    if waited:
        waiting.follow([parcel for parcel in parcels if parcel.pk in waited], states)
    marked = _write_findings(states, now=now)
    _write_facts(parcels, states, marked, now=now)
    if began:
        trouble_facts.refresh(began, at=now)
    return states


# -- parcels ------------------------------------------------------------------------------------
def _write_parcels(parcels: Sequence[Parcel], states: dict[int, ParcelState]) -> list[int]:
    """Write the shadows that changed; return the parcels whose acceptance moved."""
    altered, began = [], []
    promise = Promiser()
    for parcel in parcels:
        before, was = _folded(parcel), parcel.accepted_at
        _shadow(parcel, states[parcel.pk])
        promise.fix(parcel, states[parcel.pk], was=was)
        if parcel.accepted_at != was:
            began.append(parcel.pk)
        if _folded(parcel) != before:
            parcel.fold_version += 1
            altered.append(parcel)
    bulk.update_rows(Parcel, altered, (*FOLDED, "fold_version"))
    return began


def _shadow(parcel: Parcel, state: ParcelState) -> None:
    parcel.state = state.state.value
    parcel.conditions = list(state.conditions)
    parcel.accepted_at = state.accepted_at
    parcel.last_event_at = state.last_event_at
    parcel.last_site_id = state.last_site_id
    parcel.holder_id = state.holder_id
    parcel.done_at = state.done_at
    parcel.attempts = state.attempts


# -- findings -----------------------------------------------------------------------------------
def _write_findings(states: dict[int, ParcelState], *, now: datetime) -> set[int]:
    """Make the findings equal to the fold's; return the parcels whose source rows were faulty."""
    held = Finding.objects.filter(parcel_id__among=list(states)).values_list(*HELD)
    wanted: dict[tuple[Any, ...], FoldFinding] = {
        (parcel_id, str(f.kind), f.code, f.event_uid): f
        for parcel_id, state in states.items()
        for f in state.findings
    }
    marked: set[Any] = set()
    gone, again = [], []
    for pk, closed_at, decision, *key in held:
        parcel_id, kind, code, _uid = key
        if kind == enums.FindingKind.IMPORT:
            marked.add(parcel_id)
        if wanted.pop(tuple(key), None) is None:
            if code in FOLD_CODES and closed_at is None:
                gone.append(pk)
        elif decision == enums.Decision.HEALED:
            again.append(pk)
    fresh = [
        Finding(
            parcel_id=parcel_id,
            kind=kind,
            code=code,
            event_uid=uid,
            site_id=found.site_id,
            detail=dict(found.detail),
            found_at=now,
        )
        for (parcel_id, kind, code, uid), found in wanted.items()
    ]
    bulk.insert_rows(Finding, fresh)
    if again:
        # A later scan had healed them and is gone again; what a person decided stays decided.
        Finding.objects.filter(pk__in=again).update(closed_at=None, decision="")
    if gone:
        # Healed by a later scan (an upload from an offline device): closed, not deleted.
        Finding.objects.filter(pk__in=gone).update(closed_at=now, decision=enums.Decision.HEALED)
    return marked


# -- facts --------------------------------------------------------------------------------------
def _write_facts(
    parcels: Sequence[Parcel], states: dict[int, ParcelState], marked: set[int], *, now: datetime
) -> None:
    fresh, steps = facts.facts_and_steps(parcels, states, marked=marked, now=now)
    held = facts.held_rows(row.parcel_id for row in fresh)
    due = {row.parcel_id: (row.due_day, row.site_id) for row in fresh}
    handover_facts.follow(parcels, states, due, at=now)
    stepping.follow([row.parcel_id for row in fresh], steps, at=now)
    altered = [row for row in fresh if row != held.get(row.parcel_id)]
    if not altered:
        return
    bulk.insert_values(ParcelFacts, altered, replace=facts.COLUMNS)
    pairs: set[tuple[Any, int]] = set()
    today = calendars.business_day(now)
    for row in altered:
        before = held.get(row.parcel_id)
        pairs |= facts.days_changed(before, row, today=today)
    changed.mark(facts.PARCELS, pairs, at=now)
