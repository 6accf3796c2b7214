"""Addresses of the warehouse: zones, the dwell check, arrivals."""

from django.urls import path

from shipments.views import warehouse

WAREHOUSE = [
    path("zones/", warehouse.zones_page, name="zones"),
    path("zones/new/", warehouse.zone_edit, name="zone_new"),
    path("zones/dwell/", warehouse.dwell_page, name="dwell"),
    path("zones/dwell/<int:pk>/", warehouse.dwell_one, name="dwell_one"),
    path("zones/<int:pk>/", warehouse.zone_page, name="zone"),
    path("zones/<int:pk>/edit/", warehouse.zone_edit, name="zone_edit"),
    path("lanes/damage/", warehouse.damage_page, name="damage"),
    path("arrivals/", warehouse.arrivals_page, name="arrivals"),
    path("arrivals/<str:number>/", warehouse.arrival_page, name="arrival"),
]
