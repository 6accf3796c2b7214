"""Addresses of the cases API."""

from django.urls import path

from complaints.api import Cases, OneCase

urlpatterns = [
    path("cases/", Cases.as_view(), name="api_cases"),
    path("cases/<str:number>/", OneCase.as_view(), name="api_case"),
]
