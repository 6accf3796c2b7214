"""Places where customers speak in public, and who watches them (CMP-28)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import selectors, services
from complaints.forms import ForumForm, LookForm
from complaints.models import Case, Forum, ForumLook
from complaints.views.requests import StaffRequest
from courierqa.core.access import access_for, allow
from courierqa.core.forms import FieldErrors, form_page


@allow("forum", GET="read")
def forums(request: StaffRequest) -> HttpResponse:
    """List the places, the one to look at next first."""
    now = timezone.now()
    rows = list(selectors.forums(access_for(request.user, "case", "read")))
    context = {
        "title": _("Watched forums"), "now": now,
        "rows": [(row, row.is_active and row.next_due_at < now) for row in rows],
    }  # fmt: skip
    return render(request, "complaints/forums.html", context)


@allow("forum", GET="read", POST="look")
def forum(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one place with the looks at it, and take a new one."""
    row = get_object_or_404(Forum.objects.select_related("watcher"), pk=pk)
    form = LookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.record_look(forum=row, by=request.user, at=timezone.now(), **form.cleaned_data)
        if errors.ok:
            messages.success(request, _("Written down"))
            return redirect("complaints:forum", pk)
    looks = ForumLook.objects.filter(forum=row).select_related("by")[:50]
    reading = access_for(request.user, "case", "read")
    seen = selectors.cases_for(reading) if reading else Case.objects.none()
    cases = seen.filter(forum=row).select_related("reason").order_by("-pk")[:50]
    context = {
        "title": str(row), "row": row, "form": form, "looks": looks, "cases": cases,
        "is_watcher": row.watcher_id == request.user.pk,
    }  # fmt: skip
    return form_page(request, "complaints/forum.html", context)


@allow("forum", GET="change", POST="change")
def forum_new(request: StaffRequest) -> HttpResponse:
    """Add a place."""
    return _edit(request, None)


@allow("forum", GET="change", POST="change")
def forum_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change who watches a place, and how often."""
    return _edit(request, get_object_or_404(Forum, pk=pk))


def _edit(request: StaffRequest, row: Forum | None) -> HttpResponse:
    form = ForumForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.save_forum(row, values=form.cleaned_data, by=request.user, at=timezone.now())
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("complaints:forums")
    context = {
        "title": str(row) if row else _("Watch a forum"), "form": form, "submit": _("Save"),
        "back": reverse("complaints:forums"),
    }  # fmt: skip
    return form_page(request, "components/form_page.html", context)
