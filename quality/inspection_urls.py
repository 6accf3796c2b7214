"""Addresses of checklists, inspections and evaluations."""

from django.urls import path

from quality.views.inspections import phone

urlpatterns = [
    path("m/inspect/", phone.m_inspections, name="m_inspections"),
    path("m/inspect/<str:key>/", phone.m_inspect, name="m_inspect"),
]
