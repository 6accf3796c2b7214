"""Addresses of the API, version 1."""

from django.urls import path
from drf_spectacular.views import SpectacularAPIView


class Schema(SpectacularAPIView):
    """The OpenAPI description, for anyone who may call the API."""

    access = ("public", {"GET": "read"})


urlpatterns: list = [
    path("schema/", Schema.as_view(), name="api_schema"),
]
