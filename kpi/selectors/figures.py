"""Figures: counts of a metric for a period and a scope, with value, range and as-of time."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from courierqa.core import formats
from courierqa.core.timeframes import Period, month_of, parse_period
from kpi import stats
from kpi.enums import Unit
from kpi.metrics import METRICS, Metric
from kpi.models import Watermark
from kpi.selectors import sums
from kpi.selectors.scope import EVERYTHING, NotFound, Scope, product_by_code, site_by_code
from staff.models import Site

# Fewer than this many records: no percentage, no rank, no grade (B21).
FEW = 30
# A larger part exempt than this raises a note (B17).
MUCH_EXEMPT = 0.02
# How many months back the first ones of a baseline are looked for.
HISTORY = 60


@dataclass(frozen=True)
class Figure:
    """One number with everything needed to trust it."""

    metric: str
    period: str
    site: str | None
    product: str | None
    hits: int
    total: int
    value: float | None
    unit: str
    n: int
    low: float | None
    high: float | None
    not_yet_due: int
    as_of: datetime | None
    excluded: int = 0
    # What of hits and total an approved exemption covers (B17).
    exempt_hits: int = 0
    exempt_total: int = 0

    @property
    def declared(self) -> Metric:
        return METRICS[self.metric]

    @property
    def is_few(self) -> bool:
        return self.n < FEW

    @property
    def is_adjusted(self) -> bool:
        """Say whether the adjusted figure is another than the raw one."""
        return self.exempt_total > 0

    @property
    def adjusted(self) -> Figure:
        """Return the figure without what is exempt: what targets are judged on."""
        if not self.is_adjusted:
            return self
        hits, total = self.hits - self.exempt_hits, self.total - self.exempt_total
        low, high = _range(self.declared, hits, total)
        return replace(
            self, hits=hits, total=total, n=total, value=self.declared.value(hits, total),
            low=low, high=high, exempt_hits=0, exempt_total=0,
        )  # fmt: skip

    @property
    def exempt_share(self) -> float:
        """Return the share of the judged records that is exempt, 0 to 1."""
        return self.exempt_total / self.total if self.total else 0.0

    @property
    def is_much_exempt(self) -> bool:
        """Say whether so much is exempt that readers must be told (B17)."""
        return self.exempt_share > MUCH_EXEMPT

    @property
    def failed(self) -> int:
        """Return how many records stand behind the bad side of the figure."""
        metric = self.declared
        if metric.is_sum:
            return 0
        return self.total - self.hits if metric.higher_is_better else self.hits

    @property
    def n_text(self) -> str:
        """Return what the value was counted over: records, or fees in yuan."""
        return formats.yuan(self.n) if self.declared.divides_money else formats.number(self.n)

    def as_dict(self) -> dict[str, Any]:
        """Return the stable shape of commands and the API."""
        names = (
            "metric", "period", "site", "product", "hits", "total", "value", "unit", "n",
            "low", "high", "not_yet_due",
        )  # fmt: skip
        plain = {name: getattr(self, name) for name in names}
        other = self.adjusted
        return {
            **plain,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "exempt": self.exempt_total,
            "adjusted": {"hits": other.hits, "total": other.total, "value": other.value,
                         "low": other.low, "high": other.high},
        }  # fmt: skip


@dataclass(frozen=True)
class SiteRow:
    """A site with its figures by metric code."""

    site: Site
    figures: dict[str, Figure]


def reach() -> datetime | None:
    """Return how far stored figures reach."""
    return Watermark.objects.filter(name="figures").values_list("through", flat=True).first()


def make(
    code: str,
    row: dict[str, Any] | None,
    *,
    period: str,
    site: str | None = None,
    product: str | None = None,
    as_of: datetime | None,
) -> Figure:
    """Turn summed counts into a figure."""
    metric = METRICS[code]
    row = row or dict.fromkeys(sums.COUNTS, 0)
    hits, total = row["hits"], row["total"]
    low, high = _range(metric, hits, total)
    return Figure(
        metric=code,
        period=period,
        site=site,
        product=product,
        hits=hits,
        total=total,
        value=metric.value(hits, total),
        unit=metric.unit.value,
        n=total,
        low=low,
        high=high,
        not_yet_due=row["pending"],
        as_of=as_of,
        excluded=row["excluded"],
        exempt_hits=row.get("exempt_hits", 0),
        exempt_total=row.get("exempt_total", 0),
    )


def _range(metric: Metric, hits: int, total: int) -> tuple[float | None, float | None]:
    """Wilson for shares; exact Poisson for rare events per so many parcels."""
    if not total or metric.is_sum:
        return None, None
    if metric.unit == Unit.SHARE:
        found = stats.wilson(hits, total)
        return found if found else (None, None)
    low, high = stats.poisson_exact(hits)
    return low / total * metric.factor, high / total * metric.factor


def figures(
    period: Period | str,
    *,
    metric: str | None = None,
    site: str | None = None,
    product: str | None = None,
    as_of: datetime | None = None,
    scope: Scope = EVERYTHING,
) -> list[Figure]:
    """Return the figures of a period, in catalogue order.

    Without `as_of` the stored cells answer; with it the facts are counted as of that moment.
    """
    when = parse_period(period) if isinstance(period, str) else period
    wanted = scope.within(site_by_code(site)).of_product(product_by_code(product))
    ends = (when.start_day, when.end_day)
    if as_of is None:
        only = (metric,) if metric in METRICS else ()
        rows = sums.stored(*ends, scope=wanted, metrics=only)
    else:
        rows = sums.recounted(*ends, scope=wanted, as_of=as_of)
    moment = as_of or reach()
    found = {row["metric"]: row for row in rows}
    return [
        make(code, found.get(code), period=when.key, site=site, product=product, as_of=moment)
        for code in _codes(metric, wanted)
    ]


def _codes(metric: str | None, scope: Scope) -> list[str]:
    if metric is not None and metric not in METRICS:
        raise NotFound(_("There is no such figure"), field="metric")
    codes = [metric] if metric else list(METRICS)
    return [code for code in codes if scope.courier is None or METRICS[code].by_courier]


def months_back(end: date, months: int) -> list[Period]:
    """Return `months` months, the last one holding `end`."""
    found = [month_of(end)]
    while len(found) < months:
        found.append(found[-1].previous())
    return found[::-1]


def all_series(months: int, *, end: date, scope: Scope = EVERYTHING) -> dict[str, list[Figure]]:
    """Return each metric's months, oldest first; a month without records has no value."""
    periods = months_back(end, months)
    rows = sums.stored(periods[0].start_day, periods[-1].end_day, scope=scope, by=("month",))
    found = {(row["metric"], _first(row["month"])): row for row in rows}
    moment = reach()
    return {
        code: [
            make(code, found.get((code, one.start_day)), period=one.key, as_of=moment)
            for one in periods
        ]
        for code in _codes(None, scope)
    }


