"""The exception board: columns by status, cards by urgency, deeds on each."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.errors import DomainError
from courierqa.core.history import changes_of
from shipments import selectors, services
from shipments.enums import ExceptionKind, ExceptionStatus
from shipments.services.exceptions import MACHINE

PER_COLUMN = 60


@allow("exception", GET="read")
def exceptions_page(request: HttpRequest) -> HttpResponse:
    """Show open exceptions by status, and what was solved since yesterday."""
    now = timezone.now()
    rows = selectors.exceptions_for(request.access)
    if request.GET.get("view") == "mine" and hasattr(request.user, "employee"):
        rows = rows.filter(owner=request.user.employee)
    kinds = Counter(
        rows.exclude(status=ExceptionStatus.SOLVED).order_by().values_list("kind", flat=True)
    )
    if request.GET.get("kind") in ExceptionKind.values:
        rows = rows.filter(kind=request.GET["kind"])
    context = {
        "title": _("Exceptions"), "now": now,
        "columns": [_column(rows, status, now) for status in ExceptionStatus],
        "kinds": [(kind, kind.label, kinds[kind.value]) for kind in ExceptionKind],
    }  # fmt: skip
    return render(request, "shipments/exceptions.html", context)


def _column(rows, status: ExceptionStatus, now) -> dict:
    chosen = rows.filter(status=status)
    if status == ExceptionStatus.SOLVED:
        chosen = chosen.filter(closed_at__gte=now - timedelta(days=1)).order_by("-closed_at")
    shown = list(chosen[: PER_COLUMN + 1])
    return {"status": status, "label": status.label, "rows": shown[:PER_COLUMN],
            "more": len(shown) > PER_COLUMN}  # fmt: skip


@allow("exception", GET="read", POST="change")
def exception_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show one exception with its history, and move it."""
    rows = selectors.exceptions_for(request.access)
    row = get_object_or_404(rows, number=number)
    problem = None
    if request.method == "POST":
        problem = _do(request, row)
        if problem is None:
            return redirect("shipments:exception", row.number)
    context = {
        "title": row.number, "row": row, "problem": problem, "changes": changes_of(row),
        "verbs": MACHINE.verbs(row.status), "now": timezone.now(),
        "note": request.POST.get("note", ""),
    }  # fmt: skip
    status = 422 if problem else 200
    return render(request, "shipments/exception.html", context, status=status)


def _do(request: HttpRequest, row) -> DomainError | None:
    """Carry out the pressed verb; return the refusal."""
    verb, note, now = request.POST.get("verb", ""), request.POST.get("note", ""), timezone.now()
    employee = getattr(request.user, "employee", None)
    try:
        if verb == "take":
            owner = employee.pk if employee else None
            services.take_exception(row, owner_id=owner, actor=request.user, at=now)
        elif verb == "tell":
            services.tell_customer(row, note=note, actor=request.user, at=now)
        elif verb == "solve":
            services.solve_exception(row, note=note, actor=request.user, at=now)
        elif verb == "reopen":
            services.reopen_exception(row, note=note, actor=request.user, at=now)
        else:
            return DomainError(_("Choose what to do"), field="verb")
    except DomainError as error:
        row.refresh_from_db()
        return error
    messages.success(request, _("Saved"))
    return None
