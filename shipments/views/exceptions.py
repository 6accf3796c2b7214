"""The exception board: columns by status, cards by urgency, moved by menu or key (ux 3.6)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core import audit
from courierqa.core.access import access_for, allow
from courierqa.core.errors import DomainError
from courierqa.core.exports import csv_response
from courierqa.core.paging import page_of
from shipments import enums, selectors, services
from shipments.enums import ExceptionStatus
from shipments.models import ParcelException
from staff.selectors import sites_for

EXPORT_ROWS = 20_000


@allow("exception", GET="read")
def exceptions_page(request: HttpRequest) -> HttpResponse:
    """Show open exceptions by status, and what was solved today; or the same as a list."""
    if request.GET.get("layout") == "list":
        return _list_page(request)
    template = "shipments/_board.html" if _is_fragment(request) else "shipments/exceptions.html"
    return render(request, template, _board_context(request))


def _is_fragment(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _board_context(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    access = access_for(request.user, "exception", "read")
    kind = request.GET.get("kind", "")
    rows = selectors.filtered(selectors.exceptions_for(access), request.GET, access=access, now=now)
    return {
        "title": _("Exceptions"), "now": now, "board": selectors.board(rows, kind=kind, now=now),
        "kind": kind, "view": request.GET.get("view", ""), "show": request.GET.get("show", ""),
        "last_solved": None, "plans": enums.Plan.choices,
        "sites": list(sites_for(access).order_by("code")) if access.scope != "own" else [],
    }  # fmt: skip


def _wanted(request: HttpRequest) -> QuerySet[ParcelException]:
    """Return the rows the address of a list asks for."""
    access = request.access
    rows = selectors.filtered(
        selectors.exceptions_for(access), request.GET, access=access, now=timezone.now()
    )
    status = request.GET.get("status", "")
    rows = rows.filter(status=status) if status in ExceptionStatus else rows.filter(closed_at=None)
    if request.GET.get("kind"):
        rows = rows.filter(kind=request.GET["kind"][:20])
    return rows


def _list_page(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    rows = _wanted(request).select_related("parcel__last_site")
    page = page_of(rows, request.GET, order=("due_at", "id"))
    classes = selectors.exception_classes()
    context = {
        "title": _("Exceptions"), "now": now, "page": page,
        "cards": [selectors.card(row, classes, now=now) for row in page],
        "classes": classes.values(), "statuses": ExceptionStatus.choices,
        "asked": request.GET, "sites": list(sites_for(request.access).order_by("code")),
    }  # fmt: skip
    return render(request, "shipments/exception_list.html", context)


@allow("exception", GET="export")
def exceptions_csv(request: HttpRequest) -> HttpResponseBase:
    """Send the list as a file for spreadsheets; that it was taken is on record."""
    now = timezone.now()
    audit.record("exception.export", actor=request.user, at=now, reason=request.GET.urlencode())
    header = [_("Number"), _("Parcel"), _("What is wrong"), _("Status"),
              pgettext("moment", "Opened"), _("Due"), _("Customer told"), _("Solved"),
              _("In hand of"), _("Site"), _("Plan")]  # fmt: skip
    return csv_response(f"exceptions-{now:%Y-%m-%d}.csv", header, _csv_rows(request))


def _csv_rows(request: HttpRequest) -> Iterator[list[Any]]:
    classes = selectors.exception_classes()
    for row in _wanted(request)[:EXPORT_ROWS]:
        yield [
            row.number, row.parcel.waybill, str(classes.get(row.kind, row.kind)),
            row.get_status_display(), row.opened_at, row.due_at, row.told_at, row.closed_at,
            str(row.owner or ""), row.site.code, row.get_plan_display() if row.plan else "",
        ]  # fmt: skip


@allow("exception", POST="change")
def exception_move(request: HttpRequest, number: str) -> HttpResponse:
    """Move a card to another column; the board comes back, or the refusal beside the words."""
    row = get_object_or_404(selectors.exceptions_for(request.access), number=number)
    problem = _move(request, row)
    if not _is_fragment(request):
        if problem is not None:
            messages.error(request, problem.message)
        return redirect(f"{reverse('shipments:exceptions')}?{request.GET.urlencode()}")
    if problem is not None and request.POST.get("dialog"):
        response = render(request, "shipments/_move_problem.html", {"problem": problem}, status=422)
        response["HX-Retarget"], response["HX-Reswap"] = "#move-problem", "innerHTML"
        return response
    context = {**_board_context(request), "problem": problem}
    return render(request, "shipments/_board.html", context, status=422 if problem else 200)


def _move(request: HttpRequest, row: ParcelException) -> DomainError | None:
    said, now = request.POST, timezone.now()
    verb, note = said.get("verb", ""), said.get("note", "")
    employee = getattr(request.user, "employee", None)
    common: dict[str, Any] = {"actor": request.user, "at": now}
    try:
        if verb == "take":
            services.take_exception(row, owner_id=employee.pk if employee else None, **common)
        elif verb == "put_back" and row.status == ExceptionStatus.SOLVED:
            services.reopen_exception(row, note=note, **common)
        elif verb == "put_back":
            services.put_back_exception(row, note=note, **common)
        elif verb == "tell":
            services.tell_customer(row, note=note, plan=said.get("plan", ""), **common)
        elif verb == "solve":
            services.solve_exception(row, note=note, **common)
        else:
            return DomainError(_("Choose what to do"), field="verb")
    except DomainError as error:
        return error
    return None


@allow("exception", GET="read")
def home_now(request: HttpRequest) -> HttpResponse:
    """Give the home page what waits: mine, overdue, untold."""
    now = timezone.now()
    access = request.access
    rows = selectors.exceptions_for(access).filter(closed_at=None)
    classes = selectors.exception_classes()
    mine = rows.filter(owner_id=access.employee_id or 0)[:4]
    overdue = rows.filter(due_at__lt=now).order_by().count()
    context = {
        "cards": [selectors.card(row, classes, now=now) for row in mine], "overdue": overdue,
    }  # fmt: skip
    return render(request, "shipments/_home_now.html", context)
