"""Claims: the list with its filters, totals and file; the booking of costs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from complaints import forms, selectors, services
from complaints.enums import ClaimStatus, EventKind
from complaints.models import Claim, CostShare
from complaints.selectors import claims as lists
from complaints.views.requests import StaffRequest
from courierqa.core import audit
from courierqa.core.access import allow, may
from courierqa.core.exports import csv_response
from courierqa.core.forms import FieldErrors, form_page
from courierqa.core.paging import page_of
from staff.models import Site

EXPORT_ROWS = 20_000


def _asked(request: StaffRequest) -> selectors.Asked:
    """Read the filters; what is not known is left out."""
    get = request.GET
    view = get.get("view", "open")
    days = get.get("days", "")
    return selectors.Asked(
        view=view if view in lists.VIEWS else "open",
        kind=get.get("kind", "")[:12],
        site=get.get("site", "")[:20].replace("\x00", ""),
        days=int(days) if days in {str(n) for n in lists.DAYS} else 90,
    )


@allow("claim", GET="read")
def claims_page(request: StaffRequest) -> HttpResponse:
    """List claims, newest first, with what they come to."""
    asked, now = _asked(request), timezone.now()
    rows = selectors.claims_list(selectors.claims_for(request.access), asked, now=now)
    page = page_of(rows, request.GET, order=lists.NEWEST)
    shares = selectors.shares_of(list(page.rows))
    since = now - timedelta(days=asked.days)
    in_time = lists.claims_in_time(selectors.claims_for(request.access), since=since, now=now)
    context = {
        "title": pgettext("page", "Claims"), "asked": asked, "views": lists.VIEWS,
        "kinds": EventKind.choices,
        "in_time": in_time, "spans": lists.DAYS, "sites": Site.objects.order_by("code"),
        "page": page,
        "rows": [(row, shares[row.pk], _late(row, now)) for row in page.rows],
        "totals": selectors.claim_totals(rows), "borne": selectors.borne_totals(rows), "now": now,
    }  # fmt: skip
    return render(request, "complaints/claims.html", context)


def _late(row: Claim, now: datetime) -> bool:
    if row.status in (ClaimStatus.PROPOSED, ClaimStatus.WAITING):
        return row.due_at < now
    return bool(row.status == ClaimStatus.APPROVED and row.pay_due_at and row.pay_due_at < now)


@allow("claim", GET="export")
def claims_csv(request: StaffRequest) -> StreamingHttpResponse:
    """Send the chosen claims as a file; amounts in yuan as numbers."""
    now = timezone.now()
    rows = selectors.claims_list(selectors.claims_for(request.access), _asked(request), now=now)
    audit.record("claim.export", actor=request.user, at=now, request=request)
    header = [
        _("Case"), _("Waybill"), _("For"), _("State"), _("Opened"), _("Suggested (¥)"),
        _("Amount (¥)"), _("Rule version"), _("Fee line"), _("Asked by"), _("Approved by"),
        _("Decided"), _("Paid at"), _("Payment reference"), _("Paid by"), _("Borne by"),
    ]  # fmt: skip
    return csv_response(f"claims-{now:%Y-%m-%d}.csv", header, _cells(rows))


def _cells(rows: Any) -> Iterator[list[Any]]:
    chosen = list(rows.order_by(*lists.NEWEST)[:EXPORT_ROWS])
    shares = selectors.shares_of(chosen)
    for row in chosen:
        yield [
            row.case.number, row.parcel.waybill if row.parcel else "",
            row.get_event_kind_display(), row.get_status_display(), row.opened_at,
            row.suggested_fen / 100, row.amount_fen / 100, row.rule_version,
            row.get_fee_line_display(), row.requested_by, row.approved_by or "",
            row.decided_at, row.paid_at, row.payment_ref, row.get_paid_by_display(),
            " + ".join(_bearer(share) for share in shares[row.pk]) or row.borne_by or "",
        ]  # fmt: skip


def _bearer(share: CostShare) -> str:
    who = share.site or share.person or share.outside or share.get_bearer_display()
    return f"{who} {share.amount_fen / 100:.2f}"


@allow("claim", GET="settle", POST="settle")
def claim_cost(request: StaffRequest, pk: int) -> HttpResponse:
    """Book the cost of a paid claim to whoever bears it."""
    claim = _own_claim(request, pk)
    form = forms.CostForm(request.POST or None, initial=_first_part(claim))
    errors = FieldErrors(form)
    if request.method == "POST" and form.is_valid():
        with errors:
            parts = [services.Part(**part) for part in form.parts()]
            services.split_cost(claim=claim, parts=parts, by=request.user, at=timezone.now())
        if errors.ok:
            messages.success(request, _("Saved"))
            return redirect("complaints:claim_cost", claim.pk)
    context = {
        "title": _("Who bears the cost"), "form": form, "claim": claim,
        "shares": selectors.shares_of([claim])[claim.pk], "settle": forms.SettleForm(),
        "may_settle": may(request.user, "claim", "settle"),
    }  # fmt: skip
    context["is_open"] = _nothing_settled(context["shares"])
    return form_page(request, "complaints/claim_cost.html", context)


@allow("claim", POST="settle")
def share_settle(request: StaffRequest, pk: int, share: int) -> HttpResponse:
    """Note that a part was borne."""
    claim = _own_claim(request, pk)
    row = get_object_or_404(CostShare, claim=claim, pk=share)
    form = forms.SettleForm(request.POST)
    errors = FieldErrors(form)
    if form.is_valid():
        with errors:
            services.settle_share(
                share=row, ref=form.cleaned_data["settle_ref"], by=request.user, at=timezone.now()
            )
    if errors.ok:
        messages.success(request, _("Settled"))
        return redirect("complaints:claim_cost", claim.pk)
    context = {
        "title": _("Who bears the cost"), "form": forms.CostForm(initial=_first_part(claim)),
        "claim": claim, "shares": selectors.shares_of([claim])[claim.pk], "settle": form,
        "may_settle": True, "bad_share": row.pk,
    }  # fmt: skip
    context["is_open"] = _nothing_settled(context["shares"])
    return render(request, "complaints/claim_cost.html", context, status=422)


def _nothing_settled(shares: Any) -> bool:
    return not any(share.settled_at for share in shares)


def _first_part(claim: Claim) -> dict[str, Any]:
    amount = f"{claim.amount_fen / 100:.2f}"
    site = claim.borne_by
    return {"amount1": amount, "bearer1": "site" if site else "company", "site1": site}


def _own_claim(request: StaffRequest, pk: int) -> Claim:
    rows = selectors.claims_for(request.access).filter(status=ClaimStatus.PAID)
    return get_object_or_404(rows.select_related("case", "borne_by", "parcel"), pk=pk)
