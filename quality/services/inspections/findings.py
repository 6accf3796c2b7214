"""Findings: mended with evidence, verified by somebody else, put off with the first day kept."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, history
from courierqa.core.calendars import business_day
from courierqa.core.enums import Role
from courierqa.core.errors import DomainError, NotAllowed
from quality import inspection_counts as counts
from quality.inspection_enums import FileKind, FindingState
from quality.models import CheckFinding, InspectionLine
from quality.services.inspections.files import add_photo
from quality.services.moves import said
from shipments.delivery_enums import ViolationSource
from shipments.models import Parcel, Violation, ViolationKind
from shipments.services import record_violation
from staff.enums import EmployeeState
from staff.models import Employee, Site, User

S = FindingState
FINDING = history.Machine(
    "check_finding",
    {
        S.OPEN: {"fix": S.FIXED, "void": S.VOID},
        S.FIXED: {"verify": S.VERIFIED, "reject": S.OPEN, "void": S.VOID},
        S.VERIFIED: {"void": S.VOID},
        S.VOID: {"reopen": S.OPEN},
    },
)


def open_finding(graded: InspectionLine, *, due_on: date, by: User, at: datetime) -> CheckFinding:
    """Open the finding of a failed point; its owner is the leader of the site."""
    site = graded.inspection.site
    row = CheckFinding.objects.create(
        graded=graded, site=site, severity=graded.grade, text=graded.note or str(graded.line),
        owner=_leader(site), first_due_on=due_on, due_on=due_on,
        found_at=graded.inspection.finished_at,
    )  # fmt: skip
    history.begin(row, machine=FINDING, actor=by, at=at)
    counts.refresh_finding(row, at=at)
    return row


def _leader(site: Site) -> Employee | None:
    leaders = Employee.objects.filter(site=site, post__role=Role.SUPERVISOR)
    return leaders.exclude(state=EmployeeState.LEFT).order_by("number").first()


def hold(row: CheckFinding) -> CheckFinding:
    """Return the finding locked and read anew."""
    return CheckFinding.objects.select_for_update(no_key=True).get(pk=row.pk)


@transaction.atomic
def fix_finding(
    row: CheckFinding, *, text: str, content: bytes, name: str, by: User, at: datetime
) -> CheckFinding:
    """Say how it was mended, with a picture or a PDF that shows it (INS-11)."""
    row = hold(row)
    add_photo(row.graded, kind=FileKind.FIX, content=content, name=name, by=by, at=at)
    history.transition(
        row, "fix", machine=FINDING, actor=by, at=at,
        changes={"fix": said(text, field="text", limit=500), "fixed_by": by, "fixed_at": at},
    )  # fmt: skip
    return row


@transaction.atomic
def judge_fix(
    row: CheckFinding, *, is_mended: bool, note: str, by: User, at: datetime
) -> CheckFinding:
    """Verify the fix on the spot, or send it back; whoever mended it does not verify it."""
    row = hold(row)
    if row.fixed_by_id == by.pk:
        raise NotAllowed(_("Somebody else must verify it: you mended it"))
    if not is_mended:
        why = said(note, field="note", limit=300)
        history.transition(row, "reject", machine=FINDING, actor=by, at=at, reason=why)
        return row
    history.transition(
        row, "verify", machine=FINDING, actor=by, at=at, reason=note.strip()[:300],
        changes={"verified_by": by, "verified_at": at},
    )  # fmt: skip
    counts.refresh_finding(row, at=at)
    return row


@transaction.atomic
def extend_finding(
    row: CheckFinding, *, due_on: date, reason: str, by: User, at: datetime
) -> CheckFinding:
    """Put the day off with a reason; the first one is kept and stays what is counted."""
    row = hold(row)
    if row.status != S.OPEN:
        raise DomainError(_("Only what is still to be mended is put off"), code="wrong_step")
    if due_on <= max(row.due_on, business_day(at)):
        text = _("Choose a day after the present one")
        raise DomainError(text, code="past", field="due_on", status=422)
    why = said(reason, field="reason", limit=300)
    row.due_on = due_on
    row.save(update_fields=["due_on", "updated_at"])
    audit.record("check_finding.extend", row, actor=by, at=at, fields=["due_on"], reason=why)
    return row


@transaction.atomic
def finding_to_violation(
    row: CheckFinding, *, waybill: str, courier: Employee, kind: ViolationKind, by: User,
    at: datetime,
) -> Violation:  # fmt: skip
    """Write the finding down as a courier's violation; discipline follows from there (INS-12)."""
    row = hold(row)
    if row.violation_id is not None:
        raise DomainError(_("It is recorded as a violation already"), code="known")
    parcel = Parcel.objects.filter(waybill=waybill.strip().upper()).first()
    if parcel is None:
        text = _("No parcel has this number. Scan its label again")
        raise DomainError(text, code="unknown", field="waybill", status=422)
    made = record_violation(
        parcel=parcel, courier=courier, kind=kind, source=ViolationSource.INSPECTION,
        happened_on=business_day(row.found_at), reference=f"F-{row.pk}", words=row.text, at=at,
        actor=by,
    )  # fmt: skip
    row.violation = made
    row.save(update_fields=["violation", "updated_at"])
    audit.record("check_finding.link", row, actor=by, at=at, fields=["violation"])
    return made
