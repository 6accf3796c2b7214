"""A password somebody else knows is changed before anything else is done with the login."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from courierqa.core.api.problems import is_api, json_problem

PAGE = "staff:password"


class FreshPasswordMiddleware:
    """Lead whoever signed in with a password an administrator set to the page that changes it.

    Public pages stay open, as they are to anybody. A key of an integration is no session and is
    never asked; the phone's queue keeps what it holds on 403 and asks to sign in.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Let the view answer, or send the reader to the one page that is open."""
        if _is_open(request, view) or not getattr(request.user, "must_change_password", False):
            return None
        if is_api(request):
            return json_problem(403, "password_change_needed", _("Change your password first"))
        address = _address(request)
        if getattr(request, "htmx", False):
            return HttpResponse(headers={"HX-Redirect": address})
        return redirect(address)


def _is_open(request: HttpRequest, view: Callable[..., Any]) -> bool:
    """Say whether the view is the page itself or one for everybody: sign-out, languages, files."""
    match = request.resolver_match
    if match is not None and match.view_name == PAGE:
        return True
    declared = getattr(view, "access", None) or getattr(getattr(view, "cls", None), "access", None)
    return declared is not None and declared[0] == "public"


def _address(request: HttpRequest) -> str:
    """Return the page's address, with the page that was asked for to go on to."""
    wanted = request.get_full_path() if request.method == "GET" and not request.htmx else ""  # type: ignore[attr-defined]
    return reverse(PAGE) + (f"?{urlencode({'next': wanted})}" if wanted else "")
