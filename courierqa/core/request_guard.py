"""What a request may not do to the product: every bad request gets 4xx, a lost database 503.

Pages and API answer in their own shape; nothing inside ever shows through.
"""

from __future__ import annotations

import logging
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from courierqa.core.api.problems import RETRY_SECONDS, is_api, json_problem
from courierqa.core.errors import DomainError

log = logging.getLogger(__name__)
# What SQLite says when a schema is wrong is no outage and must stay visible as a fault.
_NOT_AN_OUTAGE = ("no such", "syntax error", "has no column")


def refuse_unreadable(request: HttpRequest) -> HttpResponse | None:
    """Answer 400 to addresses no database can store: NUL never belongs into one."""
    if "\x00" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
        return refusal(request, HTTPStatus.BAD_REQUEST, "bad_request", _unreadable())
    return None


def answer(request: HttpRequest, error: BaseException | None) -> HttpResponse | None:
    """Return the answer to an expected kind of trouble, or None for a true fault."""
    if isinstance(error, DomainError):
        return refusal(request, error.status, error.code, error.message)
    if isinstance(error, RequestDataTooBig):
        message = _("The upload is too large")
        return refusal(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", message)
    if isinstance(error, (DataError, OverflowError)):
        log.warning("Unstorable input at %s", request.resolver_match)
        return refusal(request, HTTPStatus.BAD_REQUEST, "bad_request", _unreadable())
    if is_outage(error):
        log.error("Database not available: %s", type(error).__name__)
        return unavailable(request)
    return None


def is_outage(error: BaseException | None) -> bool:
    """Say whether the database was lost, busy or too slow."""
    if isinstance(error, OperationalError):
        return not any(word in str(error) for word in _NOT_AN_OUTAGE)
    return isinstance(error, InterfaceError)


def refusal(request: HttpRequest, status: int, code: str, message: str) -> HttpResponse:
    """Say no in the shape the caller reads."""
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return unavailable(request)
    if is_api(request):
        return json_problem(status, code, message)
    page = {"message": message, "status": status, "code": code}
    return render(request, "core/refused.html", page, status=status)


def unavailable(request: HttpRequest) -> HttpResponse:
    """Answer 503 without touching the database: no context, no session, no user."""
    if is_api(request):
        return json_problem(503, "unavailable", _("Try again in a moment"))
    try:
        body: str = render_to_string("503.html", {"retry_after": RETRY_SECONDS})
    except TemplateDoesNotExist:
        body = _("Try again in a moment")
    response = HttpResponse(body, status=HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    return response


def _unreadable() -> str:
    return _("The request cannot be read")
