"""What explains the change of a figure between two periods: by site, by product, by cause."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from complaints.models import Reason
from courierqa.core.timeframes import Period
from kpi.enums import CauseKind
from kpi.metrics import Metric
from kpi.models import CauseCell
from kpi.selectors import sums
from kpi.selectors.causes import link_name
from kpi.selectors.scope import EVERYTHING, Scope
from kpi.stats.change import Part, explain
from shipments.models import Product
from staff.models import Site

KINDS = {"T01": CauseKind.LATE, "C01": CauseKind.COMPLAINT}


@dataclass(frozen=True)
class Share:
    """One group's part of the change, in the unit of the figure."""

    name: str
    code: str
    before: tuple[int, int]
    after: tuple[int, int]
    rate: float
    mix: float

    @property
    def total(self) -> float:
        return self.rate + self.mix


@dataclass(frozen=True)
class Change:
    """The change of a figure and its parts; each list of parts sums to the change."""

    metric: str
    before: str
    after: str
    change: float
    by_site: list[Share]
    by_product: list[Share]
    by_cause: list[Share]

    def as_dict(self) -> dict[str, Any]:
        """Return the stable shape of the API."""
        lists = {name: getattr(self, name) for name in ("by_site", "by_product", "by_cause")}
        return {
            "metric": self.metric,
            "before": self.before,
            "after": self.after,
            "change": self.change,
            **{
                name: [
                    {"code": one.code, "name": one.name, "hits_before": one.before[0],
                     "total_before": one.before[1], "hits_after": one.after[0],
                     "total_after": one.after[1], "rate": one.rate, "mix": one.mix}
                    for one in shares
                ]
                for name, shares in lists.items()
            },
        }  # fmt: skip


def change_of(
    metric: Metric, before: Period, after: Period, *, scope: Scope = EVERYTHING
) -> Change | None:
    """Explain the change of a figure; None where either period counted nothing."""
    sites, products = (_parts(metric, before, after, scope, by) for by in ("site_id", "product_id"))
    if not sites:
        return None
    site_names = Site.objects.in_bulk([part.key for part in sites])
    product_names = Product.objects.in_bulk([part.key for part in products])
    total = sum((part.total for part in sites), Fraction(0))
    return Change(
        metric=metric.code,
        before=before.key,
        after=after.key,
        change=float(total * metric.factor),
        by_site=_named(metric, sites, _namer(site_names, _("Without a site"))),
        by_product=_named(metric, products, _namer(product_names, _("Without a product"))),
        by_cause=_by_cause(metric, before, after, scope),
    )


def _parts(metric: Metric, before: Period, after: Period, scope: Scope, by: str) -> list[Part]:
    found: list[Mapping[Hashable, tuple[int, int]]] = []
    for period in (before, after):
        rows = sums.stored(
            period.start_day, period.end_day, scope=scope, by=(by,), metrics=(metric.code,)
        )
        found.append({row[by]: (row["hits"], row["total"]) for row in rows})
    return explain(*found)


def _by_cause(metric: Metric, before: Period, after: Period, scope: Scope) -> list[Share]:
    """Late parcels by link, complaints by reason: each cause over the same denominator.

    Causes have no volume of their own, so each part is all rate. Where more hits are better, a
    cause pulls the figure down.
    """
    kind = KINDS.get(metric.code)
    if kind is None or scope.product is not None or scope.courier is not None:
        return []
    totals, counts = [], []
    for period in (before, after):
        ends = (period.start_day, period.end_day)
        rows = sums.stored(*ends, scope=scope, metrics=(metric.code,))
        totals.append(sum(row["total"] for row in rows))
        counts.append(_causes(kind, period, scope))
    if not all(totals):
        return []
    sign = -1 if metric.higher_is_better else 1
    parts = [
        Part(
            key, (one, totals[0]), (two, totals[1]),
            sign * (Fraction(two, totals[1]) - Fraction(one, totals[0])), Fraction(0),
        )
        for key in counts[0].keys() | counts[1].keys()
        for one, two in [(counts[0].get(key, 0), counts[1].get(key, 0))]
    ]  # fmt: skip
    parts.sort(key=lambda part: (-abs(part.total), str(part.key)))
    return _named(metric, parts, _cause_namer(kind))


def _causes(kind: str, period: Period, scope: Scope) -> dict[tuple[str, int], int]:
    rows = CauseCell.objects.filter(kind=kind, day__gte=period.start_day, day__lt=period.end_day)
    if scope.sites is not None:
        rows = rows.filter(site_id__in=scope.sites)
    found: dict[tuple[str, int], int] = {}
    for cause, site, n in rows.values_list("cause", "cause_site_id").annotate(n=Sum("records")):
        # Complaints are told apart by reason alone.
        key = (cause, site if kind == CauseKind.LATE else 0)
        found[key] = found.get(key, 0) + n
    return found


def _cause_namer(kind: str) -> Callable[[Any], tuple[str, str]]:
    sites = Site.objects.in_bulk() if kind == CauseKind.LATE else {}
    reasons = {one.code: str(one) for one in Reason.objects.all()}

    def name(key: tuple[str, int]) -> tuple[str, str]:
        cause, place = key
        if kind == CauseKind.COMPLAINT:
            return reasons.get(cause, cause), cause
        site = sites.get(place)
        words = link_name(cause)
        return (f"{words} · {site}" if site else words), cause

    return name


def _namer(rows: Mapping[Any, Any], missing: str) -> Callable[[Any], tuple[str, str]]:
    def name(key: Any) -> tuple[str, str]:
        row = rows.get(key)
        return (str(row), row.code) if row is not None else (missing, "")

    return name


def _named(
    metric: Metric, parts: list[Part], name: Callable[[Any], tuple[str, str]]
) -> list[Share]:
    found = []
    for part in parts:
        words, code = name(part.key)
        rate, mix = float(part.rate * metric.factor), float(part.mix * metric.factor)
        found.append(Share(words, code, part.before, part.after, rate, mix))
    return found
