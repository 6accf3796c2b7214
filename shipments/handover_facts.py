"""HandoverFacts: the rows of D05 to D08 and D11, kept equal to the folded handovers.

Evidence is fit when it is of a kind its way asks for (DEL-10, DEL-14), with the signer and the
relation where the way wants them named; it counts from the moment it had arrived here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any
from uuid import UUID

from courierqa.core import changed
from courierqa.core.calendars import business_day
from shipments.fold import ParcelState
from shipments.fold.handovers import Handover
from shipments.models import HandoverFacts, Parcel, Proof, ProofRule

HANDOVERS = "handovers"
TELL, PROVE, FETCH = timedelta(minutes=30), timedelta(hours=24), timedelta(hours=48)
TO_FETCH = ("locker", "station")
DEEDS = frozenset({"DLV", "RDY"})
FIELDS = [f.attname for f in HandoverFacts._meta.concrete_fields if f.attname != "id"]
DAYS = ("made_day", "tell_day", "proof_day", "fetch_day", "denied_day")
_cells = attrgetter(*FIELDS)
Pairs = set[tuple[date, int]]
# The day and place a parcel's own figure is read at (S07).
Due = Mapping[int, tuple[date | None, int]]


def follow(
    parcels: Sequence[Parcel], states: Mapping[int, ParcelState], due: Due, *, at: datetime
) -> int:
    """Make the rows of these parcels equal to their handovers; return how many moved."""
    parcels = [parcel for parcel in parcels if _may_have(states[parcel.pk])]
    if not parcels:
        return 0
    ids = [parcel.pk for parcel in parcels]
    held = {
        (row.parcel_id, row.event_uid): row
        for row in HandoverFacts.objects.filter(parcel_id__among=ids)
    }
    fresh = {(row.parcel_id, row.event_uid): row for row in _rows(parcels, states)}
    gone = [row for key, row in held.items() if key not in fresh]
    new = [
        row for key, row in fresh.items()
        if key not in held or _cells(row) != _cells(held[key])
    ]  # fmt: skip
    if not gone and not new:
        return 0
    HandoverFacts.objects.filter(pk__in=[row.pk for row in gone]).delete()
    HandoverFacts.objects.bulk_create(
        new, batch_size=400, update_conflicts=True, unique_fields=["parcel_id", "event_uid"],
        update_fields=[name for name in FIELDS if name not in ("parcel_id", "event_uid")],
    )  # fmt: skip
    before = [held[key] for row in new if (key := (row.parcel_id, row.event_uid)) in held]
    changed.mark(HANDOVERS, _touched([*gone, *new, *before], due), at=at)
    return len(gone) + len(new)


def _may_have(state: ParcelState) -> bool:
    """Say whether it was, or once seemed, handed over: most scans are of parcels on their way."""
    return state.voided > 0 or any(leg.code in DEEDS for leg in state.legs)


def _touched(rows: Iterable[HandoverFacts], due: Due) -> Pairs:
    pairs: Pairs = set()
    for row in rows:
        pairs |= {(day, row.site_id) for name in DAYS if (day := getattr(row, name))}
        day, site = due.get(row.parcel_id, (None, 0))
        pairs |= {(day, site)} if day else set()
    return pairs


def _rows(parcels: Sequence[Parcel], states: Mapping[int, ParcelState]) -> Iterable[HandoverFacts]:
    """Test items (B25) and ways back (B12) count nowhere."""
    real = [p for p in parcels if not p.is_test and p.parent_id is None and states[p.pk].handovers]
    if not real:
        return
    proofs = _proofs([parcel.pk for parcel in real])
    rules = {rule.way: rule for rule in ProofRule.objects.all()}
    for parcel in real:
        for one in states[parcel.pk].handovers:
            found = proofs.get((parcel.pk, one.uid), [])
            yield _row(parcel, one, proven_at(one, rules.get(one.way), found))


def _proofs(ids: list[int]) -> dict[tuple[int, UUID], list[tuple[str, datetime]]]:
    found: dict[tuple[int, UUID], list[tuple[str, datetime]]] = {}
    rows = Proof.objects.filter(parcel_id__among=ids).order_by("received_at")
    for parcel_id, uid, kind, at in rows.values_list(
        "parcel_id", "event_uid", "kind", "received_at"
    ):
        found.setdefault((parcel_id, uid), []).append((kind, at))
    return found


def proven_at(
    one: Handover, rule: ProofRule | None, proofs: Sequence[tuple[str, datetime]]
) -> datetime | None:
    """Return when fitting evidence was here; None while something is missing."""
    if rule is None:
        return one.recorded_at
    if rule.needs_signer and "signer" not in one.noted:
        return None
    if rule.needs_relation and "relation" not in one.noted:
        return None
    if not rule.kinds or one.noted & set(rule.kinds):
        return one.recorded_at
    return min((at for kind, at in proofs if kind in rule.kinds), default=None)


def _row(parcel: Parcel, one: Handover, proof_at: datetime | None) -> HandoverFacts:
    waits = one.is_placing and one.way in TO_FETCH
    tell_by = one.at + TELL if one.is_placing else None
    proof_by = None if one.is_placing else one.at + PROVE
    fetch_by = one.at + FETCH if waits else None
    late = proof_by is not None and (proof_at is None or proof_at > proof_by)
    site = parcel.destination_id if waits or one.site_id is None else one.site_id
    return HandoverFacts(
        parcel_id=parcel.pk, event_uid=one.uid, waybill=parcel.waybill, site_id=site,
        product_id=parcel.product_id, courier_id=one.person_id, way=one.way[:12],
        is_placing=one.is_placing, is_import=one.is_import, made_at=one.at,
        made_day=business_day(one.at), needs_consent=one.needs_consent, agreed=one.agreed,
        told_at=one.told_at, tell_by=tell_by, tell_day=_day(tell_by),
        proof_at=proof_at, proof_by=proof_by, proof_day=_day(proof_by),
        fetched_at=one.fetched_at, left_at=one.left_at, fetch_by=fetch_by,
        fetch_day=_day(fetch_by), denied_at=one.denied_at, denied_day=_day(one.denied_at),
        is_faulty=(one.needs_consent and not one.agreed) or (late and not one.is_import),
    )  # fmt: skip


def _day(moment: datetime | None) -> Any:
    return business_day(moment) if moment else None
