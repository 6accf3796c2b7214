"""Request id, service guard, language."""

from __future__ import annotations

import uuid
from collections.abc import Callable

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
