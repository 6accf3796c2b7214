"""Certificates of other bodies with their surveillance visits."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import allow, may
from courierqa.core.calendars import business_day
from courierqa.core.forms import FieldErrors
from quality.forms.auditing import CertificationForm, VisitForm
from quality.models import Certification, Surveillance
from quality.services import certifications as services


@allow("certification", GET="read")
def certifications_page(request: HttpRequest) -> HttpResponse:
    """Show every certificate, the one that ends first on top (AUD-02)."""
    rows = Certification.objects.select_related("owner").prefetch_related("visits")
    today = business_day(timezone.now())
    page = {
        "title": pgettext("page", "Certifications"), "today": today,
        "rows": [(one, (one.expires_on - today).days) for one in rows],
        "may_change": may(request.user, "certification", "change"),
    }  # fmt: skip
    return render(request, "quality/audits/certifications.html", page)


@allow("certification", GET="change", POST="change")
def certification_new(request: HttpRequest) -> HttpResponse:
    """Register a certificate."""
    form = CertificationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.add_certification(**form.cleaned_data, by=request.user, at=timezone.now())
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("quality:certifications")
    page = {"title": _("New certification"), "form": form, "submit": _("Save"),
            "back": "/certifications/"}  # fmt: skip
    return render(request, "components/form_page.html", page, status=422 if form.errors else 200)


@allow("certification", GET="change", POST="change")
def visit_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep how a surveillance visit ended."""
    visit = get_object_or_404(Surveillance.objects.select_related("certification"), pk=pk)
    form = VisitForm(request.POST or None,
                     initial={"done_on": business_day(timezone.now())})  # fmt: skip
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.record_visit(visit, **form.cleaned_data, by=request.user, at=timezone.now())
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("quality:certifications")
    page = {"title": _("Surveillance visit: %(name)s") % {"name": visit.certification},
            "form": form, "submit": _("Save"), "back": "/certifications/"}  # fmt: skip
    return render(request, "components/form_page.html", page, status=422 if form.errors else 200)
