"""Exemptions: the list, the request, one record with its decision, revocation and evidence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.access import allow
from courierqa.core.exports import attachment, csv_response
from courierqa.core.forms import FieldErrors, form_page
from courierqa.core.history import changes_of
from courierqa.core.paging import page_of
from kpi import exempting, selectors
from kpi.exemption_forms import DecideForm, ExemptionForm, RevokeForm
from kpi.metrics import METRICS
from kpi.selectors.exemptions import exempted, exemptions_for
from shipments.exemption_enums import ExemptionStatus
from shipments.models import Exemption

MOST = 20_000
TYPES = {"image": "image/jpeg", "pdf": "application/pdf"}


@allow("exemption", GET="read")
def exemptions_page(request: HttpRequest) -> HttpResponseBase:
    """List the exemptions within reach, newest period first; as a file, too."""
    access = request.access  # type: ignore[attr-defined]
    asked = request.GET.get("status", "")
    rows = exemptions_for(access)
    if asked in ExemptionStatus.values:
        rows = rows.filter(status=asked)
    if request.GET.get("format") == "csv":
        return _file(request, rows)
    page = {
        "title": _("Exemptions"),
        "page": page_of(rows, request.GET, order=("-starts_at", "-id")),
        "statuses": ExemptionStatus.choices,
        "status": asked if asked in ExemptionStatus.values else "",
    }
    return render(request, "kpi/exemptions.html", page)


def _file(request: HttpRequest, rows: Any) -> HttpResponseBase:
    audit.record("export.csv", None, actor=request.user, reason="exemptions", request=request,
                 seal_now=True)  # fmt: skip
    head = [
        _("Number"), _("Area"), _("Since"), _("Until"), _("Cause"), _("Evidence"), _("Status"),
        _("Asked for by"), _("Approved by"),
    ]  # fmt: skip
    lines = [
        [
            one.number, area_of(one), one.starts_at.isoformat(), one.ends_at.isoformat(),
            one.cause, one.evidence, one.get_status_display(), str(one.asked_by or ""),
            str(one.approved_by or ""),
        ]
        for one in rows.prefetch_related("sites", "lanes__origin", "lanes__destination")[:MOST]
    ]  # fmt: skip
    return csv_response("exemptions.csv", head, lines)


def area_of(row: Exemption) -> str:
    """Return the places of an exemption in words."""
    places = [str(one) for one in (*row.sites.all(), *row.lanes.all())]
    words = [row.get_reach_display(), row.region, _(", ").join(places)]
    return " · ".join(word for word in words if word)


@allow("exemption", GET="create", POST="create")
def exemption_new(request: HttpRequest) -> HttpResponse:
    """Ask for an exemption of the own sites, or of any area."""
    access = request.access  # type: ignore[attr-defined]
    form = ExemptionForm(request.POST or None, request.FILES or None, access=access)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            sent = form.cleaned_data["file"]
            row = exempting.ask(
                wanted=form.wanted(), content=sent.read(), name=sent.name, by=request.user,
                at=timezone.now(),
            )  # fmt: skip
        if errors.ok:
            messages.success(request, _("The request waits for approval by a manager"))
            return redirect("kpi:exemption", row.number)
    page = {"form": form, "title": _("Ask for an exemption")}
    return form_page(request, "kpi/exemption_new.html", page)


@allow("exemption", GET="read")
def exemption_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show one exemption: area, period, cause, evidence, what it takes out, its course."""
    row = _found(request, number)
    return _show(request, row)


@allow("exemption", POST="approve")
def exemption_decide(request: HttpRequest, number: str) -> HttpResponse:
    """Approve or refuse a request of somebody else."""
    row, form = _found(request, number), DecideForm(request.POST)
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            exempting.decide(
                row=row, approve=request.POST.get("verb") == "approve",
                note=form.cleaned_data["note"], by=request.user, at=timezone.now(),
            )  # fmt: skip
    if errors.ok:
        messages.success(request, _("Decided. The figures are recounted within minutes"))
        return redirect("kpi:exemption", number)
    return _show(request, row, decide=form)


@allow("exemption", POST="revoke")
def exemption_revoke(request: HttpRequest, number: str) -> HttpResponse:
    """Take an approved exemption back with a reason."""
    row, form = _found(request, number), RevokeForm(request.POST)
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            exempting.revoke(
                row=row, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
            )
    if errors.ok:
        messages.success(request, _("Revoked. The figures are recounted within minutes"))
        return redirect("kpi:exemption", number)
    return _show(request, row, revoke=form)


@allow("exemption", GET="read")
def exemption_file(request: HttpRequest, number: str) -> HttpResponse:
    """Open the evidence; the log keeps who did."""
    row = _found(request, number)
    if not row.file:
        raise Http404
    body = exempting.open_file(row, by=request.user, at=timezone.now())
    answer = HttpResponse(body, content_type=TYPES.get(row.file_kind, "application/octet-stream"))
    answer["Content-Disposition"] = attachment(row.file_name)
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "no-store"
    return answer


def _found(request: HttpRequest, number: str) -> Exemption:
    rows = exemptions_for(request.access)  # type: ignore[attr-defined]
    found: Exemption = get_object_or_404(rows, number=number)
    return found


def _show(
    request: HttpRequest, row: Exemption, *, decide: Any = None, revoke: Any = None
) -> HttpResponse:
    scope = selectors.scope_of(request.access)  # type: ignore[attr-defined]
    page = {
        "title": row.number,
        "row": row,
        "sites": row.sites.order_by("code"),
        "lanes": row.lanes.select_related("origin", "destination").order_by("pk"),
        "changes": changes_of(row),
        "is_own": row.asked_by_id == request.user.pk,
        "taken": [
            (METRICS[one.metric], one) for one in exempted(exempting.months_of(row), scope=scope)
        ],
        "decide": decide or DecideForm(),
        "revoke": revoke or RevokeForm(),
    }
    status = 422 if decide is not None or revoke is not None else 200
    return render(request, "kpi/exemption.html", page, status=status)
