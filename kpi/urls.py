"""Addresses of this app."""

from django.urls import path, re_path

from kpi.views import (
    dashboard,
    durations,
    effect,
    grade_parts,
    metric,
    records,
    reports,
    targets,
    tiles,
    voice,
)

app_name = "kpi"
urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("kpi/", metric.catalogue, name="catalogue"),
    path("kpi/home/changed/", tiles.home_changed, name="home_changed"),
    path("kpi/home/mine/", tiles.home_mine, name="home_mine"),
    path("kpi/tile/<slug:code>/", tiles.tile, name="tile"),
    path(
        "kpi/grade/<str:number>/<str:month>/<slug:part>/",
        grade_parts.part_page,
        name="grade_part",
    ),
    path("kpi/durations/<slug:code>/", durations.duration_page, name="duration"),
    path("kpi/<slug:code>/", metric.metric_page, name="metric"),
    path("kpi/<slug:code>/records/", records.records_page, name="records"),
    path("training/plan/<int:pk>/effect/", effect.training_effect_page, name="training_effect"),
    path("voice/", voice.voice_page, name="voice"),
    path("voice/campaign/", voice.campaign_new, name="campaign_new"),
    path("targets/", targets.targets_page, name="targets"),
    path("targets/<slug:code>/", targets.target_change, name="target_change"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<str:period>/", reports.report, name="report"),
    path("reports/<str:period>/progress/", reports.report_progress, name="report_progress"),
    path("reports/<str:period>/make/", reports.report_make, name="report_make"),
    path("reports/<str:period>/freeze/", reports.report_freeze, name="report_freeze"),
    re_path(
        r"^reports/(?P<period>[0-9-]{7})/(?P<lang>zh|en)\.pdf$",
        reports.report_pdf,
        name="report_pdf",
    ),
    re_path(
        r"^reports/(?P<period>[0-9-]{7})/data\.(?P<suffix>xlsx|json)$",
        reports.report_data,
        name="report_data",
    ),
]
