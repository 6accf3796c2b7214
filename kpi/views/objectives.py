"""The tree of objectives, and notes on figures."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import access_for, allow, may
from courierqa.core.forms import FieldErrors
from kpi import noting, selectors
from kpi.announcing import PREFIX
from kpi.board import filters, goals
from kpi.forms import NoteForm
from kpi.selectors.assessed import results_of
from kpi.selectors.pledges import announcements, policies, resources_of
from kpi.views.commitments import given_words
from kpi.views.shared import filter_choices, guarded, lateness, metric_or_404


@allow("figure", GET="read")
@guarded
def objectives_page(request: HttpRequest) -> HttpResponse:
    """Show what is wanted of whom, what was reached, and what does not fit together."""
    now = timezone.now()
    asked = filters.read(request.GET, request.access, now=now)  # type: ignore[attr-defined]
    year = asked.period.start_day.year
    nodes = selectors.objectives(asked.period, scope=asked.reach)
    rows = goals.rows(nodes, period=asked.period, as_of=asked.as_of)
    given = {key: given_words(one) for key, one in resources_of(year).items()}
    rows = goals.with_resources(rows, given)
    rows = goals.with_results(rows, results_of(asked.period, scope=asked.reach))
    page = {
        **filter_choices(asked, now=now),
        "site_choices": [],
        "mode_choices": [],
        "product_choices": [],
        "compare_choices": [],
        "asked": asked,
        "rows": rows,
        "counts": goals.counts(rows),
        "flagged": sum(bool(row.flags) for row in rows),
        "late": lateness(asked.as_of, now),
        "title": _("Objectives"),
        "policies": policies(),
        # Policies are judged by management reviews, and those a site does not see.
        "may_reviews": may_all(request.user, "review"),
        "known": announcements(year, PREFIX),
        "year": year,
        "may_change": may(request.user, "target", "change"),
    }
    return render(request, "kpi/objectives.html", page)


def may_all(user: Any, resource: str) -> bool:
    """Say whether a reader sees every record of a kind, so that a link to any of them opens."""
    access = access_for(user, resource, "read")
    return access is not None and access.is_all


@allow("figure_note", GET="create", POST="create")
@guarded
def note_new(request: HttpRequest, code: str) -> HttpResponse:
    """Write what happened on a day beside a figure."""
    metric, now = metric_or_404(code), timezone.now()
    asked = filters.read(request.GET, request.access, now=now)  # type: ignore[attr-defined]
    form = NoteForm(request.POST or None, initial={"day": asked.period.start_day})
    back = reverse("kpi:metric", args=[metric.code]) + asked.address()
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            _inside(asked)
            noting.write_note(
                metric=metric.code, site=asked.site, by=request.user, at=now, **form.cleaned_data
            )
        if errors.ok:
            return redirect(f"{back}#notes")
    page = {
        "form": form,
        "back": back,
        "submit": _("Write note"),
        "lead": _("%(figure)s, %(place)s. A note stays: a wrong one is answered by another.")
        % {"figure": metric.name, "place": asked.site or _("whole company")},
        "title": _("Note on the chart"),
    }
    return render(request, "components/form_page.html", page, status=422 if form.errors else 200)


def _inside(asked: filters.Filters) -> None:
    """Who answers for some sites writes about one of them, not about the company."""
    if asked.reach.sites is not None and asked.site is None:
        raise noting.NoteRefused(_("Choose one of your sites on the figure's page first"))
