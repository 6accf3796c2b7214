"""How much each customer under an agreement sends: by product, before, and month by month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncMonth

from courierqa.core.timeframes import Period
from kpi.selectors.figures import months_back
from kpi.selectors.scope import Scope
from shipments.models import Customer, ParcelFacts

# Months of the course beside a customer.
MONTHS = 12


@dataclass(frozen=True)
class Volume:
    """Parcels accepted from one customer; `customer` is None for senders without an agreement."""

    customer: Customer | None
    by_product: dict[int, int]
    before: int
    months: list[int]

    @property
    def total(self) -> int:
        return sum(self.by_product.values())


def volumes(period: Period, before: Period | None, *, scope: Scope) -> list[Volume]:
    """Return who sent how much in a period, most first, those without an agreement last (ANA-04).

    A parcel counts on the day it was accepted, at the site that accepted it.
    """
    now: dict[int | None, dict[int, int]] = {}
    parts = _accepted(period.start_day, period.end_day, scope)
    for customer, product, n in _grouped(parts, "product_id"):
        now.setdefault(customer, {})[product] = n
    earlier = _totals(before, scope) if before else Counter()
    months = months_back(period.start_day, MONTHS)
    rows = _accepted(months[0].start_day, months[-1].end_day, scope)
    rows = rows.annotate(month=TruncMonth("accepted_day"))
    course = {(customer, month): n for customer, month, n in _grouped(rows, "month")}
    known = Customer.objects.in_bulk([key for key in {*now, *earlier} if key is not None])
    found = [
        Volume(
            known.get(key) if key is not None else None,
            now.get(key, {}),
            earlier[key],
            [course.get((key, month.start_day), 0) for month in months],
        )
        for key in {*now, *earlier}
    ]
    return sorted(found, key=_place)


def _place(one: Volume) -> tuple[bool, int, str]:
    return one.customer is None, -one.total, one.customer.code if one.customer else ""


def _accepted(start: date, end: date, scope: Scope) -> QuerySet[ParcelFacts]:
    rows = ParcelFacts.objects.filter(accepted_day__gte=start, accepted_day__lt=end, is_test=False)
    if scope.sites is not None:
        rows = rows.filter(origin_id__in=scope.sites)
    return rows.filter(product_id=scope.product) if scope.product is not None else rows


def _grouped(rows: QuerySet[ParcelFacts], by: str) -> QuerySet:
    grouped = rows.order_by().values("parcel__customer_id", by).annotate(n=Count("pk"))
    return grouped.values_list("parcel__customer_id", by, "n")


def _totals(period: Period, scope: Scope) -> Counter[int | None]:
    rows = _accepted(period.start_day, period.end_day, scope).order_by()
    counted = rows.values("parcel__customer_id").annotate(n=Count("pk"))
    return Counter(dict(counted.values_list("parcel__customer_id", "n")))
