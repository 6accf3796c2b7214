"""All addresses of the product. Public pages exist twice: Chinese, and English under /en/."""

from django.urls import include, path

urlpatterns = [
    path("", include("courierqa.core.urls")),
    path("", include("staff.urls")),
    path("", include("shipments.urls")),
    path("", include("complaints.urls")),
    path("", include("quality.urls")),
    path("", include("kpi.urls")),
    path("api/v1/", include("courierqa.api_urls")),
]

handler400 = "courierqa.core.error_views.bad_request"
handler403 = "courierqa.core.error_views.permission_denied"
handler404 = "courierqa.core.error_views.not_found"
handler500 = "courierqa.core.error_views.server_error"