def courses(months: int, *, end: date, scope: Scope = EVERYTHING) -> dict[str, list[Figure]]:
    """Return each metric's months as `all_series` does, and those before them back to the first.

    What locks the limits of a chart may lie long before the months shown; five years are read.
    """
    periods = months_back(end, HISTORY)
    rows = sums.stored(periods[0].start_day, periods[-1].end_day, scope=scope, by=("month",))
    found = {(row["metric"], _first(row["month"])): row for row in rows}
    first = min((month for _code, month in found), default=periods[-1].start_day)
    shown = [
        one for place, one in enumerate(periods)
        if one.start_day >= first or place >= HISTORY - months
    ]  # fmt: skip
    moment = reach()
    return {
        code: [
            make(code, found.get((code, one.start_day)), period=one.key, as_of=moment)
            for one in shown
        ]
        for code in _codes(None, scope)
    }


def _first(month: Any) -> date:
    return month.date() if isinstance(month, datetime) else month


def series(metric: str, months: int = 18, *, end: date, scope: Scope = EVERYTHING) -> list[Figure]:
    """Return one metric's months, oldest first."""
    if metric not in METRICS:
        raise NotFound(_("There is no such figure"), field="metric")
    return all_series(months, end=end, scope=scope).get(metric, [])


def site_table(period: Period | str, *, scope: Scope = EVERYTHING) -> list[SiteRow]:
    """Return every site that has figures in the period, by code."""
    when = parse_period(period) if isinstance(period, str) else period
    rows = sums.stored(when.start_day, when.end_day, scope=scope, by=("site_id",))
    by_site: dict[int, dict[str, Any]] = defaultdict(dict)
    for row in rows:
        by_site[row["site_id"]][row["metric"]] = row
    moment = reach()
    return [
        SiteRow(site, _of_site(site.code, by_site[site.pk], when.key, moment))
        for site in Site.objects.filter(pk__in=by_site).order_by("code")
    ]


def _of_site(
    code: str, rows: dict[str, Any], period: str, as_of: datetime | None
) -> dict[str, Figure]:
    return {
        metric: make(metric, rows.get(metric), period=period, site=code, as_of=as_of)
        for metric in METRICS
    }
