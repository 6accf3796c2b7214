"""The inputs of a management review, filled from what stands (REV-01, REV-04).

A fact is [word code, number, address]; `WORDS` says it in the reader's language. A topic whose
facts are all nought and whose figures count nothing has no data, and the page says so.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from complaints.enums import CaseKind
from complaints.models import Case, Need, Visit
from courierqa.core.calendars import business_day
from courierqa.core.context import address_of
from courierqa.core.timeframes import Period
from quality.document_enums import FINDING_GRADES, AuditStatus
from quality.enums import LIVE, ActionKind, ActionStatus
from quality.models import (
    Action,
    AuditLine,
    Certification,
    CheckFinding,
    DocumentVersion,
    Drill,
    Equipment,
    ExternalEvaluation,
    Hazard,
    Inspection,
    InternalAudit,
    LawVersion,
    Maintenance,
    Nonconformity,
    ProcessReview,
    Review,
    ReviewDecision,
    SafetyIncident,
)
from quality.review_enums import Outcome, ReviewKind, ReviewStatus, Topic
from quality.thing_enums import EquipmentStatus, HazardStatus
from shipments.models import Partner, PartnerScore, Vehicle
from staff.enums import EmployeeState
from staff.models import Employee, Site, Suggestion

Fact = list[Any]
# The figures beside each topic.
LINES: dict[str, tuple[str, ...]] = {
    Topic.CUSTOMERS: ("C01", "C02", "C03", "C11", "V01", "V02"),
    Topic.PROCESSES: ("T01", "D01", "S02", "S03", "S05", "S07", "A01", "E01"),
    Topic.CORRECTIONS: ("I04", "I05", "I06"),
    Topic.MONITORING: ("I01", "I02", "I02T"),
    Topic.RESOURCES: ("H01", "H05"),
}
WORDS: dict[str, Any] = {
    "decided": _("decisions of the last management review"),
    "decisions_done": _("of them done"),
    "decisions_late": _("of them overdue"),
    "decisions_kept": _("of them kept as proven"),
    "laws": _("new wordings of laws and standards"),
    "documents": _("new versions of our documents in force"),
    "process_reviews": _("reviews of processes"),
    "sites_opened": _("sites opened"),
    "sites_closed": _("sites closed"),
    "complaints": _("complaints received"),
    "appeals": _("appeals to the regulator"),
    "needs": _("needs of customers heard"),
    "visits": _("visits to customers held"),
    "raised": _("nonconformities raised"),
    "closed": _("nonconformities closed"),
    "live": _("nonconformities open today"),
    "live_late": _("of them overdue"),
    "came_back": _("nonconformities that came back"),
    "inspections": _("inspections held"),
    "inspections_failed": _("of them not passed"),
    "findings_open": _("findings of inspections open"),
    "monthly_reviews": _("timeliness reviews held"),
    "audits": _("audits reported"),
    "audit_findings": _("findings of these audits"),
    "audit_open": _("audit findings open today"),
    "certificates": _("certificates valid today"),
    "partners": _("active partners"),
    "partner_scores": _("monthly scores of partners"),
    "partner_sites": _("sites run by partners"),
    "evaluations": _("evaluations by others"),
    "people": _("people at work today"),
    "joined": _("people joined"),
    "left": _("people left"),
    "vehicles": _("vehicles"),
    "equipment": _("machines and devices in use"),
    "services_late": _("services of vehicles and machines overdue"),
    "hazards": _("hazards found"),
    "hazards_gone": _("of them removed and verified"),
    "hazards_late": _("hazards overdue today"),
    "incidents": _("safety incidents"),
    "drills": _("drills held"),
    "suggestions": _("suggestions of customers"),
    "staff_suggestions": _("suggestions of staff"),
    "improvements": _("improvement measures done"),
}


def inputs_of(row: Review, *, at: datetime) -> dict[str, list[Fact]]:
    """Return the facts of every topic, in the order of the agenda."""
    today = business_day(at)
    return {str(topic): READERS[topic](row, row.period, today) for topic in Topic}


def _fact(code: str, number: int, page: str = "", query: str = "") -> Fact:
    url = address_of(page) if page else ""
    return [code, number, f"{url}{query}" if url else ""]


def _within(name: str, period: Period) -> Q:
    """Return the filter of a column of days."""
    return Q(**{f"{name}__gte": period.start_day, f"{name}__lt": period.end_day})


def _during(name: str, period: Period) -> Q:
    """Return the filter of a column of moments."""
    return Q(**{f"{name}__gte": period.start_at, f"{name}__lt": period.end_at})


def last_management(row: Review) -> Review | None:
    """Return the management review held before this one."""
    rows = Review.objects.filter(kind=ReviewKind.MANAGEMENT, status=ReviewStatus.HELD)
    return rows.filter(due_day__lt=row.due_day).order_by("-due_day").first()


def _earlier(row: Review, period: Period, today: date) -> list[Fact]:
    before = last_management(row)
    if before is None:
        return []
    rows = ReviewDecision.objects.filter(review=before)
    url = address_of("quality:review", before.pk)
    done = rows.filter(action__status=ActionStatus.DONE).count()
    late = rows.filter(action__status=ActionStatus.OPEN, action__due_on__lt=today).count()
    kept = rows.filter(outcome=Outcome.KEEP).count()
    return [["decided", rows.count(), url], ["decisions_done", done, url],
            ["decisions_late", late, url], ["decisions_kept", kept, url]]  # fmt: skip


def _changes(row: Review, period: Period, today: date) -> list[Fact]:
    return [
        _fact("laws", LawVersion.objects.filter(_within("effective_on", period)).count(),
              "quality:laws"),
        _fact("documents", DocumentVersion.objects.filter(
            _within("effective_on", period), approved_at__isnull=False).count(),
              "quality:documents"),
        _fact("process_reviews", ProcessReview.objects.filter(_within("on", period)).count(),
              "quality:process_reviews"),
        _fact("sites_opened", Site.objects.filter(_within("opened_on", period)).count(),
              "staff:sites"),
        _fact("sites_closed", Site.objects.filter(_within("closed_on", period)).count(),
              "staff:sites"),
    ]  # fmt: skip


def _customers(row: Review, period: Period, today: date) -> list[Fact]:
    cases = Case.objects.filter(_during("received_at", period))
    return [
        _fact("complaints", cases.filter(kind=CaseKind.COMPLAINT).count(), "kpi:voice"),
        _fact("appeals", cases.filter(kind=CaseKind.APPEAL).count(), "complaints:regulator"),
        _fact("needs", Need.objects.filter(_during("heard_at", period)).count(),
              "complaints:needs"),
        _fact("visits", Visit.objects.filter(_during("held_at", period)).count(),
              "complaints:visits"),
    ]  # fmt: skip


def _corrections(row: Review, period: Period, today: date) -> list[Fact]:
    rows, page = Nonconformity.objects.all(), "quality:actions"
    late = rows.filter(status__in=LIVE, due_on__lt=today)
    return [
        _fact("raised", rows.filter(_during("raised_at", period)).count(), page, "?layout=list"),
        _fact("closed", rows.filter(_during("closed_at", period)).count(), page, "?layout=list"),
        _fact("live", rows.filter(status__in=LIVE).count(), page),
        _fact("live_late", late.count(), page, "?show=overdue"),
        _fact("came_back", rows.filter(_during("came_back_at", period)).count(), page,
              "?show=repeated&layout=list"),
    ]  # fmt: skip


def _monitoring(row: Review, period: Period, today: date) -> list[Fact]:
    held = Inspection.objects.filter(_within("on", period))
    months = Review.objects.filter(_within("held_on", period), kind=ReviewKind.TIMELINESS)
    return [
        _fact("inspections", held.count(), "quality:inspections"),
        _fact("inspections_failed", held.filter(is_failed=True).count(), "quality:inspections"),
        _fact("findings_open", CheckFinding.objects.filter(verified_at=None).count(),
              "quality:inspection_findings"),
        _fact("monthly_reviews", months.count(), "quality:reviews", "?kind=timeliness"),
    ]  # fmt: skip


def _audits(row: Review, period: Period, today: date) -> list[Fact]:
    done = InternalAudit.objects.filter(_during("reported_at", period))
    found = AuditLine.objects.filter(grade__in=FINDING_GRADES)
    public = (AuditStatus.REPORTED, AuditStatus.CLOSED)
    standing = Certification.objects.filter(valid_from__lte=today, expires_on__gte=today)
    return [
        _fact("audits", done.count(), "quality:audits"),
        _fact("audit_findings", found.filter(audit__in=done).count(), "quality:findings",
              "?show=all"),
        _fact("audit_open", found.filter(audit__status__in=public, verified_at=None).count(),
              "quality:findings"),
        _fact("certificates", standing.count(), "quality:certifications"),
    ]  # fmt: skip


def _partners(row: Review, period: Period, today: date) -> list[Fact]:
    return [
        _fact("partners", Partner.objects.filter(is_active=True).count(), "shipments:partners"),
        _fact("partner_scores", PartnerScore.objects.filter(_within("month", period)).count(),
              "shipments:partners"),
        _fact("partner_sites", Site.objects.filter(is_partner=True, closed_on=None).count(),
              "staff:sites"),
        _fact("evaluations", ExternalEvaluation.objects.filter(_within("on", period)).count(),
              "quality:evaluations"),
    ]  # fmt: skip


def _resources(row: Review, period: Period, today: date) -> list[Fact]:
    people = Employee.objects.all()
    late = Maintenance.objects.filter(done_at=None, due_day__lt=today)
    in_use = Equipment.objects.filter(status=EquipmentStatus.IN_USE)
    return [
        _fact("people", people.filter(state=EmployeeState.ACTIVE).count(), "staff:people"),
        _fact("joined", people.filter(_within("hired_on", period)).count(), "staff:people"),
        _fact("left", people.filter(_within("left_on", period)).count(), "staff:people"),
        _fact("vehicles", Vehicle.objects.count(), "quality:vehicles"),
        _fact("equipment", in_use.count(), "quality:equipment"),
        _fact("services_late", late.count(), "quality:maintenance"),
    ]  # fmt: skip


def _risks(row: Review, period: Period, today: date) -> list[Fact]:
    found = Hazard.objects.filter(_during("found_at", period))
    late = Hazard.objects.filter(status=HazardStatus.OPEN, due_on__lt=today)
    return [
        _fact("hazards", found.count(), "quality:hazards"),
        _fact("hazards_gone", found.filter(status=HazardStatus.VERIFIED).count(),
              "quality:hazards"),
        _fact("hazards_late", late.count(), "quality:hazards"),
        _fact("incidents", SafetyIncident.objects.filter(
            _during("happened_at", period)).count(), "quality:incidents"),
        _fact("drills", Drill.objects.filter(_within("held_on", period)).count(),
              "quality:drills"),
    ]  # fmt: skip


def _opportunities(row: Review, period: Period, today: date) -> list[Fact]:
    voiced = Case.objects.filter(_during("received_at", period), kind=CaseKind.SUGGESTION)
    own = Suggestion.objects.filter(_during("at", period))
    done = Action.objects.filter(_within("done_on", period), kind=ActionKind.IMPROVEMENT,
                                 status=ActionStatus.DONE)  # fmt: skip
    return [
        _fact("suggestions", voiced.count(), "complaints:suggestions"),
        _fact("staff_suggestions", own.count(), "staff:suggestions"),
        _fact("improvements", done.count(), "quality:actions"),
    ]


def _figures_only(row: Review, period: Period, today: date) -> list[Fact]:
    return []


READERS: dict[str, Callable[[Review, Period, date], list[Fact]]] = {
    Topic.EARLIER: _earlier,
    Topic.CHANGES: _changes,
    Topic.CUSTOMERS: _customers,
    Topic.OBJECTIVES: _figures_only,
    Topic.PROCESSES: _figures_only,
    Topic.CORRECTIONS: _corrections,
    Topic.MONITORING: _monitoring,
    Topic.AUDITS: _audits,
    Topic.PARTNERS: _partners,
    Topic.RESOURCES: _resources,
    Topic.RISKS: _risks,
    Topic.OPPORTUNITIES: _opportunities,
}
