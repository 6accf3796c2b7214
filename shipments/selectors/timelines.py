"""A parcel's history for readers: newest first, with plan, evidence and doubts beside each scan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from shipments import enums, tracing
from shipments.fold import LegTime
from shipments.models import Finding, LaneLeg, Parcel, ParcelFacts, Proof, Reason, ScanEvent
from shipments.selectors.hub_notes import hub_notes
from staff.models import Employee, Site, local

SKEW = timedelta(minutes=2)


@dataclass
class TimeLine:
    """One scan as a line of the page."""

    uid: UUID
    pk: int
    code: str
    label: str
    at: datetime
    device_at: datetime
    server_at: datetime
    site: str = ""
    person: str = ""
    notes: list[str] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    proofs: list[Proof] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    late_by: timedelta | None = None
    is_void: bool = False

    @property
    def shows_both_times(self) -> bool:
        """Device and server time are both shown when they are more than two minutes apart."""
        return abs(self.server_at - self.device_at) > SKEW


class _Names:
    """Names of sites, people and reasons of one timeline, in three queries."""

    def __init__(self, rows: list[ScanEvent]) -> None:
        sites = Site.objects.in_bulk({r.site_id for r in rows if r.site_id})
        people = Employee.objects.in_bulk({r.person_id for r in rows if r.person_id})
        reasons = Reason.objects.filter(code__in={r.reason for r in rows if r.reason})
        self.sites = {pk: local(site, "name") for pk, site in sites.items()}
        self.people = {pk: str(person) for pk, person in people.items()}
        self.reasons = {reason.code: str(reason) for reason in reasons}


def timeline(parcel: Parcel) -> list[TimeLine]:
    """Return the parcel's scans, newest first."""
    rows = list(ScanEvent.objects.filter(parcel_id=parcel.pk))
    names = _Names(rows)
    voided = {r.corrects for r in rows if r.code == enums.Code.VOI}
    lines = {row.uid: _line(row, names, is_void=row.uid in voided) for row in rows}
    for proof in Proof.objects.filter(parcel=parcel).order_by("pk"):
        if proof.event_uid in lines:
            lines[proof.event_uid].proofs.append(proof)
    for event_uid, words in _findings(parcel).items():
        if event_uid in lines:
            lines[event_uid].findings = words
    _plan(parcel, rows, lines)
    return sorted(lines.values(), key=lambda line: (line.at, line.pk), reverse=True)


def _line(row: ScanEvent, names: _Names, *, is_void: bool) -> TimeLine:
    return TimeLine(
        uid=row.uid, pk=row.pk, code=row.code, label=str(enums.Code(row.code).label),
        at=row.effective_at, device_at=row.happened_at, server_at=row.recorded_at,
        site=names.sites.get(row.site_id or 0, ""), person=names.people.get(row.person_id or 0, ""),
        notes=list(_notes(row, names)), flags=[FLAGS.get(f, f) for f in row.flags],
        is_void=is_void,
    )  # fmt: skip


def _notes(row: ScanEvent, names: _Names) -> Iterable[str]:
    detail: dict[str, Any] = row.detail
    if row.reason:
        yield names.reasons.get(row.reason, row.reason)
    if detail.get("way") in enums.DeliveryWay.values and row.code in ("DLV", "RDY"):
        yield str(enums.DeliveryWay(detail["way"]).label)
    if isinstance(detail.get("call"), dict):
        yield _("Call on record")
    if isinstance(detail.get("weight_g"), int):
        yield f"{detail['weight_g'] / 1000:.2f} kg"
    if row.code in ("INS", "XRY") and detail.get("result"):
        passed = detail["result"] == "pass"
        yield _("Passed") if passed else _("Not passed")
    if row.code == "CON":
        yield _("Agreed") if detail.get("given", True) else _("Not agreed")
    yield from hub_notes(row.code, detail)
    if row.code in ("VOI", "COR", "LST", "DMG") and detail.get("why"):
        yield str(detail["why"])[:200]


