"""Addresses of this app. The public ones exist twice: Chinese, and English under /en/."""

from django.urls import path

from shipments.views import (
    assigning,
    classes,
    courier,
    exception,
    exceptions,
    imports,
    monitor,
    notices,
    orders,
    parcels,
    station,
    stops,
    tracking,
    watchlist,
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
    path("parcels/<str:waybill>/stop/", stops.stop_page, name="stop"),
    path("parcels/<str:waybill>/release/", stops.release_page, name="release"),
    path("parcels/<str:waybill>/proofs/<uuid:uid>/", parcels.proof_file, name="proof"),
    path("scans/", station.station_page, name="station"),
    path("orders/", orders.orders_page, name="orders"),
    path("orders/new/", orders.order_new_page, name="order_new"),
    path("imports/", imports.imports_page, name="imports"),
    path("imports/new/", imports.import_new_page, name="import_new"),
    path("imports/<int:pk>/", imports.import_page, name="import"),
    path("imports/<int:pk>/rejects.csv", imports.import_rejects, name="import_rejects"),
    path("exceptions/", exceptions.exceptions_page, name="exceptions"),
    path("exceptions/export.csv", exceptions.exceptions_csv, name="exceptions_csv"),
    path("exceptions/<str:number>/", exception.exception_page, name="exception"),
    path("exceptions/<str:number>/move/", exceptions.exception_move, name="exception_move"),
    path(
        "exceptions/<str:number>/photos/<uuid:uid>/",
        exception.exception_photo,
        name="exception_photo",
    ),
    path("exceptions/<str:number>/decide/", exception.blame_decide, name="blame_decide"),
    path("exceptions/<str:number>/appeal/", exception.blame_appeal, name="blame_appeal"),
    path("exceptions/<str:number>/answer/", exception.blame_answer, name="blame_answer"),
    path("home/exceptions/now/", exceptions.home_now, name="home_now"),
    path("watchlist/", watchlist.watchlist_page, name="watchlist"),
    path("watchlist/export.csv", watchlist.watchlist_csv, name="watchlist_csv"),
    path("monitor/", monitor.monitor_page, name="monitor"),
    path("monitor/process/", monitor.process_page, name="process"),
    path("service-notices/", notices.notices_page, name="notices"),
    path("service-notices/new/", notices.notice_new, name="notice_new"),
    path("service-notices/<int:pk>/", notices.notice_page, name="notice"),
    path("settings/exceptions/", classes.classes_page, name="exception_classes"),
    path("settings/exceptions/new/", classes.class_new, name="exception_class_new"),
    path("settings/exceptions/<slug:code>/", classes.class_page, name="exception_class"),
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
