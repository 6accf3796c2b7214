"""Surveys for staff: plans, rounds, questionnaires, measures."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints.enums import SCORED_BLOCKS
from complaints.forms.surveys import CheckForm, MeasureForm, PlanForm, QuestionnaireForm
from complaints.models import SurveyMeasure, SurveyPlan, SurveyRound, SurveyTemplate
from complaints.selectors import surveys as selectors
from complaints.services import sampling
from complaints.services import surveys as services
from complaints.views.requests import StaffRequest
from courierqa.core.access import allow, may
from courierqa.core.calendars import business_day
from courierqa.core.forms import FieldErrors, form_page
from courierqa.core.paging import page_of


@allow("survey", GET="read")
def surveys_page(request: StaffRequest) -> HttpResponse:
    """List the plans with their last and next round (SAT-01)."""
    today = business_day(timezone.now())
    context = {
        "title": _("Surveys"), "plans": selectors.plans(today=today), "tab": "plans",
        "templates": selectors.questionnaires(),
        "may_change": may(request.user, "survey", "change"),
    }  # fmt: skip
    return render(request, "complaints/surveys/plans.html", context)


@allow("survey", GET="change", POST="change")
def plan_edit(request: StaffRequest, pk: int = 0) -> HttpResponse:
    """Write a plan; it waits for a second person."""
    plan = get_object_or_404(SurveyPlan, pk=pk, ended_at=None) if pk else None
    start = {name: getattr(plan, name) for name in PlanForm.base_fields} if plan else {}
    form = PlanForm(request.POST or None, initial=start, templates=selectors.questionnaires())
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            made = services.save_plan(
                plan=plan, said=form.cleaned_data, by=request.user, at=timezone.now()
            )
        if errors.ok:
            messages.success(request, _("Saved. It runs after a second person approved it"))
            return redirect("complaints:survey_plan", made.pk)
    title = str(plan) if plan else _("New survey plan")
    context = {"title": title, "form": form, "back": reverse("complaints:surveys"),
               "submit": _("Save")}  # fmt: skip
    return form_page(request, "components/form_page.html", context)


@allow("survey", GET="read")
def plan_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a plan with its rounds."""
    plan = get_object_or_404(SurveyPlan.objects.select_related("owner", "approved_by"), pk=pk)
    is_own = plan.owner_id == request.user.pk
    context = {
        "title": str(plan), "plan": plan, "rounds": selectors.rounds_of(plan),
        "missed": selectors.missed_days(plan, now=timezone.now()),
        "may_change": may(request.user, "survey", "change") and plan.ended_at is None,
        "may_approve": may(request.user, "survey", "approve") and not is_own
        and plan.approved_at is None and plan.ended_at is None,
        "today": business_day(timezone.now()), "seen": plan.updated_at.isoformat(),
    }  # fmt: skip
    return render(request, "complaints/surveys/plan.html", context)


@allow("survey", POST="approve")
def plan_approve(request: StaffRequest, pk: int) -> HttpResponse:
    """Let a plan run."""
    plan = get_object_or_404(SurveyPlan, pk=pk)
    seen = request.POST.get("seen", "")[:40]
    services.approve_plan(plan=plan, seen=seen, by=request.user, at=timezone.now())
    return redirect("complaints:survey_plan", pk)


@allow("survey", POST="change")
def plan_end(request: StaffRequest, pk: int) -> HttpResponse:
    """End a plan."""
    plan = get_object_or_404(SurveyPlan, pk=pk)
    services.end_plan(plan=plan, by=request.user, at=timezone.now())
    return redirect("complaints:survey_plan", pk)