class _Flags(dict[str, Any]):
    """Words for doubts about a scan's time or place, translated when read."""

    def get(self, key: str, default: Any = None) -> Any:
        words = {
            "future": _("Device clock ahead; server time counts"),
            "clock": _("Device clock wrong; server time counts"),
            "before_acceptance": _("Earlier than the pickup"),
            "late_upload": _("Sent more than 24 hours later; server time counts"),
            "no_fix": _("No usable position"),
            "bad_position": _("Position not possible, left out"),
            "awaiting_evidence": _("Evidence not yet received"),
        }
        return words.get(key, default)


FLAGS = _Flags()


def finding_words(finding: Finding) -> str:
    """Return what a finding says, in words."""
    words = {
        "gap": _("A scan before this one is missing"),
        "no_pickup": _("No pickup scan"),
        "after_end": _("Scanned after the end of the trip"),
        "second_delivery": _("A second delivery scan; the first one counts"),
        "after_acceptance": _("Belongs before the pickup"),
        "out_of_order": _("Not in order"),
        "not_inspected": _("Accepted without inspecting the contents"),
        "identity_not_verified": _("Accepted without checking the sender's identity"),
        "not_screened": _("Left without machine screening"),
        "no_consent": _("Without the recipient's consent"),
        "proxy_unnamed": _("The person who took it is not named"),
        "security_stop": _("Moved in spite of a security stop"),
        "way_missing": _("Way of delivery not recorded; not counted as delivered"),
        "invalid_attempt": _("Not a valid attempt"),
        "void_without_reason": _("Declared wrong without a reason; not applied"),
        "corrects_unknown": _("Corrects a scan that is not here"),
        "seal_differs": _("Another seal than before"),
        "screening_rule": _("Left without the screening its region needs"),
        "bag_missing": _("Missing when its bag was opened"),
        "bag_surplus": _("Found in a bag it was not put into"),
        "bag_seal": _("Its bag came with another seal"),
        "trip_missing": _("Loaded on a trip, not unloaded from it"),
        "trip_surplus": _("Came off a trip it was not loaded on"),
        "stocktake_missing": _("Missing at the stocktake"),
        "stocktake_unexpected": _("Found at a stocktake where it should not be"),
        "other_content": _("The same id came again with other content"),
    }
    return words.get(finding.code) or str(enums.FindingKind(finding.kind).label)


def _findings(parcel: Parcel) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    kinds = (enums.FindingKind.CLOCK,)
    for row in parcel.findings.filter(closed_at=None).exclude(kind__in=kinds).order_by("pk"):
        if row.event_uid is not None:
            found[row.event_uid].append(finding_words(row))
    return found


def planned_legs(parcel: Parcel) -> list[tracing.PlannedLeg]:
    """Return the planned links of the parcel's lane."""
    legs = LaneLeg.objects.filter(lane_id=parcel.lane_id).order_by("position")
    return [
        tracing.PlannedLeg(leg.code, leg.site_id, timedelta(minutes=leg.limit_minutes))
        for leg in legs
    ]


def _plan(parcel: Parcel, rows: list[ScanEvent], lines: dict[UUID, TimeLine]) -> None:
    """Say at each link how far behind its plan it was."""
    if parcel.accepted_at is None or parcel.lane_id is None:
        return
    ordered = sorted(rows, key=lambda r: (r.effective_at, r.pk))
    legs = [LegTime(r.code, r.site_id, r.person_id, r.effective_at) for r in ordered]
    first: dict[tuple[str, int | None], UUID] = {}
    for row in ordered:
        first.setdefault((row.code, row.site_id), row.uid)
    for leg in tracing.compare(parcel.accepted_at, planned_legs(parcel), legs):
        uid = first.get((leg.code, leg.site_id))
        if uid is not None and leg.actual_at is not None and leg.actual_at > leg.planned_at:
            lines[uid].late_by = leg.actual_at - leg.planned_at


def cause_words(facts: ParcelFacts | None) -> str:
    """Return the first late link in words: the scan that came late, and where."""
    if facts is None or not facts.cause_leg:
        return ""
    code = facts.cause_leg.split(" ")[0]
    scan = str(enums.Code(code).label) if code in enums.Code.values else code
    site = Site.objects.filter(pk=facts.cause_site_id).first()
    return f"{scan} · {site}" if site else scan
