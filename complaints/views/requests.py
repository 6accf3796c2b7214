"""The request of a signed-in colleague, as `allow` and the middleware complete it."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from courierqa.core.access import Access
from staff.models import User


class StaffRequest(HttpRequest):
    """What every page behind `allow` may rely on."""

    user: User
    access: Access
    htmx: HtmxDetails
