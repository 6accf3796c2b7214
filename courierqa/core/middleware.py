"""Request id, service guard, language."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

from courierqa.core import request_guard

Next = Callable[[HttpRequest], HttpResponse]


class RequestIdMiddleware:
    """Give each request an id that logs, audit rows and error pages share."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = uuid.uuid4().hex[:16]  # type: ignore[attr-defined]
        response = self.get_response(request)
        response["X-Request-ID"] = request.request_id  # type: ignore[attr-defined]
        return response


class VisitorAddressMiddleware:
    """Take the visitor's address from behind our own proxies; what a visitor claims is ignored.

    Limits, sign-in locks and the audit trail read `REMOTE_ADDR`. Behind `TRUSTED_PROXIES` proxies
    of our own, each of which appends the address it saw, the visitor is that many places from the
    end of `X-Forwarded-For`; anything before that was sent by the visitor and may be made up.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        depth = settings.TRUSTED_PROXIES
        seen = [one.strip() for one in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if depth and len(seen) >= depth and is_address(seen[-depth]):
            request.META["REMOTE_ADDR"] = seen[-depth]
        return self.get_response(request)


def is_address(text: str) -> bool:
    """Say whether a text is an IP address."""
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


class ServiceGuardMiddleware:
    """Turn a lost database into 503 with Retry-After, and refusals nobody caught into a page."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return request_guard.refuse_unreadable(request) or self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return request_guard.answer(request, error)


class LanguageMiddleware(LocaleMiddleware):
    """/en/ pages are English; elsewhere the reader's choice, then the browser's."""

    def process_request(self, request: HttpRequest) -> None:
        if request.path_info.startswith("/en/"):
            language = "en"
        else:
            language = translation.get_language_from_request(request)
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
