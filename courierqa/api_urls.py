"""Addresses of the API, version 1."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from kpi.api import DurationFigures, FigureChange, Figures


class Schema(SpectacularAPIView):
    """The OpenAPI description, for anyone who may call the API."""

    access = ("public", {"GET": "read"})


urlpatterns: list = [
    path("schema/", Schema.as_view(), name="api_schema"),
    path("figures/change/", FigureChange.as_view(), name="api_figure_change"),
    path("durations/", DurationFigures.as_view(), name="api_durations"),
    path("figures/", Figures.as_view(), name="api_figures"),
    path("", include("shipments.api.urls")),
    path("", include("complaints.api_urls")),
]
