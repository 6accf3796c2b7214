"""Lists of reviews and of the plans they recur by."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core import audit
from courierqa.core.access import allow, may
from courierqa.core.calendars import business_day
from courierqa.core.exports import csv_response
from courierqa.core.formats import day
from courierqa.core.paging import page_of
from quality.forms.reviews import EndPlanForm, PlanForm
from quality.models import Review, ReviewPlan
from quality.review_enums import ReviewKind
from quality.selectors.reviews import lists as selectors
from quality.services import reviews as services
from staff.views.records import Cell, Deed, Record, Table, make_page, record_page, table_page

MOST_ROWS = 5000
SHOWN = 24


@allow("review", GET="read")
def reviews_page(request: HttpRequest) -> HttpResponseBase:
    """List reviews, newest first; what was not held by its day is overdue (TIM-07, REV-01)."""
    access, today = request.access, business_day(timezone.now())
    reach = selectors.reviews_for(access)
    rows = selectors.filtered(reach, request.GET, today=today)
    if request.GET.get("format") == "csv":
        return _file(request, rows)
    found = page_of(selectors.with_counts(rows), request.GET, order=("-due_day", "-id"))
    page = {
        "title": pgettext("page", "Reviews"), "page": found, "rows": found.rows, "today": today,
        "overdue": selectors.overdue_count(reach, today=today), "kinds": ReviewKind.choices,
        "sites": selectors.sites_of(access),
        "to_end": selectors.decisions_to_end(access).count(),
        "may_plan": may(request.user, "review", "plan"),
        "may_export": may(request.user, "review", "export"),
        "chosen": {name: request.GET.get(name, "")[:12] for name in ("kind", "show", "site")},
    }  # fmt: skip
    return render(request, "quality/reviews/reviews.html", page)


def _file(request: HttpRequest, rows: QuerySet[Review]) -> HttpResponseBase:
    """Answer with the list as it is filtered, logged first."""
    if not may(request.user, "review", "export"):
        raise PermissionDenied
    audit.record("export.csv", None, actor=request.user, at=timezone.now(), reason="reviews",
                 request=request, seal_now=True)  # fmt: skip
    head = [_("Number"), pgettext("review", "Kind"), _("Site"), _("Who holds it"), _("Due"),
            _("Status"), _("Held on"), _("Decisions"), _("Ended")]  # fmt: skip
    lines = (
        [row.number, row.get_kind_display(), row.site or "", row.owner, row.due_day,
         row.get_status_display(), row.held_on or "", row.decisions_n, row.ended_n]
        for row in selectors.with_counts(rows).order_by("-due_day", "-id")[:MOST_ROWS]
    )  # fmt: skip
    return csv_response("reviews.csv", head, lines)


@allow("review", GET="plan")
def plans_page(request: HttpRequest) -> HttpResponse:
    """Show who holds which review how often."""
    rows = ReviewPlan.objects.select_related("site", "owner")
    return table_page(request, Table(
        title=_("Plan of reviews"),
        heads=[pgettext("review", "Which review"), _("Site"), _("Who holds it"), _("How often"),
               _("First to be held by"), _("Until")],
        rows=[
            [Cell(one.get_kind_display(), reverse("quality:review_plan", args=[one.pk])),
             Cell(one.site or _("Whole company")), Cell(one.owner.name),
             Cell(one.get_every_display()), Cell(day(one.starts_on)),
             Cell(day(one.ends_on) if one.ends_on else "—")]
            for one in rows
        ],
        actions=[(reverse("quality:review_plan_new"), _("Plan a review"), "plus")],
        empty=_("No review is planned"), icon="calendar",
        hint=_("Plan the monthly look at timeliness and the yearly management review"),
    ))  # fmt: skip


@allow("review", GET="plan", POST="plan")
def plan_new(request: HttpRequest) -> HttpResponse:
    """Plan a series of reviews."""
    now = timezone.now()
    today = business_day(now)
    form = PlanForm(request.POST or None, initial={"every": "month", "starts_on": today})

    def save(said: dict[str, Any]) -> str:
        plan = services.make_review_plan(**said, by=request.user, at=now)
        return reverse("quality:review_plan", args=[plan.pk])

    lead = _("Each turn is made by itself, once. One that is not held by its day is overdue, and "
             "whoever holds it is told")  # fmt: skip
    return make_page(request, form, save, title=_("Plan a review"), submit=_("Plan it"), lead=lead,
                     back=reverse("quality:review_plans"))  # fmt: skip


@allow("review", GET="plan", POST="plan")
def plan_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan with its turns; it is ended, never deleted."""
    plan = get_object_or_404(ReviewPlan.objects.select_related("site", "owner", "made_by"), pk=pk)
    turns = list(plan.reviews.select_related("site").order_by("-planned_day")[:SHOWN])
    place = plan.site or _("Whole company")
    record = Record(
        title=f"{plan.get_kind_display()} · {place}",
        back=reverse("quality:review_plans"), back_label=_("Plan of reviews"),
        deeds=_deeds(request, plan),
        facts=[(_("Who holds it"), plan.owner.name), (_("How often"), plan.get_every_display()),
               (_("First to be held by"), day(plan.starts_on)),
               (_("Until"), day(plan.ends_on) if plan.ends_on else None)],
        lines=[(_("Turns"), [_turn(one) for one in turns])],
    )  # fmt: skip
    return record_page(request, record)


def _turn(one: Review) -> Cell:
    late = one.done_at is None and one.due_day < business_day(timezone.now())
    badge = "good" if one.done_at else "bad" if late else ""
    word = pgettext("review", "overdue") if late else one.get_status_display()
    url = reverse("quality:review", args=[one.pk])
    return Cell(f"{one.number} · {day(one.due_day)} · {word}", url, badge=badge)


def _deeds(request: HttpRequest, plan: ReviewPlan) -> list[Deed]:
    if plan.ends_on is not None:
        return []

    def end(said: dict[str, Any]) -> None:
        services.end_review_plan(plan, **said, by=request.user, at=timezone.now())

    return [Deed("end", _("End the plan"), EndPlanForm, icon="x", is_grave=True, do=end)]
