"""Outside evaluations, evaluation plans with nodes, process reviews, clips of cameras."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import access_for, allow, may
from courierqa.core.calendars import business_day
from courierqa.core.formats import day, moment
from courierqa.core.forms import FieldErrors
from quality.forms import inspections as forms
from quality.models import (
    CameraClip,
    EvaluationPlan,
    ExternalEvaluation,
    Milestone,
    ProcessReview,
)
from quality.services import inspections as services
from quality.views.inspections.one import sent_file
from quality.views.raising import sites_for
from staff.views.files import listed
from staff.views.records import Cell, Deed, Record, Table, make_page, record_page, table_page

# So many clips stand on the page of a record; the list of clips holds all.
SHOWN = 20


def _tabs(here: str) -> list[tuple[str, Any, bool]]:
    names = (
        ("evaluations", _("Outside evaluations")), ("evaluation_plans", _("Evaluation plans")),
        ("process_reviews", _("Process reviews")),
    )  # fmt: skip
    return [(reverse(f"quality:{name}"), label, name == here) for name, label in names]


def _new(request: HttpRequest, name: str, label: Any) -> list[tuple[str, Any, str]]:
    allowed = may(request.user, "evaluation", "change")
    return [(reverse(f"quality:{name}"), label, "plus")] if allowed else []


@allow("evaluation", GET="read")
def evaluations_page(request: HttpRequest) -> HttpResponse:
    """What outside bodies found, each with its report (INS-06)."""
    rows = ExternalEvaluation.objects.select_related("site", "by")
    page = listed(request, rows, order=("-on", "-id"))
    cells = [
        [Cell(day(row.on)), Cell(row.body), Cell(row.get_kind_display()), Cell(row.subject),
         Cell(row.site), Cell(row.result),
         Cell(row.name, reverse("quality:evaluation_report", args=[row.uid]))]
        for row in page
    ]  # fmt: skip
    table = Table(
        _("Outside evaluations"),
        [_("Day"), _("By"), pgettext("evaluator", "Kind"), _("What was evaluated"), _("Site"),
         _("Result"), _("Report")],
        cells, page=page, export="evaluation", icon="microscope", tabs=_tabs("evaluations"),
        empty=_("No outside evaluation yet"),
        hint=_("Keep what a coordination unit, an outside body or the regulator found"),
        actions=_new(request, "evaluation_new", _("Record an evaluation")),
    )  # fmt: skip
    return table_page(request, table)


@allow("evaluation", GET="change", POST="change")
def evaluation_new(request: HttpRequest) -> HttpResponse:
    """Keep what an outside body found, with its report."""
    form = forms.EvaluationForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        errors, said = FieldErrors(form), dict(form.cleaned_data)
        file = said.pop("file")
        with errors:
            services.record_evaluation(**said, content=file.read(), name=file.name,
                                       by=request.user, at=timezone.now())  # fmt: skip
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("quality:evaluations")
    page = {"title": _("Record an evaluation"), "form": form,
            "submit": pgettext("record", "Keep it"),
            "back": reverse("quality:evaluations")}  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "components/form_page.html", page, status=status)


@allow("evaluation", GET="read")
def evaluation_report(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send the report, logged first."""
    row = get_object_or_404(ExternalEvaluation, uid=uid)
    return sent_file(services.open_report(row, by=request.user, at=timezone.now()), row.name)


@allow("evaluation", GET="read")
def plans_page(request: HttpRequest) -> HttpResponse:
    """Evaluation plans with their time nodes (INS-07)."""
    today = business_day(timezone.now())
    page = listed(request, EvaluationPlan.objects.select_related("owner").prefetch_related(
        "milestones"), order=("-year", "id"))  # fmt: skip
    table = Table(
        _("Evaluation plans"),
        [_("Year"), pgettext("plan", "Name"), _("Owner"), _("Nodes done"), _("Next node"),
         _("State")],
        [_plan(row, today) for row in page], page=page, export="evaluation", icon="calendar-stats",
        tabs=_tabs("evaluation_plans"), empty=_("No evaluation is planned"),
        hint=_("Plan the year's evaluation with its time nodes"),
        actions=_new(request, "evaluation_plan_new", _("New evaluation plan")),
    )  # fmt: skip
    return table_page(request, table)


