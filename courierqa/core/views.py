"""Pages of the ground floor: home, language, health, the phone's worker and manifest."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from courierqa.core import home as bands
from courierqa.core.access import allow
from courierqa.core.context import address_of, rights
from courierqa.core.enums import Role

SHELL = Path(settings.BASE_DIR) / "static" / "js" / "courier" / "worker.js"


@allow("account", GET="read")
def home(request: HttpRequest) -> HttpResponse:
    """Show what to do now, what changed and what is mine; couriers go to their round."""
    if rights(request).roles == {Role.COURIER} and (round_url := address_of("shipments:m_today")):
        return redirect(round_url)
    page = {
        "title": _("Home"),
        "now_rows": bands.now_rows(request),
        "slots": bands.slots(request),
        "notices": bands.notices(request),
    }
    return render(request, "core/home.html", page)


@allow("public", POST="create")
def language(request: HttpRequest) -> HttpResponse:
    """Remember the reader's language and come back to the same page."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        chosen = settings.LANGUAGE_CODE
    response = HttpResponseRedirect(_same_page(request, chosen))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 86400, samesite="Lax",
        secure=settings.HTTPS,
    )  # fmt: skip
    if request.user.is_authenticated and request.user.language != chosen:
        request.user.language = chosen
        request.user.save(update_fields=["language"])
    return response


def _same_page(request: HttpRequest, chosen: str) -> str:
    """Return the page to come back to; a foreign address becomes the home page."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
        return "/"
    return target.removeprefix("/en") if chosen != "en" and target.startswith("/en/") else target


@never_cache
@allow("public", GET="read")
def healthz(request: HttpRequest) -> HttpResponse:
    """Say whether this process can reach its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"status": "ok"})


@never_cache
@allow("public", GET="read")
def worker(request: HttpRequest) -> HttpResponse:
    """Serve the phone's service worker from the root, so that its scope is the whole site."""
    text = SHELL.read_text(encoding="utf-8")
    text = text.replace('["__FILES__"]', json.dumps([static(path) for path in PHONE_FILES]))
    text = text.replace('["__READER__"]', json.dumps([static(path) for path in READER_FILES]))
    return HttpResponse(
        text.replace("__VERSION__", phone_version()),
        content_type="text/javascript; charset=utf-8",
    )


# What the phone needs offline: the shell's files, never a page with somebody's data.
PHONE_FILES = [
    "css/tokens.css",
    "css/base.css",
    "css/components.css",
    "css/courier.css",
    "js/theme.js",
    "js/courier/store.js",
    "js/courier/send.js",
    "js/courier/shell.js",
    "js/courier/wedge.js",
    "js/courier/capture.js",
    "js/courier/instruments.js",
    "js/courier/today.js",
    "js/courier/scan.js",
    "js/courier/incident.js",
    "js/courier/pickup.js",
    "js/courier/deliver.js",
    "js/courier/failed.js",
    "js/courier/exception.js",
    "js/courier/inspect.js",
    "js/courier/inspections.js",
    "js/courier/queue.js",
    "js/courier/me.js",
    "vendor/icons.svg",
    "vendor/idb/idb.umd.js",
    "vendor/signature_pad/signature_pad.umd.min.js",
    "img/mark.svg",
]
# The camera's part, fetched the first time somebody opens it and kept from then on.
READER_FILES = [
    "js/courier/camera.js",
    "vendor/zxing/zxing_reader.js",
    "vendor/zxing/zxing_reader.wasm",
]


@lru_cache(maxsize=1)
def phone_version() -> str:
    """Return a mark of the phone's files: when one changes, phones fetch them all anew."""
    digest = hashlib.sha256(SHELL.read_bytes())
    for path in [*PHONE_FILES, *READER_FILES, "js/courier/reader.js"]:
        digest.update((SHELL.parents[2] / path).read_bytes())
    return digest.hexdigest()[:12]


@allow("public", GET="read")
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the installable phone application."""
    company = settings.COMPANY_NAME.get(request.LANGUAGE_CODE, settings.COMPANY_NAME["zh-hans"])
    answer = {
        "name": f"{company} · " + _("Courier"),
        "short_name": _("Courier"),
        "id": "/m/",
        "start_url": "/m/today/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#FFFFFF",
        "theme_color": "#00635A",
        "shortcuts": [
            {"name": _("Scan"), "url": "/m/scan/"},
            {"name": _("Queue"), "url": "/m/queue/"},
        ],
        "icons": [
            {"src": static("img/mark-192.png"), "sizes": "192x192", "type": "image/png"},
            {"src": static("img/mark-512.png"), "sizes": "512x512", "type": "image/png"},
            {"src": static("img/mark.svg"), "sizes": "any", "type": "image/svg+xml"},
        ],
    }
    return JsonResponse(answer, content_type="application/manifest+json")
