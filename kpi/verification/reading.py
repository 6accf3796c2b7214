"""Raw rows as data frames: scans, promises, consents, proofs; read in chunks of parcels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pandas as pd
from django.db.models import Count, Max, Min, Q, QuerySet

from courierqa.core.timeframes import Period
from shipments.models import Consent, Parcel, PickupChange, Proof, ScanEvent, Slot

# So many parcels at a time: more would hold more of their scans in memory, and be no quicker.
CHUNK = 5_000
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


# The scans of each parcel that count, in order.
Told = Mapping[int, list[Any]]


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


def by(frame: Any, key: str) -> dict[Any, list[Any]]:
    """Return the rows of a frame per value of a column, in their order, walked over once.

    A frame for each parcel would cost many times what its few rows do.
    """
    found: dict[Any, list[Any]] = defaultdict(list)
    if frame is not None and not frame.empty:
        for value, row in zip(frame[key], frame.itertuples(), strict=True):
            found[value].append(row)
    return dict(found)


def touching(period: Period) -> Iterator[list[int]]:
    """Yield the ids of parcels that could count in the period, in chunks by id.

    Parcels are looked at window by window of their ids: however long the history, only one window
    and one chunk are held in memory.
    """
    ends = Parcel.objects.aggregate(first=Min("pk"), last=Max("pk"))
    waiting: list[int] = []
    for first in range(ends["first"] or 0, (ends["last"] or -1) + 1, CHUNK):
        waiting += sorted(_of_window(period, first, first + CHUNK))
        while len(waiting) >= CHUNK:
            yield waiting[:CHUNK]
            waiting = waiting[CHUNK:]
    if waiting:
        yield waiting


def _of_window(period: Period, first: int, end: int) -> set[int]:
    """Return the parcels of one window of ids that could count in the period."""
    here = Parcel.objects.filter(pk__gte=first, pk__lt=end)
    unmatched = ScanEvent.objects.filter(
        parcel_id=None, effective_at__gte=period.start_at - BACK, effective_at__lt=period.end_at
    )
    promised = Q(promised_by__gte=period.start_at - OUTCOME, promised_by__lt=period.end_at) | Q(
        waybill__in=unmatched.values("waybill")
    )
    scanned = set(_scanned(period, first, end))
    known = set(here.filter(promised).values_list("pk", flat=True))
    loose = set(here.filter(promised_by=None).values_list("pk", flat=True))
    seen = {pk for pk, is_near in scanned if is_near or pk in loose}
    return known | seen | _appointed(period, here)


def _scanned(period: Period, first: int, end: int) -> Iterator[tuple[int, bool]]:
    """Yield parcels by their scans, and whether they count with a promise, too.

    Scanned in or shortly before the period, or begun before it and not surely ended (T10, E05).
    The others may fall due without a promise of their own (B24).
    """
    before, reach = Q(effective_at__lt=period.start_at), period.start_at - LONGEST_PROMISE - OUTCOME
    inside = Q(effective_at__gte=period.start_at - BACK, effective_at__lt=period.end_at)
    late = Q(effective_at__gte=reach, effective_at__lt=period.end_at)
    ended = Q(code="DLV", detail__way__in=SURE_ENDS)
    rows = ScanEvent.objects.filter(parcel_id__gte=first, parcel_id__lt=end)
    grouped = rows.order_by().values("parcel_id").annotate(
        inside=Count("pk", filter=inside), late=Count("pk", filter=late),
        begun=Count("pk", filter=before), sure=Count("pk", filter=before & ended),
        unsure=Count("pk", filter=Q(code__in=UNSURE)),
    )  # fmt: skip
    still = Q(begun__gt=0) & (Q(sure=0) | Q(unsure__gt=0))
    for row in grouped.filter(Q(inside__gt=0) | Q(late__gt=0) | still):
        open_still = row["begun"] and (not row["sure"] or row["unsure"])
        yield row["parcel_id"], bool(row["inside"] or open_still)


def _appointed(period: Period, here: QuerySet[Parcel]) -> set[int]:
    """Return parcels with a pickup window or a booked delivery that ends in the period."""
    start, end = period.start_at - timedelta(days=2), period.end_at
    ordered = here.filter(
        Q(order__window_end__gte=start, order__window_end__lt=end)
        | Q(order__ordered_at__gte=start, order__ordered_at__lt=end)
        | Q(order__pickup_changes__old_end__gte=start, order__pickup_changes__old_end__lt=end)
        | Q(order__pickup_changes__new_end__gte=start, order__pickup_changes__new_end__lt=end)
        | Q(slots__ends_at__gte=start, slots__ends_at__lt=end)
    )
    return set(ordered.values_list("pk", flat=True))


def read(ids: Sequence[int]) -> Raw:
    """Read everything stored about these parcels."""
    wanted, among = set(ids), {"parcel_id__among": list(ids)}
    parcels = list(Parcel.objects.filter(pk__among=list(ids)).values_list(*PARCELS))
    scans = list(ScanEvent.objects.filter(**among).values_list(*SCANS).iterator(chunk_size=5000))
    scans += _unmatched({row[1]: row[0] for row in parcels})
    proofs = Proof.objects.filter(**among).values_list("event_uid", flat=True)
    return Raw(
        parcels=frame(parcels, PARCELS),
        scans=frame(scans, SCANS),
        consents=frame(_consents(wanted, parcels), CONSENTS),
        proven=frozenset(proofs),
        slots=frame(_booked(among), SLOTS),
        moves=frame(_moved(parcels), MOVES),
    )


def _booked(among: dict[str, list[int]]) -> list[tuple[Any, ...]]:
    rows = Slot.objects.filter(**among).order_by("at", "pk")
    return list(rows.values_list(*SLOTS))


def _moved(parcels: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    place = PARCELS.index("order_id")
    ids = [row[place] for row in parcels if row[place] is not None]
    rows = PickupChange.objects.filter(order_id__among=ids).order_by("at", "pk")
    return list(rows.values_list(*MOVES))


def _unmatched(ids: dict[str, int]) -> list[tuple[Any, ...]]:
    """Return scans stored before their parcel was known, under their waybill."""
    rows = ScanEvent.objects.filter(parcel_id=None, waybill__among=list(ids))
    return [
        (uid, ids[waybill], *rest)
        for waybill, uid, _none, *rest in rows.values_list("waybill", *SCANS)
    ]


def _consents(wanted: set[int], parcels: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Return words on how to deliver that are no scans; a standing one is given to each parcel."""
    phones: dict[str, list[int]] = {}
    for row in parcels:
        if row[7]:
            phones.setdefault(row[7], []).append(row[0])
    mine = Q(parcel_id__among=list(wanted)) | Q(parcel_id=None, phone_index__among=list(phones))
    found = []
    for row in Consent.objects.filter(mine, event_uid=None).values_list(*CONSENTS):
        given_to = [row[0]] if row[0] is not None else phones[row[1]]
        found += [(pk, *row[1:]) for pk in given_to]
    return found
