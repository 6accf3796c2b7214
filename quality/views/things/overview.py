"""Safety in one place, and the file of every place: what is written, due, open, happened."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import access_for, allow
from courierqa.core.formats import day, share
from quality.document_enums import Category
from quality.selectors import legal
from quality.selectors.documents.library import documents_for, lines_of
from quality.selectors.inspections import reading
from quality.selectors.things import lists, premises
from quality.thing_enums import EquipmentKind
from quality.views.things.shared import day_badge, today
from staff.models import Site, local
from staff.views.records import Cell, Record, Table, record_page, table_page

# The laws whose duties are about safety, the lists that look at it, and how far back it tells.
LAWS, CHECKS, DAYS = ("work-safety",), (*premises.LISTS, "warehouse", "vehicles", "drills"), 90
MOST = 7


@allow("inspection", GET="read")
def premises_page(request: HttpRequest) -> HttpResponse:
    """List every place with the score of its last look and what is open there (PRE-03)."""
    on = today()
    heads = [_("Site"), pgettext("premises", "Last look"), _("Conform") + "#", _("Result"),
             pgettext("premises", "Next look"), _("Open findings") + "#", _("Open hazards") + "#",
             _("Fire equipment holds until"), _("Licences that hold") + "#",
             pgettext("premises", "Cameras") + "#"]  # fmt: skip
    table = Table(
        pgettext("page", "Premises"), heads,
        [_place(one, on) for one in premises.places(request.access, today=on)],
        export="inspection", icon="building-warehouse",
        lead=_("The score is that of the last inspection of the premises or round of the site"),
        empty=_("No site within your reach"), hint=_("Sites are opened under People, Sites"),
    )  # fmt: skip
    return table_page(request, table)


def _place(one: premises.Place, on: Any) -> list[Cell]:
    safety = f"{reverse('quality:safety')}?site={one.site.code}"
    head = [Cell(one.site, safety)]
    if one.last is None:
        head += [Cell(_("never"), badge="warn"), Cell(None, is_number=True), Cell(None)]
    else:
        seen = one.last.conform / one.last.checked if one.last.checked else None
        passed = Cell(_("Not passed"), badge="bad") if one.last.is_failed else Cell(
            pgettext("inspection", "Passed"), badge="good")  # fmt: skip
        head += [Cell(day(one.last.on), reverse("quality:inspection", args=[one.last.uid])),
                 Cell(share(seen), is_number=True), passed]  # fmt: skip
    return [
        *head, day_badge(one.next_on, on=on, soon=0), Cell(one.findings, is_number=True),
        Cell(one.hazards, is_number=True), day_badge(one.fire_until, on=on),
        Cell(one.licences, is_number=True), Cell(one.cameras, is_number=True),
    ]  # fmt: skip


@allow("hazard", GET="read")
def safety_page(request: HttpRequest) -> HttpResponse:
    """Show safety documents, duties, checks, hazards, incidents and drills together (SAF-01)."""
    sites = premises.sites_of(request.access)
    code = request.GET.get("site", "")[:20]
    site = get_object_or_404(sites, code=code) if code else None
    title = _("Safety at a glance")
    record = Record(
        title=f"{title} · {site}" if site else title, back=reverse("quality:premises"),
        back_label=pgettext("page", "Premises"),
        lead=_("What is written, what the law asks, what is due, what is open and what happened "
               "in %(n)s days") % {"n": DAYS},
        facts=[(pgettext("label", "Place"), site or _("every site within your reach"))],
        lines=[part for part in (_documents(request), _duties(request), _checks(request, site),
                                 _hazards(request, site), _incidents(request, site),
                                 _drills(request, site), _cameras(request, site)) if part],
    )  # fmt: skip
    return record_page(request, record)


def _documents(request: HttpRequest) -> tuple[Any, list[Cell]] | None:
    reach = access_for(request.user, "document", "read")
    if reach is None:
        return None
    rows = documents_for(reach).filter(category=Category.SAFETY)
    cells = [Cell(f"{one.row} · v{one.now.version}",
                  reverse("quality:document", args=[one.row.number]))
             for one in lines_of(list(rows)) if one.now]  # fmt: skip
    return _("Safety rules in force"), cells


def _duties(request: HttpRequest) -> tuple[Any, list[Cell]] | None:
    if access_for(request.user, "legal", "read") is None:
        return None
    on = today()
    rows = legal.duties({}, today=on).filter(law__code__in=LAWS)
    return _("What the law asks"), [
        _line(f"{one} · {local(one, 'subject')}", reverse("quality:duty", args=[one.pk]),
              getattr(one, "next_on", None), on)
        for one in rows[:MOST]
    ]  # fmt: skip


def _checks(request: HttpRequest, site: Site | None) -> tuple[Any, list[Cell]] | None:
    reach = access_for(request.user, "inspection", "read")
    if reach is None:
        return None
    on = today()
    rows = reading.due_now(reach, today=on).filter(plan__checklist__code__in=CHECKS)
    rows = rows.filter(plan__site=site) if site else rows
    return _("Checks that are due"), [
        _line(f"{one.plan.checklist} · {one.plan.site}", reverse("quality:inspections_due"),
              one.due_day, on)
        for one in rows[:MOST]
    ]  # fmt: skip


def _hazards(request: HttpRequest, site: Site | None) -> tuple[Any, list[Cell]]:
    on = today()
    rows = lists.hazards_for(request.access).exclude(status="verified").order_by("due_on")
    rows = rows.filter(site=site) if site else rows
    return _("Hazards not removed yet"), [
        _line(f"{one.number} {one.what} · {one.site}",
              reverse("quality:hazard", args=[one.number]), one.due_on, on)
        for one in rows[:MOST]
    ]  # fmt: skip


def _incidents(request: HttpRequest, site: Site | None) -> tuple[Any, list[Cell]] | None:
    reach = access_for(request.user, "safety_incident", "read")
    if reach is None:
        return None
    since = today() - timedelta(days=DAYS)
    rows = lists.incidents_for(reach).filter(happened_at__date__gte=since)
    rows = (rows.filter(site=site) if site else rows).order_by("-happened_at")
    return pgettext("panel", "Incidents"), [
        Cell(f"{day(one.happened_at)} · {one.get_kind_display()} · {one.site} · "
             f"{one.get_status_display()}", reverse("quality:incident", args=[one.number]))
        for one in rows[:MOST]
    ]  # fmt: skip


def _drills(request: HttpRequest, site: Site | None) -> tuple[Any, list[Cell]] | None:
    reach = access_for(request.user, "drill", "read")
    if reach is None:
        return None
    rows = lists.drills_for(reach).order_by("-planned_on")
    rows = rows.filter(site=site) if site else rows
    return pgettext("panel", "Drills"), [
        Cell(f"{day(one.planned_on)} · {one.plan} · {one.site} · {one.get_status_display()}",
             reverse("quality:drill", args=[one.pk]))
        for one in rows[:MOST]
    ]  # fmt: skip


def _cameras(request: HttpRequest, site: Site | None) -> tuple[Any, list[Cell]] | None:
    """Say which cameras cover a place (INS-13); of all places together it would say nothing."""
    reach = access_for(request.user, "equipment", "read")
    if reach is None or site is None:
        return None
    rows = premises.working(lists.equipment_for(reach), EquipmentKind.CAMERA).filter(site=site)
    return pgettext("premises", "Cameras"), [
        Cell(f"{one} · {one.get_status_display()}",
             reverse("quality:equipment_one", args=[one.code])) for one in rows[:50]
    ]  # fmt: skip


def _line(text: str, url: str, due: Any, on: Any) -> Cell:
    """Return a line with its day; one that is past its day is marked."""
    is_late = due is not None and due < on
    return Cell(f"{text} · {day(due)}" if due else text, url, badge="bad" if is_late else "")
