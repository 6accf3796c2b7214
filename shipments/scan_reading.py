"""From the JSON of a scan batch to scan inputs: each event is judged alone, names become keys."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from django.utils.translation import gettext as _

from courierqa.core.api import BadJson
from courierqa.core.api.parsing import Spoiled
from courierqa.core.api.refusing import refusal, told
from courierqa.core.text import clean_code
from shipments.models import Proof
from shipments.services import ScanInput
from shipments.services.marking import result_flags
from staff.models import Employee, Site

MAX_EVENTS = 200
MAX_DETAIL = 8000
Text = Annotated[str, msgspec.Meta(max_length=60)]


class Position(msgspec.Struct, forbid_unknown_fields=True):
    """Where the device believes to be."""

    lat: float | None = None
    lon: float | None = None
    accuracy_m: float | None = None
    mock: bool | None = None


class ScanItem(msgspec.Struct, forbid_unknown_fields=True):
    """One event as sent."""

    id: UUID
    waybill: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    code: Annotated[str, msgspec.Meta(min_length=3, max_length=3)]
    happened_at: Annotated[datetime, msgspec.Meta(tz=True)]
    reason: Annotated[str, msgspec.Meta(max_length=30)] | None = None
    site: Text | None = None
    person: Text | None = None
    device: Text | None = None
    position: Position | None = None
    corrects: UUID | None = None
    detail: dict[str, Any] | None = None
    device_recorded_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    read_point: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    audience: Literal["internal", "customer"] | None = None
    batch: UUID | None = None


class ScanBatch(msgspec.Struct, forbid_unknown_fields=True):
    """The body: its events are looked at one by one."""

    events: list[Any]


@dataclass(frozen=True)
class Bad:
    """An event that cannot be taken, and why."""

    id: Any
    code: str
    detail: str
    field: str = ""


def read_body(data: Any) -> list[Any]:
    """Return the events of a body, or refuse the body as a whole."""
    try:
        events = msgspec.convert(data, ScanBatch).events
    except msgspec.ValidationError as error:
        raise refusal(error) from error
    if not events:
        raise BadJson(_("Send 1 to 200 events"), field="events")
    return events


class Names:
    """Site codes, staff numbers and proofs named in a batch, read in three queries."""

    def __init__(self, items: Sequence[ScanItem]) -> None:
        sites = {item.site for item in items if item.site}
        people = {item.person for item in items if item.person}
        self.sites = dict(Site.objects.filter(code__in=sites).values_list("code", "pk"))
        self.people = dict(Employee.objects.filter(number__in=people).values_list("number", "pk"))
        promised = {item.id for item in items if (item.detail or {}).get("photo_sha256")}
        self.proven = set(
            Proof.objects.filter(event_uid__in=promised).values_list("event_uid", flat=True)
        )


def read_items(raw: Iterable[Any]) -> list[ScanItem | Bad]:
    """Return each event typed, or what is wrong with it."""
    return [_read_item(one) for one in raw]


def _read_item(one: Any) -> ScanItem | Bad:
    if isinstance(one, Spoiled):
        return Bad(one.id, "bad_event", one.why, one.field)
    sent = one.get("id") if isinstance(one, dict) else None
    try:
        item = msgspec.convert(one, ScanItem)
        item.happened_at.astimezone(UTC)
        if item.device_recorded_at is not None:
            item.device_recorded_at.astimezone(UTC)
    except msgspec.ValidationError as error:
        field, why = told(error)
        return Bad(sent, "bad_event", why, field)
    except OverflowError:
        return Bad(sent, "happened_at", _("The time is out of range"), "happened_at")
    if item.detail and len(json.dumps(item.detail)) > MAX_DETAIL:
        return Bad(sent, "detail", _("The detail is too long"), "detail")
    return item


def to_input(
    item: ScanItem, names: Names, *, device: str, site_id: int | None, person_id: int | None
) -> ScanInput | Bad:
    """Return the scan with its names resolved; what is not named takes the sender's defaults."""
    if item.site and item.site not in names.sites:
        return Bad(str(item.id), "site", _("Unknown site"), "site")
    if item.person and item.person not in names.people:
        return Bad(str(item.id), "person", _("Unknown person"), "person")
    place = item.position or Position()
    offset = item.happened_at.utcoffset()
    flags = []
    if (item.detail or {}).get("photo_sha256") and item.id not in names.proven:
        flags.append("awaiting_evidence")
    flags += result_flags(item.code, item.detail or {})
    return ScanInput(
        uid=item.id, waybill=clean_code(item.waybill), code=item.code,
        happened_at=item.happened_at.astimezone(UTC), device=item.device or device,
        reason=item.reason or "", detail=item.detail or {}, corrects=item.corrects,
        site_id=names.sites[item.site] if item.site else site_id,
        person_id=names.people[item.person] if item.person else person_id,
        latitude=place.lat, longitude=place.lon, accuracy_m=place.accuracy_m,
        utc_offset=int(offset.total_seconds() // 60) if offset is not None else 0,
        flags=tuple(flags), is_mock=place.mock, read_point=item.read_point,
        audience=item.audience, batch=item.batch, device_recorded_at=_utc(item.device_recorded_at),
    )  # fmt: skip


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment is not None else None
