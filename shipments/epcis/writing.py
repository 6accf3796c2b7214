"""Scans as an EPCIS document; a voided or corrected scan as an error declaration."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from shipments.epcis.hashing import event_hash
from shipments.epcis.vocabulary import (
    CONTEXT,
    IMPERSONAL,
    OWN,
    PARCEL,
    PLACE,
    PREFIX,
    Words,
    words_of,
)
from shipments.models import Parcel, ScanEvent
from staff.models import Employee, Site

CHUNK = 500
DECLARED = {"VOI": "did_not_occur", "COR": "incorrect_data"}
AGGREGATED = {"BAG": "ADD", "UNB": "DELETE"}
Event = dict[str, Any]


def document(waybills: Sequence[str], *, at: datetime, people: bool = False) -> dict[str, Any]:
    """Return the document of a few parcels. `people` adds staff numbers and free details."""
    return {**_head(at), "epcisBody": {"eventList": list(_all(waybills, people=people))}}


def document_lines(waybills: Iterable[str], *, at: datetime, people: bool = False) -> Iterator[str]:
    """Return the document piece by piece: memory does not grow with the number of parcels."""
    head = json.dumps(_head(at), ensure_ascii=False)
    yield head[:-1] + ', "epcisBody": {"eventList": [\n'
    comma = ""
    for event in _all(waybills, people=people):
        yield comma + json.dumps(event, ensure_ascii=False)
        comma = ",\n"
    yield "\n]}}\n"


def _head(at: datetime) -> dict[str, Any]:
    return {
        "@context": [CONTEXT, {PREFIX: OWN}], "type": "EPCISDocument", "schemaVersion": "2.0",
        "creationDate": _moment(at),
    }  # fmt: skip


def _all(waybills: Iterable[str], *, people: bool) -> Iterator[Event]:
    chunk: list[str] = []
    for waybill in waybills:
        chunk.append(waybill)
        if len(chunk) == CHUNK:
            yield from _chunk(chunk, people=people)
            chunk = []
    if chunk:
        yield from _chunk(chunk, people=people)


def _chunk(waybills: Sequence[str], *, people: bool) -> Iterator[Event]:
    """Read the scans of some parcels in four queries, and tell them parcel by parcel."""
    parcels = Parcel.objects.filter(waybill__in=waybills).values_list("pk", flat=True)
    rows: QuerySet[ScanEvent] = ScanEvent.objects.filter(parcel_id__in=list(parcels))
    scans = list(rows.order_by("waybill", "happened_at", "recorded_at", "uid"))
    sites = dict(Site.objects.values_list("pk", "code"))
    numbers: dict[int, str] = {}
    if people:
        known = Employee.objects.filter(pk__in={s.person_id for s in scans if s.person_id})
        numbers = dict(known.values_list("pk", "number"))
    teller = _Teller(sites, numbers, people=people)
    by_uid = {scan.uid: scan for scan in scans}
    for scan in scans:
        if scan.code in DECLARED:
            yield from teller.declared(scan, by_uid)
        else:
            yield teller.told(scan)


class _Teller:
    """Turns scans into events."""

    def __init__(self, sites: dict[int, str], numbers: dict[int, str], *, people: bool) -> None:
        self.sites, self.numbers, self.people = sites, numbers, people

    def told(self, scan: ScanEvent) -> Event:
        """Return one scan as an event with its hash as id."""
        event = self._plain(scan)
        return {**event, "eventID": event_hash(event)}

    def declared(self, scan: ScanEvent, by_uid: dict[UUID, ScanEvent]) -> Iterator[Event]:
        """Return the wrong event once more with what is declared about it.

        Beside a correction stands the event as it should have been, for readers who do not know
        our words; it says which correction it comes from, so that we do not read it twice.
        """
        wrong = by_uid.get(scan.corrects) if scan.corrects else None
        if wrong is None or wrong.code in DECLARED:
            # A declaration about a declaration has no form in the standard; it stays our own.
            yield self._own(scan)
            return
        event = self.told(wrong)
        declaration: dict[str, Any] = {
            "declarationTime": _moment(scan.happened_at), "reason": DECLARED[scan.code],
            **self._said(scan, always=True),
        }  # fmt: skip
        if scan.code == "COR":
            right = self._right(scan, wrong)
            declaration["correctiveEventIDs"] = [right["eventID"]]
            yield {**event, "errorDeclaration": declaration}
            yield right
        else:
            yield {**event, "errorDeclaration": declaration}

    def _right(self, scan: ScanEvent, wrong: ScanEvent) -> Event:
        said = scan.detail.get("set")
        said = said if isinstance(said, dict) else {}
        event = self._plain(wrong)
        if isinstance(said.get("effective_at"), str):
            event["eventTime"] = said["effective_at"]
        if said.get("site_id") in self.sites:
            event |= self._place(said["site_id"])
        event[f"{PREFIX}:uid"] = str(scan.uid)
        event[f"{PREFIX}:correction"] = str(scan.uid)
        return {**event, "eventID": event_hash(event)}

    def _own(self, scan: ScanEvent) -> Event:
        event = {
            "type": "ObjectEvent", **self._when(scan), "epcList": [PARCEL + scan.waybill],
            "action": "OBSERVE", "bizStep": f"{OWN}declaration", **self._said(scan, always=True),
        }  # fmt: skip
        return {**event, "eventID": event_hash(event)}

    def _plain(self, scan: ScanEvent) -> Event:
        words = words_of(scan.code, scan.detail)
        epc, bag = PARCEL + scan.waybill, str(scan.detail.get("bag") or "")
        event: Event = {"type": "ObjectEvent", **self._when(scan)}
        if scan.code in AGGREGATED and bag:
            event |= {"type": "AggregationEvent", "parentID": PARCEL + bag, "childEPCs": [epc]}
            event["action"] = AGGREGATED[scan.code]
        else:
            event |= {"epcList": [epc], "action": "ADD" if scan.code == "ORD" else "OBSERVE"}
        event |= {**_worded(words), **self._place(scan.site_id), **self._said(scan)}
        if event["type"] == "AggregationEvent":
            event.pop("persistentDisposition", None)
        return event

    def _when(self, scan: ScanEvent) -> Event:
        offset = timedelta(minutes=scan.utc_offset)
        sign, minutes = ("-" if scan.utc_offset < 0 else "+"), abs(scan.utc_offset)
        return {
            "eventTime": scan.happened_at.astimezone(timezone(offset)).isoformat(),
            "eventTimeZoneOffset": f"{sign}{minutes // 60:02}:{minutes % 60:02}",
            "recordTime": _moment(scan.recorded_at),
        }

    def _place(self, site_id: int | None) -> Event:
        code = self.sites.get(site_id or 0)
        if code is None:
            return {}
        place = {"id": PLACE + code}
        return {"readPoint": place, "bizLocation": place}

    def _said(self, scan: ScanEvent, *, always: bool = False) -> Event:
        """Return our own words beside the standard's, so that nothing is lost between two of us."""
        detail = {
            name: value for name, value in scan.detail.items()
            if self.people or always or name in IMPERSONAL
        }  # fmt: skip
        if not self.people:
            detail.pop("why", None) if not always else None
        said = {
            "code": scan.code, "uid": str(scan.uid), "device": scan.device,
            "source": scan.source, "reason": scan.reason,
            "corrects": str(scan.corrects or ""),
            "person": self.numbers.get(scan.person_id or 0, ""),
            "detail": json.dumps(detail, ensure_ascii=False, sort_keys=True) if detail else "",
        }  # fmt: skip
        return {f"{PREFIX}:{name}": value for name, value in said.items() if value}


def _worded(words: Words) -> Event:
    event: Event = {"bizStep": words.step}
    if words.disposition:
        event["disposition"] = words.disposition
    lasting = {"set": words.sets, "unset": words.unsets}
    if kept := {name: [word] for name, word in lasting.items() if word}:
        event["persistentDisposition"] = kept
    return event


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
