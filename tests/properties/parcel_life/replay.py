"""The same story once more, in another order and with repetitions, told to the real services."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Sum

from shipments import services
from shipments.models import Acceptance, CodEntry, Finding, Parcel, ParcelFacts, Proof, ScanEvent
from shipments.services import ScanInput
from shipments.services.refolding import FOLD_CODES, FOLDED
from tests.properties.parcel_life.world import World

NOT_COMPARED = {"waybill", "cause_courier_id"}


def twin_id(uid: UUID, derived: dict[UUID, UUID] | None = None) -> UUID:
    """Return the id of the twin's scan; that of a mis-sort follows from its sort."""
    sort = (derived or {}).get(uid)
    return uuid5(twin_id(sort), "MIS") if sort else uuid5(uid, "twin")


def tell_again(world: World, parcel: Parcel, dice: random.Random) -> None:
    """Tell all scans and proofs of a parcel about a twin; it must end where the first one did."""
    parcel = Parcel.objects.get(pk=parcel.pk)
    twin = _twin(parcel)
    deeds = _deeds(world, parcel, twin)
    _take_the_money(parcel, twin)
    deeds += dice.choices(deeds, k=len(deeds) // 4)
    dice.shuffle(deeds)
    for deed in deeds:
        deed()
    # Which link was late is a question of when it is asked.
    services.refold([parcel.pk, twin.pk], now=world.now)
    first, again = outcome(parcel.pk), outcome(twin.pk)
    decided = parcel.findings.exclude(decision__in=("", "healed"))
    if decided.exists():
        del first["findings"], again["findings"]
    if parcel.promise_changes.exists():
        # A deadline that somebody moved is no scan.
        for found in (first, again):
            for name in [name for name in found if name.startswith(("promised_by", "fact"))]:
                del found[name]
    other = {name: (first[name], again[name]) for name in first if first[name] != again[name]}
    assert not other, f"told in another order: {other}"


def _twin(parcel: Parcel) -> Parcel:
    fields = {f.attname: getattr(parcel, f.attname) for f in Parcel._meta.concrete_fields}
    for name in ("id", "uid", "promised_original", "promised_by", *FOLDED):
        fields.pop(name, None)
    return Parcel.objects.create(**{**fields, "waybill": f"TW{parcel.pk:013d}"})


def _take_the_money(parcel: Parcel, twin: Parcel) -> None:
    """What a courier took apart from a scan is no scan either: the twin begins with it."""
    for line in CodEntry.objects.filter(parcel=parcel, event_uid=None):
        line.pk, line.parcel = None, twin
        line.save()


def _deeds(world: World, parcel: Parcel, twin: Parcel) -> list[Callable[[], Any]]:
    rows = list(ScanEvent.objects.filter(parcel_id=parcel.pk).order_by("pk"))
    derived = {uuid5(row.uid, "MIS"): row.uid for row in rows if row.code == "SRT"}
    deeds = [_scan(world, row, twin, derived) for row in rows if row.uid not in derived]
    proofs = Proof.objects.filter(parcel=parcel)
    return deeds + [_proof(world, row, twin, derived) for row in proofs]


def _scan(
    world: World, row: ScanEvent, twin: Parcel, derived: dict[UUID, UUID]
) -> Callable[[], Any]:
    said = ScanInput(
        uid=twin_id(row.uid), waybill=twin.waybill, code=row.code, happened_at=row.happened_at,
        device=row.device, reason=row.reason, site_id=row.site_id, person_id=row.person_id,
        detail=row.detail, corrects=twin_id(row.corrects, derived) if row.corrects else None,
        recorded_at=row.recorded_at,
    )  # fmt: skip
    return lambda: services.record_scans([said], source=row.source, recorded_at=world.now)


def _proof(world: World, row: Proof, twin: Parcel, derived: dict[UUID, UUID]) -> Callable[[], Any]:
    return lambda: services.store_proof(
        uid=uuid5(row.uid, "twin"), parcel=twin, event_uid=twin_id(row.event_uid, derived),
        kind=row.kind, captured_at=row.captured_at, received_at=world.now,
        strokes=row.strokes or None, code="4711" if row.kind == "code" else "",
    )  # fmt: skip


def outcome(pk: int) -> dict[str, Any]:
    """Return what a parcel came to: its state, its facts, its open findings, its money."""
    parcel, held = Parcel.objects.get(pk=pk), ParcelFacts.objects.get(pk=pk)
    columns = {f.attname for f in ParcelFacts._meta.concrete_fields if not f.primary_key}
    rows = Finding.objects.filter(parcel_id=pk, code__in=FOLD_CODES, decision="")
    money = CodEntry.objects.filter(parcel_id=pk, event_uid__isnull=False)
    taken = Acceptance.objects.filter(pk=pk).values_list("accepted_at", "site_id", "missing")
    return {
        **{name: getattr(parcel, name) for name in FOLDED},
        **{f"fact {name}": getattr(held, name) for name in sorted(columns - NOT_COMPARED)},
        "findings": sorted(rows.values_list("kind", "code")),
        "money": money.aggregate(n=Sum("amount_fen"))["n"] or 0,
        "acceptance": list(taken),
    }
