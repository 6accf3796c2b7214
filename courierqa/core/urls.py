"""Addresses of the ground floor: home, language, health, audit trail, runs."""

from django.urls import path

from courierqa.core import views

app_name = "core"
urlpatterns: list = [
    path("", views.home, name="home"),
    path("language/", views.language, name="language"),
    path("healthz", views.healthz, name="healthz"),
    path("sw.js", views.worker, name="worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
