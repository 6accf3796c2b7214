"""The records behind one part of a grade, for everybody who may read the grade."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from courierqa.core.access import allow, may
from courierqa.core.paging import page_of
from courierqa.core.timeframes import parse_period
from kpi import traces
from kpi.traces import Line, Trace
from staff.enums import GradePart
from staff.models import Assessment, AssessmentPart
from staff.selectors import assessments_for

# So many checks of one kind are shown beside the scans of a month.
BESIDE = 50


@allow("grade", GET="read")
def part_page(request: HttpRequest, number: str, month: str, part: str) -> HttpResponse:
    """List what cost points, or with `?show=all` everything that was counted."""
    assessment, scored = _scored(request, number, month, part)
    found = traces.traces(part, assessment.employee, parse_period(month))
    if found is None:
        raise Http404
    shows_all = request.GET.get("show") == "all"
    trace = found.every if shows_all else found.missed
    page = page_of(trace.rows, request.GET, order=trace.order)
    label = GradePart(part).label
    shown = {
        "title": _("%(part)s: %(name)s") % {"part": label, "name": assessment.employee.name},
        "assessment": assessment,
        "part": scored,
        "shows_all": shows_all,
        "missed": found.missed.rows.count(),
        "counted": found.every.rows.count(),
        "page": page,
        "rows": _linked(request, trace, page.rows),
        "beside": _beside(request, found.beside),
        "crumbs": _crumbs(assessment, label),
    }
    return render(request, "kpi/grade_part.html", shown)


def _scored(
    request: HttpRequest, number: str, month: str, part: str
) -> tuple[Assessment, AssessmentPart]:
    """Return the newest version the reader may see, and its part."""
    rows = assessments_for(request.access)  # type: ignore[attr-defined]
    found = rows.filter(employee__number=number, month=month).order_by("-version").first()
    scored = found.parts.filter(code=part).first() if found else None
    if found is None or scored is None:
        raise Http404
    return found, scored


def _linked(request: HttpRequest, trace: Trace, rows: Any) -> list[tuple[Line, str]]:
    """Return the lines, each with the address of its page where the reader may open it."""
    lines = trace.lines(list(rows))
    rights = {right: may(request.user, right, "read") for right in {one.right for one in lines}}
    return [
        (one, reverse(one.page[0], args=[one.page[1]]) if rights[one.right] else "")
        for one in lines
    ]


def _beside(
    request: HttpRequest, found: Sequence[tuple[str, Trace]]
) -> list[tuple[str, list[tuple[Line, str]]]]:
    """Return the checks that were counted besides, each kind under its heading."""
    lists = [
        (title, _linked(request, trace, trace.rows.order_by(*trace.order)[:BESIDE]))
        for title, trace in found
    ]
    return [(title, rows) for title, rows in lists if rows]


def _crumbs(assessment: Assessment, label: Any) -> list[tuple[Any, str]]:
    person = assessment.employee
    return [
        (f"{person.name} {person.number}", reverse("staff:person", args=[person.number])),
        (assessment.month, reverse("staff:grade", args=[person.number, assessment.month])),
        (label, ""),
    ]
