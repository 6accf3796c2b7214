"""Label, handover slip, receipt and notice: a page to print, and the same as PDF."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from courierqa.core.access import allow
from courierqa.core.printing import codes
from shipments.reports import content
from shipments.views.counter import own_refusal
from shipments.views.parcels import own_parcel


def _pdf(body: bytes, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@allow("parcel", GET="read")
@never_cache
def label_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Show the label to print."""
    label = content.label_of(own_parcel(request, waybill))
    context = {
        "title": _("Label"), "label": label, "bars": codes.code128_svg(label.waybill),
        "square": codes.qr_svg(label.link),
    }  # fmt: skip
    return render(request, "shipments/paper_label.html", context)


@allow("parcel", GET="read")
@never_cache
def label_pdf(request: HttpRequest, waybill: str) -> HttpResponse:
    """Send the label as PDF."""
    from shipments.reports import pdf  # noqa: PLC0415 -- slow import

    label = content.label_of(own_parcel(request, waybill))
    return _pdf(pdf.label_pdf(label), f"label-{label.waybill}")


def _sheet_page(request: HttpRequest, sheet: content.Sheet, pdf_url: str, back: Any) -> Any:
    context = {
        "title": sheet.title, "sheet": sheet, "pdf_url": pdf_url, "back": back,
        "bars": codes.code128_svg(sheet.code) if sheet.code else "",
        "square": codes.qr_svg(sheet.link) if sheet.link else "",
    }  # fmt: skip
    return render(request, "shipments/paper_sheet.html", context)


@allow("parcel", GET="read")
@never_cache
def slip_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Show the handover slip to print."""
    parcel = own_parcel(request, waybill)
    url = reverse("shipments:slip_pdf", args=[parcel.waybill])
    return _sheet_page(request, content.slip_of(parcel), url, parcel)


@allow("parcel", GET="read")
@never_cache
def receipt_page(request: HttpRequest, waybill: str) -> HttpResponse:
    """Show the receipt to print."""
    parcel = own_parcel(request, waybill)
    url = reverse("shipments:parcel_receipt_pdf", args=[parcel.waybill])
    return _sheet_page(request, content.receipt_of(parcel), url, parcel)


@allow("parcel", GET="read")
@never_cache
def slip_pdf(request: HttpRequest, waybill: str) -> HttpResponse:
    """Send the handover slip as PDF."""
    from shipments.reports import pdf  # noqa: PLC0415 -- slow import

    sheet = content.slip_of(own_parcel(request, waybill))
    return _pdf(pdf.sheet_pdf(sheet), f"slip-{sheet.number}")


@allow("parcel", GET="read")
@never_cache
def receipt_pdf(request: HttpRequest, waybill: str) -> HttpResponse:
    """Send the receipt as PDF."""
    from shipments.reports import pdf  # noqa: PLC0415 -- slow import

    sheet = content.receipt_of(own_parcel(request, waybill))
    return _pdf(pdf.sheet_pdf(sheet), f"receipt-{sheet.number}")


@allow("acceptance", GET="read")
@never_cache
def refusal_page(request: HttpRequest, number: str) -> HttpResponse:
    """Show the notice of a refusal to print."""
    row = own_refusal(request, number)
    url = reverse("shipments:refusal_pdf", args=[row.number])
    return _sheet_page(request, content.notice_of(row), url, row.parcel)


@allow("acceptance", GET="read")
@never_cache
def refusal_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """Send the notice of a refusal as PDF."""
    from shipments.reports import pdf  # noqa: PLC0415 -- slow import

    row = own_refusal(request, number)
    return _pdf(pdf.sheet_pdf(content.notice_of(row)), f"refusal-{row.number}")
