"""The agent's work list."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import clocks, selectors, services
from complaints.enums import CaseClass, CaseKind, Channel
from complaints.models import Case
from complaints.selectors.inbox import ORDER
from complaints.views.requests import StaffRequest
from courierqa.core import audit, exports
from courierqa.core.access import allow, may
from courierqa.core.paging import page_of
from staff.models import User

SIZE = 40
MOST_LINES = 50_000
FILTERS: dict[str, Any] = {"kind": CaseKind, "class": CaseClass, "channel": Channel}


@allow("case", GET="read")
def inbox(request: StaffRequest) -> HttpResponse:
    """Show one view of the cases, nearest deadline first."""
    now = timezone.now()
    rows = selectors.cases_for(request.access)
    view, asked = _view(request), _asked(request)
    found = _found(request, rows, view=view, now=now)
    page = page_of(found, request.GET, order=ORDER, size=SIZE)
    counts = selectors.view_counts(rows, user=request.user, now=now)
    ladder = selectors.ladder_in_force()
    may_change = may(request.user, "case", "change")
    context = {
        "title": _("Complaints"),
        "view": view,
        "text": asked["q"],
        "asked": asked,
        "filters": _filters(asked),
        "is_filtered": any(asked[name] for name in FILTERS),
        "colleagues": _colleagues(request, now=now) if may_change else [],
        "tabs": [(key, label, counts.get(key)) for key, label in selectors.VIEWS.items()],
        "rows": [(case, clocks.badge(case, now=now, ladder=ladder)) for case in page],
        "page": page,
        "may_change": may_change,
        "may_create": may(request.user, "case", "create"),
    }
    return render(request, "complaints/inbox.html", context)


@allow("case", GET="change")
def next_case(request: StaffRequest) -> HttpResponse:
    """Go to the case that is due next; without one, back to the list."""
    rows = selectors.cases_for(request.access)
    current = rows.filter(number=request.GET.get("after", "")).first()
    case = selectors.next_case(rows, user=request.user, after=current)
    if case is None:
        messages.info(request, _("Nothing of yours is due. Take the oldest unowned case"))
        return redirect(f"{reverse('complaints:inbox')}?view=unowned")
    return redirect("complaints:case", case.number)


@allow("case", GET="read")
def home_now(request: StaffRequest) -> HttpResponse:
    """Give the home page the cases and approvals that wait for this person."""
    now = timezone.now()
    rows = selectors.cases_for(request.access)
    due = selectors.inbox(rows, view="mine", user=request.user, now=now)[:5]
    counts = selectors.view_counts(rows, user=request.user, now=now)
    ladder = selectors.ladder_in_force()
    context = {
        "rows": [(case, clocks.badge(case, now=now, ladder=ladder)) for case in due],
        "counts": counts,
        "may_change": may(request.user, "case", "change"),
    }
    return render(request, "complaints/_home_now.html", context)


@allow("case", GET="read")
def parcel_cases(request: StaffRequest, waybill: str) -> HttpResponse:
    """Give another page the cases about a parcel, newest first; a slot, not a page."""
    rows = selectors.cases_for(request.access).filter(parcel__waybill=waybill[:40])
    cases = rows.select_related("reason").prefetch_related("claims").order_by("-pk")[:10]
    context = {"cases": cases, "waybill": waybill[:40]}
    return render(request, "complaints/_parcel_cases.html", context)


@allow("case", GET="export")
def inbox_csv(request: StaffRequest) -> HttpResponseBase:
    """Send one view of the work list as a table, without personal data."""
    now, view = timezone.now(), _view(request)
    audit.record("case.export", None, actor=request.user, at=now, fields=[view], request=request)
    found = _found(request, selectors.cases_for(request.access), view=view, now=now)
    head = [_("Case"), _("Kind"), _("Class"), _("Cause"), _("Channel"), _("Step"), _("Owner"),
            _("Site"), _("Parcel"), _("Received"), _("First answer"), _("Answered"), _("Deadline"),
            _("Transfers"), _("Reopened")]  # fmt: skip
    return exports.csv_response(f"cases-{view}.csv", head, map(_line, found[:MOST_LINES]))


def _line(case: Case) -> list[Any]:
    return [
        case.number, case.get_kind_display(), case.get_case_class_display(), str(case.reason),
        case.get_channel_display(), case.get_status_display(), str(case.owner or ""),
        str(case.site or ""), case.parcel.waybill if case.parcel else case.waybill_given,
        case.received_at, case.first_answer_at, case.answered_at,
        case.next_due_at if case.next_due_at < clocks.NEVER else None, case.handovers,
        case.reopened,
    ]  # fmt: skip


def _found(
    request: StaffRequest, rows: QuerySet[Case], *, view: str, now: datetime
) -> QuerySet[Case]:
    asked = _asked(request)
    chosen = {name: asked[name] for name in FILTERS}
    return selectors.inbox(
        rows, view=view, user=request.user, now=now, text=asked["q"], chosen=chosen
    )


def _colleagues(request: StaffRequest, *, now: datetime) -> list[User]:
    """Leaders assign; everybody else takes or is asked."""
    return list(selectors.colleagues(at=now)) if services.is_leader(request.user) else []


def _asked(request: StaffRequest) -> dict[str, str]:
    """Return what the address asks for; a word no filter knows counts as nothing."""
    known = {name: request.GET.get(name, "") for name in FILTERS}
    asked = {name: word if word in FILTERS[name].values else "" for name, word in known.items()}
    return {**asked, "q": request.GET.get("q", "")[:60]}


def _filters(asked: dict[str, str]) -> list[tuple[str, Any, list[tuple[str, Any]], str]]:
    labels = {"kind": _("Kind"), "class": _("Class"), "channel": _("Channel")}
    return [(name, labels[name], FILTERS[name].choices, asked[name]) for name in FILTERS]


def _view(request: StaffRequest) -> str:
    wanted = request.GET.get("view", "")
    if wanted in selectors.VIEWS:
        return wanted
    return "mine" if may(request.user, "case", "change") else "all"
