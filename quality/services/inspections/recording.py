"""Keeping an inspection that was done on a phone: once, complete, as it was."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from courierqa.core.text import clean_text
from quality import inspection_counts as counts
from quality.inspection_enums import CHECKED, FAULTS, PointGrade, SampleKind, VersionState
from quality.models import (
    ChecklistLine,
    ChecklistVersion,
    Inspection,
    InspectionLine,
    PlannedInspection,
)
from quality.services.inspections.findings import open_finding
from shipments.services.proving import clean_strokes
from staff.models import Employee, Site, User

# A phone's clock may run ahead of ours by so much.
AHEAD = timedelta(minutes=10)


@dataclass(frozen=True)
class Graded:
    """One point as the phone sends it; a fault has photos, a day to mend it by, maybe an owner."""

    line_id: int
    grade: str
    note: str = ""
    photos: int = 0
    due_on: date | None = None


@dataclass(frozen=True)
class Visit:
    """One inspection as the phone sends it."""

    uid: UUID
    version: ChecklistVersion
    site: Site
    kind: str
    started_at: datetime
    finished_at: datetime
    points: Sequence[Graded]
    planned: PlannedInspection | None = None
    person: Employee | None = None
    team: Sequence[Employee] = ()
    note: str = ""
    signature: list[Any] = field(default_factory=list)
    site_signature: list[Any] = field(default_factory=list)
    signed_by: str = ""
    not_signed_why: str = ""

    @property
    def fingerprint(self) -> str:
        """Mark the content: the same id with another mark is another inspection."""
        said = [
            self.version.pk, self.site.pk, self.kind, self.started_at, self.finished_at,
            [[p.line_id, p.grade, p.note, p.photos, p.due_on] for p in self.points],
            self.note, self.signature, self.site_signature, self.signed_by,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(said, default=str).encode()).hexdigest()


def record_inspection(visit: Visit, *, by: User, at: datetime) -> tuple[Inspection, bool]:
    """Keep one inspection; return it and whether it is new. Sending again changes nothing.

    Refused: another content under a known id ("other_content"), a point without a grade, a fault
    without photo and day, a record nobody signed.
    """
    if known := Inspection.objects.filter(uid=visit.uid).first():
        return _same(known, visit), False
    inspector = _inspector(by, visit.person)
    lines = _checked(visit, at)
    try:
        with transaction.atomic():
            return _write(visit, lines, inspector, by=by, at=at), True
    except IntegrityError:
        return _same(Inspection.objects.get(uid=visit.uid), visit), False


def _same(known: Inspection, visit: Visit) -> Inspection:
    if known.fingerprint != visit.fingerprint:
        text = _("This id was used before for another inspection; the first one is kept")
        raise DomainError(text, code="other_content", field="id")
    return known


def _inspector(by: User, person: Employee | None) -> Employee:
    employee = getattr(by, "employee", None)
    if employee is None:
        raise DomainError(_("Only a person of the staff register inspects"), code="no_employee")
    if person == employee:
        raise DomainError(_("Nobody checks themselves"), code="own_case", field="person")
    return employee


def _checked(visit: Visit, at: datetime) -> dict[int, ChecklistLine]:
    """Return the version's points by id, after everything that can be wrong was looked at."""
    if visit.version.state == VersionState.DRAFT:
        raise _wrong(_("This checklist is not approved yet"), "draft", "version")
    if visit.kind not in SampleKind.values:
        raise _wrong(_("Say whether it is a random or a targeted inspection"), "required", "kind")
    if visit.finished_at < visit.started_at or visit.finished_at > at + AHEAD:
        raise _wrong(_("Set this phone's clock, then send again"), "future", "finished_at")
    lines = {line.pk: line for line in visit.version.lines.all()}
    if sorted(point.line_id for point in visit.points) != sorted(lines):
        raise _wrong(_("Give every point of the list one grade"), "incomplete", "points")
    for point in visit.points:
        _check_point(point, lines[point.line_id], visit)
    _check_signed(visit)
    return lines


