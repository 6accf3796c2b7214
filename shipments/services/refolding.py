"""Keep the shadows equal to the events: parcel state, findings, facts, changed days. Set-wise."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import Q

from courierqa.core import calendars, changed
from shipments import enums, facts
from shipments.fold import ConsentMark, Event, ParcelState, Rules, fold
from shipments.models import Consent, Finding, Parcel, ParcelFacts, Proof, ScanEvent
from shipments.promises import Promiser
from shipments.services.retry import in_transaction

# What the hot path reads of a parcel; names, phones and addresses stay sealed in the table.
PARCEL_FIELDS = (
    "waybill", "product_id", "lane_id", "origin_id", "destination_id", "is_same_city", "is_test",
    "customer_id", "recipient_phone_index", "cod_fen", "promised_original", "promised_by", "state",
    "conditions", "accepted_at", "last_event_at", "last_site_id", "holder_id", "done_at",
    "attempts", "fold_version", "customer__agreement_from", "customer__agreement_to",
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
        "corrects_unknown",
    }
)  # fmt: skip
EVENT_COLUMNS = (
    "parcel_id", "waybill", "uid", "code", "happened_at", "recorded_at", "effective_at", "reason",
    "detail", "site_id", "person_id", "source", "corrects", "latitude",
)  # fmt: skip
CHUNK = 2000


def refold(parcel_ids: Iterable[int], *, now: datetime) -> int:
    """Fold parcels anew from their events; return how many were looked at."""
    wanted = sorted(set(parcel_ids))
    for start in range(0, len(wanted), CHUNK):
        chunk = wanted[start : start + CHUNK]
        in_transaction(lambda ids=chunk: refold_locked(_lock(ids), now=now))  # type: ignore[misc]
    return len(wanted)


def _lock(ids: Sequence[int]) -> list[Parcel]:
    rows = Parcel.objects.filter(pk__in=ids).order_by("pk").only(*PARCEL_FIELDS)
    return list(rows.select_for_update(no_key=True, of=("self",)).select_related("customer"))


def refold_locked(parcels: Sequence[Parcel], *, now: datetime) -> dict[int, ParcelState]:
    """Fold parcels that this transaction holds; write only what changed."""
    if not parcels:
        return {}
    events = events_of(parcels)
    states = {
        parcel.pk: fold(events.get(parcel.pk, ()), rules=rules)
        for parcel, rules in zip(parcels, rules_of(parcels), strict=True)
    }
    _write_parcels(parcels, states)
    marked = _write_findings(states, now=now)
    _write_facts(parcels, states, marked, now=now)
    return states


def events_of(parcels: Sequence[Parcel]) -> dict[int, list[Event]]:
    """Return each parcel's events, read in one query, with the proofs hung on them."""
    ids = {parcel.waybill: parcel.pk for parcel in parcels}
    mine = Q(parcel_id__in=list(ids.values())) | Q(parcel_id=None, waybill__in=list(ids))
    proven = set(
        Proof.objects.filter(parcel_id__in=list(ids.values())).values_list("event_uid", flat=True)
    )
    found: dict[int, list[Event]] = defaultdict(list)
    for row in ScanEvent.objects.filter(mine).values_list(*EVENT_COLUMNS).iterator(5000):
        parcel_id = row[0] if row[0] is not None else ids[row[1]]
        found[parcel_id].append(_event(row, proven))
    return found


def _event(row: tuple[Any, ...], proven: set[UUID]) -> Event:
    (_parcel, _waybill, uid, code, happened, recorded, effective, reason, detail, site, person,
     source, corrects, latitude) = row  # fmt: skip
    return Event(
        uid, code, happened, recorded, effective, reason, detail or {}, site, person, source,
        corrects, has_position=latitude is not None, has_proof=uid in proven,
    )  # fmt: skip


def rules_of(parcels: Sequence[Parcel]) -> list[Rules]:
    """Return what the fold must know beside the events: agreements, standing consents, zone."""
    by_parcel, by_phone = _consents(parcels)
    zone = calendars.zone()
    return [
        Rules(
            agreement=has_agreement(parcel),
            cod=parcel.cod_fen > 0,
            consents=tuple(
                by_parcel.get(parcel.pk, []) + by_phone.get(parcel.recipient_phone_index, [])
            ),
            tz=zone,
        )
        for parcel in parcels
    ]


def has_agreement(parcel: Parcel) -> bool:
    """Say whether the sender has a signed safety agreement, which replaces the identity check."""
    customer = parcel.customer
    if customer is None or customer.agreement_from is None:
        return False
    day = calendars.business_day(parcel.accepted_at) if parcel.accepted_at else None
    end = customer.agreement_to
    return day is None or (customer.agreement_from <= day and (end is None or day <= end))


