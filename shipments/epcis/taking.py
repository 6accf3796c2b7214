"""Storing what a document tells: through the one door of scans, an answer per scan."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from courierqa.core.access import Access
from shipments import enums
from shipments.epcis.reading import Told
from shipments.models import ScanEvent
from shipments.services.scans import ScanInput, record_scans
from staff.models import Employee, Site

CHUNK = 500
# Told inside the event they are about, whose place is not theirs.
DECLARATIONS = frozenset({enums.Code.VOI, enums.Code.COR})


@dataclass(frozen=True)
class Taken:
    """What became of one scan of a document."""

    event_id: str
    waybill: str
    result: str
    code: str = ""
    detail: str = ""
    field: str = ""


def take(
    told: Sequence[Told], *, now: datetime, access: Access | None = None, trusted: bool = False
) -> list[Taken]:
    """Store the scans; the same document again changes nothing.

    From a caller of the API (`trusted` off) the record time is now and the source the API,
    whatever the document says; an administrator's import keeps both.
    """
    names = _Names(told)
    found = [_one(one, names, now=now, trusted=trusted) for one in told]
    held = _held(found)
    if access is not None:
        found = _own_declarations(told, found, access, known=held.keys())
    found = [
        replace(scan, **held[scan.uid])
        if isinstance(scan, ScanInput) and scan.uid in held
        else scan
        for scan in found
    ]
    answers: dict[int, Taken] = {}
    sources = {one.source if trusted else enums.Source.API.value for one in told}
    for source in sorted(sources):
        places = [
            place for place, (one, made) in enumerate(zip(told, found, strict=True))
            if isinstance(made, ScanInput) and (not trusted or one.source == source)
        ]  # fmt: skip
        for start in range(0, len(places), CHUNK):
            some = places[start : start + CHUNK]
            made = [scan for place in some if isinstance(scan := found[place], ScanInput)]
            results = record_scans(
                made, source=source, recorded_at=now, actor_access=access, announce=not trusted
            )
            for place, answer in zip(some, results, strict=True):
                one = told[place]
                answers[place] = Taken(
                    one.event_id, one.waybill, answer.result.value, answer.code, answer.detail
                )
    refused = {place: made for place, made in enumerate(found) if isinstance(made, Taken)}
    return [(answers | refused)[place] for place in range(len(told))]


def _held(found: Sequence[ScanInput | Taken]) -> dict[UUID, dict[str, Any]]:
    """Return what our own export leaves out of scans that come back, by the scan's id.

    Persons and free details do not travel. A scan that agrees in all it tells with the one we
    hold is that one; anything else stays a conflict.
    """
    scans = {scan.uid: scan for scan in found if isinstance(scan, ScanInput)}
    rows = [
        row
        for start in range(0, len(scans), CHUNK)
        for row in ScanEvent.objects.filter(uid__in=list(scans)[start : start + CHUNK])
    ]
    return {
        row.uid: {"person_id": row.person_id, "detail": row.detail, "site_id": row.site_id}
        for row in rows
        if _agrees(scans[row.uid], row)
    }


def _agrees(scan: ScanInput, row: ScanEvent) -> bool:
    told = (scan.device, scan.waybill, scan.code, scan.reason, scan.happened_at, scan.corrects)
    held = (row.device, row.waybill, row.code, row.reason, row.happened_at, row.corrects)
    same_place = scan.code in DECLARATIONS or scan.site_id == row.site_id
    same_person = scan.person_id in (None, row.person_id)
    details = all(
        name in row.detail and row.detail[name] == value for name, value in scan.detail.items()
    )
    return told == held and same_place and same_person and details


def _own_declarations(
    told: Sequence[Told], found: list[ScanInput | Taken], access: Access, *, known: Collection[UUID]
) -> list[ScanInput | Taken]:
    """A system may declare wrong what came from systems at its own sites, nothing else."""
    meant = {
        s.corrects for s in found if isinstance(s, ScanInput) and s.corrects and s.uid not in known
    }
    rows = ScanEvent.objects.filter(uid__in=meant).values_list("uid", "source", "site_id")
    foreign = {
        uid for uid, source, site in rows
        if source != enums.Source.API or not (access.is_all or site in access.sites)
    }  # fmt: skip
    why = _("You may not correct this scan")
    return [
        _refused(one, "not_allowed", why, "errorDeclaration")
        if isinstance(scan, ScanInput) and scan.corrects in foreign and scan.uid not in known
        else scan
        for one, scan in zip(told, found, strict=True)
    ]


class _Names:
    """Site codes and staff numbers of a document, looked up in two queries."""

    def __init__(self, told: Sequence[Told]) -> None:
        sites = {one.site for one in told if one.site}
        people = {one.person for one in told if one.person}
        self.sites = dict(Site.objects.filter(code__in=sites).values_list("code", "pk"))
        self.people = dict(Employee.objects.filter(number__in=people).values_list("number", "pk"))


def _one(one: Told, names: _Names, *, now: datetime, trusted: bool) -> ScanInput | Taken:
    if one.problem or one.uid is None or one.happened_at is None:
        return _refused(one, "bad_event", one.problem, one.field)
    if one.site and one.site not in names.sites:
        return _refused(one, "site", _("Unknown site"), "readPoint.id")
    recorded = one.recorded_at if trusted and one.recorded_at and one.recorded_at <= now else None
    rest: dict[str, Any] = {"recorded_at": recorded} if recorded else {}
    return ScanInput(
        uid=one.uid, waybill=one.waybill, code=one.code, happened_at=one.happened_at,
        device=one.device, reason=one.reason[:30],
        site_id=names.sites.get(one.site), person_id=names.people.get(one.person),
        detail=one.detail, corrects=one.corrects, utc_offset=one.utc_offset, **rest,
    )  # fmt: skip


def _refused(one: Told, code: str, detail: str, field: str) -> Taken:
    rejected = enums.ScanResult.REJECTED.value
    return Taken(one.event_id, one.waybill, rejected, code, detail, field)
