"""Addresses of this app."""

from django.urls import path

from kpi.views import dashboard, metric, records, targets, tiles

app_name = "kpi"
urlpatterns = [
    path("dashboard/", dashboard.dashboard, name="dashboard"),
    path("kpi/", metric.catalogue, name="catalogue"),
    path("kpi/home/changed/", tiles.home_changed, name="home_changed"),
    path("kpi/home/mine/", tiles.home_mine, name="home_mine"),
    path("kpi/tile/<slug:code>/", tiles.tile, name="tile"),
    path("kpi/<slug:code>/", metric.metric_page, name="metric"),
    path("kpi/<slug:code>/records/", records.records_page, name="records"),
    path("targets/", targets.targets_page, name="targets"),
    path("targets/<slug:code>/", targets.target_change, name="target_change"),
]
