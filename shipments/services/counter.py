"""Acceptance and refusal at a counter: the whole record at once, gates first, then the scans."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, calendars
from courierqa.core.errors import DomainError, Refusals
from shipments import enums
from shipments.models import IdentityCheck, Instrument, Parcel, Reason, Refusal
from shipments.services import identifying, order_checks, proving, refusing
from shipments.services.gates import GateShut, check_gates
from shipments.services.scans import ScanInput, record_scans
from staff.models import Employee, Site


@dataclass(frozen=True)
class AcceptanceInput:
    """What was seen, measured and packed at the counter. Sizes in cm, weight in grams."""

    identity_kind: str
    identity_number: str
    item_kind: str
    item_name: str
    pieces: int
    weight_g: int | None
    size_cm: tuple[int, int, int] | None
    instrument: Instrument | None
    appearance: str
    inspected: bool
    opened_intact: bool | None
    packing: str
    packing_checked: bool
    overpacked: bool
    seal: str = ""
    marks: tuple[str, ...] = ()
    waybill_kind: str = enums.WaybillKind.ELECTRONIC
    photo: bytes = b""


class Desk:
    """One counter deed: who, where, when; writes its scans under one device name."""

    def __init__(
        self, parcel: Parcel, *, site: Site, person: Employee | None, at: datetime, actor: Any
    ) -> None:
        self.parcel, self.site, self.person = parcel, site, person
        self.at, self.actor = at, actor

    def scan(self, code: str, *, detail: dict[str, Any], reason: str = "") -> UUID:
        """Record one scan and return its id."""
        uid = uuid4()
        scan = ScanInput(
            uid=uid, waybill=self.parcel.waybill, code=code, happened_at=self.at, device="counter",
            reason=reason, site_id=self.site.pk, detail=detail,
            person_id=self.person.pk if self.person else None,
        )  # fmt: skip
        record_scans([scan], source=enums.Source.OFFICE, recorded_at=self.at)
        return uid


def usable_instruments(site_ids: Any, day: date) -> Any:
    """Return the instruments of these sites that are still in calibration on a day (LIF-07)."""
    rows = Instrument.objects.filter(is_active=True, valid_until__gte=day, calibrated_on__lte=day)
    return rows.filter(site_id__in=site_ids).select_related("site")


@transaction.atomic
def accept_parcel(
    *, parcel: Parcel, said: AcceptanceInput, site: Site, person: Employee | None, at: datetime,
    actor: Any,
) -> Parcel:  # fmt: skip
    """Accept a parcel: every gate first, then RNV, INS and PUP, the identity and the photo."""
    parcel = Parcel.objects.select_for_update(no_key=True, of=("self",)).get(pk=parcel.pk)
    order_checks.require_open(parcel)
    shut = acceptance_problems(parcel, said, at=at)
    if shut:
        raise Refusals(shut)
    detail = pickup_detail(said)
    desk = Desk(parcel, site=site, person=person, at=at, actor=actor)
    _identify(desk, said)
    inside = {k: detail[k] for k in ("item_kind", "item_name", "appearance")}
    if said.inspected:
        desk.scan("INS", detail={"result": "pass", **inside})
    taken = desk.scan("PUP", detail=detail)
    if said.photo:
        _photo(desk, taken, said.photo)
    _keep_marks(parcel, said)
    audit.record("parcel.accept", parcel, actor=actor, at=at)
    parcel.refresh_from_db()
    return parcel


def acceptance_problems(
    parcel: Parcel, said: AcceptanceInput, *, at: datetime
) -> list[DomainError]:
    """Return every gate that is shut, at most one for a field, the first in the counter's order."""
    found: list[DomainError] = []
    checks: tuple[Callable[[], None], ...] = (
        lambda: identifying.check_number(said.identity_kind, said.identity_number),
        lambda: order_checks.check_measures(parcel.product, said.weight_g, said.size_cm),
        lambda: _require_instrument(said, at),
    )
    for check in checks if said.identity_kind else checks[1:]:
        try:
            check()
        except DomainError as error:
            found.append(error)
    shut = check_gates(parcel, enums.Code.PUP, pickup_detail(said), at=at)
    found += [GateShut(gate.message, code=gate.code, field=gate.field) for gate in shut]
    # A gate without a field stands on top of the form, beside others of its kind.
    first = {error.field or error.message: error for error in reversed(found)}
    return [error for error in found if first[error.field or error.message] is error]


