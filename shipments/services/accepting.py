"""The acceptance record: rebuilt from RNV, INS, PUP, XRY and REJ scans, whoever sent them.

Keys of `detail` that are read (all optional, values of the wrong kind are ignored):

    RNV  method (IdentityKind), result ("pass" / "fail"); a document number never travels in a
         scan: send it to POST /api/v1/identities/, where only its mask is kept, encrypted
    INS  result, item_kind, item_name, appearance (Appearance), opened_intact (bool)
    PUP  weight_g, length_cm, width_cm, height_cm (or volume_cm3), pieces, inspected, identity,
         item_kind, item_name, instrument (code), appearance, opened_intact (bool), packing (code
         of a PackingMaterial), packing_checked (bool), overpacked (bool), seal, marks (list of
         Mark), waybill_kind ("electronic" / "paper")
    XRY  result
    REJ  item_name, explained (what the sender was told)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from courierqa.core import calendars
from shipments import enums
from shipments.fold import ParcelState
from shipments.models import Acceptance, Parcel, ScanEvent
from shipments.selectors.events import agreement_on
from shipments.services import bulk, refusing

READ = frozenset({"RNV", "INS", "PUP", "XRY"})
# A mark made later than this after the acceptance counts as missing (domain.md A01).
LATE_MARK = timedelta(minutes=10)
# Measured against declared: beyond this part, and beyond these absolute values, it is flagged.
TOLERANCE = 0.10
TOLERANCE_G, TOLERANCE_CM3 = 100, 1000
BIGGEST = 2**31 - 1
# Read for every parcel accepted: a list of an enum is made anew at each look.
ITEMS, IDENTITIES = frozenset(enums.ItemKind.values), frozenset(enums.IdentityKind.values)
APPEARANCES, WAYBILLS = frozenset(enums.Appearance.values), frozenset(enums.WaybillKind.values)
MARKS = frozenset(enums.Mark.values)
# What the pickup knows better than the order.
CORRECTED = ("item_kind", "item_name", "weight_g")
COLUMNS = tuple(
    str(field.column) for field in Acceptance._meta.concrete_fields if not field.primary_key
)
PARCEL_COLUMNS = (
    "pk", "waybill", "item_kind", "item_name", "weight_g", "marks", "customer__agreement_from",
    "customer__agreement_to", "sender_name", "sender_phone", "sender_address", "recipient_name",
    "recipient_phone", "recipient_address", "order__pieces", "order__length_cm",
    "order__width_cm", "order__height_cm", "acceptance__event_uid",
    "acceptance__declared_weight_g",
)  # fmt: skip


class Told(NamedTuple):
    """What the record reads of a scan."""

    uid: UUID
    code: str
    parcel_id: int
    effective_at: datetime
    detail: dict[str, Any]
    site_id: int | None
    person_id: int | None
    source: str
    corrects: UUID | None


def follow(rows: Iterable[ScanEvent], states: Mapping[int, ParcelState]) -> None:
    """Bring the acceptance records of the parcels that new scans touch up to date."""
    fresh = [row for row in rows if row.parcel_id is not None]
    refusing.follow([row for row in fresh if row.code == enums.Code.REJ])
    touched = {row.parcel_id for row in fresh if row.code in READ or row.corrects is not None}
    # Without a pickup there is no record to write, and none to take away while nothing was voided.
    rebuild({pk for pk in touched if pk and _may_have_record(states.get(pk))})


def _may_have_record(state: ParcelState | None) -> bool:
    return state is None or state.accepted_by_scan or state.voided > 0


def rebuild(parcel_ids: Collection[int]) -> None:
    """Write the acceptance records of these parcels from their scans."""
    if not parcel_ids:
        return
    events, has_void = _events(parcel_ids)
    said = Parcel.objects.filter(pk__among=list(events)).values(*PARCEL_COLUMNS)
    found = {parcel["pk"]: (parcel, _record(parcel, events[parcel["pk"]])) for parcel in said}
    made = [row for _parcel, row in found.values() if row is not None]
    bulk.insert_rows(Acceptance, made, replace=COLUMNS)
    correcting = [(parcel, _as_accepted(row)) for parcel, row in found.values() if row is not None]
    if has_void:
        gone = set(parcel_ids) - {row.parcel_id for row in made}
        correcting += _as_ordered(gone)
        Acceptance.objects.filter(parcel_id__in=gone).delete()
    _correct(correcting)


def _as_accepted(row: Acceptance) -> dict[str, Any]:
    """Return what the pickup says about a parcel: it was opened, the order only told."""
    said = {"item_kind": row.item_kind, "item_name": row.item_name, "weight_g": row.weight_g}
    return {name: value for name, value in said.items() if value}


def _as_ordered(parcel_ids: Collection[int]) -> list[tuple[Mapping[str, Any], dict[str, Any]]]:
    """Return what the order said, for parcels whose pickup was declared wrong."""
    ordered = ScanEvent.objects.filter(parcel_id__in=parcel_ids, code=enums.Code.ORD)
    told = dict(ordered.values_list("parcel_id", "detail"))
    rows = Parcel.objects.filter(pk__in=parcel_ids, acceptance__isnull=False)
    return [(row, _said(row, told.get(row["pk"], {}))) for row in rows.values(*PARCEL_COLUMNS)]


def _said(parcel: Mapping[str, Any], detail: Mapping[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {
        "item_kind": _word(detail, "item_kind", enums.ItemKind.values),
        "item_name": _text(detail, "item_name", 100),
    }
    known = {name: value for name, value in said.items() if value}
    return {**known, "weight_g": declared_weight(parcel)}


def declared_weight(parcel: Mapping[str, Any]) -> int | None:
    """Return what the sender declared: an accepted parcel itself weighs what was measured."""
    if parcel["acceptance__event_uid"] is None:
        return parcel["weight_g"]
    return parcel["acceptance__declared_weight_g"]


def _correct(wanted: Iterable[tuple[Mapping[str, Any], dict[str, Any]]]) -> None:
    """Write into the parcels what differs; what nobody said stays as it is."""
    changed = []
    for parcel, said in wanted:
        new = {name: said.get(name, parcel[name]) for name in CORRECTED}
        if any(new[name] != parcel[name] for name in CORRECTED):
            changed.append(Parcel(pk=parcel["pk"], **new))
    if changed:
        Parcel.objects.bulk_update(changed, CORRECTED, batch_size=200)


def _events(parcel_ids: Collection[int]) -> tuple[dict[int, list[Told]], bool]:
    """Return the scans an acceptance is made of, without those declared wrong, if any were."""
    wanted = [*READ, enums.Code.VOI]
    found: dict[int, list[Told]] = defaultdict(list)
    rows = ScanEvent.objects.filter(parcel_id__among=list(parcel_ids), code__in=wanted)
    rows = rows.order_by("effective_at", "pk")
    stored = [Told._make(row) for row in rows.values_list(*Told._fields)]
    wrong = {row.corrects for row in stored if row.code == enums.Code.VOI}
    for row in stored:
        if row.code in READ and row.uid not in wrong:
            found[row.parcel_id].append(row)
    return found, bool(wrong)


def _record(parcel: Mapping[str, Any], events: list[Told]) -> Acceptance | None:
    taken = next((e for e in events if e.code == enums.Code.PUP), None)
    if taken is None:
        return None
    inside = _first_pass(events, "INS", taken)
    named = _first_pass(events, "RNV", taken)
    screened = _first_pass(events, "XRY", None)
    detail = {**(inside.detail if inside else {}), **taken.detail}
    at = taken.effective_at
    kind = _word(detail, "item_kind", ITEMS) or parcel["item_kind"]
    row = Acceptance(
        parcel_id=parcel["pk"], event_uid=taken.uid, accepted_at=at,
        day=calendars.business_day(at), site_id=taken.site_id, person_id=taken.person_id,
        source=taken.source, item_kind=kind, item_name=_text(detail, "item_name", 100)
        or parcel["item_name"], needs_inspection=kind != enums.ItemKind.LETTER,
        needs_identity=kind != enums.ItemKind.LETTER and not _agreed(parcel, at),
        inspected_at=inside.effective_at if inside else None,
        inspected_by_id=inside.person_id if inside else None,
        identity_at=named.effective_at if named else None,
        identity_by_id=named.person_id if named else None,
        identity_kind=_word(named.detail if named else {}, "method", IDENTITIES),
        screened_at=screened.effective_at if screened else None,
    )  # fmt: skip
    _measure(row, parcel, detail)
    _pack(row, parcel, detail)
    row.missing = missing_facts(parcel, row)
    return row


def _first_pass(events: list[Told], code: str, taken: Told | None) -> Told | None:
    """Return the first passed check; for an acceptance only one made in time counts."""
    for event in events:
        if event.code != code or event.detail.get("result", "pass") != "pass":
            continue
        if taken is None or event.effective_at <= taken.effective_at + LATE_MARK:
            return event
    return None


def _agreed(parcel: Mapping[str, Any], at: datetime) -> bool:
    return agreement_on(
        parcel["customer__agreement_from"], parcel["customer__agreement_to"],
        calendars.business_day(at),
    )  # fmt: skip


def _measure(row: Acceptance, parcel: Mapping[str, Any], detail: Mapping[str, Any]) -> None:
    row.pieces = _number(detail, "pieces") or parcel["order__pieces"]
    row.declared_weight_g = declared_weight(parcel)
    row.weight_g = _number(detail, "weight_g") or row.declared_weight_g
    sides = [_number(detail, f"{side}_cm") for side in ("length", "width", "height")]
    said = [parcel[f"order__{side}_cm"] for side in ("length", "width", "height")]
    row.declared_volume_cm3 = volume(said)
    row.length_cm, row.width_cm, row.height_cm = sides if all(sides) else said
    measured = volume(sides) or _number(detail, "volume_cm3")
    row.volume_cm3 = measured or row.declared_volume_cm3
    row.differs = differs(row.declared_weight_g, row.weight_g, TOLERANCE_G) or differs(
        row.declared_volume_cm3, row.volume_cm3, TOLERANCE_CM3
    )
    row.instrument = _text(detail, "instrument", 20)


def volume(sides: list[int | None]) -> int | None:
    """Return the volume of three sides, or None while one is unknown."""
    known = [side for side in sides if side]
    return known[0] * known[1] * known[2] if len(known) == 3 else None


def differs(declared: int | None, measured: int | None, floor: int) -> bool:
    """Say whether a measured value strays from the declared one beyond the tolerance (LIF-07)."""
    if not declared or not measured:
        return False
    return abs(measured - declared) > max(declared * TOLERANCE, floor)


def _pack(row: Acceptance, parcel: Mapping[str, Any], detail: Mapping[str, Any]) -> None:
    row.appearance = _word(detail, "appearance", APPEARANCES)
    row.opened_intact = _flag(detail, "opened_intact")
    row.packing = _text(detail, "packing", 20)
    row.packing_checked = _flag(detail, "packing_checked") is True
    row.overpacked = _flag(detail, "overpacked")
    row.seal = _text(detail, "seal", 30)
    row.waybill_kind = _word(detail, "waybill_kind", WAYBILLS)
    marks = detail.get("marks")
    told = {m for m in marks if isinstance(m, str)} if isinstance(marks, list) else set()
    row.marks = sorted((told & MARKS) | set(parcel["marks"] or ()))


def missing_facts(parcel: Mapping[str, Any], row: Acceptance) -> list[str]:
    """Return which of the eight facts are missing (LIF-05). A letter has no volume to speak of."""
    needs_volume = row.item_kind != enums.ItemKind.LETTER
    known = {
        enums.Fact.ITEM: row.item_name, enums.Fact.PIECES: row.pieces,
        enums.Fact.WEIGHT: row.weight_g, enums.Fact.VOLUME: row.volume_cm3 or not needs_volume,
        enums.Fact.SENDER: all(parcel[f"sender_{n}"] for n in ("name", "phone", "address")),
        enums.Fact.RECIPIENT: all(parcel[f"recipient_{n}"] for n in ("name", "phone", "address")),
    }  # fmt: skip
    return [fact.value for fact, value in known.items() if not value]


# -- what a device says is never trusted to be of the right kind -----------------------------------
def _text(detail: Mapping[str, Any], name: str, most: int) -> str:
    value = detail.get(name)
    return value.strip()[:most] if isinstance(value, str) else ""


def _word(detail: Mapping[str, Any], name: str, known: Collection[str]) -> str:
    value = detail.get(name)
    return value if isinstance(value, str) and value in known else ""


def _flag(detail: Mapping[str, Any], name: str) -> bool | None:
    value = detail.get(name)
    return value if isinstance(value, bool) else None


def _number(detail: Mapping[str, Any], name: str) -> int | None:
    value = detail.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return int(value) if 0 < value <= BIGGEST else None
