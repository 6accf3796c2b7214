"""Lists: inspections done, what is due, findings, plans."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from courierqa.core.access import access_for, allow, may
from courierqa.core.calendars import business_day
from courierqa.core.formats import day, share
from quality.inspection_enums import FindingState, PointGrade, SampleKind
from quality.models import Inspection, InspectionPlan
from quality.selectors.inspections import reading
from staff.views.files import listed
from staff.views.records import Cell, Table, table_page


def _tabs(here: str) -> list[tuple[str, Any, bool]]:
    names = (
        ("inspections", pgettext("tab", "Done")), ("inspections_due", pgettext("tab", "Due")),
        ("inspection_findings", pgettext("tab", "Findings")),
        ("inspection_plans", pgettext("tab", "Plans")),
    )  # fmt: skip
    return [(reverse(f"quality:{name}"), label, name == here) for name, label in names]


def _chosen(request: HttpRequest, rows: QuerySet[Any], **columns: str) -> QuerySet[Any]:
    """Narrow a list by the columns named in the address; an unknown value finds nothing."""
    for name, column in columns.items():
        if value := request.GET.get(name, "")[:40]:
            rows = rows.filter(**{column: value})
    return rows


@allow("inspection", GET="read")
def inspections_page(request: HttpRequest) -> HttpResponse:
    """Inspections within reach, newest first; random and targeted ones are summed apart."""
    rows = reading.inspections_for(request.access)
    rows = _chosen(request, rows, kind="kind", site="site__code", list="version__checklist__code")
    page = listed(request, rows, order=("-on", "-id"))
    table = Table(
        _("Inspections"),
        [_("Day"), _("Checklist"), _("Site"), pgettext("inspection", "Kind"), _("Inspector"),
         _("Points checked") + "#", _("Conform") + "#", pgettext("inspection", "Result")],
        [_inspection(row) for row in page], page=page, export="inspection", icon="clipboard-check",
        lead=_rates(rows), tabs=_tabs("inspections"), empty=_("No inspection yet"),
        hint=_("Inspections are done on the phone, from the plan or at any time"),
        actions=_phone(request),
    )  # fmt: skip
    return table_page(request, table)


def _phone(request: HttpRequest) -> list[tuple[str, Any, str]]:
    if not may(request.user, "inspection", "create"):
        return []
    return [(reverse("quality:m_inspections"), _("Inspect on the phone"), "device-mobile")]


def _inspection(row: Inspection) -> list[Cell]:
    good = share(row.conform / row.checked) if row.checked else "—"
    return [
        Cell(day(row.on), reverse("quality:inspection", args=[row.uid])),
        Cell(row.version.checklist), Cell(row.site), Cell(row.get_kind_display()),
        Cell(row.inspector.name), Cell(row.checked, is_number=True),
        Cell(good, is_number=True, plain=row.conform), _outcome(row),
    ]  # fmt: skip


def _outcome(row: Inspection) -> Cell:
    if row.is_failed:
        return Cell(_("Not passed"), badge="bad")
    faults = row.minor + row.major
    if faults:
        return Cell(_("%(n)s to be mended") % {"n": faults}, badge="warn")
    return Cell(_("In order"), badge="good")


def _rates(rows: QuerySet[Inspection]) -> str:
    """Say the rate of each kind of sample: the two never meet in one."""
    told = []
    for one in reading.summary(rows):
        if one["seen"]:
            words = _("%(kind)s: %(share)s of %(n)s points conform, %(failed)s of %(visits)s "
                      "inspections not passed")  # fmt: skip
            told.append(words % {
                "kind": SampleKind(one["kind"]).label, "share": share(one["good"] / one["seen"]),
                "n": one["seen"], "failed": one["failed"], "visits": one["visits"],
            })  # fmt: skip
    first = rows.order_by().aggregate(first=Min("on"))["first"] if told else None
    return " · ".join([_("Since %(day)s") % {"day": day(first)}, *told]) if first else ""


@allow("inspection", GET="read")
def due_page(request: HttpRequest) -> HttpResponse:
    """What is to be inspected within two weeks, and everything overdue first."""
    today = business_day(timezone.now())
    rows = reading.due_now(request.access, today=today)
    rows = _chosen(request, rows, site="plan__site__code", list="plan__checklist__code")
    rows = rows.annotate(others=Count("plan__members"))
    page = listed(request, rows, order=("due_day", "id"))
    table = Table(
        _("Inspections due"),
        [_("Due"), _("State"), _("Checklist"), _("Site"), pgettext("inspection", "Kind"),
         pgettext("inspection", "Team"), _("Planned day")],
        [_planned(row, today) for row in page], page=page, export="inspection",
        icon="calendar-due", tabs=_tabs("inspections_due"), empty=_("Nothing is due"),
        hint=_("Plans make the days by themselves"), actions=_phone(request),
    )  # fmt: skip
    return table_page(request, table)


def _planned(row: Any, today: Any) -> list[Cell]:
    plan, late = row.plan, (today - row.due_day).days
    state = Cell(pgettext("inspection", "Planned"), badge="neutral")
    if late > 0:
        words = ngettext("Overdue by %(n)s day", "Overdue by %(n)s days", late)
        state = Cell(words % {"n": late}, badge="bad")
    elif late == 0:
        state = Cell(pgettext("inspection", "Today"), badge="warn")
    lead = plan.lead.name
    team = _team(lead, row.others)
    return [
        Cell(day(row.due_day), reverse("quality:inspection_plan", args=[plan.pk])), state,
        Cell(plan.checklist), Cell(plan.site), Cell(plan.get_kind_display()), Cell(team),
        Cell(day(row.planned_day)),
    ]  # fmt: skip


def _team(lead: str, others: int) -> str:
    if not others:
        return lead
    words = ngettext("%(lead)s and %(n)s other", "%(lead)s and %(n)s others", others)
    return words % {"lead": lead, "n": others}


@allow("inspection", GET="read")
def findings_page(request: HttpRequest) -> HttpResponse:
    """Findings within reach: what is to be mended first, the nearest day first."""
    today = business_day(timezone.now())
    rows = _chosen(request, reading.findings_for(request.access), site="site__code", state="status")
    if "state" not in request.GET:
        rows = reading.open_findings(rows)
    page = listed(request, rows, order=("due_on", "id"))
    table = Table(
        _("Findings of inspections"),
        [_("Number"), pgettext("check", "What was found"), _("Site"), _("How grave"), _("Owner"),
         _("Due"),
         _("State")],
        [_finding(row, today) for row in page], page=page, export="inspection", icon="flag",
        tabs=_tabs("inspection_findings"), empty=_("Nothing is to be mended"),
        hint=_("A point that fails in an inspection stands here until somebody else has verified "
               "that it is mended"), actions=_by_state(),
    )  # fmt: skip
    return table_page(request, table)


def _by_state() -> list[tuple[str, Any, str]]:
    base = reverse("quality:inspection_findings")
    return [
        (base, _("To be done"), "flag"),
        (f"{base}?state={FindingState.VERIFIED}", FindingState.VERIFIED.label, "checks"),
    ]


def _finding(row: Any, today: Any) -> list[Cell]:
    is_late = row.status == FindingState.OPEN and row.due_on < today
    badge = {"verified": "good", "fixed": "warn"}.get(row.status, "neutral")
    state = Cell(row.get_status_display(), badge=badge)
    return [
        Cell(f"F-{row.pk}", reverse("quality:inspection_finding", args=[row.pk])),
        Cell(row.text), Cell(row.site),
        Cell(PointGrade(row.severity).label, badge="bad" if row.severity == "major" else "warn"),
        Cell(row.owner.name if row.owner else None), Cell(day(row.due_on)),
        Cell(_("Overdue"), badge="bad") if is_late else state,
    ]  # fmt: skip


@allow("inspection", GET="read")
def plans_page(request: HttpRequest) -> HttpResponse:
    """The plans of the reader's sites."""
    rows = InspectionPlan.objects.filter(request.access.rows(site="site_id"))
    rows = rows.select_related("checklist", "site", "lead").annotate(others=Count("members"))
    page = listed(request, rows)
    plan = access_for(request.user, "inspection", "plan")
    table = Table(
        _("Inspection plan"),
        [_("Checklist"), _("Site"), pgettext("inspection", "Kind"), _("How often"), _("Leader"),
         pgettext("inspection", "Team") + "#", _("Since"), _("Until")],
        [_plan(row) for row in page], page=page, export="inspection", icon="calendar",
        tabs=_tabs("inspection_plans"), empty=_("Nothing is planned yet"),
        hint=_("A plan makes its days by itself, each of them once"),
        actions=[(reverse("quality:inspection_plan_new"), pgettext("inspection", "New plan"),
                  "plus")] if plan else [],
    )  # fmt: skip
    return table_page(request, table)


def _plan(row: Any) -> list[Cell]:
    often = row.get_every_display()
    often = f"{often} × {row.interval}" if row.interval > 1 else often
    return [
        Cell(row.checklist, reverse("quality:inspection_plan", args=[row.pk])), Cell(row.site),
        Cell(row.get_kind_display()), Cell(often), Cell(row.lead.name),
        Cell(row.others + 1, is_number=True), Cell(day(row.starts_on)),
        Cell(day(row.ends_on) if row.ends_on else None),
    ]  # fmt: skip
