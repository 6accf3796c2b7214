"""The double-entry checks: when, of which month, and where stored and recounted counts differ."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from courierqa.core.access import allow
from courierqa.core.timeframes import parse_period
from kpi.metrics import METRICS
from kpi.models import Verification
from kpi.selectors.causes import link_name
from shipments.models import Product
from staff.models import Employee, Site

# The runs of about two months.
SHOWN = 200


@allow("figure_check", GET="read")
def checks_page(request: HttpRequest) -> HttpResponse:
    """List the checks, newest first."""
    rows = [
        {"check": one, "label": parse_period(one.period).label, "n": len(one.differences)}
        for one in Verification.objects.order_by("-pk")[:SHOWN]
    ]
    return render(request, "kpi/checks.html", {"rows": rows, "title": _("Figures checked")})


@allow("figure_check", GET="read")
def check_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one check with the cells that differ and the records behind them."""
    check = get_object_or_404(Verification, pk=pk)
    title = _("Check of %(month)s") % {"month": parse_period(check.period).label}
    page = {"check": check, "rows": _rows(check.differences), "title": title}
    return render(request, "kpi/check.html", page)


def _rows(listed: list[dict[str, Any]]) -> list[dict[str, Any]]:
    sites = Site.objects.in_bulk({one["site"] for one in listed})
    products = Product.objects.in_bulk({one["product"] for one in listed if "product" in one})
    people = Employee.objects.in_bulk({one["courier"] for one in listed if "courier" in one})
    return [
        {
            **one,
            "code": one["metric"],
            "metric": METRICS.get(one["metric"]),
            "day": one["day"][:7] if one.get("book") == "month" else one["day"],
            "site": sites.get(one["site"]),
            "book": _book(one.get("book", "site")),
            "more": _more(one, products, people),
            "counts": _counts(one["stored"], one["recounted"]),
            "record": METRICS[one["metric"]].record if one["metric"] in METRICS else "",
            "record_names": one["records"] or one.get("behind", []),
        }
        for one in listed
    ]


def _book(name: str) -> str:
    return {
        "site": _("Day and site"),
        "month": _("Month and site"),
        "courier": _("Courier and day"),
        "cause": _("Causes"),
    }[name]


def _more(one: dict[str, Any], products: dict, people: dict) -> str:
    """Return what the cell is about beside its place: a product, a person, a cause."""
    if "cause" in one:
        return link_name(one["cause"]) if one["metric"] == "T01" else one["cause"]
    found = people.get(one["courier"]) if "courier" in one else products.get(one.get("product"))
    return str(found) if found else ""


def _counts(stored: dict[str, Any], recounted: dict[str, Any]) -> list[tuple[str, int, int]]:
    """Return what differs as (name, stored, recounted); of a distribution, how many it holds."""
    names = {
        "hits": _("Numerator"),
        "total": _("Denominator"),
        "pending": _("Not yet due"),
        "excluded": _("Excluded"),
        "records": _("Records"),
        "buckets": _("Measured"),
    }
    return [
        (names.get(name, name), _size(stored.get(name, 0)), _size(n))
        for name, n in recounted.items()
        if stored.get(name, 0) != n
    ]


def _size(value: Any) -> int:
    """Return a count, or the sum over (bucket, number) pairs."""
    return value if isinstance(value, int) else sum(number for _bucket, number in value)