def pickup_detail(said: AcceptanceInput) -> dict[str, Any]:
    """Return the detail of the pickup scan; the document's number is never part of it."""
    length, width, height = said.size_cm or (None, None, None)
    full = {
        "weight_g": said.weight_g, "length_cm": length, "width_cm": width, "height_cm": height,
        "pieces": said.pieces, "inspected": said.inspected, "identity": said.identity_kind,
        "item_kind": said.item_kind, "item_name": said.item_name, "appearance": said.appearance,
        "instrument": said.instrument.code if said.instrument else "",
        "opened_intact": said.opened_intact, "packing": said.packing, "seal": said.seal,
        "packing_checked": said.packing_checked, "overpacked": said.overpacked,
        "marks": sorted(said.marks), "waybill_kind": said.waybill_kind,
        "photo": bool(said.photo),
    }  # fmt: skip
    return {name: value for name, value in full.items() if value is not None}


def _require_instrument(said: AcceptanceInput, at: datetime) -> None:
    tool = said.instrument
    day = calendars.business_day(at)
    if tool is None or not tool.is_active or not tool.calibrated_on <= day <= tool.valid_until:
        text = _("Choose an instrument whose calibration is still valid")
        raise DomainError(text, code="bad_instrument", field="instrument")


def _identify(desk: Desk, said: AcceptanceInput) -> None:
    if not said.identity_kind or said.identity_kind == enums.IdentityKind.AGREEMENT:
        return
    uid = desk.scan("RNV", detail={"method": said.identity_kind, "result": "pass",
                                   "verified": "now"})  # fmt: skip
    record_identity(
        uid=uuid4(), parcel=desk.parcel, kind=said.identity_kind, number=said.identity_number,
        is_verified=True, person=desk.person, at=desk.at, event_uid=uid,
    )  # fmt: skip


def _photo(desk: Desk, event_uid: UUID, content: bytes) -> None:
    proving.store_proof(
        uid=uuid4(), parcel=desk.parcel, event_uid=event_uid, kind=enums.ProofKind.PHOTO,
        captured_at=desk.at, received_at=desk.at, content=content,
        person_id=desk.person.pk if desk.person else None, actor=desk.actor,
    )  # fmt: skip


def _keep_marks(parcel: Parcel, said: AcceptanceInput) -> None:
    marks = sorted(set(said.marks))
    Parcel.objects.filter(pk=parcel.pk).update(
        marks=marks, item_kind=said.item_kind, item_name=said.item_name
    )


def record_identity(
    *, uid: UUID, parcel: Parcel, kind: str, number: str, is_verified: bool,
    person: Employee | None, at: datetime, event_uid: UUID | None = None,
    may_be_masked: bool = False,
) -> IdentityCheck:  # fmt: skip
    """Keep what document was seen: its kind and the mask of its number, encrypted (ACC-02).

    The number must be one its kind of document can have; it is masked before it is stored and
    nothing else is kept. The same `uid` twice is one record.
    """
    if kind not in enums.IdentityKind.values:
        text = _("Choose how the sender was identified")
        raise DomainError(text, code="required", field="identity_kind", status=400)
    found = IdentityCheck.objects.filter(uid=uid).first()
    if found is not None:
        return found
    identifying.check_number(kind, number, may_be_masked=may_be_masked)
    return IdentityCheck.objects.create(
        uid=uid, parcel=parcel, kind=kind, number_masked=identifying.masked_number(number),
        is_verified=is_verified, checked_by=person, checked_at=at, event_uid=event_uid,
    )  # fmt: skip


@transaction.atomic
def refuse_parcel(
    *, parcel: Parcel, reason: Reason | None, explained: str, site: Site,
    person: Employee | None, at: datetime, actor: Any, item_name: str = "",
) -> Refusal:  # fmt: skip
    """Refuse an ordered parcel: it ends, and the refusal is counted (ACC-03, ACC-09)."""
    words = refusing.checked_words(reason, explained)
    parcel = Parcel.objects.select_for_update(no_key=True, of=("self",)).get(pk=parcel.pk)
    order_checks.require_open(parcel)
    desk = Desk(parcel, site=site, person=person, at=at, actor=actor)
    name = item_name.strip()[:100] or parcel.item_name
    uid = desk.scan("REJ", reason=reason.code if reason else "",
                    detail={"explained": words, "item_name": name})  # fmt: skip
    audit.record("parcel.refuse", parcel, actor=actor, at=at, reason=words)
    return Refusal.objects.get(event_uid=uid)
