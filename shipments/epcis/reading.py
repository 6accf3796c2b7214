"""An EPCIS document as scans: our own words where they are there, else the standard's."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field as made
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.utils.translation import gettext as _

from courierqa.core.errors import DomainError
from courierqa.core.text import clean_code
from shipments import enums
from shipments.epcis.hashing import event_hash
from shipments.epcis.vocabulary import PARCEL, PLACE, PREFIX, code_of, short
from shipments.services.scans import WAYBILL

MAX_EPCS = 200
KINDS = ("ObjectEvent", "AggregationEvent")
_SSCC = re.compile(r"urn:epc:id:sscc:(\d{6,12})\.(\d{4,11})")
_OFFSET = re.compile(r"[+-](?:0\d|1[0-4]):[0-5]\d")
CODES = frozenset(enums.Code.values)


class BadDocument(DomainError):
    """The document as a whole cannot be read."""

    code = "bad_document"
    status = 400


@dataclass(frozen=True)
class Told:
    """One scan told by an event, its names not yet looked up; or what is wrong with it."""

    event_id: str
    problem: str = ""
    field: str = ""
    waybill: str = ""
    code: str = ""
    uid: UUID | None = None
    happened_at: datetime | None = None
    recorded_at: datetime | None = None
    utc_offset: int = 0
    site: str = ""
    person: str = ""
    device: str = "epcis"
    source: str = enums.Source.API.value
    reason: str = ""
    detail: dict[str, Any] = made(default_factory=dict)
    corrects: UUID | None = None


class _Bad(Exception):
    """What is wrong with one event."""

    def __init__(self, why: str, name: str) -> None:
        super().__init__(why)
        self.why, self.name = why, name


def read_document(data: Any) -> list[Told]:
    """Return what the events of a document tell, in their order."""
    if not isinstance(data, dict) or data.get("type") != "EPCISDocument":
        raise BadDocument(_("This is not an EPCIS document"), field="type")
    if not str(data.get("schemaVersion", "")).startswith("2."):
        raise BadDocument(_("Only EPCIS 2.0 is read"), field="schemaVersion")
    body = data.get("epcisBody")
    events = body.get("eventList") if isinstance(body, dict) else None
    if not isinstance(events, list) or not events:
        raise BadDocument(_("The document has no events"), field="epcisBody.eventList")
    return [told for event in events for told in _event(event)]


def _event(event: Any) -> Iterator[Told]:
    """Return one scan per parcel of the event; a bad event is told, not raised."""
    name = str(event.get("eventID", ""))[:200] if isinstance(event, dict) else ""
    try:
        if not isinstance(event, dict) or event.get("type") not in KINDS:
            raise _Bad(_("Only object and aggregation events are read"), "type")
        if f"{PREFIX}:correction" in event:
            # The corrected twin of a declaration that is read itself.
            return
        yield from _read(event, name or _hash(event))
    except _Bad as bad:
        yield Told(name, bad.why, bad.name)


def _hash(event: dict[str, Any]) -> str:
    try:
        return event_hash(event)
    except (KeyError, TypeError, ValueError, OverflowError, AttributeError) as error:
        raise _Bad(_("The event lacks what every event needs"), "eventTime") from error


def _read(event: dict[str, Any], event_id: str) -> Iterator[Told]:
    declaration = event.get("errorDeclaration")
    told = _declared(event, declaration, event_id) if declaration else _plain(event, event_id)
    for place, epc in enumerate(_epcs(event)):
        waybill = _waybill(epc)
        uid = told["uid"] if place == 0 else uuid5(told["uid"], waybill)
        yield Told(event_id, waybill=waybill, **{**told, "uid": uid})


def _epcs(event: dict[str, Any]) -> list[Any]:
    name = "epcList" if event["type"] == "ObjectEvent" else "childEPCs"
    epcs = event.get(name)
    if not isinstance(epcs, list) or not 1 <= len(epcs) <= MAX_EPCS:
        raise _Bad(_("Name 1 to 200 parcels"), name)
    return epcs


def _waybill(epc: Any) -> str:
    """Return the waybill of an id: ours, an SSCC, or the last part of any other."""
    text = str(epc)
    if found := _SSCC.fullmatch(text):
        prefix, rest = found.groups()
        text = rest[0] + prefix + rest[1:]
    code = clean_code(re.split(r"[/:#]", text.removeprefix(PARCEL))[-1])
    if not WAYBILL.fullmatch(code):
        raise _Bad(_("A waybill number has 6 to 40 letters and digits"), "epcList")
    return code


def _plain(event: dict[str, Any], event_id: str) -> dict[str, Any]:
    said = _said(event)
    code = said.get("code") or _foreign(event)
    if code not in CODES:
        raise _Bad(_("No scan code fits this business step"), "bizStep")
    detail = _detail(said)
    if event["type"] == "AggregationEvent" and event.get("parentID"):
        detail.setdefault("bag", str(event["parentID"]).removeprefix(PARCEL)[:60])
    if code == "DMG" and not said:
        detail = {"stage": "transit", "confirmed": False}
    return {
        **_when(event), **_who(said, event_id), "code": code, "site": _site(event),
        "reason": said.get("reason", ""), "detail": detail, "corrects": _uuid(said, "corrects"),
    }  # fmt: skip


def _declared(event: dict[str, Any], declaration: Any, event_id: str) -> dict[str, Any]:
    """Return the void or correction an error declaration means."""
    if not isinstance(declaration, dict):
        raise _Bad(_("The error declaration cannot be read"), "errorDeclaration")
    said, wrong = _said(declaration), _said(event)
    at = _moment(declaration.get("declarationTime"), "errorDeclaration.declarationTime")
    reason = short(str(declaration.get("reason", "")))
    corrects = _uuid(wrong, "uid") or uuid5(NAMESPACE_URL, event_id)
    if said.get("code") in ("VOI", "COR"):
        told = {**_who(said, event_id), "code": said["code"], "detail": _detail(said)}
    else:
        uid = uuid5(NAMESPACE_URL, f"{event_id}|declared|{at.isoformat()}")
        why = reason or "declared wrong by the sender"
        told = {"uid": uid, "code": "VOI", "detail": {"why": why}}
    when = {"happened_at": at, "recorded_at": at, "utc_offset": _offset(event)}
    return {
        **when, **told, "site": _site(event), "corrects": corrects,
        "reason": said.get("reason", ""),
    }  # fmt: skip


def _said(holder: dict[str, Any]) -> dict[str, str]:
    """Return our own words of an event; anything but text is not one."""
    mine = f"{PREFIX}:"
    return {
        name.removeprefix(mine): value[:8000]
        for name, value in holder.items()
        if name.startswith(mine) and isinstance(value, str)
    }


def _who(said: dict[str, str], event_id: str) -> dict[str, Any]:
    source = said.get("source", "")
    return {
        "uid": _uuid(said, "uid") or uuid5(NAMESPACE_URL, event_id),
        "device": (said.get("device") or "epcis")[:60], "person": said.get("person", "")[:60],
        "source": source if source in enums.Source.values else enums.Source.API.value,
    }  # fmt: skip


def _detail(said: dict[str, str]) -> dict[str, Any]:
    try:
        detail = json.loads(said.get("detail") or "{}")
    except (ValueError, RecursionError):
        detail = None
    if not isinstance(detail, dict):
        raise _Bad(_("The detail cannot be read"), f"{PREFIX}:detail")
    return detail


def _uuid(said: dict[str, str], name: str) -> UUID | None:
    try:
        return UUID(said[name]) if said.get(name) else None
    except ValueError as error:
        raise _Bad(_("Send a UUID"), f"{PREFIX}:{name}") from error


def _foreign(event: dict[str, Any]) -> str:
    words = [event.get(name, "") for name in ("bizStep", "disposition", "action")]
    step, disposition, action = (word if isinstance(word, str) else "" for word in words)
    if event["type"] == "AggregationEvent":
        return {"ADD": "BAG", "DELETE": "UNB"}.get(action, "")
    lasting = event.get("persistentDisposition")
    lasting = lasting if isinstance(lasting, dict) else {}
    if "damaged" in [short(str(word)) for word in lasting.get("set") or []]:
        return "DMG"
    return code_of(step, disposition, action)


def _site(event: dict[str, Any]) -> str:
    """Return the code of the place: our own id, or the last part of another's."""
    for name in ("readPoint", "bizLocation"):
        place = event.get(name)
        if isinstance(place, dict) and isinstance(place.get("id"), str):
            return re.split(r"[/:#]", place["id"].removeprefix(PLACE))[-1][:60]
    return ""


# -- times ------------------------------------------------------------------------------------
def _when(event: dict[str, Any]) -> dict[str, Any]:
    at = _moment(event.get("eventTime"), "eventTime")
    recorded = event.get("recordTime")
    return {
        "happened_at": at, "utc_offset": _offset(event),
        "recorded_at": _moment(recorded, "recordTime") if recorded else None,
    }  # fmt: skip


def _moment(text: Any, name: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is None:
            raise ValueError
        return at.astimezone(UTC)
    except (TypeError, ValueError, OverflowError) as error:
        raise _Bad(_("Send the time with its zone: 2026-10-31T18:00:00+08:00"), name) from error


def _offset(event: dict[str, Any]) -> int:
    text = event.get("eventTimeZoneOffset")
    if not isinstance(text, str) or not _OFFSET.fullmatch(text):
        raise _Bad(_("Send the offset as +08:00"), "eventTimeZoneOffset")
    minutes = int(text[1:3]) * 60 + int(text[4:6])
    return -minutes if text[0] == "-" else minutes
