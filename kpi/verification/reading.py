"""Raw rows as data frames: scans, promises, consents, proofs; read in chunks of parcels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pandas as pd
from django.db.models import Q

from courierqa.core.timeframes import Period
from shipments.models import Consent, Parcel, PickupChange, Proof, ScanEvent, Slot

CHUNK = 20_000
# A parcel first scanned longer ago than this is found by its promise or by a scan in the period.
BACK = timedelta(days=5)
# A parcel is looked at again until a week after its promise (T11, D02).
OUTCOME = timedelta(days=8)
# A parcel without a stored promise falls due by its product's default, at most this much later.
LONGEST_PROMISE = timedelta(days=45)
SCANS = (
    "uid", "parcel_id", "code", "reason", "detail", "effective_at", "recorded_at", "site_id",
    "person_id", "corrects", "latitude", "source",
)  # fmt: skip
PARCELS = (
    "id", "waybill", "product_id", "destination_id", "is_same_city", "is_test", "promised_by",
    "recipient_phone_index", "parent_id", "origin_id", "item_kind", "customer__agreement_from",
    "customer__agreement_to", "order_id", "order__ordered_at", "order__window_start",
    "order__window_end", "order__channel", "order__door_pickup", "origin__hub_id",
    "origin__kind", "destination__hub_id", "destination__kind", "fee_fen",
)  # fmt: skip
CONSENTS = ("parcel_id", "phone_index", "kind", "given", "at", "withdrawn_at")
SLOTS = ("parcel_id", "starts_at", "ends_at", "asked_by", "at")
MOVES = ("order_id", "old_start", "old_end", "new_start", "new_end", "at", "asked_by")
TIMES = {
    "effective_at", "recorded_at", "promised_by", "at", "withdrawn_at", "order__ordered_at",
    "order__window_start", "order__window_end", "starts_at", "ends_at", "old_start", "old_end",
    "new_start", "new_end",
}  # fmt: skip
# A parcel handed over into somebody's hands, and never put right, has surely ended.
SURE_ENDS = ("recipient", "proxy", "counter", "collected")
UNSURE = ("VOI", "COR", "DNR", "FND")


@dataclass(frozen=True)
class Raw:
    """Everything stored about some parcels, as written."""

    parcels: Any
    scans: Any
    consents: Any
    proven: frozenset[Any]
    slots: Any = None
    moves: Any = None


def frame(rows: Sequence[Sequence[Any]], columns: Sequence[str]) -> Any:
    """Return rows as a frame with its times in UTC, also when there are none."""
    made = pd.DataFrame.from_records(list(rows), columns=list(columns))
    for name in TIMES & set(columns):
        made[name] = pd.to_datetime(made[name], utc=True).astype("datetime64[us, UTC]")
    return made


def touching(period: Period) -> Iterator[list[int]]:
    """Yield the ids of parcels that could count in the period, in chunks by id."""
    start, end = period.start_at - BACK, period.end_at
    scanned = ScanEvent.objects.filter(effective_at__gte=start, effective_at__lt=end)
    seen = scanned.order_by().values_list("parcel_id", flat=True).distinct()
    known = {pk for pk in seen if pk is not None}
    unmatched = scanned.filter(parcel_id=None).values_list("waybill", flat=True)
    promised = Q(promised_by__gte=period.start_at - OUTCOME, promised_by__lt=end)
    known |= set(
        Parcel.objects.filter(promised | Q(waybill__in=unmatched)).values_list("pk", flat=True)
    )
    known |= _never_promised(period) | _not_surely_ended(period)
    known |= _appointed(period)
    ids = sorted(known)
    for place in range(0, len(ids), CHUNK):
        yield ids[place : place + CHUNK]


def _never_promised(period: Period) -> set[int]:
    """Return parcels that travel without a promise and may fall due in the period (B24)."""
    scanned = ScanEvent.objects.filter(
        effective_at__gte=period.start_at - LONGEST_PROMISE - OUTCOME,
        effective_at__lt=period.end_at,
    )
    loose = Parcel.objects.filter(promised_by=None, pk__in=scanned.values("parcel_id"))
    return set(loose.values_list("pk", flat=True))


def _not_surely_ended(period: Period) -> set[int]:
    """Return parcels of before that may still be under way in the period (T10)."""
    before = ScanEvent.objects.filter(effective_at__lt=period.start_at, parcel_id__isnull=False)
    ended = before.filter(code="DLV", detail__way__in=SURE_ENDS)
    odd = ScanEvent.objects.filter(code__in=UNSURE, parcel_id__isnull=False)
    begun, sure, unsure = (
        {pk for pk in rows.values_list("parcel_id", flat=True).distinct() if pk is not None}
        for rows in (before, ended, odd)
    )
    return begun - (sure - unsure)


def _appointed(period: Period) -> set[int]:
    """Return parcels with a pickup window or a booked delivery that ends in the period."""
    start, end = period.start_at - timedelta(days=2), period.end_at
    ordered = Parcel.objects.filter(
        Q(order__window_end__gte=start, order__window_end__lt=end)
        | Q(order__ordered_at__gte=start, order__ordered_at__lt=end)
        | Q(order__pickup_changes__old_end__gte=start, order__pickup_changes__old_end__lt=end)
        | Q(order__pickup_changes__new_end__gte=start, order__pickup_changes__new_end__lt=end)
        | Q(slots__ends_at__gte=start, slots__ends_at__lt=end)
    )
    return set(ordered.values_list("pk", flat=True))


def read(ids: Sequence[int]) -> Raw:
    """Read everything stored about these parcels."""
    first, last = ids[0], ids[-1]
    between = {"parcel_id__gte": first, "parcel_id__lte": last}
    wanted = set(ids)
    parcels = [
        row
        for row in Parcel.objects.filter(pk__gte=first, pk__lte=last).values_list(*PARCELS)
        if row[0] in wanted
    ]
    rows = ScanEvent.objects.filter(**between).values_list(*SCANS)
    scans = [row for row in rows.iterator(chunk_size=5000) if row[1] in wanted]
    scans += _unmatched({row[1]: row[0] for row in parcels})
    proofs = Proof.objects.filter(**between).values_list("event_uid", flat=True)
    return Raw(
        parcels=frame(parcels, PARCELS),
        scans=frame(scans, SCANS),
        consents=frame(_consents(wanted, parcels), CONSENTS),
        proven=frozenset(proofs),
        slots=frame(_booked(first, last, wanted), SLOTS),
        moves=frame(list(PickupChange.objects.order_by("at", "pk").values_list(*MOVES)), MOVES),
    )


def _booked(first: int, last: int, wanted: set[int]) -> list[tuple[Any, ...]]:
    rows = Slot.objects.filter(parcel_id__gte=first, parcel_id__lte=last).order_by("at", "pk")
    return [row for row in rows.values_list(*SLOTS) if row[0] in wanted]


def _unmatched(ids: dict[str, int]) -> list[tuple[Any, ...]]:
    """Return scans stored before their parcel was known, under their waybill."""
    rows = ScanEvent.objects.filter(parcel_id=None).values_list("waybill", *SCANS)
    return [
        (*row[1:2], ids[row[0]], *row[3:]) for row in rows.iterator(chunk_size=5000)
        if row[0] in ids
    ]  # fmt: skip


def _consents(wanted: set[int], parcels: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return words on how to deliver that are no scans; a standing one is given to each parcel."""
    rows = Consent.objects.filter(event_uid=None).values_list(*CONSENTS)
    phones: dict[str, list[int]] = {}
    for row in parcels:
        if row[7]:
            phones.setdefault(row[7], []).append(row[0])
    found = []
    for row in rows.iterator(chunk_size=5000):
        if row[0] in wanted:
            found.append(row)
        elif row[0] is None:
            found += [(pk, *row[1:]) for pk in phones.get(row[1], [])]
    return found