@allow("survey", GET="read")
def round_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Show a drawn sample, and whether drawing again gives the same (SAT-04)."""
    rows = SurveyRound.objects.select_related("plan", "template")
    held = get_object_or_404(rows, pk=pk)
    invited = held.invitations.filter(request.access.rows(site="site_id"))
    page = page_of(invited.select_related("parcel", "site"), request.GET, order=("place", "id"))
    context = {
        "title": _("Round of %(day)s") % {"day": held.planned_on}, "round": held, "page": page,
        "same": sampling.drawn_again(held) if request.GET.get("check") else "",
        "may_interview": may(request.user, "survey", "interview"),
    }  # fmt: skip
    return render(request, "complaints/surveys/round.html", context)


@allow("survey", GET="read", POST="change")
def questionnaire_page(request: StaffRequest, code: str) -> HttpResponse:
    """Show a questionnaire and write its next version (SAT-05)."""
    versions = list(SurveyTemplate.objects.filter(code=code).prefetch_related("questions"))
    if not versions:
        raise Http404
    newest = versions[0]
    form = QuestionnaireForm(request.POST or None, initial=_start(newest))
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            _publish(request, code, form.cleaned_data)
        if errors.ok:
            messages.success(request, _("Published. The next round asks it"))
            return redirect("complaints:questionnaire", code)
    context = {"title": str(newest), "versions": versions, "form": form, "tab": "plans",
               "may_change": may(request.user, "survey", "change")}  # fmt: skip
    return form_page(request, "complaints/surveys/questionnaire.html", context)


def _start(row: SurveyTemplate) -> dict[str, Any]:
    return {
        "name": row.name, "name_en": row.name_en, "seen_version": row.version,
        "questions": QuestionnaireForm.lines_of(row.questions.all()),
        **{block.value: row.weights.get(block.value, 0) for block in SCORED_BLOCKS},
    }  # fmt: skip


def _publish(request: StaffRequest, code: str, said: dict[str, Any]) -> None:
    services.publish_questionnaire(
        code=code, name=said["name"], name_en=said["name_en"], questions=said["questions"],
        weights={block.value: said[block.value] for block in SCORED_BLOCKS},
        seen_version=said["seen_version"], by=request.user, at=timezone.now(),
    )  # fmt: skip


@allow("survey", GET="read")
def measures_page(request: StaffRequest) -> HttpResponse:
    """List what is done about findings, with the score before and after (SAT-08)."""
    rows = selectors.measures()[:50]
    context = {
        "title": _("Measures"), "rows": rows, "tab": "measures",
        "today": business_day(timezone.now()),
        "may_change": may(request.user, "survey", "change"),
    }  # fmt: skip
    return render(request, "complaints/surveys/measures.html", context)


@allow("survey", GET="change", POST="change")
def measure_new(request: StaffRequest) -> HttpResponse:
    """Decide what is done about a finding (SAT-07)."""
    form = MeasureForm(
        request.POST or None, initial={"finding": request.GET.get("finding", "")[:200]}
    )
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            row = services.begin_measure(said=form.cleaned_data, by=request.user, at=timezone.now())
        if errors.ok:
            return redirect("complaints:measure", row.pk)
    back = reverse("complaints:survey_measures")
    context = {"title": _("New measure"), "form": form, "back": back, "submit": _("Save")}
    return form_page(request, "components/form_page.html", context)


@allow("survey", GET="read", POST="change")
def measure_page(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the numbers before and after; somebody else than the owner judges them."""
    rows = SurveyMeasure.objects.select_related("owner", "site", "checked_by")
    row = get_object_or_404(rows, pk=pk)
    before, after = selectors.before_after(row)
    form = CheckForm(request.POST or None, initial={"result": selectors.effect_of(before, after)})
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.check_measure(
                measure=row, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        if errors.ok:
            return redirect("complaints:measure", pk)
    due = business_day(timezone.now()) >= row.check_on
    context = {
        "title": row.measure, "row": row, "form": form,
        "scores": [(_("Before"), before), (_("After"), after)],
        "suggested": selectors.effect_of(before, after).label,
        "may_check": may(request.user, "survey", "change") and row.checked_at is None and due
        and row.owner_id != request.user.pk,
    }  # fmt: skip
    return form_page(request, "complaints/surveys/measure.html", context)
