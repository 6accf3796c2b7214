"""Setting the limits of a chart anew: a form with the month and the reason."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import access_for, allow
from courierqa.core.forms import FieldErrors
from courierqa.core.timeframes import parse_period
from kpi import baselining
from kpi.board import filters
from kpi.forms import BaselineForm
from kpi.selectors.figures import months_back
from kpi.views.shared import guarded, metric_or_404

MONTHS = 18


@allow("baseline", GET="change", POST="change")
@guarded
def baseline_new(request: HttpRequest, code: str) -> HttpResponse:
    """Begin a baseline anew, for the company or for the site that is shown."""
    metric, now = metric_or_404(code), timezone.now()
    reads = access_for(request.user, "figure", "read") or request.access  # type: ignore[attr-defined]
    asked = filters.read(request.GET, reads, now=now)
    months = months_back(asked.period.start_day, MONTHS)
    form = BaselineForm(request.POST or None, months=months)
    back = reverse("kpi:metric", args=[metric.code]) + asked.address()
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            baselining.set_baseline(
                metric=metric.code, site=asked.site, by=request.user, at=now,
                month=parse_period(form.cleaned_data["month"]).start_day,
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
        if errors.ok:
            return redirect(f"{back}#chart")
    page = {
        "form": form,
        "back": back,
        "submit": _("Set the limits anew"),
        "lead": _(
            "%(figure)s, %(place)s. Only when the process itself has changed: from this month on"
            " new limits are learnt from the next 12 months; earlier months keep theirs. This"
            " stays on record."
        )
        % {"figure": metric.name, "place": asked.site or _("whole company")},
        "title": _("Set the limits anew"),
    }
    return render(request, "components/form_page.html", page, status=422 if form.errors else 200)
