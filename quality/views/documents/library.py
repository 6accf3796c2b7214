"""The list of documents, what a screen shows the way to, the clause map."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core import audit
from courierqa.core.access import allow, may
from courierqa.core.calendars import business_day
from courierqa.core.exports import csv_response
from courierqa.core.paging import page_of
from quality.document_enums import Category, Level, Screen
from quality.models import Document
from quality.selectors import documents as selectors

MOST_ROWS = 5000
SHOWN = ("mine", "coming")


@allow("document", GET="read")
def documents_page(request: HttpRequest) -> HttpResponseBase:
    """List the documents the reader may open (DOC-01, DOC-02)."""
    today = business_day(timezone.now())
    drafts = may(request.user, "document", "draft")
    rows = selectors.searched(
        reachable(request), request.GET, employee_id=request.access.employee_id
    )
    if request.GET.get("format") == "csv":
        return _file(request, rows)
    found = page_of(rows, request.GET, order=("number", "id"))
    page = {
        "title": pgettext("page", "Documents"), "page": found, "today": today,
        "lines": selectors.lines_of(list(found.rows)), "levels": Level.choices,
        "categories": Category.choices, "may_draft": drafts,
        "may_change": may(request.user, "document", "change"),
        "may_export": may(request.user, "document", "export"),
        "chosen": {name: request.GET.get(name, "")[:60]
                   for name in ("q", "level", "category", "show")},
    }  # fmt: skip
    return render(request, "quality/documents/documents.html", page)


def reachable(request: HttpRequest) -> QuerySet[Document]:
    """Return the documents this reader may open."""
    drafts = may(request.user, "document", "draft")
    access: Any = request.access
    return selectors.documents_for(access, drafts=drafts)


def _file(request: HttpRequest, rows: QuerySet[Document]) -> HttpResponseBase:
    """Answer with the register of documents, logged first."""
    if not may(request.user, "document", "export"):
        raise PermissionDenied
    audit.record("export.csv", None, actor=request.user, at=timezone.now(), reason="documents",
                 request=request, seal_now=True)  # fmt: skip
    head = [_("Number"), _("Title"), pgettext("document", "Level"),
            pgettext("document", "Category"), _("Who explains it"), _("Version"),
            _("In force from"), pgettext("document", "Approved by"), _("Unread")]  # fmt: skip
    lines = (
        [one.row.number, one.row.title, one.row.get_level_display(),
         one.row.get_category_display(), one.row.owner, one.now.version if one.now else "",
         one.now.effective_on if one.now else "",
         one.now.approved_by if one.now else "", one.owed]
        for one in selectors.lines_of(list(rows[:MOST_ROWS]))
    )  # fmt: skip
    return csv_response("documents.csv", head, lines)


@allow("document", GET="read")
def screen_page(request: HttpRequest, screen: str) -> HttpResponse:
    """Lead from a screen to its instruction, or list them where there are several (DOC-11)."""
    if screen not in Screen.values:
        raise Http404
    found = selectors.of_screen(reachable(request), screen)
    on_phone = "courier" in request.access.roles
    name = "quality:m_document" if on_phone else "quality:document"
    if len(found) == 1:
        return redirect(name, found[0].number)
    page = {"title": _("Instructions: %(screen)s") % {"screen": Screen(screen).label},
            "rows": found, "page_name": name}  # fmt: skip
    template = "m_screen" if on_phone else "screen"
    return render(request, f"quality/documents/{template}.html", page)


@allow("document", GET="read")
def clauses_page(request: HttpRequest) -> HttpResponse:
    """Show which documents answer which clause of ISO 9001, and where none does (DOC-10)."""
    clauses = selectors.clause_map(reachable(request))
    page = {"title": _("Clauses of ISO 9001"), "clauses": clauses,
            "gaps": sum(not docs for _code, _words, docs in clauses)}  # fmt: skip
    return render(request, "quality/documents/clauses.html", page)
