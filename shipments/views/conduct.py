"""Violations: the list with its counts per courier, recording one, taking one back."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core import calendars
from courierqa.core.access import allow, may
from courierqa.core.errors import DomainError
from courierqa.core.paging import page_of
from shipments import services
from shipments.forms.conduct import ViolationForm
from shipments.models import Violation, ViolationKind
from shipments.views.contacts import deed_page
from shipments.views.parcels import own_parcel
from shipments.views.places import MAX_ROWS, csv_file

DAYS = 90


def _violations(request: HttpRequest):
    seen = request.access.rows(site="courier__site_id", own="courier_id")
    rows = Violation.objects.filter(seen)
    return rows.select_related("kind", "parcel", "courier", "by")


@allow("conduct", GET="read")
def conduct_page(request: HttpRequest) -> HttpResponse:
    """List violations, newest first, and count them per courier over 90 days."""
    rows, kinds = _violations(request), ViolationKind.objects.filter(is_active=True)
    chosen = kinds.filter(code=request.GET.get("kind", "")).first()
    rows = rows.filter(kind=chosen) if chosen else rows
    if number := request.GET.get("courier", "")[:20]:
        rows = rows.filter(courier__number=number)
    if request.GET.get("format") == "csv":
        return _file(request, rows)
    since = calendars.business_day(timezone.now()) - timedelta(days=DAYS)
    counted = rows.filter(happened_on__gte=since, withdrawn_at=None)
    context = {
        "title": _("Violations"), "kinds": kinds, "chosen": chosen, "days": DAYS,
        "page": page_of(rows, request.GET, order=("-happened_on", "-id")),
        "counts": Counter(row.courier for row in counted).most_common(20),
    }  # fmt: skip
    return render(request, "shipments/conduct.html", context)


def _file(request: HttpRequest, rows: QuerySet[Violation]) -> HttpResponse:
    """Answer with the list as it is filtered; whoever may only read gets none."""
    if not may(request.user, "conduct", "export"):
        raise PermissionDenied
    head = [_("Day"), _("What was done"), _("Courier"), _("Parcel"), _("Where it came to light"),
            _("Record"), _("Description"), _("Withdrawn because")]  # fmt: skip
    lines = (
        [row.happened_on, row.kind, row.courier, row.parcel.waybill, row.get_source_display(),
         row.reference, row.words, row.withdrawn_why]
        for row in rows.order_by("-happened_on", "-id")[:MAX_ROWS]
    )  # fmt: skip
    return csv_file(request, "violations", head, lines)


@allow("conduct", GET="change", POST="change")
def violation_new_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Record what a courier did with this parcel."""
    parcel = own_parcel(request, waybill)
    facts = getattr(parcel, "facts", None)
    initial = {
        "happened_on": calendars.business_day(timezone.now()),
        "reference": request.GET.get("reference", "")[:40],
    }
    form = ViolationForm(
        request.POST or None, parcel=parcel, initial=initial,
        courier_id=facts.courier_id if facts else None,
    )  # fmt: skip

    def do() -> None:
        services.record_violation(
            parcel=parcel, at=timezone.now(), actor=request.user, **form.cleaned_data
        )

    lead = _("A red line caps the grade of the month. The courier sees the record and can object")
    return deed_page(request, parcel, form, do, title=_("Record a violation"), lead=lead,
                     verb=_("Record the violation"))  # fmt: skip


@allow("conduct", POST="change")
def violation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a violation back."""
    row = get_object_or_404(_violations(request), pk=pk)
    try:
        services.withdraw_violation(
            row, why=request.POST.get("why", ""), at=timezone.now(), actor=request.user
        )
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("Taken back; it counts nowhere"))
    return redirect("shipments:conduct")
