"""One deed at a hub or station for many numbers: bags count for what lies in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from shipments import enums
from shipments.models import Parcel, ScanEvent
from shipments.network_enums import CheckResult
from shipments.selectors.screening import unscreened
from shipments.services.bags import members
from shipments.services.gates import security_stop
from shipments.services.proving import store_proof
from shipments.services.scans import ScanAnswer, ScanInput, record_scans
from shipments.services.trips import refuse_deeds
from staff.models import Employee, Site

# The same deed for the same parcel within this time is a second pull of the trigger.
TWICE = timedelta(minutes=5)


@dataclass(frozen=True)
class Deed:
    """What happened, where, by whom. `key` makes sending the same form twice one deed."""

    code: str
    site: Site
    key: UUID
    person: Employee | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    photo: bytes = b""


@dataclass(frozen=True)
class Told:
    """The answer to one number."""

    waybill: str
    good: bool
    words: str
    blocked: tuple[str, ...] = ()
    is_wrong_way: bool = False


def record_deed(*, deed: Deed, numbers: Sequence[str], at: datetime, actor: Any) -> list[Told]:
    """Record one deed for each number; what is stopped does not stop the others.

    A departure without the screening due is refused and counted (ACC-04); a bag leaves whole
    or not at all.
    """
    inside = members(numbers)
    ways = {number: inside.get(number) or [number] for number in numbers}
    every = [waybill for waybills in ways.values() for waybill in waybills]
    known = {p.waybill: p for p in Parcel.objects.filter(waybill__in=every)}
    stopped = _stopped(deed, list(known.values()), at)
    done = _just_done(deed, list(known.values()), at)
    answers: dict[str, Told] = {}
    scans: dict[str, list[ScanInput]] = {}
    for number, waybills in ways.items():
        told = _refused(deed, number, [known.get(w) for w in waybills], stopped)
        if told is None and done.issuperset(waybills):
            told = Told(number, good=True, words=_("Recorded already"))
        if told is not None:
            answers[number] = told
        else:
            scans[number] = [_scan(deed, number, waybill, at) for waybill in waybills]
    _note_refused(deed, answers, known, at)
    flat = [scan for many in scans.values() for scan in many]
    with transaction.atomic():
        results = record_scans(flat, source=enums.Source.HUB, recorded_at=at)
        by_uid = {answer.uid: answer for answer in results}
        _photos(deed, flat, known, at, actor)
        audit_deed(deed, flat, at, actor)
    wrong = _wrong_ways(deed, flat)
    for number, many in scans.items():
        answers[number] = _told(number, [by_uid[scan.uid] for scan in many],
                                wrong & {scan.uid for scan in many})  # fmt: skip
    return [answers[number] for number in numbers]


def audit_deed(deed: Deed, scans: Sequence[ScanInput], at: datetime, actor: Any) -> None:
    """Damage reports are audited as deeds of a person; ordinary scans are their own record."""
    if deed.code == enums.Code.DMG and scans:
        audit.record("station.damage", deed.site, actor=actor, at=at, fields=["parcels"])


def _stopped(deed: Deed, parcels: list[Parcel], at: datetime) -> set[str]:
    if deed.code != enums.Code.DEP:
        return set()
    return {p.waybill for p in unscreened(parcels, str(deed.detail.get("mode") or ""))}


def _just_done(deed: Deed, parcels: list[Parcel], at: datetime) -> set[str]:
    """Return parcels whose newest scan is this deed at this site, minutes ago."""
    fresh = [p for p in parcels if p.last_event_at is not None and p.last_event_at > at - TWICE]
    ids = [parcel.pk for parcel in fresh]
    rows = ScanEvent.objects.filter(parcel_id__in=ids, effective_at__gt=at - TWICE)
    rows = rows.exclude(code__in=("NTF", "COR", "VOI"))
    newest: dict[str, ScanEvent] = {}
    for row in rows.order_by("effective_at", "id"):
        newest[row.waybill] = row
    return {w for w, row in newest.items() if _is_same(deed, row)}


def _is_same(deed: Deed, row: ScanEvent) -> bool:
    """Another lane, another result of a check, another photo: that is another deed."""
    said = (row.code, row.site_id, row.person_id)
    mine = (deed.code, deed.site.pk, deed.person.pk if deed.person else None)
    words = all(row.detail.get(name) == value for name, value in deed.detail.items())
    return said == mine and words and not deed.photo


def _refused(
    deed: Deed, number: str, parcels: list[Parcel | None], stopped: set[str]
) -> Told | None:
    found = [parcel for parcel in parcels if parcel is not None]
    if not found:
        words = _("No such parcel. Check the number; a parcel without order cannot be scanned here")
        return Told(number, good=False, words=words)
    for parcel in found:
        if parcel.state in enums.ENDED and deed.code != enums.Code.DMG:
            words = _("This parcel has ended: %(state)s") % {"state": parcel.get_state_display()}
            return Told(number, good=False, words=words)
    blocked = tuple(p.waybill for p in found if p.waybill in stopped)
    if blocked:
        return Told(number, good=False, words=_("Screen the parcel before it leaves"),
                    blocked=blocked)  # fmt: skip
    for parcel in found:
        stop = security_stop(parcel, deed.code)
        if stop is not None:
            return Told(number, good=False, words=stop.message)
    if deed.detail.get("check") == CheckResult.HELD_BACK:
        return Told(number, good=False, words=_("Kept here: not fit to leave"))
    return None


def _note_refused(
    deed: Deed, answers: Mapping[str, Told], known: Mapping[str, Parcel], at: datetime
) -> None:
    blocked = [known[waybill] for told in answers.values() for waybill in told.blocked]
    mode = str(deed.detail.get("mode") or "")
    refuse_deeds(blocked, site=deed.site, code="not_screened", mode=mode, at=at,
                 person=deed.person)  # fmt: skip


def _scan(deed: Deed, number: str, waybill: str, at: datetime) -> ScanInput:
    detail = dict(deed.detail)
    if number != waybill:
        detail["bag"] = number
    return ScanInput(
        uid=uuid5(deed.key, waybill), waybill=waybill, code=deed.code, happened_at=at,
        device="station", site_id=deed.site.pk, detail=detail,
        person_id=deed.person.pk if deed.person else None,
    )  # fmt: skip


def _photos(
    deed: Deed, scans: Sequence[ScanInput], known: Mapping[str, Parcel], at: datetime, actor: Any
) -> None:
    for scan in scans if deed.photo else []:
        store_proof(
            uid=uuid5(scan.uid, "photo"), parcel=known[scan.waybill], event_uid=scan.uid,
            kind=enums.ProofKind.PHOTO, captured_at=at, received_at=at, content=deed.photo,
            person_id=deed.person.pk if deed.person else None, actor=actor,
        )  # fmt: skip


def _wrong_ways(deed: Deed, scans: Sequence[ScanInput]) -> set[UUID]:
    """Return the sorts that turned out to lead the wrong way."""
    if deed.code != enums.Code.SRT:
        return set()
    marks = {uuid5(scan.uid, "MIS"): scan.uid for scan in scans}
    found = ScanEvent.objects.filter(uid__in=list(marks)).values_list("uid", flat=True)
    return {marks[uid] for uid in found}


def _told(number: str, answers: Sequence[ScanAnswer], wrong: set[UUID]) -> Told:
    bad = [a for a in answers if a.result != enums.ScanResult.CREATED]
    if wrong:
        words = _("Recorded, but this is the wrong way. Sort it again")
        return Told(number, good=False, words=words, is_wrong_way=True)
    if bad and bad[0].result == enums.ScanResult.DUPLICATE:
        return Told(number, good=True, words=_("Recorded already"))
    if bad:
        return Told(number, good=False, words=bad[0].detail or _("Not recorded"))
    if len(answers) > 1:
        return Told(number, good=True, words=_("Recorded for %(n)d parcels") % {"n": len(answers)})
    return Told(number, good=True, words=_("Recorded"))
