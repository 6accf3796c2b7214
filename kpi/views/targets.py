"""Targets: what is wanted, since when, by whom and why; proposals are marked as such."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courierqa.core.access import allow
from courierqa.core.calendars import business_day
from courierqa.core.forms import FieldErrors
from kpi import selectors, targeting
from kpi.board import show
from kpi.forms import TargetForm
from kpi.metrics import METRICS

TITLE = gettext_lazy("Targets")


@allow("figure", GET="read")
def targets_page(request: HttpRequest) -> HttpResponse:
    """List the targets in force and how they came about."""
    return render(request, "kpi/targets.html", {**_page(), "title": TITLE})


@allow("target", GET="change", POST="change")
def target_change(request: HttpRequest, code: str) -> HttpResponse:
    """Change one target from a date on, with a reason."""
    metric = METRICS.get(code.upper())
    if metric is None:
        return render(request, "404.html", status=404)
    now = timezone.now()
    form = TargetForm(request.POST or None, metric=metric, today=business_day(now))
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            targeting.set_target(metric=metric, by=request.user, at=now, **form.wanted())
        if errors.ok:
            return redirect("kpi:targets")
    page = {
        "form": form,
        "metric": metric,
        "history": [_row(one) for one in selectors.target_history(metric.code)],
        "title": _("Change target: %(name)s") % {"name": metric.name},
    }
    return render(request, "kpi/target_change.html", page, status=422 if form.errors else 200)


def _page() -> dict[str, Any]:
    today = business_day(timezone.now())
    now = selectors.targets_on(today)
    history = selectors.target_histories()
    rows = [
        {
            "metric": metric,
            "target": now.get(code),
            "text": show.show_target(metric, now[code].value if code in now else None),
            "unit": show.unit_of(metric),
            "coming": [_row(one) for one in history[code] if one.valid_from > today],
            "own": [_row(one) for one in history[code] if one.site_id],
        }
        for code, metric in METRICS.items()
    ]
    return {"rows": rows}


def _row(target: Any) -> dict[str, Any]:
    text = show.show_target(METRICS[target.metric], target.value)
    return {"target": target, "text": text}
