"""The delivery receipt behind a signed link: what was delivered, when, how; masked (DEL-11)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from shipments.receipts import parcel_id_of
from shipments.selectors import delivery_record


@allow("tracking", GET="read")
def receipt_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show the receipt to whoever holds its link."""
    receipt = delivery_record.receipt_of(parcel_id_of(token))
    if receipt is None:
        raise Http404
    context = {"title": _("Delivery receipt"), "receipt": receipt, "token": token}
    return render(request, "shipments/receipt.html", context)
