"""The board of corrective actions, its list and its file; the band of the home page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core import audit
from courierqa.core.access import Access, allow, may
from courierqa.core.calendars import business_day
from courierqa.core.exports import csv_response
from courierqa.core.paging import page_of
from quality import selectors
from quality.document_enums import ReadingState
from quality.enums import Column, SourceKind
from quality.models import Nonconformity
from quality.selectors import documents
from quality.selectors.improvement.owed import own_soon
from quality.selectors.reviews import lists as reviews
from staff.models import Site

MOST_ROWS = 20_000


@allow("nonconformity", GET="read")
def actions_page(request: HttpRequest) -> HttpResponseBase:
    """Show the board, or the same rows as a list or a file (ux.md 3.21)."""
    access, now = request.access, timezone.now()
    today = business_day(now)
    rows = selectors.filtered(
        selectors.nonconformities_for(access), request.GET, access=access, today=today
    )
    if request.GET.get("format") == "csv":
        return _file(request, _listed(request, rows, today))
    page = {
        "title": pgettext("page", "Corrective actions"), "now": now, "today": today,
        "sites": _sites(access), "sources": SourceKind.choices,
        "may_raise": may(request.user, "nonconformity", "create"),
        "may_export": may(request.user, "nonconformity", "export"),
        "chosen": {name: request.GET.get(name, "") for name in ("view", "show", "site", "source")},
        "layout": "list" if request.GET.get("layout") == "list" else "board",
    }  # fmt: skip
    if page["layout"] == "list":
        found = page_of(_listed(request, rows, today), request.GET, order=("-raised_at", "-id"))
        page |= {"page": found, "cards": selectors.cards_of(found.rows, today=today),
                 "columns": Column.choices, "column": request.GET.get("column", "")}  # fmt: skip
    else:
        page["board"] = selectors.board(rows, today=today)
    return render(request, "quality/actions.html", page)


def _listed(
    request: HttpRequest, rows: QuerySet[Nonconformity], today: Any
) -> QuerySet[Nonconformity]:
    column = request.GET.get("column", "")
    rows = rows.select_related("cause")
    return selectors.in_column(rows, column, today=today) if column in Column.values else rows


def _sites(access: Access) -> QuerySet[Site]:
    sites = Site.objects.order_by("code")
    return sites if access.is_all else sites.filter(pk__in=access.sites)


def _file(request: HttpRequest, rows: QuerySet[Nonconformity]) -> HttpResponseBase:
    """Answer with the list as it is filtered, logged first."""
    if not may(request.user, "nonconformity", "export"):
        raise PermissionDenied
    audit.record("export.csv", None, actor=request.user, at=timezone.now(), reason="actions",
                 request=request, seal_now=True)  # fmt: skip
    head = [_("Number"), _("Title"), pgettext("nonconformity", "Source"), _("Reference"),
            _("Site"), _("Owner"),
            _("Severity"), _("Status"), _("Cause"), _("Raised"), _("Plan first due"),
            _("Due"), _("Closed"), pgettext("nonconformity", "Repeats")]  # fmt: skip
    lines = (
        [row.number, row.title, row.get_source_display(), row.source_ref, row.site or "",
         row.owner or "", row.get_severity_display(), row.get_status_display(), row.cause or "",
         row.raised_at, row.plan_first_due_on, row.due_on or "", row.closed_at or "",
         row.repeats or ""]
        for row in rows.select_related("repeats").order_by("-raised_at", "-id")[:MOST_ROWS]
    )  # fmt: skip
    return csv_response("actions.csv", head, lines)


@allow("nonconformity", GET="read")
def home_now(request: HttpRequest) -> HttpResponse:
    """Give the home page what the reader owes, and what is late among the reader's people."""
    now = timezone.now()
    today = business_day(now)
    me = request.access.employee_id
    page: dict[str, Any] = {"today": today}
    if me is not None:
        page["owed"] = selectors.owed_by(me)
        page["readings"] = documents.own_readings(me).filter(state=ReadingState.OWED)[:5]
        page["more"] = [(one, one.is_late(now)) for one in own_soon(request.user, today=today)]
        page["late"] = selectors.late_below(me, today=today)
        page["reviews"] = reviews.owed_reviews(me, today=today)
    if request.access.is_all:
        rows = selectors.nonconformities_for(request.access)
        page["late_all"] = selectors.late_count(rows, today=today)
        page["late_reviews"] = reviews.overdue_count(reviews.reviews_for(request.access),
                                                     today=today)  # fmt: skip
    return render(request, "quality/_home_now.html", page)
