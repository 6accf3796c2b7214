"""The dashboard: sentence, headline figures, sites, causes, ratings. Never reads parcels."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from kpi import selectors
from kpi.board import filters, whole
from kpi.views.files import FORMATS, file_of
from kpi.views.shared import filter_choices, guarded, lateness, readable

MONTHS = whole.MONTHS


@allow("figure", GET="read")
@guarded
def dashboard(request: HttpRequest) -> HttpResponse:
    """Show what changed, what misses its target, and where; without filters the default view."""
    if not request.GET and (own := selectors.default_view(request.user)):
        return redirect(f"{reverse('kpi:dashboard')}?{own.query}")
    now = timezone.now()
    asked = filters.read(request.GET, request.access, now=now)  # type: ignore[attr-defined]
    page = whole.board_of(asked, request.GET)
    if request.GET.get("format") in FORMATS:
        return file_of(request, page)
    return render(request, _template(request), {**page, **_frame(request, asked, now)})


def _template(request: HttpRequest) -> str:
    return "kpi/_board.html" if request.htmx else "kpi/dashboard.html"  # type: ignore[attr-defined]


def _frame(request: HttpRequest, asked: filters.Filters, now: Any) -> dict[str, Any]:
    """Return what stands around the figures: filters, the reader's views, how late it all is."""
    return {
        **filter_choices(asked, now=now),
        "kept": [("fig", code) for code in request.GET.getlist("fig")],
        "views": selectors.views_for(request.user),
        "shown_view": selectors.view_of_query(request.user, request.GET),
        "late": lateness(asked.as_of, now),
        "readable": readable(request),
        "title": _("Quality dashboard"),
    }


@allow("figure", GET="read")
@guarded
def wall(request: HttpRequest) -> HttpResponse:
    """Show the figures on a wall: large, without names of people, refreshed by the page itself."""
    now = timezone.now()
    asked = filters.read(request.GET, request.access, now=now)  # type: ignore[attr-defined]
    page = whole.board_of(asked, request.GET)
    frame = {"late": lateness(asked.as_of, now), "now": now, "title": _("Wall board")}
    name = "kpi/_wall.html" if request.htmx else "kpi/wall.html"  # type: ignore[attr-defined]
    return render(request, name, {**page, **frame})
