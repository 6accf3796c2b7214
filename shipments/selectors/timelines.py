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
from shipments.models import LaneLeg, Parcel, ParcelFacts, Proof, Reason, ScanEvent
from shipments.selectors.findings import finding_words
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
    is_corrected: bool = False
    is_internal: bool = False

    @property
    def may_be_corrected(self) -> bool:
        """Corrections themselves are declared wrong by another void, not corrected."""
        return not self.is_void and self.code not in ("COR", "VOI")

    @property
    def shows_both_times(self) -> bool:
        """Device and server time are both shown when they are more than two minutes apart."""
        return abs(self.server_at - self.device_at) > SKEW


class _Names:
    """Names of sites, people and reasons of one timeline, in three queries."""

    def __init__(self, rows: list[ScanEvent]) -> None:
        sites = Site.objects.in_bulk({r.site_id for r in rows if r.site_id})
        people = Employee.objects.in_bulk({r.person_id for r in rows if r.person_id})
        named = {r.reason for r in rows if r.reason}
        named |= {str(r.detail["set"].get("reason", "")) for r in rows
                  if isinstance(r.detail.get("set"), dict)}  # fmt: skip
        reasons = Reason.objects.filter(code__in=named)
        self.sites = {pk: local(site, "name") for pk, site in sites.items()}
        self.people = {pk: str(person) for pk, person in people.items()}
        self.reasons = {reason.code: str(reason) for reason in reasons}


def timeline(parcel: Parcel) -> list[TimeLine]:
    """Return the parcel's scans, newest first."""
    rows = list(ScanEvent.objects.filter(parcel_id=parcel.pk))
    names = _Names(rows)
    voided = voided_by(rows)
    said = corrections_in(rows, voided)
    lines = {
        row.uid: _line(row, names, said.get(row.uid, {}), is_void=row.uid in voided) for row in rows
    }
    for proof in Proof.objects.filter(parcel=parcel).order_by("pk"):
        if proof.event_uid in lines:
            lines[proof.event_uid].proofs.append(proof)
    for event_uid, words in _findings(parcel).items():
        if event_uid in lines:
            lines[event_uid].findings = words
    _plan(parcel, rows, lines)
    return sorted(lines.values(), key=lambda line: (line.at, line.pk), reverse=True)


def voided_by(rows: Iterable[ScanEvent]) -> set[UUID]:
    """Return the scans declared wrong with a reason; the latest word counts (B8)."""
    gone: set[UUID] = set()
    voids = [row for row in rows if row.code == enums.Code.VOI and row.corrects is not None]
    for void in sorted(voids, key=lambda r: (r.recorded_at, str(r.uid)), reverse=True):
        if void.uid not in gone and (void.reason or void.detail.get("why")):
            gone.add(void.corrects)  # type: ignore[arg-type]
    return gone


def corrections_in(rows: Iterable[ScanEvent], voided: set[UUID]) -> dict[UUID, dict[str, Any]]:
    """Return what corrections put in place of a scan's own words."""
    found: dict[UUID, dict[str, Any]] = defaultdict(dict)
    words = [r for r in rows if r.code == enums.Code.COR and r.uid not in voided]
    for row in sorted(words, key=lambda r: (r.recorded_at, str(r.uid))):
        if row.corrects is not None and isinstance(row.detail.get("set"), dict):
            found[row.corrects] |= row.detail["set"]
    return found


def _moment(row: ScanEvent, said: dict[str, Any]) -> datetime:
    try:
        at = datetime.fromisoformat(str(said.get("effective_at", "")))
    except ValueError:
        return row.effective_at
    return at if at.tzinfo is not None else row.effective_at


def _line(row: ScanEvent, names: _Names, said: dict[str, Any], *, is_void: bool) -> TimeLine:
    if isinstance(said.get("detail"), dict):
        row.detail = said["detail"]
    row.reason = str(said.get("reason", row.reason))
    return TimeLine(
        uid=row.uid, pk=row.pk, code=row.code, label=str(enums.Code(row.code).label),
        is_corrected=bool(said), is_internal=row.audience == enums.Audience.INTERNAL,
        at=_moment(row, said), device_at=row.happened_at, server_at=row.recorded_at,
        site=names.sites.get(row.site_id or 0, ""), person=names.people.get(row.person_id or 0, ""),
        notes=list(_notes(row, names)), flags=[FLAGS.get(f, f) for f in row.flags],
        is_void=is_void,
    )  # fmt: skip


def _notes(row: ScanEvent, names: _Names) -> Iterable[str]:
    detail: dict[str, Any] = row.detail
    if row.reason:
        yield names.reasons.get(row.reason) or _("Unmapped reason %(code)s") % {"code": row.reason}
    if detail.get("way") in enums.DeliveryWay.values and row.code in ("DLV", "RDY"):
        yield str(enums.DeliveryWay(detail["way"]).label)
    if isinstance(detail.get("call"), dict):
        yield _("Call on record")
    if isinstance(detail.get("weight_g"), int):
        yield f"{detail['weight_g'] / 1000:.2f} kg"
    if row.code in ("INS", "XRY") and detail.get("result"):
        recheck = row.code == "XRY" and detail["result"] == "recheck"
        passed = _("Passed") if detail["result"] == "pass" else _("Not passed")
        yield _("To be screened again") if recheck else passed
    if row.code == "CON":
        yield _consent_words(detail)
    if row.code == "PRT" and isinstance(detail.get("of"), int):
        n, m = detail.get("delivered"), detail["of"]
        yield _("%(n)s of %(m)s pieces") % {"n": n, "m": m}
    if row.code == "NTF" and detail.get("channel"):
        yield str(detail["channel"])[:30]
    if row.read_point:
        yield row.read_point
    if row.latitude is not None and row.accuracy_m is not None:
        yield _("position ± %(m)d m") % {"m": row.accuracy_m}
    yield from hub_notes(row.code, detail)
    if row.code in ("VOI", "COR", "LST", "DMG") and detail.get("why"):
        yield str(detail["why"])[:200]


def _consent_words(detail: dict[str, Any]) -> str:
    if detail.get("asked"):
        return _("Asked, no answer yet")
    return _("Agreed") if detail.get("given", True) else _("Not agreed")


class _Flags(dict[str, Any]):
    """Words for doubts about a scan's time or place, translated when read."""

    def get(self, key: str, default: Any = None) -> Any:
        words = {
            "future": _("Device clock ahead; server time counts"),
            "clock": _("Device clock wrong; server time counts"),
            "before_acceptance": _("Earlier than the pickup"),
            "late_upload": _("Sent more than 24 hours later; server time counts"),
            "leaver": _("Sent by somebody who no longer works here"),
            "no_fix": _("No usable position"),
            "bad_position": _("Position not possible, left out"),
            "half_position": _("Only half of a position was sent, left out"),
            "mock_position": _("Position from a mock app"),
            "unknown_reason": _("Reason code not in our list"),
            "unknown_result": _("A check whose result is not known; it passes nothing"),
            "awaiting_evidence": _("Evidence not yet received"),
        }
        return words.get(key, default)


FLAGS = _Flags()


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
