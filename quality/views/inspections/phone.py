"""The inspector's phone pages: shells without data; the work comes by `/api/v1/inspections/`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie

from courierqa.core.access import allow
from quality.inspection_enums import FAULTS, PointGrade, SampleKind

# A fault is tapped first, how grave it is second.
GRADES = [
    (PointGrade.CONFORM, PointGrade.CONFORM.label),
    ("fault", pgettext_lazy("grade of a point", "Fault")),
    (PointGrade.NA, PointGrade.NA.label),
    (PointGrade.UNCHECKED, PointGrade.UNCHECKED.label),
]
DUES = [
    ("today", pgettext_lazy("mended by", "Today")),
    ("three", gettext_lazy("3 days")),
    ("week", gettext_lazy("7 days")),
]


@never_cache
@ensure_csrf_cookie
@allow("round", GET="read")
def m_inspections(request: HttpRequest) -> HttpResponse:
    """Show what is to be inspected; whoever inspects nothing sees an empty page."""
    page = {"title": _("Inspections"), "kinds": SampleKind.choices}
    return render(request, "quality/inspections/m/list.html", page)


@never_cache
@ensure_csrf_cookie
@allow("round", GET="read")
def m_inspect(request: HttpRequest, key: str) -> HttpResponse:
    """Grade the points of one inspection; the page is the same for every one of them."""
    page = {
        "title": pgettext("site", "Inspection"), "grades": GRADES, "dues": DUES,
        "graves": [(grade.value, grade.label) for grade in FAULTS],
    }  # fmt: skip
    return render(request, "quality/inspections/m/inspect.html", page)
