"""Addresses of this app."""

from django.urls import path

from shipments.views import courier

app_name = "shipments"
urlpatterns: list = [
    path("m/today/", courier.m_today, name="m_today"),
    path("m/scan/", courier.m_scan, name="m_scan"),
    path("m/pickup/<str:waybill>/", courier.m_pickup, name="m_pickup"),
    path("m/deliver/<str:waybill>/", courier.m_deliver, name="m_deliver"),
    path("m/queue/", courier.m_queue, name="m_queue"),
    path("m/me/", courier.m_me, name="m_me"),
]
