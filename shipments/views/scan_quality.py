"""Scan quality per site and courier: what stands beside every figure as its trust."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from shipments.selectors.scan_quality import scan_quality
from staff.models import Site

DAYS = (1, 7, 30)


@allow("finding", GET="read")
def scan_quality_page(request: HttpRequest) -> HttpResponse:
    """Show the figures of the last days, per site or per courier of one site."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked.isdecimal() and int(asked) in DAYS else 7
    now = timezone.now()
    site = _site(request)
    rows = scan_quality(request.access, start=now - timedelta(days=days), end=now, site=site)
    context = {
        "title": _("Scan quality"), "rows": rows, "days": days, "choices": DAYS, "site": site,
        "as_of": now,
    }  # fmt: skip
    return render(request, "shipments/scan_quality.html", context)


def _site(request: HttpRequest) -> Site | None:
    code = request.GET.get("site", "")
    if not code:
        return None
    rows = Site.objects.filter(request.access.rows(site="pk"))
    return get_object_or_404(rows, code=code[:40])
