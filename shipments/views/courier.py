"""The courier's phone pages. They are shells: the same for every parcel and person, so that the
phone may keep them; the data comes from the round (`/api/v1/round/`) into the phone's own store."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie

from courierqa.core.access import allow
from shipments import enums
from staff.selectors import my_page

# How the sender was identified; the number of a document is never taken down (domain.md A4).
ID_METHODS = [
    ("id_card", gettext_lazy("Identity card")),
    ("passport", gettext_lazy("Passport or permit")),
    ("business", gettext_lazy("Organisation, credit code")),
    ("known", gettext_lazy("Registered before")),
]
RELATIONS = [
    ("family", gettext_lazy("Family")),
    ("colleague", gettext_lazy("Colleague")),
    ("neighbour", gettext_lazy("Neighbour")),
    ("reception", gettext_lazy("Reception or guard")),
]
# Asked at the door; order terms and standing wishes come with the parcel.
ASKED_BY = [enums.ConsentWay.CALL, enums.ConsentWay.SMS, enums.ConsentWay.IN_PERSON]


def _shell(request: HttpRequest, name: str, title: str, **page: Any) -> HttpResponse:
    return render(request, f"shipments/m/{name}.html", {"title": title, **page})


@never_cache
@ensure_csrf_cookie
@allow("round", GET="read")
def m_today(request: HttpRequest) -> HttpResponse:
    """Show the stops left today, most urgent first."""
    return _shell(request, "today", _("Today"))


@never_cache
@ensure_csrf_cookie
@allow("round", GET="read")
def m_scan(request: HttpRequest) -> HttpResponse:
    """Take a number from a hand, a scanner or the camera."""
    return _shell(request, "scan", _("Scan"))


@never_cache
@ensure_csrf_cookie
@allow("round", GET="read")
def m_pickup(request: HttpRequest, waybill: str) -> HttpResponse:
    """Walk through the six gates of an acceptance."""
    return _shell(
        request, "pickup", _("Pickup"), item_kinds=enums.ItemKind.choices, id_methods=ID_METHODS
    )


@never_cache
@ensure_csrf_cookie
@allow("round", GET="read")
def m_deliver(request: HttpRequest, waybill: str) -> HttpResponse:
    """Hand a parcel over, place it with consent, or say why not."""
    ways = [(way.value, way.label) for way in ASKED_BY]
    return _shell(request, "deliver", _("Deliver"), relations=RELATIONS, consent_ways=ways)


@never_cache
@ensure_csrf_cookie
@allow("round", GET="read")
def m_queue(request: HttpRequest) -> HttpResponse:
    """Show what waits on this phone."""
    codes = {code.value: str(code.label) for code in enums.Code}
    return _shell(request, "queue", _("Queue"), codes=codes)


@never_cache
@ensure_csrf_cookie
@allow("round", GET="read")
def m_me(request: HttpRequest) -> HttpResponse:
    """Show this phone's settings; the reader's own grade is fetched into it."""
    return _shell(request, "me", _("Me"))


@never_cache
@allow("round", GET="read")
def m_own(request: HttpRequest) -> HttpResponse:
    """Show the reader's own grade and courses: a part of a page, which no phone keeps."""
    person = getattr(request.user, "employee", None)
    own = my_page(person, now=timezone.now()) if person else None
    return render(request, "shipments/m/_own.html", {"own": own, "person": person})
