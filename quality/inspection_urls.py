"""Addresses of checklists, inspections and evaluations."""

from django.urls import path

from quality.views.inspections import (
    checklists,
    drafts,
    evaluations,
    lists,
    live,
    one,
    phone,
    plans,
)

_FINDING = "inspections/findings/<int:pk>/"
_PLANS = "inspections/plans/"
urlpatterns = [
    path("m/inspect/", phone.m_inspections, name="m_inspections"),
    path("m/inspect/<str:key>/", phone.m_inspect, name="m_inspect"),
    path("inspections/", lists.inspections_page, name="inspections"),
    path("inspections/due/", lists.due_page, name="inspections_due"),
    path("inspections/days/<int:pk>/move/", plans.day_move, name="inspection_move"),
    path("inspections/findings/", lists.findings_page, name="inspection_findings"),
    path(_FINDING, one.finding_page, name="inspection_finding"),
    path(f"{_FINDING}fix/", one.fix, name="inspection_fix"),
    path(_PLANS, lists.plans_page, name="inspection_plans"),
    path(f"{_PLANS}new/", plans.plan_new, name="inspection_plan_new"),
    path(f"{_PLANS}<int:pk>/", plans.plan_page, name="inspection_plan"),
    path("inspections/files/<uuid:uid>/", one.file_open, name="inspection_file"),
    path("inspections/<uuid:uid>/", one.inspection_page, name="inspection"),
    path("inspections/<uuid:uid>/<int:position>/correct/", one.correct, name="inspection_correct"),
    path("checklists/", checklists.checklists_page, name="checklists"),
    path("checklists/<slug:code>/", checklists.checklist_page, name="checklist"),
    path("checklists/<slug:code>/draft/", drafts.draft_page, name="checklist_draft"),
    path("checklists/<slug:code>/compare/", drafts.compare_page, name="checklist_compare"),
    path("checklists/<slug:code>/points/new/", drafts.point_edit, name="point_new"),
    path("checklists/<slug:code>/points/<int:pk>/", drafts.point_edit, name="point_edit"),
    path("control-plan/", checklists.control_plan, name="control_plan"),
    path("control-plan/rules/", checklists.norms_page, name="norms"),
    path("evaluations/", evaluations.evaluations_page, name="evaluations"),
    path("evaluations/new/", evaluations.evaluation_new, name="evaluation_new"),
    path("evaluations/<uuid:uid>/", evaluations.evaluation_report, name="evaluation_report"),
    path("evaluations/plans/", evaluations.plans_page, name="evaluation_plans"),
    path("evaluations/plans/new/", evaluations.plan_new, name="evaluation_plan_new"),
    path("evaluations/plans/<int:pk>/", evaluations.plan_page, name="evaluation_plan"),
    path("evaluations/nodes/<int:pk>/", evaluations.milestone, name="milestone"),
    path("process-reviews/", evaluations.reviews_page, name="process_reviews"),
    path("process-reviews/new/", evaluations.review_new, name="process_review_new"),
    path("camera-clips/", evaluations.clips_page, name="clips"),
    path("camera-clips/new/", evaluations.clip_new, name="clip_new"),
    path("camera-clips/of/<str:ref>/", evaluations.clips_of, name="clips_of"),
    path("live-run/", live.live_page, name="live_run"),
    path("live-run/ranking/", live.ranking_page, name="ranking"),
]