def _consents(
    parcels: Sequence[Parcel],
) -> tuple[dict[int, list[ConsentMark]], dict[str, list[ConsentMark]]]:
    phones = {p.recipient_phone_index for p in parcels if p.recipient_phone_index}
    wanted = Q(parcel_id__in=[p.pk for p in parcels]) | Q(parcel=None, phone_index__in=phones)
    by_parcel: dict[int, list[ConsentMark]] = defaultdict(list)
    by_phone: dict[str, list[ConsentMark]] = defaultdict(list)
    for row in Consent.objects.filter(wanted, event_uid=None):
        mark = ConsentMark(row.kind, row.given, row.at, row.withdrawn_at)
        if row.parcel_id is not None:
            by_parcel[row.parcel_id].append(mark)
        else:
            by_phone[row.phone_index].append(mark)
    return by_parcel, by_phone


# -- parcels ------------------------------------------------------------------------------------
def _write_parcels(parcels: Sequence[Parcel], states: dict[int, ParcelState]) -> None:
    altered = []
    promise = Promiser()
    for parcel in parcels:
        before = [getattr(parcel, name) for name in FOLDED]
        _shadow(parcel, states[parcel.pk])
        promise.fix(parcel, states[parcel.pk])
        if [getattr(parcel, name) for name in FOLDED] != before:
            parcel.fold_version += 1
            altered.append(parcel)
    write_rows(Parcel, altered, (*FOLDED, "fold_version"))


def _shadow(parcel: Parcel, state: ParcelState) -> None:
    parcel.state = state.state.value
    parcel.conditions = list(state.conditions)
    parcel.accepted_at = state.accepted_at
    parcel.last_event_at = state.last_event_at
    parcel.last_site_id = state.last_site_id
    parcel.holder_id = state.holder_id
    parcel.done_at = state.done_at
    parcel.attempts = state.attempts


def write_rows(
    model: type[models.Model], rows: Sequence[models.Model], names: Sequence[str]
) -> None:
    """UPDATE many rows by key: one prepared statement instead of a CASE per row and column."""
    if not rows:
        return
    fields = [model._meta.get_field(name.removesuffix("_id")) for name in names]
    quoted = connection.ops.quote_name
    columns = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    table, key = quoted(model._meta.db_table), quoted(model._meta.pk.column)
    values = [
        [*(f.get_db_prep_save(getattr(row, f.attname), connection) for f in fields), row.pk]
        for row in sorted(rows, key=lambda row: row.pk)
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {table} SET {columns} WHERE {key} = %s", values)


# -- findings -----------------------------------------------------------------------------------
def _write_findings(states: dict[int, ParcelState], *, now: datetime) -> set[int]:
    """Make the findings equal to the fold's; return the parcels whose source rows were faulty."""
    held = Finding.objects.filter(parcel_id__in=list(states)).only(
        "parcel_id", "kind", "code", "event_uid", "closed_at"
    )
    wanted = {
        (parcel_id, str(f.kind), f.code, f.event_uid): f
        for parcel_id, state in states.items()
        for f in state.findings
    }
    marked, gone = set(), []
    for row in held:
        if row.kind == enums.FindingKind.IMPORT:
            marked.add(row.parcel_id)
        key = (row.parcel_id, row.kind, row.code, row.event_uid)
        if wanted.pop(key, None) is None:
            if row.code in FOLD_CODES and row.closed_at is None:
                gone.append(row.pk)
        elif row.closed_at is not None:
            Finding.objects.filter(pk=row.pk).update(closed_at=None)
    Finding.objects.bulk_create(
        [
            Finding(
                parcel_id=parcel_id, kind=kind, code=code, event_uid=uid, site_id=found.site_id,
                detail=dict(found.detail), found_at=now,
            )
            for (parcel_id, kind, code, uid), found in wanted.items()
        ],
        ignore_conflicts=True,
        batch_size=1000,
    )  # fmt: skip
    # Healed by a later scan (an upload from an offline device): closed, not deleted.
    Finding.objects.filter(pk__in=gone).update(closed_at=now)
    return marked


# -- facts --------------------------------------------------------------------------------------
def _write_facts(
    parcels: Sequence[Parcel], states: dict[int, ParcelState], marked: set[int], *, now: datetime
) -> None:
    fresh = facts.facts_rows(parcels, states, marked=marked, now=now)
    held = ParcelFacts.objects.in_bulk([row.pk for row in fresh])
    altered = [row for row in fresh if facts.differs(held.get(row.pk), row)]
    if not altered:
        return
    ParcelFacts.objects.bulk_create(
        altered,
        update_conflicts=True,
        unique_fields=["parcel"],
        update_fields=facts.COLUMNS,
        batch_size=500,
    )
    pairs: set[tuple[Any, int]] = set()
    for row in altered:
        pairs |= facts.days_touched(held.get(row.pk)) | facts.days_touched(row)
    changed.mark(facts.PARCELS, pairs, at=now)
