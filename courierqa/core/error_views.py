"""Answers to what no view handled: pages for people, problem+json under /api/."""

from __future__ import annotations

import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views import defaults

from courierqa.core import request_guard
from courierqa.core.api.problems import is_api, json_problem


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return json_problem(400, "bad_request", _("The request cannot be read"))
    message = _("The request cannot be read")
    return request_guard.refusal(request, 400, "bad_request", message)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_api(request):
        return json_problem(403, "permission_denied", _("No permission"))
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Never say what was looked for: "not there" and "not yours" are the same page."""
    if is_api(request):
        return json_problem(404, "not_found", _("Not found"))
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest, *_ignored: Any) -> HttpResponse:
    """A fault below the views (session, sign-in) may also be a lost database."""
    expected = request_guard.answer(request, sys.exc_info()[1])
    if expected is not None:
        return expected
    if is_api(request):
        return json_problem(500, "fault", _("Something went wrong. It has been logged"))
    return defaults.server_error(request)