def _plan(row: EvaluationPlan, today: Any) -> list[Cell]:
    nodes = list(row.milestones.all())
    still = [one for one in nodes if one.done_on is None]
    late = any(one.due_on < today for one in still)
    state = Cell(_("In time"), badge="good")
    if late:
        state = Cell(_("Overdue"), badge="bad")
    elif not nodes:
        state = Cell(_("No node yet"), badge="warn")
    return [
        Cell(row.year), Cell(row.name, reverse("quality:evaluation_plan", args=[row.pk])),
        Cell(row.owner.name), Cell(f"{len(nodes) - len(still)}/{len(nodes)}"),
        Cell(f"{still[0].name} · {day(still[0].due_on)}" if still else None), state,
    ]  # fmt: skip


@allow("evaluation", GET="change", POST="change")
def plan_new(request: HttpRequest) -> HttpResponse:
    """Plan the evaluation of a year."""
    now = timezone.now()
    form = forms.EvaluationPlanForm(request.POST or None, initial={"year": business_day(now).year})

    def save(said: dict[str, Any]) -> str:
        row = services.make_evaluation_plan(**said, by=request.user, at=now)
        return reverse("quality:evaluation_plan", args=[row.pk])

    return make_page(request, form, save, title=_("New evaluation plan"), submit=_("Plan it"),
                     back=reverse("quality:evaluation_plans"))  # fmt: skip


@allow("evaluation", GET="read", POST="change")
def plan_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: its nodes with what came of them; adding one."""
    row = get_object_or_404(EvaluationPlan.objects.select_related("owner"), pk=pk)
    today = business_day(timezone.now())
    add = Deed(
        "add", _("Add a time node"), forms.MilestoneForm, icon="plus",
        do=lambda said: services.add_milestone(row, **said, by=request.user, at=timezone.now()),
    )  # fmt: skip
    record = Record(
        title=f"{row.year} · {row.name}", back=reverse("quality:evaluation_plans"),
        back_label=_("Evaluation plans"), lead=row.scope, facts=[(_("Owner"), row.owner)],
        lines=[(_("Time nodes"), [_node(one, today) for one in row.milestones.all()])],
        deeds=[add] if may(request.user, "evaluation", "change") else [],
    )  # fmt: skip
    return record_page(request, record)


def _node(one: Milestone, today: Any) -> Cell:
    text = f"{day(one.due_on)} · {one.name}"
    if one.done_on is not None:
        return Cell(f"{text} · {day(one.done_on)} · {one.result}", badge="good")
    url = reverse("quality:milestone", args=[one.pk])
    return Cell(text, url, badge="bad" if one.due_on < today else "neutral")


@allow("evaluation", GET="change", POST="change")
def milestone(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what came of a node."""
    one = get_object_or_404(Milestone.objects.select_related("plan"), pk=pk)
    form = forms.ResultForm(request.POST or None)
    back = reverse("quality:evaluation_plan", args=[one.plan_id])

    def save(said: dict[str, Any]) -> str:
        services.finish_milestone(one, **said, by=request.user, at=timezone.now())
        return back

    return make_page(request, form, save, title=one.name, submit=_("Node done"), back=back)


