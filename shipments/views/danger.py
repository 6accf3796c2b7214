"""Dangerous goods: reported at once, followed step by step (ACC-08)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors, form_page
from courierqa.core.paging import page_of
from shipments import selectors, services
from shipments.forms import DangerForm, DangerStepForm
from shipments.models import Parcel
from staff.selectors import sites_for


@allow("danger", GET="read")
def dangers_page(request: HttpRequest) -> HttpResponse:
    """List the reports, the newest first; open ones on demand."""
    rows = selectors.dangers_for(request.access)
    if request.GET.get("view") == "open":
        rows = rows.filter(closed_at=None)
    page = page_of(rows, request.GET, order=("-id",))
    context = {"title": _("Dangerous goods"), "page": page}
    return render(request, "shipments/dangers.html", context)


@allow("danger", GET="change", POST="change")
def danger_new_page(request: HttpRequest) -> HttpResponse:
    """Report dangerous goods; the parcel is stopped at once."""
    sites = sites_for(request.access).filter(closed_on=None).order_by("code")
    start = {"waybill": request.GET.get("waybill", "")[:60], "site": request.GET.get("site", "")}
    form = DangerForm(request.POST or None, sites=sites, initial=start)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        parcel = _parcel(request, form)
        errors = FieldErrors(form)
        if not form.errors:
            with errors:
                report = services.report_danger(
                    parcel=parcel, kind=said["kind"], what=said["what"], site=said["site"],
                    person=getattr(request.user, "employee", None), at=timezone.now(),
                    actor=request.user,
                )  # fmt: skip
        if errors.ok:
            messages.success(request, _("Reported. The parcel is stopped; write down each step"))
            return redirect("shipments:danger", report.number)
    context = {"title": _("Report dangerous goods"), "form": form}
    return form_page(request, "shipments/danger_new.html", context)


def _parcel(request: HttpRequest, form: DangerForm) -> Parcel | None:
    typed = form.cleaned_data["waybill"]
    if not typed:
        return None
    rows = selectors.parcels_for(request.access)
    found = rows.filter(waybill=selectors.plain_waybill(typed)).first()
    if found is None:
        form.add_error("waybill", _("No parcel found"))
    return found


@allow("danger", GET="read", POST="change")
def danger_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show a report with its steps; take the next step."""
    report = get_object_or_404(selectors.dangers_for(request.access), number=number)
    now = timezone.now()
    form = DangerStepForm(request.POST or None, now=now)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.add_danger_step(
                report=report, now=now, actor=request.user, **form.cleaned_data
            )
        if errors.ok:
            messages.success(request, _("Step written down"))
            return redirect("shipments:danger", report.number)
    context = {
        "title": report.number, "report": report, "form": form,
        "steps": report.steps.select_related("by"),
    }  # fmt: skip
    return form_page(request, "shipments/danger.html", context)
