"""Plans of inspections: one page each, with its days."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import access_for, allow
from courierqa.core.calendars import business_day
from courierqa.core.formats import day
from quality.forms.inspections import EndForm, MoveForm, PlanForm
from quality.models import InspectionPlan, PlannedInspection
from quality.services import inspections as services
from staff.views.records import Cell, Deed, Record, make_page, record_page

SHOWN = 30


@allow("inspection", GET="plan", POST="plan")
def plan_new(request: HttpRequest) -> HttpResponse:
    """Plan an inspection by a rule."""
    now = timezone.now()
    form = PlanForm(request.POST or None, initial={"starts_on": business_day(now)})

    def save(said: dict[str, Any]) -> str:
        said["members"] = list(said["members"])
        plan = services.make_inspection_plan(**said, by=request.user, at=now)
        return reverse("quality:inspection_plan", args=[plan.pk])

    lead = _("The days are made by themselves; random and targeted inspections are never counted "
             "in one rate")  # fmt: skip
    return make_page(
        request, form, save, title=_("New inspection plan"), submit=_("Plan it"), lead=lead,
        back=reverse("quality:inspection_plans"),
    )  # fmt: skip


@allow("inspection", GET="read", POST="plan")
def plan_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: its team and its days; it is ended, never deleted."""
    plans = InspectionPlan.objects.filter(request.access.rows(site="site_id"))
    plan = get_object_or_404(plans.select_related("checklist", "site", "lead"), pk=pk)
    today = business_day(timezone.now())
    days = list(plan.days.order_by("-planned_day").select_related("inspection")[:SHOWN])
    team = [plan.lead.name, *plan.members.values_list("name", flat=True)]
    record = Record(
        title=f"{plan.checklist} · {plan.site}", back=reverse("quality:inspection_plans"),
        back_label=_("Inspection plan"), deeds=_deeds(request, plan),
        facts=[(pgettext("inspection", "Kind"), plan.get_kind_display()),
               (_("Reason"), plan.reason or None),
               (_("How often"), f"{plan.get_every_display()} × {plan.interval}"),
               (pgettext("inspection", "Team"), "、".join(team)),
               (_("Joint inspection"), _("yes") if len(team) > 1 else _("no")),
               (_("Since"), day(plan.starts_on)),
               (_("Until"), day(plan.ends_on) if plan.ends_on else None)],
        lines=[(_("Days"), [_day(request, one, today) for one in days])],
    )  # fmt: skip
    return record_page(request, record)


def _day(request: HttpRequest, one: PlannedInspection, today: Any) -> Cell:
    moved = "" if one.due_day == one.planned_day else f" → {day(one.due_day)}"
    text = f"{day(one.planned_day)}{moved}"
    if one.done_at is not None:
        done = getattr(one, "inspection", None)
        url = reverse("quality:inspection", args=[done.uid]) if done else ""
        late = _("done late") if one.done_at.date() > one.planned_day else pgettext("day", "done")
        return Cell(f"{text} · {late}", url, badge="good")
    url = ""
    if access_for(request.user, "inspection", "plan"):
        url = reverse("quality:inspection_move", args=[one.pk])
    if one.due_day < today:
        late = pgettext("inspection", "overdue")
        return Cell(f"{text} · {late}", url, badge="bad")
    return Cell(text, url)


def _deeds(request: HttpRequest, plan: InspectionPlan) -> list[Deed]:
    if plan.ends_on is not None or access_for(request.user, "inspection", "plan") is None:
        return []
    return [
        Deed("end", pgettext("inspection", "End the plan"), EndForm, icon="x", is_grave=True,
             do=lambda said: services.end_plan(plan, **said, by=request.user, at=timezone.now()))
    ]  # fmt: skip


@allow("inspection", GET="plan", POST="plan")
def day_move(request: HttpRequest, pk: int) -> HttpResponse:
    """Put one day off; it is still counted by the day it was planned for."""
    days = PlannedInspection.objects.select_related("plan__checklist", "plan__site")
    one = get_object_or_404(days, pk=pk)
    form = MoveForm(request.POST or None, initial={"due_day": one.due_day})
    back = reverse("quality:inspection_plan", args=[one.plan_id])

    def save(said: dict[str, Any]) -> str:
        services.move_day(one, **said, by=request.user, at=timezone.now())
        return back

    lead = _("%(list)s at %(site)s, planned for %(day)s. The figure still counts by that day")
    values = {"list": one.plan.checklist, "site": one.plan.site, "day": day(one.planned_day)}
    return make_page(
        request, form, save, title=_("Put an inspection off"), submit=_("Put it off"), back=back,
        lead=lead % values,
    )  # fmt: skip
