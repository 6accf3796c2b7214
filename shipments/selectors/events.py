"""Events as the fold takes them, and what it must know beside them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, TextField
from django.db.models.functions import Cast

from courierqa.core import calendars
from shipments.enums import CodKind
from shipments.fold import ConsentMark, Event, ParcelState, Rules, fold
from shipments.models import CodEntry, Consent, Parcel, Proof, ScanEvent

# The detail as text: most scans have none, and then nothing is left to read.
EVENT_COLUMNS = (
    "parcel_id", "waybill", "uid", "code", "happened_at", "recorded_at", "effective_at", "reason",
    "said", "site_id", "person_id", "source", "corrects", "latitude", "audience",
)  # fmt: skip


def events_of(parcels: Sequence[Parcel], fresh: Iterable[ScanEvent] = ()) -> dict[int, list[Event]]:
    """Return each parcel's events, read in one query, with the proofs hung on them.

    `fresh` are scans about to be stored: they are taken as the database will give them back.
    """
    ids = {parcel.waybill: parcel.pk for parcel in parcels}
    mine = Q(parcel_id__among=list(ids.values())) | Q(parcel_id=None, waybill__among=list(ids))
    proofs = Proof.objects.filter(parcel_id__among=list(ids.values()))
    proven = set(proofs.values_list("event_uid", flat=True))
    found: dict[int, list[Event]] = defaultdict(list)
    rows = ScanEvent.objects.filter(mine).annotate(said=Cast("detail", TextField()))
    for row in rows.values_list(*EVENT_COLUMNS):
        parcel_id = row[0] if row[0] is not None else ids[row[1]]
        found[parcel_id].append(_event(row, proven))
    for one in fresh:
        if one.parcel_id is not None:
            found[one.parcel_id].append(_event(_as_stored(one), proven))
    return found


def _as_stored(one: ScanEvent) -> tuple[Any, ...]:
    said = json.dumps(one.detail) if one.detail else "{}"
    return (
        one.parcel_id, one.waybill, one.uid, one.code, one.happened_at, one.recorded_at,
        one.effective_at, one.reason, said, one.site_id, one.person_id, str(one.source),
        one.corrects, one.latitude, one.audience,
    )  # fmt: skip


def _event(row: tuple[Any, ...], proven: set[UUID]) -> Event:
    (_parcel, _waybill, uid, code, happened, recorded, effective, reason, said, site, person,
     source, corrects, latitude, audience) = row  # fmt: skip
    detail = json.loads(said) if said != "{}" else {}
    return Event(
        uid, code, happened, recorded, effective, reason, detail or {}, site, person, source,
        corrects, latitude is not None, uid in proven, audience or "",
    )  # fmt: skip


def rules_of(parcels: Sequence[Parcel]) -> list[Rules]:
    """Return what the fold must know beside the events: agreements, standing consents, zone."""
    by_parcel, by_phone = _consents(parcels)
    paid = _paid_by_hand(parcels)
    zone = calendars.zone()
    # Most parcels are under the same rules: one object serves them all.
    made: dict[tuple[Any, ...], Rules] = {}
    found = []
    for parcel in parcels:
        consents = by_parcel.get(parcel.pk, []) + by_phone.get(parcel.recipient_phone_index, [])
        owes = parcel.cod_fen > 0 and parcel.pk not in paid
        at_home = parcel.origin_id == parcel.destination_id
        key = (has_agreement(parcel), owes, tuple(consents), at_home)
        if key not in made:
            made[key] = Rules(
                agreement=key[0], cod=key[1], consents=key[2], tz=zone, at_home=at_home
            )
        found.append(made[key])
    return found


def _paid_by_hand(parcels: Sequence[Parcel]) -> set[int]:
    """Return the parcels whose money was taken apart from a scan."""
    owed = [parcel.pk for parcel in parcels if parcel.cod_fen]
    if not owed:
        return set()
    rows = CodEntry.objects.filter(parcel_id__in=owed, event_uid=None, kind=CodKind.COLLECTED)
    return set(rows.values_list("parcel_id", flat=True))


def has_agreement(parcel: Parcel) -> bool:
    """Say whether the sender has a signed safety agreement, which replaces the identity check."""
    customer = parcel.customer
    if customer is None:
        return False
    day = calendars.business_day(parcel.accepted_at) if parcel.accepted_at else None
    return agreement_on(customer.agreement_from, customer.agreement_to, day)


def agreement_on(start: date | None, end: date | None, day: date | None) -> bool:
    """Say whether an agreement of this span holds on a day; without a day, whether there is one."""
    if start is None:
        return False
    return day is None or (start <= day and (end is None or day <= end))


def _consents(
    parcels: Sequence[Parcel],
) -> tuple[dict[int, list[ConsentMark]], dict[str, list[ConsentMark]]]:
    phones = {p.recipient_phone_index for p in parcels if p.recipient_phone_index}
    wanted = Q(parcel_id__among=[p.pk for p in parcels])
    wanted |= Q(parcel=None, phone_index__among=list(phones))
    by_parcel: dict[int, list[ConsentMark]] = defaultdict(list)
    by_phone: dict[str, list[ConsentMark]] = defaultdict(list)
    for row in Consent.objects.filter(wanted, event_uid=None):
        mark = ConsentMark(row.kind, row.given, row.at, row.withdrawn_at)
        if row.parcel_id is not None:
            by_parcel[row.parcel_id].append(mark)
        else:
            by_phone[row.phone_index].append(mark)
    return by_parcel, by_phone


def states_of(
    parcels: Sequence[Parcel], events: Mapping[int, Sequence[Event]] | None = None
) -> dict[int, ParcelState]:
    """Return each parcel's state folded from its events, by key; a handful of queries for all.

    `events` are all their events where the caller has read them already.
    """
    if events is None:
        events = events_of(parcels)
    return {
        parcel.pk: fold(events.get(parcel.pk, ()), rules=rules)
        for parcel, rules in zip(parcels, rules_of(parcels), strict=True)
    }


def state_of(parcel: Parcel) -> ParcelState:
    """Return the parcel's state folded from its events as stored now."""
    return states_of([parcel])[parcel.pk]
