"""The figures of a programme: its baseline, before and after, what becomes of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import access_for, allow, may
from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from courierqa.core.forms import FieldErrors
from kpi.board import programmes as board
from quality.forms.improvement.programmes import VerdictForm
from quality.improvement_enums import ProgrammeStatus as S
from quality.models import Programme
from quality.selectors.improvement import lists
from quality.services import improvement as services
from quality.views.improvement.programmes import target_words


@allow("programme", GET="read", POST="judge")
def programme_figures(request: HttpRequest, number: str) -> HttpResponse:
    """Read time, satisfaction and cost before and after, and say what becomes of it."""
    row = _row(request, number)
    today = business_day(timezone.now())
    after = _after(row, today)
    form = VerdictForm(request.POST or None, initial={"cost_fen": f"{row.budget_fen / 100:.2f}"})
    can_judge = row.status == S.RUNNING and may(request.user, "programme", "judge")
    if request.method == "POST" and can_judge and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.conclude(row, **form.cleaned_data, reading=after, by=request.user,
                              at=timezone.now())  # fmt: skip
        if errors.ok:
            messages.success(request, _("The result is kept"))
            return redirect("quality:programme", row.number)
    page = {**_page(request, row, after, today), "form": form if can_judge else None}
    return render(request, "kpi/programme_figures.html", page, status=422 if form.errors else 200)


def _row(request: HttpRequest, number: str) -> Programme:
    access = access_for(request.user, "programme", "read") or request.access  # type: ignore[attr-defined]
    return get_object_or_404(lists.programmes_for(access), number=number)


def _after(row: Programme, today: Any) -> dict[str, Any]:
    """Return what was kept at the end, or what would be kept now."""
    if row.status != S.RUNNING:
        return row.reading
    span = board.span_after(row, today)
    return board.readings(row, span) if span.days else {}


def _page(
    request: HttpRequest, row: Programme, after: dict[str, Any], today: Any
) -> dict[str, Any]:
    access = access_for(request.user, "programme", "change")
    can_change = access is not None and lists.changeable(access).filter(pk=row.pk).exists()
    days = _days(request)
    is_open = row.status == S.DRAFT
    before = row.baseline or board.readings(row, board.span_before(row, days, today))
    return {
        "title": _("Before and after: %(number)s") % {"number": row.number}, "row": row,
        "lines": board.lines(row, before, after), "says": board.says(row, after),
        "target": target_words(row), "is_fixed": bool(row.baseline),
        "can_fix": is_open and can_change, "days": days, "spans": board.SPANS,
        **board.chart_of(row, today),
    }  # fmt: skip


def _days(request: HttpRequest) -> int:
    asked = request.GET.get("days", "")
    return int(asked) if asked in map(str, board.SPANS) else board.SPANS[0]


@allow("programme", POST="change")
def programme_baseline(request: HttpRequest, number: str) -> HttpResponse:
    """Fix the baseline: the figures over the days before the start."""
    row = get_object_or_404(lists.changeable(request.access), number=number)  # type: ignore[attr-defined]
    span = board.span_before(row, _days(request), business_day(timezone.now()))
    try:
        services.fix_baseline(row, reading=board.readings(row, span), by=request.user,
                              at=timezone.now())  # fmt: skip
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("kpi:programme_figures", row.number)
    messages.success(request, _("The baseline is fixed"))
    return redirect("quality:programme", row.number)
