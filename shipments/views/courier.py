"""The courier's phone pages. They are shells: the same for every parcel and person, so that the
phone may keep them; the data comes from the round (`/api/v1/round/`) into the phone's own store."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie

from courierqa.core.access import allow
from shipments import enums, selectors
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
PLACES = [
    ("locker", gettext_lazy("Locker"), "box"),
    ("station", gettext_lazy("Service point"), "building-store"),
    ("safe_place", gettext_lazy("Safe place"), "home"),
]
CONDITIONS = [
    ("good", gettext_lazy("All there and intact")),
    ("damaged", gettext_lazy("Damaged")),
    ("short", gettext_lazy("Something missing")),
]
# What a courier reports beside the result of a visit; reasons of the code come with the round.
PROBLEMS = [
    (enums.Code.DMG, gettext_lazy("Damaged"), "package-off"),
    (enums.Code.SRH, gettext_lazy("Parcel not found"), "zoom-question"),
    (enums.Code.ADR, gettext_lazy("Address problem"), "map-pin-off"),
    (enums.Code.DLY, gettext_lazy("Will be late"), "clock-exclamation"),
]
FOUND_AT = [
    ("now", gettext_lazy("Just now")),
    ("loading", gettext_lazy("When loading")),
    ("earlier", gettext_lazy("Earlier today")),
]
# Words for what may follow a failed visit; which ones a reason allows comes with the round.
NEXT_STEPS = {
    "retry:today": gettext_lazy("Try again later today"),
    "retry:tomorrow": gettext_lazy("Try again tomorrow"),
    "retry:agreed": gettext_lazy("At the time agreed"),
    "counter": gettext_lazy("Keep at the station for collection"),
    "place": gettext_lazy("Place with consent"),
    "address": gettext_lazy("Clear up the address"),
    "return": gettext_lazy("Return to the sender"),
}
# What to do about an answer of the server, by its code, else by its result.
ADVICE = {
    "bad_waybill": gettext_lazy("Drop it and scan the label again."),
    "site": gettext_lazy("Ask your supervisor which site you belong to, then send again."),
    "person": gettext_lazy("Sign in under your own number, then send again."),
    "happened_at": gettext_lazy("Set this phone's clock, drop it and record it again."),
    "not_allowed": gettext_lazy("Ask your supervisor to correct it."),
    "hash": gettext_lazy("It arrived damaged. Send it again."),
    "proof": gettext_lazy("Send it again when the office knows the parcel."),
    "other_content": gettext_lazy("The first record stays. Drop this one."),
    "too_large": gettext_lazy("Drop it and take a smaller photo."),
    "second_delivery": gettext_lazy("Keep your record or drop it? The office sees both."),
    "unmatched": gettext_lazy("Nothing to do: it is matched when the parcel is registered."),
    "rejected": gettext_lazy("Send it again; if it comes back, show it to your supervisor."),
}
READER = Path(settings.BASE_DIR) / "static" / "js" / "courier" / "reader.js"


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
        request, "pickup", _("Pickup"), item_kinds=enums.ItemKind.choices, id_methods=ID_METHODS,
        appearances=enums.Appearance.choices, marks=enums.Mark.choices,
        packings=[(row.code, str(row)) for row in selectors.packing_materials()],
    )  # fmt: skip


@never_cache
@ensure_csrf_cookie
@allow("round", GET="read")
def m_deliver(request: HttpRequest, waybill: str) -> HttpResponse:
    """Hand a parcel over, place it with consent, or say why not."""
    ways = [(way.value, way.label) for way in ASKED_BY]
    return _shell(
        request, "deliver", _("Deliver"), relations=RELATIONS, consent_ways=ways, places=PLACES,
        conditions=CONDITIONS,
    )  # fmt: skip


@never_cache
@ensure_csrf_cookie
@allow("round", GET="read")
def m_failed(request: HttpRequest, waybill: str) -> HttpResponse:
    """Say why a visit came to nothing, with what proves it and what happens next."""
    names = {code: str(words) for code, words in NEXT_STEPS.items()}
    return _shell(request, "failed", _("Not done"), next_names=names)


@never_cache
@ensure_csrf_cookie
@allow("round", GET="read")
def m_exception(request: HttpRequest, waybill: str) -> HttpResponse:
    """Report something wrong with a parcel, with a photo, where it was found."""
    return _shell(
        request, "exception", pgettext("verb", "Report"), problems=PROBLEMS, found_at=FOUND_AT
    )


# A worker obeys the policy it was served with, not that of the page: only here may WASM be
# compiled, and this script can reach nothing but our own files.
@csp_replace({"default-src": [NONE], "script-src": [SELF, "'wasm-unsafe-eval'"],
              "connect-src": [SELF]})  # fmt: skip
@allow("public", GET="read")
def m_reader(request: HttpRequest) -> HttpResponse:
    """Serve the barcode reader for phones that have none of their own; fetched on demand."""
    text = READER.read_text(encoding="utf-8")
    for mark, path in (("SCRIPT", "vendor/zxing/zxing_reader.js"),
                       ("WASM", "vendor/zxing/zxing_reader.wasm")):  # fmt: skip
        text = text.replace(f'"__{mark}__"', json.dumps(static(path)))
    response = HttpResponse(text, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    return response


@never_cache
@ensure_csrf_cookie
@allow("round", GET="read")
def m_queue(request: HttpRequest) -> HttpResponse:
    """Show what waits on this phone."""
    codes = {code.value: str(code.label) for code in enums.Code}
    advice = {code: str(words) for code, words in ADVICE.items()}
    return _shell(request, "queue", _("Queue"), codes=codes, advice=advice)


@never_cache
@ensure_csrf_cookie
@allow("round", GET="read")
def m_me(request: HttpRequest) -> HttpResponse:
    """Show this phone's settings; the reader's own grade is fetched into it."""
    return _shell(request, "me", _("Me"))


@never_cache
@ensure_csrf_cookie
@allow("round", GET="read")
def m_offline(request: HttpRequest) -> HttpResponse:
    """Say what needs a connection and what is safe; the worker shows it when there is none."""
    return _shell(request, "offline", _("No connection"))


@never_cache
@allow("round", GET="read")
def m_own(request: HttpRequest) -> HttpResponse:
    """Show the reader's own grade and courses: a part of a page, which no phone keeps."""
    person = getattr(request.user, "employee", None)
    own = my_page(person, now=timezone.now()) if person else None
    return render(request, "shipments/m/_own.html", {"own": own, "person": person})
