"""Calling customers back: one key ends a call."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import clocks, selectors, services
from complaints.clocks import Running
from complaints.enums import Clock, FollowUpResult
from complaints.forms import CallForm, RevealForm
from complaints.models import FollowUp
from complaints.views.requests import StaffRequest
from courierqa.core import privacy
from courierqa.core.access import access_for, allow
from courierqa.core.enums import ViewTask
from courierqa.core.forms import FieldErrors

SHOWN, LATER = 30, 15


@allow("case", GET="change")
def followups(request: StaffRequest) -> HttpResponse:
    """Show the calls that are due, the nearest opened."""
    return render(request, "complaints/followups.html", _context(request))


@allow("case", POST="change")
def record(request: StaffRequest, pk: int) -> HttpResponse:
    """Write down how a call went."""
    row = get_object_or_404(_rows(request), pk=pk)
    form = CallForm(request.POST, auto_id=f"call-{pk}-%s")
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            found = form.cleaned_data
            call = services.Call(
                FollowUpResult(found["result"]), found["note"], found["call_again_at"]
            )
            services.record_followup(followup=row, call=call, by=request.user, at=timezone.now())
    if not errors.ok:
        context = _context(request, bound={pk: form})
        return render(request, "complaints/followups.html", context, status=422)
    said = _("%(number)s: %(result)s")
    named = {"number": row.case.number, "result": FollowUpResult(found["result"]).label}
    messages.success(request, said % named)
    return redirect("complaints:followups")


@allow("personal", POST="reveal")
def dial(request: StaffRequest, pk: int) -> HttpResponse:
    """Show the number to call, after the access log has it."""
    reading = access_for(request.user, "case", "change")
    rows = selectors.cases_for(reading) if reading else None
    calls = selectors.followups_due(rows, user=request.user) if rows is not None else None
    row = get_object_or_404(calls if calls is not None else FollowUp.objects.none(), pk=pk)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return redirect("complaints:followups")
    seen = privacy.reveal(
        row.case,
        ["customer_name", "customer_phone"],
        actor=request.user,
        reason=form.cleaned_data["reason"],
        case_ref=row.case.number,
        task=privacy.Task(ViewTask.CALL, row.case.number),
        request=request,
        at=timezone.now(),
    )
    response = render(request, "complaints/_dial.html", {"seen": seen, "row": row})
    response["Cache-Control"] = "no-store"
    return response


def _rows(request: StaffRequest) -> Any:
    return selectors.followups_due(selectors.cases_for(request.access), user=request.user)


def _context(request: StaffRequest, bound: dict[int, CallForm] | None = None) -> dict[str, Any]:
    now = timezone.now()
    wanted = _rows(request)
    # A call in hand stays in sight, also when "call later" came back with an error.
    rows = list(wanted.filter(Q(due_at__lte=now) | Q(pk__in=list(bound or ())))[:SHOWN])
    later = list(wanted.filter(due_at__gt=now).exclude(pk__in=list(bound or ()))[:LATER])
    return {
        "title": _("Follow-ups"),
        "later": later,
        "rows": [
            {
                "call": row,
                "clock": clocks.state(
                    Running(Clock.RESOLVE, row.created_at, row.due_at, None), now=now
                ),
                "form": (bound or {}).get(row.pk) or CallForm(auto_id=f"call-{row.pk}-%s"),
                "promised": [one for one in row.case.claims.all() if one.status != "rejected"],
            }
            for row in rows
        ],
        "results": list(enumerate(FollowUpResult, start=1)),
        "tries": selectors.case_rules().follow_up_tries,
    }