def _check_point(point: Graded, line: ChecklistLine, visit: Visit) -> None:
    place = {"n": line.position}
    if point.grade not in PointGrade.values:
        raise _wrong(_("Point %(n)s has no grade") % place, "required", "points")
    if point.grade not in FAULTS:
        return
    if point.photos < 1:
        raise _wrong(_("Point %(n)s failed: take a photo") % place, "no_photo", "points")
    if point.due_on is None or point.due_on < business_day(visit.finished_at):
        text = _("Point %(n)s failed: choose until when it is mended")
        raise _wrong(text % place, "no_due", "points")


def _check_signed(visit: Visit) -> None:
    clean_strokes(visit.signature)
    if visit.site_signature:
        clean_strokes(visit.site_signature)
        if not visit.signed_by.strip():
            raise _wrong(_("Enter who signed for the site"), "required", "signed_by")
    elif not visit.not_signed_why.strip():
        raise _wrong(_("The site signs too, or say why it does not"), "unsigned", "site_signature")


def _wrong(text: str, code: str, field_name: str) -> DomainError:
    return DomainError(text, code=code, field=field_name, status=422)


def _write(
    visit: Visit, lines: dict[int, ChecklistLine], inspector: Employee, *, by: User, at: datetime
) -> Inspection:
    sums = counted(visit.points, lines)
    row = Inspection.objects.create(
        uid=visit.uid, fingerprint=visit.fingerprint, version=visit.version, site=visit.site,
        kind=visit.kind, planned=_fulfil(visit, complete=not sums["unchecked"]),
        inspector=inspector, person=visit.person, started_at=visit.started_at,
        finished_at=visit.finished_at, received_at=at, on=business_day(visit.finished_at),
        note=_line(visit.note, 1000), signature=visit.signature,
        site_signature=visit.site_signature, signed_by=_line(visit.signed_by, 60),
        not_signed_why=_line(visit.not_signed_why, 200), **sums,
    )  # fmt: skip
    row.team.set(visit.team)
    graded = InspectionLine.objects.bulk_create(
        InspectionLine(inspection=row, line=lines[point.line_id], grade=point.grade,
                       note=_line(point.note, 300), photos=point.photos)
        for point in visit.points
    )  # fmt: skip
    for one, point in zip(graded, visit.points, strict=True):
        if point.grade in FAULTS and point.due_on is not None:
            open_finding(one, due_on=point.due_on, by=by, at=at)
    audit.record("inspection.store", row, actor=by, at=at)
    counts.refresh_inspection(row, at=at)
    return row


def _fulfil(visit: Visit, *, complete: bool) -> PlannedInspection | None:
    """Tick the planned day off; a half-filled record, or a second one, does not (I01)."""
    if visit.planned is None or not complete:
        return None
    days = PlannedInspection.objects.select_for_update().filter(pk=visit.planned.pk, done_at=None)
    planned = days.select_related("plan").first()
    if planned is None or planned.plan.kind != visit.kind:
        return None
    planned.done_at = visit.finished_at
    planned.save(update_fields=["done_at"])
    return planned


def counted(points: Iterable[Any], lines: dict[int, ChecklistLine]) -> dict[str, Any]:
    """Return the counts an inspection carries, from anything with `line_id` and `grade`."""
    rows = list(points)
    sums = Counter(row.grade for row in rows)
    critical = any(row.grade in FAULTS and lines[row.line_id].is_critical for row in rows)
    return {
        "points": len(rows), "checked": sum(sums[grade] for grade in CHECKED),
        "conform": sums[PointGrade.CONFORM], "minor": sums[PointGrade.MINOR],
        "major": sums[PointGrade.MAJOR], "unchecked": sums[PointGrade.UNCHECKED],
        "is_failed": critical,
    }  # fmt: skip


def _line(text: str, limit: int) -> str:
    return clean_text(text or "", max_length=limit, lines=True).strip()
