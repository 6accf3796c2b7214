"""Addresses of the interface for phones: incidents."""

from django.urls import path

from quality.api.incidents import Incidents

urlpatterns = [path("incidents/", Incidents.as_view(), name="api_incidents")]
