"""The board of signals: which figure asks for something, who acts on it, who does not yet."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

import quality.selectors
from courierqa.core.access import access_for, allow, may
from kpi.board import filters, signals
from kpi.views.shared import filter_choices, guarded


@allow("nonconformity", GET="read")
@guarded
def signals_page(request: HttpRequest) -> HttpResponse:
    """List the signals of a month at every place in reach, those without an action first."""
    access, now = access_for(request.user, "figure", "read"), timezone.now()
    if access is None or access.scope == "own":
        raise Http404
    asked = filters.read(request.GET, access, now=now)
    month, rows = signals.signals_of(asked)
    mine = quality.selectors.nonconformities_for(request.access)  # type: ignore[attr-defined]
    numbers = {act.number for row in rows for act in row.acts}
    page = {
        **filter_choices(asked, now=now), "asked": asked, "month": month, "rows": rows,
        "without": sum(not row.acts for row in rows),
        "readable": set(mine.filter(number__in=numbers).values_list("number", flat=True)),
        "may_raise": may(request.user, "nonconformity", "create"), "title": _("Signals"),
    }  # fmt: skip
    return render(request, "kpi/signals.html", page)
