"""Addresses of this app."""

from django.urls import path  # noqa: F401 -- filled by the owner

app_name = "kpi"
urlpatterns: list = []
