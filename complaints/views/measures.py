"""Measures for people held liable: the list, the yes to a penalty, the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import forms, selectors, services
from complaints.models import Measure
from complaints.views.requests import StaffRequest
from courierqa.core.access import access_for, allow, may
from courierqa.core.errors import DomainError
from courierqa.core.forms import add_refusal
from courierqa.core.paging import page_of


@allow("measure", GET="read")
def measures_page(request: StaffRequest) -> HttpResponse:
    """List measures, newest first."""
    return _page(request)


def _page(request: StaffRequest, *, bad: int = 0, form: Any = None) -> HttpResponse:
    reading = access_for(request.user, "measure", "read")
    rows = selectors.measures_for(reading) if reading else Measure.objects.none()
    view = request.GET.get("view", "open")
    if view != "all":
        rows = selectors.open_measures(rows)
    page = page_of(rows, request.GET, order=("-at", "-id"))
    context = {
        "title": _("Measures"), "page": page, "open_cases": _open_cases(request, page.rows),
        "view": view, "form": form, "bad": bad, "result": forms.ResultForm(),
        "may_approve": may(request.user, "measure", "approve"),
        "may_finish": may(request.user, "measure", "change"),
    }  # fmt: skip
    status = 422 if form is not None else 200
    return render(request, "complaints/measures.html", context, status=status)


def _open_cases(request: StaffRequest, rows: Any) -> set[int]:
    """Return the cases of these measures that the reader may open: not every one of the site's."""
    reading = access_for(request.user, "case", "read")
    if reading is None:
        return set()
    asked = [row.case_id for row in rows]
    return set(selectors.cases_for(reading).filter(pk__in=asked).values_list("pk", flat=True))


@allow("measure", POST="approve")
def measure_decide(request: StaffRequest, pk: int) -> HttpResponse:
    """Say yes or no to a proposed penalty."""
    form = forms.ClaimDecisionForm(request.POST)

    def deed(row: Measure) -> None:
        said = form.cleaned_data
        services.decide_measure(
            measure=row, approve=said["approve"] == "yes", note=said["note"],
            by=request.user, at=timezone.now(),
        )  # fmt: skip

    return _do(request, pk, form, deed)


@allow("measure", POST="change")
def measure_finish(request: StaffRequest, pk: int) -> HttpResponse:
    """Say that a measure was carried out."""
    form = forms.ResultForm(request.POST)

    def deed(row: Measure) -> None:
        result = form.cleaned_data["result"]
        services.finish_measure(measure=row, result=result, by=request.user, at=timezone.now())

    return _do(request, pk, form, deed)


def _do(request: StaffRequest, pk: int, form: Any, deed: Callable[[Measure], None]) -> HttpResponse:
    row = get_object_or_404(selectors.measures_for(request.access), pk=pk)
    if form.is_valid():
        try:
            deed(row)
        except DomainError as error:
            add_refusal(form, error)
    if not form.errors:
        messages.success(request, _("Saved"))
        return redirect("complaints:measures")
    return _page(request, bad=pk, form=form)
