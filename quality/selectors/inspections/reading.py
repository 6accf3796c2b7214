"""What inspections say now: grades with their corrections, work for a phone, lists."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet, Sum

from courierqa.core.access import Access
from quality.inspection_enums import FAULTS, FindingState, VersionState
from quality.models import (
    CheckFinding,
    ChecklistLine,
    ChecklistVersion,
    Inspection,
    InspectionCorrection,
    InspectionLine,
    PlannedInspection,
)
from staff.models import Site

# A phone shows what is due within so many days, and everything overdue.
SOON = timedelta(days=14)


def now_graded(ids: Collection[int]) -> dict[int, str]:
    """Return line → grade for the lines that were corrected: the latest correction counts."""
    rows = InspectionCorrection.objects.filter(graded_id__in=ids).order_by("id")
    return dict(rows.values_list("graded_id", "new"))


def inspections_for(access: Access) -> QuerySet[Inspection]:
    """Return the inspections of the actor's sites, and those about the actor."""
    seen = access.rows(site="site_id", own="person_id")
    rows = Inspection.objects.filter(seen)
    return rows.select_related("version__checklist", "site", "inspector", "person", "planned")


def findings_for(access: Access) -> QuerySet[CheckFinding]:
    """Return the findings of the actor's sites, and those the actor has to mend."""
    rows = CheckFinding.objects.filter(access.rows(site="site_id", own="owner_id"))
    return rows.select_related(
        "site", "owner", "graded__line", "graded__inspection", "fixed_by", "verified_by"
    )


def planned_for(access: Access) -> QuerySet[PlannedInspection]:
    """Return the planned days of the actor's sites."""
    rows = PlannedInspection.objects.filter(access.rows(site="plan__site_id"))
    return rows.select_related("plan__checklist", "plan__site", "plan__lead")


def due_now(access: Access, *, today: date) -> QuerySet[PlannedInspection]:
    """Return what is to be inspected, the most urgent first."""
    rows = planned_for(access).filter(done_at=None, due_day__lt=today + SOON)
    return rows.order_by("due_day", "pk")


def lines_of(row: Inspection) -> list[InspectionLine]:
    """Return the points of one inspection with corrections, files and findings, in order."""
    rows = row.lines.select_related("line").order_by("line__position")
    found = list(
        rows.prefetch_related(
            Prefetch("corrections", InspectionCorrection.objects.select_related("by")), "files"
        )
    )
    findings = {one.graded_id: one for one in CheckFinding.objects.filter(graded__inspection=row)}
    for one in found:
        changes = list(one.corrections.all())
        one.now = changes[-1].new if changes else one.grade  # type: ignore[attr-defined]
        one.found = findings.get(one.pk)  # type: ignore[attr-defined]
        one.is_fault = one.now in FAULTS  # type: ignore[attr-defined]
    return found


def phone_lists() -> list[ChecklistVersion]:
    """Return the approved versions with their points, for the phone's own store."""
    rows = ChecklistVersion.objects.filter(state=VersionState.APPROVED, checklist__is_active=True)
    points = Prefetch("lines", ChecklistLine.objects.order_by("position"))
    return list(rows.select_related("checklist").prefetch_related(points).order_by(
        "checklist__position"))  # fmt: skip


def phone_sites(access: Access) -> QuerySet[Site]:
    """Return the sites the actor may inspect."""
    sites = Site.objects.filter(closed_on=None).order_by("code")
    return sites if access.is_all else sites.filter(pk__in=access.sites)


def open_findings(rows: QuerySet[CheckFinding]) -> QuerySet[CheckFinding]:
    """Return those somebody has still to do something about."""
    return rows.filter(status__in=(FindingState.OPEN, FindingState.FIXED))


def late_counts(access: Access, *, today: date) -> dict[str, int]:
    """Return how many inspections and findings are overdue, for the head of the pages."""
    days = planned_for(access).filter(done_at=None, due_day__lt=today).count()
    rows = findings_for(access).filter(status=FindingState.OPEN, due_on__lt=today)
    return {"days": days, "findings": rows.count()}


def summary(rows: QuerySet[Inspection]) -> list[dict[str, Any]]:
    """Return points, conforming points and failed visits per kind: never one rate for both."""
    found = rows.order_by().values("kind").annotate(
        visits=Count("pk"), failed=Count("pk", filter=Q(is_failed=True)),
        seen=Sum("checked"), good=Sum("conform"),
    )  # fmt: skip
    return [dict(row) for row in found.order_by("kind")]


def files_of(lines: Iterable[InspectionLine]) -> int:
    """Return how many announced photos have not arrived yet."""
    return sum(
        max(0, one.photos - sum(f.kind == "photo" for f in one.files.all())) for one in lines
    )
