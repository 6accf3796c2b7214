"""Money that came back for a paid claim: what was entered, the form, taking an entry back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import forms, selectors, services
from complaints.enums import ClaimStatus
from complaints.models import Claim, Recovery
from complaints.views.requests import StaffRequest
from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors, form_page


@allow("claim", GET="settle", POST="settle")
def recoveries(request: StaffRequest, pk: int) -> HttpResponse:
    """Show what came back for a claim, and enter what comes."""
    claim = _paid(request, pk)
    form = forms.RecoveryForm(request.POST or None)
    errors = FieldErrors(form)
    if request.method == "POST" and form.is_valid():
        with errors:
            services.record_recovery(
                claim=claim, received=form.received(), by=request.user, at=timezone.now()
            )
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("complaints:recoveries", claim.pk)
    return form_page(request, "complaints/recoveries.html", _page(claim, form))


@allow("claim", POST="settle")
def recovery_take_back(request: StaffRequest, pk: int, row: int) -> HttpResponse:
    """Take a wrong entry back, with the reason."""
    claim = _paid(request, pk)
    entry = get_object_or_404(Recovery, claim=claim, pk=row)
    form = forms.TakeBackForm(request.POST)
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            services.take_back_recovery(
                row=entry, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
            )
    if errors.ok:
        messages.success(request, _("Taken back"))
        return redirect("complaints:recoveries", claim.pk)
    page = _page(claim, forms.RecoveryForm()) | {"take_back": form, "bad_row": entry.pk}
    return render(request, "complaints/recoveries.html", page, status=422)


def _paid(request: StaffRequest, pk: int) -> Claim:
    rows = selectors.claims_for(request.access).filter(status=ClaimStatus.PAID)
    return get_object_or_404(rows.select_related("case"), pk=pk)


def _page(claim: Claim, form: forms.RecoveryForm) -> dict[str, Any]:
    rows = Recovery.objects.filter(claim=claim).select_related("recorded_by", "taken_back")
    back = services.recovered_of(claim)
    return {
        "title": _("What came back"), "claim": claim, "form": form, "rows": rows,
        "take_back": forms.TakeBackForm(), "recovered": back, "net": claim.amount_fen - back,
    }  # fmt: skip
