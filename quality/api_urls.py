"""Addresses of the quality API."""

from django.urls import path

from quality.api.inspections import Inspections, Photos, Work

urlpatterns = [
    path("inspections/", Inspections.as_view(), name="api_inspections"),
    path("inspections/waiting/", Work.as_view(), name="api_inspection_work"),
    path("inspections/photos/", Photos.as_view(), name="api_inspection_photos"),
]
