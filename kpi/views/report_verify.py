"""Anybody checks a report by its fingerprint or its file, without an account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from complaints.limits import TooMany, count_knock
from courierqa.core.access import allow
from courierqa.core.forms import CleanCharField
from kpi.reports import numbers
from kpi.snapshots import lookup
from staff.models import Site

PER_MINUTE = 20
LARGEST = 20 * 1024 * 1024


class VerifyForm(forms.Form):
    """A fingerprint or a file; one of them is enough."""

    hash = CleanCharField(
        label=gettext_lazy("Fingerprint (SHA-256)"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("64 letters and digits, printed on the cover and the last page"),
    )
    file = forms.FileField(
        label=gettext_lazy("Or the file: PDF, XLSX or JSON"),
        required=False,
        help_text=gettext_lazy("Only its fingerprint is compared; the file is not kept"),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 20 MB: no report is"))
        return file

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if self.errors or found.get("file"):
            return found
        text = found.get("hash", "")
        found["sha256"] = lookup.clean_hash(text)
        if not text:
            self.add_error("hash", _("Enter a fingerprint or choose a file"))
        elif not found["sha256"]:
            self.add_error("hash", _("A fingerprint has 64 characters: digits and letters a to f"))
        return found


@allow("public", GET="read", POST="create")
@never_cache
def verify(request: HttpRequest) -> HttpResponse:
    """Say which published report a fingerprint or a file belongs to, or that it is not known.

    Every question is counted per address; editions that are not published answer like unknown.
    """
    asked = request.GET.get("hash", "")[:200]
    if request.method != "POST" and not asked:
        return _page(request, VerifyForm())
    try:
        address = request.META.get("REMOTE_ADDR", "")
        count_knock("report", address, at=timezone.now(), limit=PER_MINUTE)
    except TooMany:
        response = _page(request, VerifyForm(), limited=True, status=429)
        response["Retry-After"] = "60"
        return response
    form = VerifyForm({"hash": asked}) if asked else VerifyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, status=422)
    return _page(request, form, asked=True, answer=_answer(form.cleaned_data))


def _answer(found: dict[str, Any]) -> lookup.Answer | None:
    if found.get("file"):
        return lookup.by_file(found["file"].read())
    return lookup.by_hash(found["sha256"])


def _page(
    request: HttpRequest,
    form: VerifyForm,
    *,
    asked: bool = False,
    answer: lookup.Answer | None = None,
    limited: bool = False,
    status: int = 200,
) -> HttpResponse:
    page: dict[str, Any] = {
        "title": _("Check a quality report"),
        "form": form,
        "asked": asked,
        "answer": answer,
        "limited": limited,
    }
    if answer is not None:
        page["month"] = numbers.month_name(answer.edition.period)
        page["site"] = Site.objects.filter(code=answer.edition.site or None).first()
    return render(request, "kpi/reports/verify.html", page, status=status)
