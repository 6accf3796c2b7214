"""Volumes of customers under an agreement: who sends what, more or less than before (ANA-04)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core import audit, exports, formats
from courierqa.core.access import allow, may
from kpi.board import filters
from kpi.board.filters import Filters
from kpi.selectors.customers import Volume, volumes
from kpi.views.shared import filter_choices, guarded
from shipments.models import Product


@allow("customer", GET="read")
@guarded
def customer_volumes(request: HttpRequest) -> HttpResponse:
    """Show the parcels accepted from each customer in a period, by product."""
    now = timezone.now()
    asked = filters.read(request.GET, request.access, now=now)  # type: ignore[attr-defined]
    rows = volumes(asked.period, asked.before(), scope=asked.scope)
    products = _products(rows)
    if request.GET.get("format") == "csv":
        return _file(request, asked, rows, products)
    page = {
        "title": _("Volumes per customer"),
        "asked": asked,
        "products": products,
        "rows": [_line(one, products) for one in rows],
        "total": sum(one.total for one in rows),
        "may_export": may(request.user, "customer", "export"),
        **filter_choices(asked, now=now),
    }
    return render(request, "kpi/customers.html", page)


def _products(rows: list[Volume]) -> list[Product]:
    keys = {key for one in rows for key in one.by_product}
    return list(Product.objects.filter(pk__in=keys).order_by("code"))


def _name(one: Volume) -> str:
    return one.customer.name if one.customer else _("Without an agreement")


def _line(one: Volume, products: list[Product]) -> dict[str, Any]:
    difference = one.total - one.before
    return {
        "volume": one,
        "name": _name(one),
        "cells": [one.by_product.get(product.pk, 0) for product in products],
        "change": f"{difference:+,}".replace("-", "−") if difference else "0",
    }


def _file(
    request: HttpRequest, asked: Filters, rows: list[Volume], products: list[Product]
) -> HttpResponse:
    if not may(request.user, "customer", "export"):
        raise PermissionDenied
    audit.record(
        "export.csv", None, actor=request.user, reason=f"customer-volumes{asked.address()}"[:200],
        request=request, seal_now=True,
    )  # fmt: skip
    before = asked.before()
    head = [
        _("Customer"), _("Name"), _("Period"), *(str(one) for one in products), _("All parcels"),
        before.label if before else formats.NOTHING,
    ]  # fmt: skip
    lines = [
        [
            one.customer.code if one.customer else "", _name(one), asked.period.label,
            *(one.by_product.get(product.pk, 0) for product in products), one.total,
            one.before if before else "",
        ]
        for one in rows
    ]  # fmt: skip
    name = f"customer-volumes-{asked.period.key}.csv"
    return exports.csv_response(name, head, lines)  # type: ignore[return-value]
