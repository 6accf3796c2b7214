"""The files of a report: PDFs and data annexes, each download in the trail."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language

from courierqa.core import audit
from courierqa.core.access import allow
from courierqa.core.exports import attachment
from kpi import snapshots
from kpi.enums import FileKind
from kpi.models import Snapshot
from kpi.views.report_scope import chosen, subject

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allow("report", GET="read")
def report_pdf(request: HttpRequest, period: str, lang: str) -> HttpResponse:
    """Hand out a PDF of an edition, making it first when the worker has not."""
    edition = _edition(request, period)
    return _stored(request, edition, lang, FileKind.PDF, "application/pdf")


@allow("report", GET="read")
def report_data(request: HttpRequest, period: str, suffix: str) -> HttpResponse:
    """Hand out the data annex: a workbook, or the frozen text itself."""
    edition = _edition(request, period)
    if suffix == "json":
        content = snapshots.annex_json(edition)
        name = f"{_base(edition)}.json"
        return _handed(request, edition, content, name, "application/json", edition.sha256)
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return _stored(request, edition, language, FileKind.XLSX, XLSX)


def _edition(request: HttpRequest, text: str) -> Snapshot:
    found = chosen(request, subject(request, text).editions())
    if found is None:
        raise Http404
    return found


def _base(edition: Snapshot) -> str:
    site = f"-{edition.site}" if edition.site else ""
    return f"courier-quality-{edition.period}{site}-{edition.version}"


def _stored(
    request: HttpRequest, edition: Snapshot, language: str, kind: FileKind, media: str
) -> HttpResponse:
    file = snapshots.file_of(edition, language, now=timezone.now(), kind=kind)
    name = f"{_base(edition)}-{language}.{kind.value}"
    with file.file.open("rb") as source:
        return _handed(request, edition, source.read(), name, media, file.sha256)


def _handed(
    request: HttpRequest, edition: Snapshot, content: bytes, name: str, kind: str, sha: str
) -> HttpResponse:
    """Answer with a file; who took which edition is in the trail."""
    suffix = name.rpartition(".")[2]
    audit.record(f"export.{suffix}", edition, actor=request.user, request=request)
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = attachment(name)
    response["ETag"] = f'"{sha}"'
    response["Cache-Control"] = "no-store"
    return response
