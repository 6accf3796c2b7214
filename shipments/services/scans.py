"""The only writer of scan events: validate, match, append, refold, announce; set-wise."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils.translation import gettext as _

from courierqa.core.access import Access
from courierqa.core.enums import Scope
from shipments import enums
from shipments.fold import Event, effective_time
from shipments.models import Finding, Parcel, ScanEvent
from shipments.selectors.events import events_of
from shipments.services import (
    accepting,
    announcing,
    bulk,
    cod,
    exceptions,
    hub_checks,
    marking,
    numbering,
    reappearing,
    refolding,
)
from shipments.services.retry import in_transaction

CODES = frozenset(enums.Code.values)
WAYBILL = re.compile(r"[A-Z0-9][A-Z0-9\-]{5,39}")
TRUSTED = frozenset({enums.Source.IMPORT, enums.Source.SYSTEM})
COLUMNS = [str(f.attname) for f in ScanEvent._meta.concrete_fields]
# What a fingerprint is made of: written the same way for ever, or replays become conflicts.
_canonical = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=str).encode
_Events = Mapping[int, Sequence[Event]]


@dataclass(frozen=True, slots=True)
class ScanInput:
    """One scan as a device tells it. `recorded_at` is only for stories told after the fact.

    `device_recorded_at` is when the device kept it, where that is not when it happened.
    """

    uid: UUID
    waybill: str
    code: str
    happened_at: datetime
    device: str = ""
    reason: str = ""
    site_id: int | None = None
    person_id: int | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    corrects: UUID | None = None
    latitude: float | None = None
    longitude: float | None = None
    accuracy_m: float | None = None
    utc_offset: int = 480
    flags: tuple[str, ...] = ()
    recorded_at: datetime | None = None
    device_recorded_at: datetime | None = None
    is_mock: bool | None = None
    read_point: str | None = None
    audience: str | None = None
    batch: UUID | None = None


@dataclass(frozen=True, slots=True)
class ScanAnswer:
    """What became of one event."""

    uid: UUID
    result: enums.ScanResult
    code: str = ""
    detail: str = ""


def record_scans(
    events: Sequence[ScanInput],
    *,
    source: str,
    recorded_at: datetime,
    actor_access: Access | None = None,
    announce: bool = True,
) -> list[ScanAnswer]:
    """Store scans and move their parcels; return one answer per event, in order.

    A batch never fails for one event, and sending it again changes nothing. With `actor_access`
    only scans of the actor's own person and sites are taken. `announce=False` keeps customers
    from being told about stories of the past.
    """
    batch = _Batch(list(events), enums.Source(source), recorded_at, actor_access, announce)
    return in_transaction(batch.run)


class _Batch:
    """One call of record_scans; each run starts afresh, so that it may be tried again."""

    def __init__(
        self,
        events: list[ScanInput],
        source: enums.Source,
        recorded_at: datetime,
        access: Access | None,
        announce: bool,  # noqa: FBT001
    ) -> None:
        self.events, self.source, self.recorded_at = events, source, recorded_at
        self.access, self.announce = access, announce
        self.misread: set[str] = set()
        # Names the upload an event came with; the events of one call belong together.
        self.batch = uuid4()
        self.reasons: set[str] = set()
        self.leavers: set[int] = set()

    def run(self) -> list[ScanAnswer]:
        self.misread = numbering.misread(event.waybill for event in self.events)
        answers = {place: no for place, no in enumerate(map(self._refuse, self.events)) if no}
        taken = {place: e for place, e in enumerate(self.events) if place not in answers}
        parcels = lock_parcels(event.waybill for event in taken.values())
        self.reasons = marking.known_reasons(taken.values())
        self.leavers = marking.leavers(taken.values())
        known = _stored({(e.device, e.uid) for e in taken.values()})
        fresh: list[ScanEvent] = []
        for place, event in taken.items():
            row = self._row(event, parcels.get(event.waybill))
            print_ = known.get((event.device, event.uid))
            if print_ is None:
                known[(event.device, event.uid)] = row.fingerprint
                fresh.append(row)
                answers[place] = _created(event, row)
            else:
                answers[place] = self._repeated(event, row, same=print_ == row.fingerprint)
        marks = self._store(fresh, parcels)
        for place, answer in answers.items():
            if answer.result == enums.ScanResult.CREATED and not answer.code:
                answers[place] = replace(answer, code=marks.get(answer.uid, ""))
        return [answers[place] for place in range(len(self.events))]

    # -- one event ------------------------------------------------------------------------------
    def _refuse(self, event: ScanInput) -> ScanAnswer | None:
        if event.code not in CODES:
            return _rejected(event, "code", _("Unknown scan code"))
        if event.happened_at.tzinfo is None:
            return _rejected(event, "happened_at", _("The time needs a zone"))
        if WAYBILL.fullmatch(event.waybill) is None:
            why = _("A waybill number has 6 to 40 letters and digits")
            return _rejected(event, "bad_waybill", why)
        if event.waybill in self.misread:
            return _rejected(event, "bad_waybill", _("The check digit of this number is wrong"))
        if not self._site_granted(event):
            return _rejected(event, "site", _("You were never granted this site"))
        if not self._own_person(event):
            return _rejected(event, "person", _("You can only scan as yourself"))
        return None

    def _site_granted(self, event: ScanInput) -> bool:
        access = self.access
        if access is None or access.is_all:
            return True
        return event.site_id is not None and event.site_id in access.sites

    def _own_person(self, event: ScanInput) -> bool:
        if self.access is None or self.access.scope != Scope.OWN:
            return True
        return event.person_id is not None and event.person_id == self.access.employee_id

    def _row(self, event: ScanInput, parcel: Parcel | None) -> ScanEvent:
        recorded = event.recorded_at or self.recorded_at
        counted, flags = effective_time(
            event.happened_at, recorded, None, code=event.code, trusted=self.source in TRUSTED
        )
        place, place_flags = marking.position(event)
        unknown = ["unknown_reason"] if event.reason and event.reason not in self.reasons else []
        gone = ["leaver"] if event.person_id in self.leavers else []
        said = {
            "uid": event.uid, "device": event.device[:60], "waybill": event.waybill,
            "code": event.code, "parcel_id": parcel.pk if parcel else None,
            "reason": event.reason[:30], "detail": event.detail,
            "happened_at": event.happened_at, "utc_offset": event.utc_offset,
            "recorded_at": recorded, "effective_at": counted, "site_id": event.site_id,
            "person_id": event.person_id, "source": self.source, "corrects": event.corrects,
            "flags": list(dict.fromkeys([*flags, *event.flags, *place_flags, *unknown,
                                         *gone])),
            "fingerprint": fingerprint(event), "device_recorded_at": event.device_recorded_at,
            "is_mock": event.is_mock, "read_point": event.read_point,
            "audience": event.audience, "batch": event.batch or self.batch, **place,
        }  # fmt: skip
        # By position: by name, making the row would cost three times as much.
        return ScanEvent(*map(said.get, COLUMNS))

    def _repeated(self, event: ScanInput, row: ScanEvent, *, same: bool) -> ScanAnswer:
        if same:
            return ScanAnswer(event.uid, enums.ScanResult.DUPLICATE)
        if row.parcel_id is not None:
            Finding.objects.get_or_create(
                parcel_id=row.parcel_id, kind=enums.FindingKind.CONFLICT, code="other_content",
                event_uid=event.uid,
                defaults={"site_id": row.site_id, "found_at": self.recorded_at,
                          "detail": {"code": row.code, "device": row.device}},
            )  # fmt: skip
        why = _("This id was used before for another scan; the first one is kept")
        return ScanAnswer(event.uid, enums.ScanResult.CONFLICT, "other_content", why)

    # -- all events -----------------------------------------------------------------------------
    def _store(self, fresh: list[ScanEvent], parcels: dict[str, Parcel]) -> dict[UUID, str]:
        if not fresh:
            return {}
        fresh += hub_checks.missorts(fresh, parcels)
        fresh += reappearing.found_again(fresh, parcels)
        # Sorted by key, so that crossing batches never wait for each other in a circle.
        fresh.sort(key=lambda row: (row.device, row.uid.int))
        touched = {row.parcel_id for row in fresh if row.parcel_id is not None}
        moved = [parcel for parcel in parcels.values() if parcel.pk in touched]
        events: _Events | None = events_of(moved, fresh) if moved else {}
        if bulk.insert_rows(ScanEvent, fresh) != len(fresh):
            # Another sender was first with an id told for two parcels: only the stored one counts.
            events = None
        states = refolding.refold_locked(moved, now=self.recorded_at, events=events)
        marking.note(fresh)
        exceptions.follow(fresh, moved, states)
        accepting.follow(fresh, states)
        hub_checks.note(fresh, moved)
        cod.follow(fresh, moved)
        if self.announce:
            announcing.announce(fresh)
        return marking.of_states(states)


def _rejected(event: ScanInput, code: str, why: str) -> ScanAnswer:
    return ScanAnswer(event.uid, enums.ScanResult.REJECTED, code, why)


def lock_parcels(waybills: Iterable[str]) -> dict[str, Parcel]:
    """Lock parcels in key order. Of two senders of one scan the second then sees the first's."""
    rows = Parcel.objects.filter(waybill__among=list(set(waybills))).order_by("pk")
    rows = rows.only(*refolding.PARCEL_FIELDS).select_for_update(no_key=True, of=("self",))
    return {parcel.waybill: parcel for parcel in rows.select_related("customer", "order")}


def _stored(keys: set[tuple[str, UUID]]) -> dict[tuple[str, UUID], str]:
    """Return the fingerprints of events held already, by the key that makes them unique."""
    columns = ("device", "uid", "fingerprint")
    rows = bulk.rows_of_keys(ScanEvent, columns, ("device", "uid"), list(keys))
    # SQLite keeps an id as its digits.
    return {(d, u if isinstance(u, UUID) else UUID(u)): mark for d, u, mark in rows}


def fingerprint(event: ScanInput) -> str:
    """Return what makes two sendings of one id the same scan."""
    said = [
        event.waybill, event.code, event.reason, event.happened_at.timestamp(), event.site_id,
        event.person_id, event.detail, str(event.corrects or ""),
    ]  # fmt: skip
    return hashlib.sha256(_canonical(said).encode()).hexdigest()[:32]


def _created(event: ScanInput, row: ScanEvent) -> ScanAnswer:
    mark = row.flags[0] if row.flags else ""
    if row.parcel_id is None:
        why = _("No parcel has this number yet; the scan is kept")
        return ScanAnswer(event.uid, enums.ScanResult.UNMATCHED, "unmatched", why)
    return ScanAnswer(event.uid, enums.ScanResult.CREATED, mark)
