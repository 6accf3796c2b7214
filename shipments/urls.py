"""Addresses of this app. The public ones exist twice: Chinese, and English under /en/."""

from django.urls import path

from shipments.views import (
    assigning,
    courier,
    exceptions,
    imports,
    orders,
    parcels,
    public,
    station,
    texts,
    tracking,
    webhooks,
)

app_name = "shipments"

PUBLIC = [
    ("track/", tracking.track_page, "track"),
    ("track/<str:waybill>/", tracking.track_parcel_page, "track_parcel"),
    ("service/", public.service_page, "service"),
    ("service/standards/", public.standards_page, "standards"),
    ("service/prices/", public.prices_page, "prices"),
    ("service/area/", public.area_page, "area"),
    ("service/delivery/", public.delivery_rules_page, "delivery_rules"),
    ("service/terms/", public.terms_page, "terms"),
    ("service/notices/", public.notices_page, "notices"),
    ("service/privacy/", public.privacy_page, "privacy"),
]

urlpatterns = [
    path("parcels/", parcels.parcels_page, name="parcels"),
    path("parcels/<str:waybill>/", parcels.parcel_page, name="parcel"),
    path("parcels/<str:waybill>/scan/", parcels.scan_page, name="scan"),
    path("parcels/<str:waybill>/assign/", assigning.assign_page, name="assign"),
    path("parcels/<str:waybill>/promise/", parcels.promise_page, name="promise"),
    path("parcels/<str:waybill>/reveal/", parcels.reveal_page, name="reveal"),
    path("parcels/<str:waybill>/exception/", parcels.exception_new_page, name="exception_new"),
    path("parcels/<str:waybill>/proofs/<uuid:uid>/", parcels.proof_file, name="proof"),
    path("scans/", station.station_page, name="station"),
    path("orders/", orders.orders_page, name="orders"),
    path("orders/new/", orders.order_new_page, name="order_new"),
    path("imports/", imports.imports_page, name="imports"),
    path("imports/new/", imports.import_new_page, name="import_new"),
    path("imports/<int:pk>/", imports.import_page, name="import"),
    path("imports/<int:pk>/columns/", imports.import_columns, name="import_columns"),
    path("imports/<int:pk>/map/", imports.import_map, name="import_map"),
    path("imports/<int:pk>/undo/", imports.import_undo, name="import_undo"),
    path("imports/<int:pk>/rejects.csv", imports.import_rejects, name="import_rejects"),
    path("webhooks/", webhooks.webhooks_page, name="webhooks"),
    path("webhooks/new/", webhooks.webhook_new, name="webhook_new"),
    path("webhooks/<int:pk>/", webhooks.webhook_page, name="webhook"),
    path("webhooks/<int:pk>/change/", webhooks.webhook_change, name="webhook_change"),
    path("webhooks/<int:pk>/secret/", webhooks.webhook_secret, name="webhook_secret"),
    path("webhooks/<int:pk>/switch/", webhooks.webhook_switch, name="webhook_switch"),
    path("webhooks/<int:pk>/test/", webhooks.webhook_test, name="webhook_test"),
    path(
        "webhooks/<int:pk>/deliveries/<uuid:uid>/resend/",
        webhooks.webhook_resend,
        name="webhook_resend",
    ),
    path("exceptions/", exceptions.exceptions_page, name="exceptions"),
    path("exceptions/<str:number>/", exceptions.exception_page, name="exception"),
    path("settings/texts/", texts.texts_page, name="texts"),
    path("settings/texts/<str:code>/", texts.text_page, name="text"),
    path("m/today/", courier.m_today, name="m_today"),
    path("m/scan/", courier.m_scan, name="m_scan"),
    path("m/pickup/<str:waybill>/", courier.m_pickup, name="m_pickup"),
    path("m/deliver/<str:waybill>/", courier.m_deliver, name="m_deliver"),
    path("m/queue/", courier.m_queue, name="m_queue"),
    path("m/me/", courier.m_me, name="m_me"),
    path("m/me/own/", courier.m_own, name="m_own"),
    *(path(route, view, name=name) for route, view, name in PUBLIC),
    *(path(f"en/{route}", view, name=f"{name}_en") for route, view, name in PUBLIC),
]
