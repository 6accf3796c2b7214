"""Errors as application/problem+json (RFC 9457): a stable code, a sentence, the fields."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.response import Response

from courierqa.core.errors import DomainError

log = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
RETRY_SECONDS = 5
Errors = list[dict[str, str]]


def problem(
    status: int, code: str, detail: str = "", *, field: str = "", errors: Errors | None = None
) -> dict[str, Any]:
    """Return the body of an error."""
    body: dict[str, Any] = {
        "type": f"urn:courierqa:problem:{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
    }
    if field:
        body["field"] = field
    if errors:
        body["errors"] = errors
    return body


def json_problem(status: int, code: str, detail: str = "") -> JsonResponse:
    """Answer outside DRF (middleware, unknown addresses) in the same shape."""
    response = JsonResponse(problem(status, code, detail), status=status, content_type=MEDIA_TYPE)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        response["Retry-After"] = str(RETRY_SECONDS)
    return response


def is_api(request: HttpRequest) -> bool:
    """Say whether this address answers programs rather than people."""
    return request.path_info.startswith("/api/")


def problem_response(exc: Exception, context: dict[str, Any]) -> Response | None:
    """Answer any refusal of an API view; None lets a true fault become a 500."""
    made = _body(exc)
    if made is None:
        return None
    response = Response(made, status=made["status"], headers=_headers(exc, made["status"]))
    response.content_type = MEDIA_TYPE
    return response


def _body(exc: Exception) -> dict[str, Any] | None:
    if isinstance(exc, (Http404, NotFound)):
        # One body for "not there" and "not yours", whatever the view meant to say.
        return problem(404, "not_found", _("Not found"))
    if isinstance(exc, PermissionDenied):
        return problem(403, "permission_denied", _("No permission"))
    if isinstance(exc, DomainError):
        return problem(exc.status, exc.code, exc.message, field=exc.field)
    if isinstance(exc, ValidationError):
        return _invalid(exc)
    if isinstance(exc, APIException):
        field = getattr(exc, "field", "")
        return problem(exc.status_code, _code_of(exc), str(exc.detail), field=field)
    return _fault(exc)


def _fault(exc: Exception) -> dict[str, Any] | None:
    if isinstance(exc, RequestDataTooBig):
        return problem(413, "too_large", _("The request body is too large"))
    if isinstance(exc, (SuspiciousOperation, DataError, OverflowError)):
        return problem(400, "bad_request", _("The request cannot be read"))
    if isinstance(exc, (OperationalError, InterfaceError)):
        log.exception("Database not available.")
        return problem(503, "unavailable", _("Try again in a moment"))
    return None


def _invalid(exc: ValidationError) -> dict[str, Any]:
    errors = list(_flatten(exc.get_full_details(), ""))
    first = errors[0] if errors else {"field": "", "code": "invalid", "detail": ""}
    return problem(400, "invalid", first["detail"], field=first["field"], errors=errors)


def _flatten(details: Any, path: str) -> Any:
    """Walk nested details and give each message its path: events.3.code."""
    if isinstance(details, dict) and set(details) == {"message", "code"}:
        yield {"field": path, "code": str(details["code"]), "detail": str(details["message"])}
    elif isinstance(details, dict):
        for name, inner in details.items():
            plain = "" if name == "non_field_errors" else str(name)
            yield from _flatten(inner, ".".join(part for part in (path, plain) if part))
    elif isinstance(details, list):
        leaves = all(isinstance(d, dict) and set(d) == {"message", "code"} for d in details)
        for place, inner in enumerate(details):
            yield from _flatten(inner, path if leaves else f"{path}.{place}".strip("."))


def _code_of(exc: APIException) -> str:
    codes = exc.get_codes()
    return codes if isinstance(codes, str) else exc.default_code


def _headers(exc: Exception, status: int) -> dict[str, str]:
    headers: dict[str, str] = {}
    if getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = exc.auth_header  # type: ignore[attr-defined]
    wait = getattr(exc, "wait", None)
    if wait is not None:
        headers["Retry-After"] = str(int(wait) + 1)
    elif status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers["Retry-After"] = str(RETRY_SECONDS)
    return headers
