"""Anybody checks a report by its fingerprint or its file, without an account."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
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
from courierqa.core.exports import attachment
from courierqa.core.forms import CleanCharField, FieldErrors
from kpi.models import Snapshot
from kpi.reports import numbers
from kpi.snapshots import lookup, recomputing
from staff.models import Site
from tools import verify_report

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
        help_text=gettext_lazy(
            "Its fingerprint is compared and its figures recomputed; it is not kept"
        ),
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
    errors = FieldErrors(form)
    with errors:
        return _page(request, form, said=_said(form.cleaned_data))
    return _page(request, form, status=422)


@allow("public", GET="read")
def verify_tool(request: HttpRequest) -> HttpResponse:
    """Hand out the stand-alone program, byte for byte the one that checks here."""
    content = Path(verify_report.__file__).read_bytes()
    response = HttpResponse(content, content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = attachment("verify_report.py")
    return response


@dataclass(frozen=True)
class _Said:
    """What is known of the fingerprint or file, and what its figures give when recomputed."""

    answer: lookup.Answer | None = None
    recount: recomputing.Recounted | None = None
    # The annex was saved anew, or changed: the published edition of its month it was held against.
    beside: Snapshot | None = None


def _said(found: dict[str, Any]) -> _Said:
    """Recognise the fingerprint or file, and compute the figures of its annex again.

    Raises BadAnnex where a workbook or text is none of ours.
    """
    content = found["file"].read() if found.get("file") else b""
    answer = lookup.by_file(content) if content else lookup.by_hash(found["sha256"])
    if answer is not None and not answer.is_altered:
        return _Said(answer, recomputing.recounted(answer.edition))
    if answer is not None or not recomputing.is_annex(content):
        return _Said(answer)
    annex = recomputing.read(content)
    edition = recomputing.published_like(annex)
    if edition is None:
        return _Said()
    return _Said(None, recomputing.differences(annex, edition), edition)


def _page(
    request: HttpRequest,
    form: VerifyForm,
    *,
    said: _Said | None = None,
    limited: bool = False,
    status: int = 200,
) -> HttpResponse:
    page: dict[str, Any] = {
        "title": _("Check a quality report"),
        "form": form,
        "asked": said is not None,
        "said": said,
        "answer": said.answer if said else None,
        "limited": limited,
    }
    edition = (said.answer.edition if said.answer else said.beside) if said else None
    if edition is not None:
        page["edition"] = edition
        page["month"] = numbers.month_name(edition.period)
        page["site"] = Site.objects.filter(code=edition.site or None).first()
    return render(request, "kpi/reports/verify.html", page, status=status)
