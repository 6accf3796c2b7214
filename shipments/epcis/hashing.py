"""The id of an event from its content: CBV 2.0 event hash, the same wherever it is computed.

Time of recording, id and error declaration take no part: an event and the declaration that it
was wrong have the same id, which is how a receiver knows what is declared wrong.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from shipments.epcis.vocabulary import OWN, PREFIX, short

_CBV = "https://ref.gs1.org/cbv/"


def event_hash(event: Mapping[str, Any]) -> str:
    """Return `ni:///sha-256;…?ver=CBV2.0` of an object or aggregation event."""
    parts = [f"eventType={event['type']}", f"eventTime={_moment(event['eventTime'])}"]
    parts.append(f"eventTimeZoneOffset={event['eventTimeZoneOffset']}")
    if event.get("parentID"):
        parts.append(f"parentID={event['parentID']}")
    for name in ("epcList", "childEPCs"):
        if event.get(name):
            parts += [name, *(f"epc={epc}" for epc in sorted(event[name]))]
    parts.append(f"action={event['action']}")
    parts += _words(event) + _places(event) + _extensions(event)
    digest = hashlib.sha256("".join(parts).encode()).hexdigest()
    return f"ni:///sha-256;{digest}?ver=CBV2.0"


def _moment(text: str) -> str:
    at = datetime.fromisoformat(text).astimezone(UTC)
    # The standard rounds a half millisecond up.
    return at.isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def _words(event: Mapping[str, Any]) -> list[str]:
    found = []
    if event.get("bizStep"):
        found.append(f"bizStep={_long(event['bizStep'], 'BizStep-')}")
    if event.get("disposition"):
        found.append(f"disposition={_long(event['disposition'], 'Disp-')}")
    lasting = event.get("persistentDisposition") or {}
    if lasting:
        found.append("persistentDisposition")
    for name in ("set", "unset"):
        found += sorted(f"{name}={_long(word, 'Disp-')}" for word in lasting.get(name, []))
    return found


def _long(word: str, kind: str) -> str:
    plain = short(word)
    return plain if ":" in plain else f"{_CBV}{kind}{plain}"


def _places(event: Mapping[str, Any]) -> list[str]:
    found = []
    for name in ("readPoint", "bizLocation"):
        if event.get(name):
            found += [name, f"id={event[name]['id']}"]
    return found


def _extensions(event: Mapping[str, Any]) -> list[str]:
    mine = f"{PREFIX}:"
    found = []
    for name, value in event.items():
        if name.startswith(mine):
            found.append(f"{{{OWN}}}{name.removeprefix(mine)}={_plain(str(value).strip())}")
    return sorted(found)


def _plain(text: str) -> str:
    """A number is the same however it is written."""
    try:
        number = float(text)
        return str(int(number)) if int(number) == number else str(number)
    except (ValueError, OverflowError):
        return text
