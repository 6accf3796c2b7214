"""What pages read about audits: the programme, one audit, findings that are open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet

from courierqa.core.access import Access
from quality.document_enums import FINDING_GRADES, AuditStatus
from quality.enums import SourceKind
from quality.models import AuditLine, InternalAudit, Nonconformity
from staff.enums import EmployeeState
from staff.models import Employee


def audits_for(access: Access) -> QuerySet[InternalAudit]:
    """Return the audits the reader may see: of their sites, of the company, or their own."""
    seen = Q() if access.is_all else access.rows(site="site_id")
    if access.employee_id is not None:
        me = access.employee_id
        seen |= Q(owner=me) | Q(lead=me) | Q(pk__in=InternalAudit.team.through.objects.filter(
            employee=me).values("internalaudit"))  # fmt: skip
    rows = InternalAudit.objects.filter(seen if not access.is_all else Q())
    return rows.select_related("programme", "site", "owner", "lead", "follows")


def with_counts(rows: QuerySet[InternalAudit]) -> QuerySet[InternalAudit]:
    """Return audits with how many lines, graded lines, findings and open findings they have."""
    finding = Q(lines__grade__in=FINDING_GRADES)
    return rows.annotate(
        lines_n=Count("lines"), graded_n=Count("lines", filter=Q(lines__grade__gt="")),
        findings_n=Count("lines", filter=finding),
        open_n=Count("lines", filter=finding & Q(lines__verified_at=None)),
    )  # fmt: skip


def filtered(rows: QuerySet[InternalAudit], asked: Mapping[str, str]) -> QuerySet[InternalAudit]:
    """Narrow by what the address asks for; unknown words change nothing."""
    year = asked.get("year", "")
    if year.isascii() and year.isdecimal() and len(year) == 4:
        rows = rows.filter(programme__year=int(year))
    if asked.get("status") in AuditStatus.values:
        rows = rows.filter(status=asked["status"])
    if asked.get("site"):
        rows = rows.filter(site__code=asked["site"][:12])
    return rows


def findings(access: Access, *, show: str, today: date) -> QuerySet[AuditLine]:
    """Return the findings of reported audits to follow up, nearest due first (AUD-05)."""
    rows = AuditLine.objects.filter(grade__in=FINDING_GRADES, audit__in=audits_for(access))
    rows = rows.filter(audit__status__in=[AuditStatus.REPORTED, AuditStatus.CLOSED])
    if show != "all":
        rows = rows.filter(verified_at=None)
    if show == "overdue":
        rows = rows.filter(due_on__lt=today)
    return rows.select_related("audit__site", "responsible", "verified_by")


def raised_of(lines: Sequence[AuditLine]) -> dict[str, Nonconformity]:
    """Return the newest nonconformity raised from each finding, by its reference."""
    names = [one.reference for one in lines]
    rows = Nonconformity.objects.filter(source=SourceKind.AUDIT, source_ref__in=names)
    return {one.source_ref: one for one in rows.order_by("id")}


def auditors() -> QuerySet[Employee]:
    """Return who may audit: people of quality, leaders and auditors with a login."""
    people = Employee.objects.filter(user__isnull=False).exclude(state=EmployeeState.LEFT)
    roles = ("supervisor", "lead", "quality", "manager", "hr", "auditor")
    held = Q(post__role__in=roles) | Q(user__grants__role="auditor")
    return people.filter(held).distinct().order_by("number")


def in_team(row: InternalAudit, employee_id: int | None) -> bool:
    """Say whether a person is one of its auditors."""
    if employee_id is None:
        return False
    return row.lead_id == employee_id or row.team.filter(pk=employee_id).exists()
