"""Settings of exceptions: classes with their limits and steps, hours of the watch (EXC-01)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.errors import DomainError
from courierqa.core.forms import FieldErrors, form_page
from shipments import selectors, services
from shipments.forms import ClassForm
from shipments.models import ExceptionClass, WatchLimit


@allow("exception_class", GET="read", POST="change")
def classes_page(request: HttpRequest) -> HttpResponse:
    """List the classes; take the hours of the watch."""
    limits = list(WatchLimit.objects.all())
    problems: dict[int, str] = {}
    if request.method == "POST":
        problems = _set_hours(request, limits)
        if not problems:
            messages.success(request, _("Saved"))
            return redirect("shipments:exception_classes")
    context = {
        "title": _("Exception classes"), "rows": ExceptionClass.objects.all(),
        "problems": problems, "names": selectors.exception_classes(),
        "limits": [(row, request.POST.get(f"hours-{row.pk}", row.hours), problems.get(row.pk))
                   for row in limits],
    }  # fmt: skip
    status = 422 if problems else 200
    return render(request, "shipments/exception_classes.html", context, status=status)


def _set_hours(request: HttpRequest, limits: list[WatchLimit]) -> dict[int, str]:
    problems = {}
    for row in limits:
        text = request.POST.get(f"hours-{row.pk}", "")
        try:
            hours = int(text) if text.isdecimal() and len(text) < 5 else 0
            services.set_watch_hours(row, hours=hours, actor=request.user, at=timezone.now())
        except DomainError as error:
            problems[row.pk] = error.message
    return problems


@allow("exception_class", GET="change", POST="change")
def class_new(request: HttpRequest) -> HttpResponse:
    """Add a class."""
    return _edit(request, None)


@allow("exception_class", GET="change", POST="change")
def class_page(request: HttpRequest, code: str) -> HttpResponse:
    """Change a class."""
    return _edit(request, get_object_or_404(ExceptionClass, code=code))


def _edit(request: HttpRequest, row: ExceptionClass | None) -> HttpResponse:
    form = ClassForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.save_class(
                row, values=form.cleaned_data, actor=request.user, at=timezone.now()
            )
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("shipments:exception_classes")
    context = {"title": str(row) if row else _("New class"), "form": form, "row": row}
    return form_page(request, "shipments/exception_class.html", context)
