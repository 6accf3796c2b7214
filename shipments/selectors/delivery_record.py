"""One parcel's delivery for readers: contacts, times, consents, tries, waiting, money, way back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from shipments import addresses, enums
from shipments.enums import SlotResult
from shipments.models import (
    AttemptNote,
    CodEntry,
    Consent,
    Parcel,
    Placement,
    Preference,
    Proof,
    Reason,
    ReturnRequest,
    ScanEvent,
    Slot,
)
from shipments.receipts import receipt_token
from shipments.selectors.proofs import gap_words, gaps_of, rules_by_way
from shipments.selectors.runsheets import APART, slot_result
from staff.models import Employee


@dataclass(frozen=True)
class SlotLine:
    """A booked time; only the newest one is compared with the arrival."""

    slot: Slot
    result: SlotResult | None


@dataclass(frozen=True)
class AttemptLine:
    """A failed try: reason, evidence, what follows; the gap to the try before."""

    event: ScanEvent
    number: int
    reason: str
    has_evidence: bool
    too_soon: bool
    person: str
    note: AttemptNote | None


@dataclass(frozen=True)
class Record:
    """Everything about one parcel's delivery."""

    contacts: list[Any]
    slots: list[SlotLine]
    consents: list[Consent]
    questions: list[Any]
    wish: Preference | None
    attempts: list[AttemptLine]
    placements: list[Placement]
    contents: list[Any]
    cod: list[CodEntry]
    returns: list[ReturnRequest]
    gaps: list[str]
    proof_gaps: list[str]
    receipt: str


def delivery_record(parcel: Parcel, *, now: datetime) -> Record:
    """Return the delivery record of one parcel."""
    rows = ScanEvent.objects.filter(parcel_id=parcel.pk).order_by("effective_at", "pk")
    scans = list(rows)
    wrong = {scan.corrects for scan in scans if scan.code == "VOI"}
    scans = [scan for scan in scans if scan.uid not in wrong]
    return Record(
        contacts=list(parcel.contacts.select_related("person").order_by("-at", "-pk")),
        slots=_slots(parcel, scans, now),
        consents=_consents(parcel),
        questions=list(parcel.consent_requests.order_by("-pk")),
        wish=Preference.objects.filter(
            phone_index=parcel.recipient_phone_index or "-", ended_at=None
        ).first(),
        attempts=_attempts(parcel, scans),
        placements=list(parcel.placements.select_related("site").order_by("-placed_at")),
        contents=list(parcel.content_lines.order_by("is_gift", "pk")),
        cod=list(parcel.cod_entries.select_related("courier").order_by("at", "pk")),
        returns=list(parcel.returns.select_related("back", "replacement").order_by("-pk")),
        gaps=addresses.gap_words(addresses.recipient_gaps(parcel)),
        proof_gaps=_proof_gaps(parcel, scans),
        receipt=receipt_token(parcel.pk) if parcel.state == enums.State.DELIVERED else "",
    )  # fmt: skip


def _slots(parcel: Parcel, scans: list[ScanEvent], now: datetime) -> list[SlotLine]:
    slots = list(parcel.slots.select_related("by").order_by("-pk"))
    return [
        SlotLine(slot, slot_result(slot, scans, now=now) if place == 0 else None)
        for place, slot in enumerate(slots)
    ]


def _consents(parcel: Parcel) -> list[Consent]:
    mine = Q(parcel=parcel)
    if parcel.recipient_phone_index:
        mine |= Q(parcel=None, phone_index=parcel.recipient_phone_index)
    return list(Consent.objects.filter(mine).select_related("recorded_by").order_by("-at", "-pk"))


def _attempts(parcel: Parcel, scans: list[ScanEvent]) -> list[AttemptLine]:
    tries = [scan for scan in scans if scan.code in ("ATT", "RFS")]
    notes = {note.event_uid: note for note in parcel.attempt_notes.all()}
    names = {r.code: str(r) for r in Reason.objects.filter(code__in={t.reason for t in tries})}
    people = Employee.objects.in_bulk({t.person_id for t in tries if t.person_id})
    proven = set(Proof.objects.filter(parcel=parcel).values_list("event_uid", flat=True))
    found, last = [], None
    for number, scan in enumerate(tries, start=1):
        seen = scan.detail.get("call") or scan.detail.get("photo") or scan.latitude is not None
        too_soon = last is not None and scan.effective_at - last < APART
        found.append(
            AttemptLine(
                scan, number, names.get(scan.reason, ""), bool(seen or scan.uid in proven),
                too_soon, str(people.get(scan.person_id or 0, "")), notes.get(scan.uid),
            )
        )  # fmt: skip
        last = last if too_soon else scan.effective_at
    return found[::-1]


def _proof_gaps(parcel: Parcel, scans: list[ScanEvent]) -> list[str]:
    done = next((s for s in reversed(scans) if s.code in ("DLV", "RDY")), None)
    if done is None:
        return []
    way = str(done.detail.get("way") or "locker")
    kinds = Proof.objects.filter(parcel=parcel, event_uid=done.uid).values_list("kind", flat=True)
    noted = parcel.findings.filter(event_uid=done.uid, code="no_consent", closed_at=None)
    gaps = gaps_of(done.detail, kinds, rules_by_way().get(way), agreed=not noted.exists())
    return gap_words(gaps)


@dataclass(frozen=True)
class Receipt:
    """What a recipient is shown of a delivery: no courier's name, no address, masked signer."""

    parcel: Parcel
    at: datetime
    way: str
    place: str
    signer: str
    proofs: list[str]
    cod_fen: int
    gifts: list[str]


def receipt_of(parcel_id: int | None) -> Receipt | None:
    """Return the receipt of a delivered parcel, or None."""
    parcel = Parcel.objects.filter(pk=parcel_id or 0).select_related("product", "origin").first()
    if parcel is None or parcel.state != enums.State.DELIVERED:
        return None
    scans = ScanEvent.objects.filter(parcel_id=parcel.pk, code__in=("DLV", "RDY", "VOI"))
    rows = list(scans.order_by("effective_at", "pk"))
    wrong = {row.corrects for row in rows if row.code == "VOI"}
    done = next((r for r in rows if r.code == "DLV" and r.uid not in wrong), None)
    placed = next((r for r in reversed(rows) if r.code == "RDY" and r.uid not in wrong), None)
    if done is None:
        return None
    kinds = Proof.objects.filter(parcel=parcel, event_uid=done.uid).values_list("kind", flat=True)
    way = str(done.detail.get("way") or "")
    known = way in enums.DeliveryWay.values
    return Receipt(
        parcel=parcel, at=done.effective_at,
        way=str(enums.DeliveryWay(way).label) if known else "",
        place=str(placed.detail.get("place") or "") if placed and way == "collected" else "",
        signer=str(done.detail.get("signer") or ""),
        proofs=[str(enums.ProofKind(kind).label) for kind in dict.fromkeys(kinds)],
        cod_fen=sum(entry.amount_fen for entry in parcel.cod_entries.all()),
        gifts=[line.name for line in parcel.content_lines.filter(is_gift=True)],
    )  # fmt: skip
