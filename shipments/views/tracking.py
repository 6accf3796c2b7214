"""Public tracking: masked, limited, works without script. Addresses exist in both languages."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from courierqa.core.access import allow
from courierqa.core.text import clean_code
from shipments import selectors
from shipments.services.lookups import count_lookup

PER_MINUTE = 60


def _address(name: str, *args: str) -> str:
    """Return the address of a public page in the language of this one."""
    english = (get_language() or "").startswith("en")
    return reverse(f"shipments:{name}{'_en' if english else ''}", args=args)


@allow("tracking", GET="read", POST="read")
@never_cache
def track_page(request: HttpRequest) -> HttpResponse:
    """Ask for a number; it travels in the body and leads to the parcel's page."""
    wanted = clean_code(request.POST.get("waybill") or request.GET.get("waybill") or "")[:40]
    if wanted:
        return redirect(_address("track_parcel", wanted))
    error = _("Enter a parcel number") if request.method == "POST" else ""
    context = {"title": _("Track a parcel"), "error": error, "form_url": _address("track")}
    return render(request, "shipments/track.html", context, status=422 if error else 200)


@allow("tracking", GET="read", POST="read")
@never_cache
def track_parcel_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Show where a parcel is; the phone's last four digits unlock street and names, masked."""
    now = timezone.now()
    if not count_lookup(visitor=_visitor(request), now=now, limit=PER_MINUTE):
        return _too_many(request)
    tail = "".join(c for c in request.POST.get("tail", "") if c.isdigit())[:4]
    found = selectors.track(waybill, tail=tail, now=now)
    context = {
        "title": _("Track a parcel"), "waybill": clean_code(waybill)[:40], "found": found,
        "wrong_tail": bool(found and request.method == "POST" and not found.is_known_person),
        "form_url": _address("track"), "now": now,
    }  # fmt: skip
    return render(request, "shipments/track.html", context, status=200 if found else 404)


def _visitor(request: HttpRequest) -> str:
    """Return a fingerprint of the visitor's address that says nothing without the server's key."""
    text = f"{settings.SECRET_KEY}|{request.META.get('REMOTE_ADDR', '')}"
    return hashlib.sha256(text.encode()).hexdigest()


def _too_many(request: HttpRequest) -> HttpResponse:
    context = {"title": _("Too many queries"), "limited": True, "form_url": _address("track")}
    response = render(request, "shipments/track.html", context, status=429)
    response["Retry-After"] = "60"
    return response
