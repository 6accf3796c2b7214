"""The agent's work list."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import clocks, selectors, services
from complaints.models import Case
from complaints.selectors.inbox import ORDER
from complaints.views.requests import StaffRequest
from courierqa.core.access import allow, may
from courierqa.core.errors import DomainError
from courierqa.core.paging import keyset_page

SIZE = 40


@allow("case", GET="read")
def inbox(request: StaffRequest) -> HttpResponse:
    """Show one view of the cases, nearest deadline first."""
    now = timezone.now()
    rows = selectors.cases_for(request.access)
    view = _view(request)
    text = request.GET.get("q", "")[:60]
    found = selectors.inbox(rows, view=view, user=request.user, now=now, text=text)
    page = keyset_page(found, cursor=request.GET.get("after", ""), order=ORDER, size=SIZE)
    counts = selectors.view_counts(rows, user=request.user, now=now)
    context = {
        "title": _("Complaints"),
        "view": view,
        "text": text,
        "tabs": [(key, label, counts.get(key)) for key, label in selectors.VIEWS.items()],
        "rows": [(case, clocks.badge(case, now=now)) for case in page],
        "page": page,
        "may_change": may(request.user, "case", "change"),
        "may_create": may(request.user, "case", "create"),
    }
    return render(request, "complaints/inbox.html", context)


@allow("case", POST="change")
def take_cases(request: StaffRequest) -> HttpResponse:
    """Take every ticked case; those that are somebody else's are named."""
    numbers = request.POST.getlist("case")[:SIZE]
    rows = selectors.cases_for(request.access).filter(number__in=numbers)
    taken, refused = _take_each(list(rows), request, at=timezone.now())
    if taken:
        messages.success(request, _("Taken: %(numbers)s") % {"numbers": ", ".join(taken)})
    for words in refused:
        messages.warning(request, words)
    return redirect(f"{reverse('complaints:inbox')}?view=mine")


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
    context = {
        "rows": [(case, clocks.badge(case, now=now)) for case in due],
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


def _view(request: StaffRequest) -> str:
    wanted = request.GET.get("view", "")
    if wanted in selectors.VIEWS:
        return wanted
    return "mine" if may(request.user, "case", "change") else "all"


def _take_each(
    cases: list[Case], request: StaffRequest, *, at: datetime
) -> tuple[list[str], list[str]]:
    taken, refused = [], []
    for case in cases:
        try:
            services.take(case=case, by=request.user, at=at)
            taken.append(case.number)
        except DomainError as error:
            refused.append(error.message)
    return taken, refused
