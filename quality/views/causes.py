"""The cause tree as the company keeps it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors
from quality import selectors, services
from quality.forms import CauseEditForm, MergeForm
from quality.models import Cause, Nonconformity


@allow("cause_tree", GET="read")
def causes_page(request: HttpRequest) -> HttpResponse:
    """Show the six areas with their causes, and how often each was found."""
    counted = Nonconformity.objects.exclude(cause=None).order_by()
    counts = dict(counted.values_list("cause").annotate(n=Count("pk")))
    tree = [
        (area, [(one, counts.get(one.pk, 0)) for one in causes])
        for area, causes in selectors.cause_tree()
    ]
    page = {"title": pgettext("page", "Causes of nonconformities"), "tree": tree}
    return render(request, "quality/causes.html", page)


@allow("cause_tree", GET="change", POST="change")
def cause_edit(request: HttpRequest, code: str = "") -> HttpResponse:
    """Add a cause, or change its words."""
    rows = Cause.objects.exclude(parent=None)
    cause = get_object_or_404(rows, code=code) if code else None
    form = CauseEditForm(request.POST or None, cause=cause, initial=_initial(cause, request))
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.save_cause(cause, **form.cleaned_data, by=request.user, at=timezone.now())
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("quality:causes")
    merge = MergeForm(cause=cause) if cause is not None and not cause.merged_into_id else None
    return _page(request, cause, form, merge)


@allow("cause_tree", POST="change")
def cause_merge(request: HttpRequest, code: str) -> HttpResponse:
    """Say that a cause is the same as another."""
    cause = get_object_or_404(Cause.objects.exclude(parent=None), code=code)
    form = MergeForm(request.POST, cause=cause)
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            services.merge_cause(
                cause, into=form.cleaned_data["into"], by=request.user, at=timezone.now()
            )
    if errors.ok:
        messages.success(request, _("Merged; earlier records are read as the other cause"))
        return redirect("quality:causes")
    edit = CauseEditForm(cause=cause, initial=_initial(cause, request))
    return _page(request, cause, edit, form)


def _page(request: HttpRequest, cause: Any, form: Any, merge: Any) -> HttpResponse:
    title = _("Cause: %(name)s") % {"name": cause} if cause else _("New cause")
    page = {"title": title, "form": form, "merge": merge, "cause": cause}
    bad = form.errors or (merge is not None and merge.errors)
    return render(request, "quality/cause.html", page, status=422 if bad else 200)


def _initial(cause: Cause | None, request: HttpRequest) -> dict[str, Any]:
    if cause is None:
        return {"parent": request.GET.get("area", "")[:40], "is_active": True}
    return {
        "parent": cause.parent.code, "code": cause.code, "name": cause.name,
        "name_en": cause.name_en, "is_active": cause.is_active,
    }  # fmt: skip
