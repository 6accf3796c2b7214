"""The watchlist: what the system noticed before anybody complained (EXC-07, EXC-08, TIM-16)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.access import allow
from courierqa.core.exports import csv_response
from courierqa.core.paging import page_of
from shipments import selectors
from shipments.selectors.watchlist import KIND_OF_TAB, TABS

EXPORT_ROWS = 20_000


@allow("watchlist", GET="read")
def watchlist_page(request: HttpRequest) -> HttpResponse:
    """Show one tab of the watchlist with the counts of all."""
    now, access = timezone.now(), request.access
    tab = request.GET.get("tab", "risk")
    tab = tab if tab in TABS else "risk"
    counts = selectors.tab_counts(access, now=now)
    context: dict[str, Any] = {
        "title": _("Watchlist"), "now": now, "tab": tab,
        "tabs": [(code, label, counts[code]) for code, label in TABS.items()],
    }  # fmt: skip
    context |= _tab(request, tab, now)
    return render(request, "shipments/watchlist.html", context)


def _tab(request: HttpRequest, tab: str, now: Any) -> dict[str, Any]:
    access = request.access
    if tab == "backlog":
        return {"places": selectors.backlog(access)}
    if tab in ("risk", "behind"):
        page = page_of(selectors.marks_for(access, tab), request.GET, order=("due_at", "id"))
        return {
            "page": page, "marks": selectors.with_parcels(list(page)),
            "score": selectors.newest_score(),
        }  # fmt: skip
    rows = selectors.watched_exceptions(access, tab).select_related("parcel__last_site")
    page = page_of(rows, request.GET, order=("due_at", "id"))
    classes = selectors.exception_classes()
    return {"page": page, "cards": [selectors.card(row, classes, now=now) for row in page]}


@allow("watchlist", GET="read")
def watchlist_csv(request: HttpRequest) -> HttpResponseBase:
    """Send a tab as a file for spreadsheets."""
    now, tab = timezone.now(), request.GET.get("tab", "risk")
    audit.record("watchlist.export", actor=request.user, at=now, reason=tab[:20])
    header = [_("Parcel"), _("Noticed"), _("Site"), _("Promised by"), _("Expected"),
              _("Last seen")]  # fmt: skip
    rows = _exception_rows(request, tab) if tab in (*KIND_OF_TAB, "untold") else _mark_rows(
        request, tab if tab in ("risk", "behind") else "risk"
    )  # fmt: skip
    return csv_response(f"watchlist-{tab[:12]}-{now:%Y-%m-%d}.csv", header, rows)


def _mark_rows(request: HttpRequest, tab: str) -> Iterator[list[Any]]:
    marks = list(selectors.marks_for(request.access, tab)[:EXPORT_ROWS])
    for one in selectors.with_parcels(marks):
        yield [one.parcel.waybill, one.mark.since, str(one.site or ""), one.mark.due_at,
               one.mark.expected_at, one.parcel.last_event_at]  # fmt: skip


def _exception_rows(request: HttpRequest, tab: str) -> Iterator[list[Any]]:
    for row in selectors.watched_exceptions(request.access, tab)[:EXPORT_ROWS]:
        yield [row.parcel.waybill, row.opened_at, row.site.code, row.parcel.promised_by, "",
               row.parcel.last_event_at]  # fmt: skip
