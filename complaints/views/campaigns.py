"""Campaigns: what runs, whether it helps, and how it ended."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from complaints import forms, selectors, services
from complaints.models import Campaign
from complaints.selectors.campaigns import effects
from complaints.views.requests import StaffRequest
from courierqa.core.access import allow
from courierqa.core.forms import FieldErrors
from courierqa.core.paging import page_of


@allow("campaign", GET="read")
def campaigns_page(request: StaffRequest) -> HttpResponse:
    """List campaigns with the complaints a week before and since."""
    return _page(request)


def _page(request: StaffRequest, *, bad: int = 0, form: Any = None) -> HttpResponse:
    page = page_of(selectors.campaigns(), request.GET, order=("-status", "-started_at", "-id"),
                   size=20)  # fmt: skip
    context = {
        "title": _("Campaigns"), "page": page, "bad": bad, "form": form,
        "rows": effects(list(page.rows), now=timezone.now()), "result": forms.ResultForm(),
    }  # fmt: skip
    status = 422 if form is not None else 200
    return render(request, "complaints/campaigns.html", context, status=status)


@allow("campaign", POST="change")
def campaign_close(request: StaffRequest, pk: int) -> HttpResponse:
    """End a campaign with what came of it."""
    row, form = get_object_or_404(Campaign, pk=pk), forms.ResultForm(request.POST)
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            services.close_campaign(
                campaign=row, result=form.cleaned_data["result"], by=request.user,
                at=timezone.now(),
            )  # fmt: skip
    if errors.ok:
        messages.success(request, _("Saved"))
        return redirect("complaints:campaigns")
    return _page(request, bad=pk, form=form)
