"""Addresses of this app. The public ones exist twice: Chinese, and English under /en/."""

from django.urls import path

from shipments.views import (
    assigning,
    correcting,
    courier,
    exceptions,
    findings,
    imports,
    orders,
    parcels,
    reasons,
    scan_quality,
    station,
    tracking,
)

app_name = "shipments"

PUBLIC = [
    ("track/", tracking.track_page, "track"),
    ("track/<str:waybill>/", tracking.track_parcel_page, "track_parcel"),
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
    path(
        "parcels/<str:waybill>/scans/<uuid:uid>/correct/",
        correcting.correct_page,
        name="scan_correct",
    ),
    path("findings/", findings.findings_page, name="findings"),
    path("findings/findings.csv", findings.findings_csv, name="findings_csv"),
    path("findings/<int:pk>/", findings.finding_page, name="finding"),
    path("scan-quality/", scan_quality.scan_quality_page, name="scan_quality"),
    path("settings/reasons/", reasons.reasons_page, name="reasons"),
    path("settings/reasons/new/", reasons.reason_new_page, name="reason_new"),
    path("settings/reasons/<slug:code>/", reasons.reason_page, name="reason"),
    path("scans/", station.station_page, name="station"),
    path("orders/", orders.orders_page, name="orders"),
    path("orders/new/", orders.order_new_page, name="order_new"),
    path("imports/", imports.imports_page, name="imports"),
    path("imports/new/", imports.import_new_page, name="import_new"),
    path("imports/<int:pk>/", imports.import_page, name="import"),
    path("imports/<int:pk>/rejects.csv", imports.import_rejects, name="import_rejects"),
    path("exceptions/", exceptions.exceptions_page, name="exceptions"),
    path("exceptions/<str:number>/", exceptions.exception_page, name="exception"),
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
