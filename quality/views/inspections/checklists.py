"""Checklists with their versions, the control plan, the rules and what checks them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import allow, may
from courierqa.core.calendars import business_day
from courierqa.core.formats import day
from quality.forms.inspections import NothingForm, OwnerForm
from quality.inspection_enums import Area, Method, VersionState
from quality.models import Checklist, ChecklistLine, ChecklistVersion
from quality.selectors.inspections import control
from quality.services import inspections as services
from staff.models import local
from staff.views.records import Cell, Deed, Record, Table, record_page, table_page

BADGES = {VersionState.APPROVED: "good", VersionState.DRAFT: "warn"}


def _tabs(here: str) -> list[tuple[str, Any, bool]]:
    names = (
        ("checklists", pgettext("tab", "Checklists")), ("control_plan", _("Control plan")),
        ("norms", _("Rules and checks")),
    )  # fmt: skip
    return [(reverse(f"quality:{name}"), label, name == here) for name, label in names]


@allow("checklist", GET="read")
def checklists_page(request: HttpRequest) -> HttpResponse:
    """The checklists with owner and version (INS-10)."""
    versions = ChecklistVersion.objects.exclude(state=VersionState.REPLACED)
    by_list: dict[int, list[ChecklistVersion]] = {}
    for version in versions.order_by("number"):
        by_list.setdefault(version.checklist_id, []).append(version)
    lists = Checklist.objects.filter(is_active=True).select_related("owner")
    rows = [_list(row, by_list.get(row.pk, [])) for row in lists]
    table = Table(
        _("Checklists"),
        [_("Checklist"), _("Owner"), _("Present version"), _("Draft"), _("Origin")], rows,
        tabs=_tabs("checklists"), icon="checklist", empty=_("No checklist yet"),
        lead=_("A version that was approved stays as it is; inspections keep the version they "
               "were done with"),
    )  # fmt: skip
    return table_page(request, table)


def _list(row: Checklist, versions: list[ChecklistVersion]) -> list[Cell]:
    present = next((v for v in versions if v.state == VersionState.APPROVED), None)
    draft = next((v for v in versions if v.state == VersionState.DRAFT), None)
    proposal = present is not None and present.is_proposal
    return [
        Cell(row, reverse("quality:checklist", args=[row.code])),
        Cell(row.owner.name) if row.owner else Cell(_("nobody yet"), badge="warn"),
        Cell(f"V{present.number}" if present else None),
        Cell(f"V{draft.number}" if draft else None),
        Cell(pgettext("checklist", "Proposal of the product"),
             badge="neutral") if proposal else Cell(_("Own")),
    ]  # fmt: skip


@allow("checklist", GET="read", POST="change")
def checklist_page(request: HttpRequest, code: str) -> HttpResponse:
    """One checklist: its versions, its owner, the way to its next version."""
    row = get_object_or_404(Checklist.objects.select_related("owner"), code=code)
    versions = list(row.versions.select_related("made_by", "approved_by"))
    live = [v for v in versions if v.state != VersionState.REPLACED]
    record = Record(
        title=row, back=reverse("quality:checklists"), back_label=_("Checklists"),
        facts=[(_("Owner"), row.owner), (_("Versions"), len(versions))],
        lines=[(_version(v), [_point(line) for line in v.lines.all()]) for v in live]
        + [(_("Earlier versions"), [Cell(_version(v)) for v in versions if v not in live])],
        deeds=_deeds(request, row, versions),
    )  # fmt: skip
    record.lines = [*_ways(request, row, versions), *record.lines]
    return record_page(request, record)


def _ways(
    request: HttpRequest, row: Checklist, versions: list[ChecklistVersion]
) -> list[tuple[Any, list[Cell]]]:
    """Return where the draft is worked on, and what differs between the newest versions."""
    draft = next((v for v in versions if v.state == VersionState.DRAFT), None)
    found = []
    if draft is not None and may(request.user, "checklist", "change"):
        url = reverse("quality:checklist_draft", args=[row.code])
        found.append(Cell(_("Work on the points of V%(n)s") % {"n": draft.number}, url))
    if draft is not None or len(versions) > 1:
        url = reverse("quality:checklist_compare", args=[row.code])
        text = _("What changes in V%(n)s, and its approval") if draft else _("What V%(n)s changed")
        found.append(Cell(text % {"n": versions[0].number}, url))
    return [(_("Next version") if draft else _("Changes"), found)] if found else []


def _version(version: ChecklistVersion) -> str:
    who = version.approved_by.display_name if version.approved_by else ""
    when = day(version.approved_at) if version.approved_at else ""
    parts = [f"V{version.number}", version.get_state_display(), who, when]
    return " · ".join(str(part) for part in parts if part)


def _point(line: ChecklistLine) -> Cell:
    parts = [f"{line.position}", line.get_area_display(), str(line), local(line, "limit"),
             line.get_every_display()]  # fmt: skip
    text = " · ".join(part for part in parts if part)
    critical = pgettext("point", "critical")
    return Cell(f"{text} · {critical}" if line.is_critical else text)


def _deeds(request: HttpRequest, row: Checklist, versions: list[ChecklistVersion]) -> list[Deed]:
    by, at = request.user, timezone.now()
    draft = next((v for v in versions if v.state == VersionState.DRAFT), None)
    deeds = []
    if may(by, "checklist", "change"):
        if draft is None:
            deeds.append(Deed("draft", _("Begin a new version"), NothingForm, icon="edit",
                              do=lambda _said: services.new_draft(row, by=by, at=at)))  # fmt: skip
        deeds.append(Deed(
            "own", _("Name the owner"), OwnerForm, icon="user",
            do=lambda said: services.own_checklist(row, **said, by=by, at=at),
        ))  # fmt: skip
    return deeds


@allow("checklist", GET="read")
def control_plan(request: HttpRequest) -> HttpResponse:
    """Every point: what is controlled, how, how often, within what limit (INS-04, AUD-04)."""
    points = control.control_points()
    area, method = (request.GET.get(name, "")[:12] for name in ("area", "method"))
    points = points.filter(area=area) if area in Area.values else points
    points = points.filter(method=method) if method in Method.values else points
    rows = [
        [Cell(line.get_area_display()), Cell(f"{line} ★" if line.is_critical else line),
         Cell(line.get_method_display(), f"?method={line.method}"), Cell(line.get_every_display()),
         Cell(local(line, "limit") or None), Cell(line.norm),
         Cell(line.version.checklist, reverse("quality:checklist",
                                              args=[line.version.checklist.code]))]
        for line in points
    ]  # fmt: skip
    table = Table(
        _("Control plan"),
        [_("Group"), _("Control point"), _("Method"), _("How often"),
         pgettext("checklist", "Limit"), _("Rule"),
         _("Checklist")],
        rows, tabs=_tabs("control_plan"), icon="list-details", export="inspection",
        lead=_("What is watched over the whole process. ★ is critical: when it fails, the whole "
               "inspection fails"),
        empty=_("No point fits"), hint=_("Choose another method"),
    )  # fmt: skip
    return table_page(request, table)


@allow("checklist", GET="read")
def norms_page(request: HttpRequest) -> HttpResponse:
    """The rules of the company and the points that check them; unchecked ones first (INS-05)."""
    found = control.norm_checks(today=business_day(timezone.now()))
    rows = [
        [Cell(one.norm), Cell(local(one.norm, "basis") or None), Cell(one.points, is_number=True),
         Cell(day(one.last_on) if one.last_on else None),
         Cell(_("Checked"), badge="good") if one.is_checked
         else Cell(_("Not checked"), badge="bad")]
        for one in found
    ]  # fmt: skip
    missing = sum(not one.is_checked for one in found)
    lead = _("%(n)s of %(all)s rules are not checked: no point names them, or none was graded in "
             "90 days")  # fmt: skip
    table = Table(
        _("Rules and checks"),
        [_("Rule"), _("Written in"), pgettext("checklist", "Points") + "#", _("Checked last"),
         _("State")], rows,
        tabs=_tabs("norms"), icon="gavel", lead=lead % {"n": missing, "all": len(found)},
        empty=_("No rule yet"), export="inspection",
    )  # fmt: skip
    return table_page(request, table)
