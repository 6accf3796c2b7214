"""Certificates of other bodies with their surveillance visits."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core.access import allow, may
from courierqa.core.calendars import business_day
from courierqa.core.forms import FieldErrors
from quality.forms.auditing import CertificateFileForm, CertificationForm, VisitForm
from quality.models import Certification, KeptFile, Surveillance
from quality.services import certifications as services
from quality.services.improvement.files import open_file
from quality.views.page import file_answer
from staff.views.records import make_page


@allow("certification", GET="read")
def certifications_page(request: HttpRequest) -> HttpResponse:
    """Show every certificate, the one that ends first on top (AUD-02)."""
    rows = Certification.objects.select_related("owner").prefetch_related("visits", "files")
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
    form = CertificationForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            _added(form.cleaned_data, request.user)
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("quality:certifications")
    page = {"title": _("New certification"), "form": form, "submit": _("Save"),
            "back": "/certifications/"}  # fmt: skip
    return render(request, "components/form_page.html", page, status=422 if form.errors else 200)


def _added(said: dict[str, Any], by: Any) -> None:
    sent = said.pop("file")
    services.add_certification(**said, content=sent.read() if sent else b"",
                               file_name=sent.name if sent else "", by=by,
                               at=timezone.now())  # fmt: skip


@allow("certification", GET="change", POST="change")
def certification_file_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the paper of a certificate."""
    row = get_object_or_404(Certification, pk=pk)
    is_sent = request.method == "POST"
    form = CertificateFileForm(*(request.POST, request.FILES) if is_sent else ())
    back = reverse("quality:certifications")

    def save(said: dict[str, Any]) -> str:
        sent = said["file"]
        services.add_certificate_file(row, content=sent.read(), name=sent.name, by=request.user,
                                      at=timezone.now())  # fmt: skip
        return back

    title = _("File of %(name)s") % {"name": row}
    return make_page(request, form, save, title=title, submit=_("Save"), back=back)


@allow("certification", GET="read")
def certification_file(request: HttpRequest, uid: Any) -> HttpResponse:
    """Send a file of a certificate; who opened it is logged first."""
    files = KeptFile.objects.exclude(certification=None).select_related("certification")
    file = get_object_or_404(files, uid=uid)
    return file_answer(file, open_file(file, by=request.user, at=timezone.now()))


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
