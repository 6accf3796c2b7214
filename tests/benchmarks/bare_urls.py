"""The product's addresses and one page beside them that does nothing but look up one row."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from courierqa.urls import urlpatterns as product
from shipments.models import Parcel

PAGE = engines["django"].from_string(
    "<!doctype html><html><head><title>{{ parcel.waybill }}</title></head>"
    "<body><h1>{{ parcel.waybill }}</h1><p>{{ parcel.get_state_display }}</p></body></html>"
)


def bare_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """One query, one small template."""
    parcel = Parcel.objects.only("waybill", "state").get(waybill=waybill)
    return HttpResponse(PAGE.render({"parcel": parcel}, request))


urlpatterns = [path("bare/<str:waybill>/", bare_page), *product]
