"""Which waybill numbers a product takes."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from courierqa.core.errors import DomainError
from shipments.enums import NumberRule
from shipments.models import Parcel, Product
from shipments.numbers import is_s10, looks_s10


def wrong_number(product: Product, waybill: str) -> str:
    """Return what is wrong with a number given for this product, or ""."""
    if product.number_rule == NumberRule.S10 and not is_s10(waybill):
        return _("This product needs an S10 number: its check digit is wrong or its shape is")
    return ""


def require_number(product: Product, waybill: str) -> None:
    """Refuse a number the product does not take; without a number we give one."""
    if waybill and (why := wrong_number(product, waybill)):
        raise DomainError(why, code="bad_waybill", field="waybill", status=400)


def misread(waybills: Iterable[str]) -> set[str]:
    """Return the numbers that must have been misread: S10 by shape, wrong by check digit.

    Only where a product uses S10 at all; a parcel that has such a number is believed. No question
    is asked while no number has the shape.
    """
    odd = {code for code in waybills if looks_s10(code) and not is_s10(code)}
    if not odd or not Product.objects.filter(number_rule=NumberRule.S10).exists():
        return set()
    return odd - set(Parcel.objects.filter(waybill__in=odd).values_list("waybill", flat=True))
