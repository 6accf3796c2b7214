"""Cash on delivery: the day's reconciliation, one courier's ledger, receiving the money."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core import audit, calendars, exports
from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors, form_page
from courierqa.core.money import yuan
from shipments import services
from shipments.forms.rounds import HandInForm
from shipments.selectors import cod
from shipments.selectors.round_board import day_of
from staff.models import Employee


def _day(request: HttpRequest) -> date:
    return day_of(request.GET.get("day", ""), today=calendars.business_day(timezone.now()))


@allow("cod", GET="read")
def cod_page(request: HttpRequest) -> HttpResponse:
    """Show owed, taken and handed-in money per courier, what does not agree first."""
    day = _day(request)
    rows = cod.reconciliation(request.access, day)
    context = {
        "title": _("Cash on delivery"), "day": day, "rows": rows,
        "before": day - timedelta(days=1), "after": day + timedelta(days=1),
        "expected_fen": sum(row.expected_fen for row in rows),
        "collected_fen": sum(row.collected_fen for row in rows),
        "handed_fen": sum(row.handed_fen for row in rows),
        "open_count": sum(not row.is_even for row in rows),
    }  # fmt: skip
    return render(request, "shipments/cod.html", context)


@allow("cod", GET="read")
def cod_csv(request: HttpRequest) -> HttpResponseBase:
    """Send the reconciliation of a day as a table."""
    day, now = _day(request), timezone.now()
    audit.record("cod.export", None, actor=request.user, at=now, fields=[str(day)], request=request)
    head = [
        _("Courier"),
        _("Name"),
        _("Owed"),
        _("Money taken"),
        _("Handed in"),
        _("Still open"),
        _("Reason"),
    ]
    lines = [
        [row.courier.number, str(row.courier), row.expected_fen / 100, row.collected_fen / 100,
         row.handed_fen / 100, row.open_fen / 100, "; ".join(row.reasons)]
        for row in cod.reconciliation(request.access, day)
    ]  # fmt: skip
    return exports.csv_response(f"cod-{day}.csv", head, lines)


def _courier(request: HttpRequest, number: str) -> Employee:
    rows = cod.couriers_of(request.access).select_related("site")
    return get_object_or_404(rows, number=number)


@allow("cod", GET="read", POST="receive")
def cod_courier_page(request: HttpRequest, number: str, day: str) -> HttpResponse:
    """Show one courier's ledger of a day, and receive the money."""
    courier = _courier(request, number)
    when = day_of(day, today=calendars.business_day(timezone.now()))
    row = next(
        (r for r in cod.reconciliation(request.access, when) if r.courier == courier),
        cod.CodRow(courier),
    )
    initial = {"amount": f"{max(row.open_fen, 0) / 100:.2f}"}
    form = HandInForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        errors = FieldErrors(form)
        with errors:
            services.hand_in(
                courier=courier, site=courier.site, day=when, at=timezone.now(),
                handed_fen=form.cleaned_data["amount"], reason=form.cleaned_data["reason"],
                actor=request.user,
            )  # fmt: skip
        if errors.ok:
            text = _("%(amount)s received") % {"amount": yuan(form.cleaned_data["amount"])}
            messages.success(request, text)
            return redirect("shipments:cod_courier", number, when.isoformat())
    context = {
        "title": f"{courier} · {when:%Y-%m-%d}", "row": row, "day": when, "form": form,
        "lines": cod.day_lines(courier.pk, when), "courier": courier,
    }  # fmt: skip
    return form_page(request, "shipments/cod_courier.html", context)
