"""What the pages of the measure share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from courierqa.core.context import rights
from courierqa.core.errors import DomainError
from kpi.board import filters
from kpi.board.filters import COMPARE, Filters
from kpi.board.whole import is_late
from kpi.metrics import METRICS, Metric
from kpi.views.record_lines import resource_of
from shipments.models import Product
from staff.models import Site


def guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer a wrong filter with a page that names it and the fix; a foreign row is not there."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DomainError as error:
            if error.status == 404:
                raise Http404 from None
            page = {"title": _("This view cannot be shown"), "error": error}
            return render(request, "kpi/bad_filter.html", page, status=error.status)

    return inner


def metric_or_404(code: str) -> Metric:
    """Return the metric of this code, whatever its case."""
    metric = METRICS.get(code.upper())
    if metric is None:
        raise Http404
    return metric


def readable(request: HttpRequest) -> frozenset[str]:
    """Return the figures whose records the reader may open: others are drawn without a link."""
    held = rights(request)
    return frozenset(
        code for code, metric in METRICS.items() if held.may(resource_of(metric), "read")
    )


def filter_choices(asked: Filters, *, now: datetime) -> dict[str, Any]:
    """Return what the filter bar offers."""
    rows = Site.objects.order_by("code")
    if asked.reach.sites is not None:
        rows = rows.filter(pk__in=asked.reach.sites)
    sites = list(rows) if asked.reach.courier is None else []
    return {
        "offers": filters.offers(filters.known_periods(now), asked.period, now),
        "site_choices": sites,
        "product_choices": list(Product.objects.filter(is_active=True).order_by("code")),
        "mode_choices": _modes(sites),
        "compare_choices": list(COMPARE.items()),
    }


def _modes(sites: list[Site]) -> list[tuple[str, Any]]:
    """Return how sites are run, where some are run by partners and some are not."""
    kinds = {site.is_partner for site in sites}
    return list(filters.MODE_WORDS.items()) if len(kinds) > 1 else []


def lateness(as_of: datetime | None, now: datetime) -> dict[str, Any] | None:
    """Return how old the figures are when they are too old, for the banner of a page."""
    if as_of is None or not is_late(as_of, now, settings.FIGURES_LATE_MINUTES):
        return None
    return {"as_of": as_of, "age": now - as_of}
