"""Read and understood: confirming, one's own list, the list of those who have not read."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core import audit
from courierqa.core.access import allow, may
from courierqa.core.calendars import business_day
from courierqa.core.exports import csv_response
from courierqa.core.formats import is_english
from courierqa.core.paging import page_of
from quality.document_enums import VersionStatus as V
from quality.models import DocumentVersion, Reading
from quality.selectors import documents as selectors
from quality.services import documents as services
from quality.views.documents.page import find, quiz_shown, show
from staff.lessons import rendered
from staff.models import Site

MOST_ROWS = 20_000


@allow("reading", POST="confirm")
def document_confirm(request: HttpRequest, number: str) -> HttpResponse:
    """Confirm on the desktop page."""
    row = find(request, number)
    wrong = _confirm(request, number)
    if wrong:
        return show(request, row, wrong=wrong)
    return redirect("quality:document", number)


@allow("reading", GET="confirm", POST="confirm")
def m_document(request: HttpRequest, number: str) -> HttpResponse:
    """Read and confirm on the phone (DOC-12)."""
    row = find(request, number)
    held = _held(number)
    wrong = _confirm(request, number) if request.method == "POST" else []
    if request.method == "POST" and not wrong:
        return redirect("quality:m_documents")
    access: Any = request.access
    reading = selectors.reading_of(held, access.employee_id)
    body = held.body_en if is_english() and held.body_en else held.body
    page = {
        "title": row.number, "row": row, "shown": held, "body": rendered(body), "wrong": wrong,
        "reading": reading, "quiz": quiz_shown(held, wrong) if reading else [],
        "today": business_day(timezone.now()),
    }  # fmt: skip
    return render(request, "quality/documents/m_document.html", page, status=422 if wrong else 200)


@allow("reading", GET="confirm")
def m_documents(request: HttpRequest) -> HttpResponse:
    """List on the phone what one has to read."""
    access: Any = request.access
    rows = list(selectors.own_readings(access.employee_id or 0)[:100])
    page = {"title": _("Rules to read"), "today": business_day(timezone.now()),
            "owed": [one for one in rows if one.state == "owed"],
            "read": [one for one in rows if one.state == "read"]}  # fmt: skip
    return render(request, "quality/documents/m_documents.html", page)


def _held(number: str) -> DocumentVersion:
    rows = DocumentVersion.objects.select_related("document", "approved_by")
    return get_object_or_404(rows, document__number=number, status=V.EFFECTIVE)


def _confirm(request: HttpRequest, number: str) -> list[int]:
    """Confirm the version in force for oneself; return the questions answered wrongly."""
    access: Any = request.access
    held = _held(number)
    reading = selectors.reading_of(held, access.employee_id)
    if reading is None:
        raise Http404
    wrong = services.confirm_reading(
        reading, answers=_answers(request, held), by=request.user, at=timezone.now()
    )
    if not wrong:
        messages.success(request, _("Confirmed as read and understood"))
    return wrong


def _answers(request: HttpRequest, held: DocumentVersion) -> dict[int, int | None]:
    typed = {place: request.POST.get(f"q{place}", "") for place in range(len(held.quiz))}
    return {place: int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else None
            for place, text in typed.items()}  # fmt: skip


@allow("reading", GET="read")
def readings_page(request: HttpRequest) -> HttpResponseBase:
    """List who has not read what, nearest due first (DOC-12)."""
    access, today = request.access, business_day(timezone.now())
    rows = selectors.unread(selectors.readings_for(access), request.GET, today=today)
    if request.GET.get("format") == "csv":
        return _file(request, rows)
    found = page_of(rows, request.GET, order=("due_on", "id"))
    page = {
        "title": _("Read and understood"), "page": found, "rows": found.rows, "today": today,
        "is_wide": access.scope != "own", "sites": _sites(access),
        "may_export": may(request.user, "reading", "export"),
        "chosen": {name: request.GET.get(name, "")[:20] for name in ("show", "site", "document")},
    }  # fmt: skip
    return render(request, "quality/documents/readings.html", page)


def _sites(access: Any) -> QuerySet[Site]:
    sites = Site.objects.filter(closed_on=None).order_by("code")
    return sites if access.is_all else sites.filter(pk__in=access.sites)


def _file(request: HttpRequest, rows: QuerySet[Reading]) -> HttpResponseBase:
    """Answer with the list as it is filtered, logged first."""
    if not may(request.user, "reading", "export"):
        raise PermissionDenied
    audit.record("export.csv", None, actor=request.user, at=timezone.now(), reason="readings",
                 request=request, seal_now=True)  # fmt: skip
    head = [_("Document"), _("Version"), _("Staff number"), pgettext("person", "Name"), _("Site"),
            _("Due"),
            pgettext("document", "Read")]  # fmt: skip
    lines = (
        [one.version.document.number, one.version.version, one.employee.number,
         one.employee.name, one.employee.site, one.due_on, one.read_at or ""]
        for one in rows[:MOST_ROWS]
    )  # fmt: skip
    return csv_response("readings.csv", head, lines)