@allow("evaluation", GET="read")
def reviews_page(request: HttpRequest) -> HttpResponse:
    """Reviews of processes, newest first; one that is due again says so (INS-15)."""
    today = business_day(timezone.now())
    page = listed(request, ProcessReview.objects.select_related("by"), order=("-on", "-id"))
    latest = set(ProcessReview.objects.order_by("process", "-on", "-id").values_list(
        "process", "on"))  # fmt: skip
    newest = {process: max(on for p, on in latest if p == process) for process, _on in latest}
    rows = [
        [Cell(day(row.on)), Cell(row.get_process_display()), Cell(row.get_outcome_display()),
         Cell(row.text), Cell(row.by.display_name), _again(row, newest, today)]
        for row in page
    ]  # fmt: skip
    table = Table(
        _("Process reviews"),
        [_("Day"), pgettext("label", "Process"), pgettext("review", "Outcome"), _("What follows"),
         _("By"),
         _("Next review")],
        rows, page=page, export="evaluation", icon="refresh", tabs=_tabs("process_reviews"),
        empty=_("No process was reviewed yet"), hint=_("Each process is looked at regularly"),
        actions=_new(request, "process_review_new", _("Record a review")),
    )  # fmt: skip
    return table_page(request, table)


def _again(row: ProcessReview, newest: dict[str, Any], today: Any) -> Cell:
    late = newest.get(row.process) == row.on and row.next_on < today
    return Cell(day(row.next_on), badge="bad" if late else "")


@allow("evaluation", GET="change", POST="change")
def review_new(request: HttpRequest) -> HttpResponse:
    """Keep the review of a process."""
    form = forms.ReviewForm(request.POST or None, initial={"on": business_day(timezone.now())})

    def save(said: dict[str, Any]) -> str:
        services.record_review(**said, by=request.user, at=timezone.now())
        return reverse("quality:process_reviews")

    return make_page(request, form, save, title=_("Record a review"),
                     submit=pgettext("record", "Keep it"),
                     back=reverse("quality:process_reviews"))  # fmt: skip


@allow("clip", GET="read")
def clips_page(request: HttpRequest) -> HttpResponse:
    """Where pictures of cameras lie and what they show; those past their day stand out."""
    today = business_day(timezone.now())
    rows = CameraClip.objects.filter(request.access.rows(site="site_id"))
    if about := request.GET.get("about", "")[:60]:
        rows = rows.filter(about=about)
    page = listed(request, rows.select_related("site", "by"), order=("-from_at", "-id"))
    cells = [
        [Cell(moment(row.from_at)), Cell(row.site), Cell(row.camera), Cell(row.about),
         Cell(row.kept_at),
         Cell(day(row.keep_until), badge="warn" if row.keep_until < today else ""),
         Cell(row.by.display_name)]
        for row in page
    ]  # fmt: skip
    new = access_for(request.user, "clip", "create")
    table = Table(
        _("Camera clips"),
        [pgettext("time", "From"), _("Site"), _("Camera"), _("Shows"), _("Where the copy lies"),
         _("Kept until"), _("By")],
        cells, page=page, icon="camera", empty=_("No clip is noted"),
        hint=_("Note where the pictures of a moment lie before the recorder overwrites them"),
        actions=[(reverse("quality:clip_new"), _("Note a clip"), "plus")] if new else [],
    )  # fmt: skip
    return table_page(request, table)


@allow("clip", GET="read")
def clips_of(request: HttpRequest, ref: str) -> HttpResponse:
    """Give a record's page the clips that name it, of the sites the reader sees (INS-13)."""
    rows = CameraClip.objects.filter(request.access.rows(site="site_id"), about__iexact=ref)
    page = {
        "ref": ref, "rows": list(rows.select_related("site")[:SHOWN]),
        "today": business_day(timezone.now()),
    }  # fmt: skip
    return render(request, "quality/_clips_of.html", page)


@allow("clip", GET="create", POST="create")
def clip_new(request: HttpRequest) -> HttpResponse:
    """Note where the pictures of a moment lie."""
    form = forms.ClipForm(request.POST or None, sites=sites_for(request.access),
                          initial={"about": request.GET.get("about", "")[:60]})  # fmt: skip

    def save(said: dict[str, Any]) -> str:
        services.keep_clip(**said, by=request.user, at=timezone.now())
        return reverse("quality:clips")

    return make_page(request, form, save, title=_("Note a clip"),
                     submit=pgettext("record", "Keep it"),
                     back=reverse("quality:clips"))  # fmt: skip
