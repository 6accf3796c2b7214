"""Public tracking: masked, limited, works without script. Addresses exist in both languages.

The number and the phone's last four digits travel in the body of a POST; a link from a text
message may carry the number in its address and then shows what needs no digits.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from courierqa.core.access import allow
from courierqa.core.public import public_url
from courierqa.core.text import clean_code
from shipments import selectors
from shipments.services.lookups import count_lookup
from shipments.views.thumbnails import small_picture

PER_MINUTE = 60
# Digits that may be tried on one number within an hour, by all visitors together.
TAILS_PER_HOUR = 10


# A question that changes nothing needs no token, and so the page needs no cookie.
@csrf_exempt
@allow("tracking", GET="read", POST="read")
@never_cache
def track_page(request: HttpRequest) -> HttpResponse:
    """Ask for a number and digits, and answer on the spot."""
    typed = request.POST if request.method == "POST" else request.GET
    waybill = clean_code(typed.get("waybill", "")[:120])[:40]
    if request.method != "POST":
        return _form(request, waybill=waybill)
    if not waybill:
        return _form(request, error=_("Enter a parcel number"), status=422)
    return _answer(request, waybill, tail=_tail(request))


# A question that changes nothing needs no token, and so the page needs no cookie.
@csrf_exempt
@allow("tracking", GET="read", POST="read")
@never_cache
def track_parcel_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Show where a parcel is; the phone's last four digits show street and masked name."""
    return _answer(request, clean_code(waybill)[:40], tail=_tail(request))


def _tail(request: HttpRequest) -> str:
    """Return the digits typed; what is not four digits belongs to no parcel but was typed."""
    typed = request.POST.get("tail", "") if request.method == "POST" else ""
    return clean_code(typed[:20])


def _answer(request: HttpRequest, waybill: str, *, tail: str) -> HttpResponse:
    now = timezone.now()
    if not _is_within_limits(request, waybill, tail=tail, now=now):
        return _too_many(request)
    if tail:
        return _page(request, waybill, tail=tail, now=now)
    return _kept_page(request, waybill, now=now)


def _kept_page(request: HttpRequest, waybill: str, *, now: datetime) -> HttpResponse:
    """Answer a number alone from the page made for the same scans within this minute.

    Many people look again and again at one parcel; a new scan makes a new page at once.
    """
    stamp = selectors.track_stamp(waybill)
    key = _print(f"track|{get_language()}|{stamp}|{now:%H%M}")
    kept = cache.get(key) if stamp else None
    if kept is not None:
        return HttpResponse(kept)
    response = _page(request, waybill, tail="", now=now)
    if response.status_code == 200:
        cache.set(key, response.content, 60)
    return response


def _page(request: HttpRequest, waybill: str, *, tail: str, now: datetime) -> HttpResponse:
    found = selectors.track(waybill, tail=tail, now=now)
    if found is None:
        return _form(request, waybill=waybill, is_nothing=True, status=404)
    context = {
        "title": _("Track a parcel"), "found": found, "now": now,
        "status_words": selectors.status_words(found.parcel.state, place=found.place),
        "form_url": public_url("shipments:track"), "help": _help(found),
        "pictures": _pictures(found), "notices": selectors.notices_for(found.parcel, at=now),
        "twin_url": _twin(waybill),
    }  # fmt: skip
    return render(request, "shipments/track.html", context)


def _twin(waybill: str) -> str:
    """The other language shows the same parcel; the number is the visitor's own."""
    here = public_url("shipments:track_parcel", waybill)
    return here.removeprefix("/en") if here.startswith("/en/") else f"/en{here}"


def _is_within_limits(request: HttpRequest, waybill: str, *, tail: str, now: datetime) -> bool:
    """Count the visitor's question, and each try of digits on a number, known or not."""
    if not count_lookup(visitor=_visitor(request), now=now, limit=PER_MINUTE):
        return False
    if not tail:
        return True
    hour = now.replace(minute=0)
    return count_lookup(visitor=_print(f"tail|{waybill}"), now=hour, limit=TAILS_PER_HOUR)


def _visitor(request: HttpRequest) -> str:
    return _print(request.META.get("REMOTE_ADDR", ""))


def _print(text: str) -> str:
    """Return a fingerprint that says nothing without the server's key."""
    return hashlib.sha256(f"{settings.SECRET_KEY}|{text}".encode()).hexdigest()


def _help(found: selectors.Tracked) -> dict[str, str]:
    """Return what the visitor may want to say next: the question, and the reason it prefills."""
    if found.is_purged:
        return {}
    if found.parcel.state == "delivered":
        return {"question": _("Signed but not received?"), "reason": "false-signature"}
    if found.is_lost:
        return {"question": _("Claim for a parcel that cannot be found"), "reason": "lost"}
    if found.is_late and not found.is_over:
        return {"question": _("Late: complain or claim"), "reason": "late-delivery"}
    return {"question": _("Is something wrong?"), "reason": ""}


def _pictures(found: selectors.Tracked) -> list[dict[str, Any]]:
    proofs = found.known.proofs if found.known else []
    return [
        {"kind": proof.get_kind_display(), "at": proof.captured_at, "image": small_picture(proof)}
        for proof in proofs
    ]


def _form(
    request: HttpRequest, *, waybill: str = "", error: str = "", is_nothing: bool = False,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = {
        "title": _("Track a parcel"), "waybill": waybill, "error": error,
        "is_nothing": is_nothing, "form_url": public_url("shipments:track"),
        "twin_url": "/track/" if public_url("shipments:track").startswith("/en/") else "/en/track/",
    }  # fmt: skip
    return render(request, "shipments/track.html", context, status=status)


def _too_many(request: HttpRequest) -> HttpResponse:
    context = {"title": _("Too many queries"), "limited": True, "twin_url": "/en/track/"}
    response = render(request, "shipments/track.html", context, status=429)
    response["Retry-After"] = "60"
    return response
