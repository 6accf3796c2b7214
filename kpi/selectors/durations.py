"""How long things took in a period and scope, read from stored buckets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from courierqa.core.calendars import day_start
from courierqa.core.timeframes import Period, parse_period
from kpi.buckets import bucket_of, floor, quantile
from kpi.metrics import DURATIONS, Duration
from kpi.models import DurationCell, DurationMonth, Durations
from kpi.rollups import Times
from kpi.selectors.figures import months_back, reach
from kpi.selectors.scope import EVERYTHING, NotFound, Scope, product_by_code, site_by_code
from kpi.selectors.sums import is_months
from staff.models import Site

# The mean says something once nearly all are through (T05).
NEARLY_ALL = 0.99
FEW = 30


@dataclass(frozen=True)
class Lengths:
    """One time with its quantiles, in minutes; None where a quantile lies among the open ones."""

    code: str
    measured: int
    still_open: int
    left: int
    missing: int
    p50: float | None
    p90: float | None
    p99: float | None
    mean: float | None
    # Minutes the quantiles lie above at least, where they are among the open ones: as if each of
    # these had ended at the age it has reached.
    floors: tuple[int, int, int] | None = None

    @property
    def declared(self) -> Duration:
        return DURATIONS[self.code]

    @property
    def n(self) -> int:
        """Return how many take part in the ranks."""
        return self.measured + self.still_open

    @property
    def is_few(self) -> bool:
        return self.n < FEW

    @property
    def keeps_goal(self) -> bool | None:
        """Say whether half took no longer than proposed; nothing where nothing is proposed."""
        goal = self.declared.goal
        if goal is None or self.is_few:
            return None
        return self.p50 is not None and self.p50 <= goal * 60

    def as_dict(self, *, period: str, site: str | None, product: str | None) -> dict[str, Any]:
        """Return the time as other programs read it, in minutes."""
        names = ("measured", "still_open", "left", "missing", "n", "p50", "p90", "p99", "mean")
        goal = self.declared.goal
        return {
            "metric": self.code, "period": period, "site": site, "product": product,
            "unit": "minutes", **{name: getattr(self, name) for name in names},
            "coverage": self.coverage, "target_p50": goal * 60 if goal else None,
        }  # fmt: skip

    @property
    def done_share(self) -> float | None:
        return self.measured / self.n if self.n else None

    @property
    def coverage(self) -> float | None:
        """Return the share measured of those that got through."""
        passed = self.measured + self.missing
        return self.measured / passed if passed else None


def lengths_of(code: str, times: Times) -> Lengths:
    """Read quantiles and mean of summed buckets."""
    is_open, measured = times.still_open, times.measured
    p50, p90, p99 = (
        quantile(times.buckets, share, still_open=is_open) if measured else None
        for share in (0.5, 0.9, 0.99)
    )
    whole = measured > 0 and measured / (measured + is_open) >= NEARLY_ALL
    return Lengths(
        code=code, measured=measured, still_open=is_open, left=times.left, missing=times.missing,
        p50=p50, p90=p90, p99=p99, mean=times.minutes / measured if whole else None,
    )  # fmt: skip


def durations(period: Period, *, scope: Scope) -> list[Lengths]:
    """Return every time of the period, in the order of the catalogue."""
    found = _summed(_rows(period.start_day, period.end_day, scope), lambda row: row.metric)
    ages = _ages(period, scope)
    return [
        _with_floors(lengths_of(code, times), times, ages[code])
        for code in DURATIONS for times in [found.get(code, Times())]
    ]  # fmt: skip


def duration_line(code: str, period: Period, times: Times, *, scope: Scope) -> Lengths:
    """Return one time from its summed buckets, with how long its open quantiles are at least."""
    return _with_floors(lengths_of(code, times), times, _ages(period, scope)[code])


def _with_floors(one: Lengths, times: Times, ages: Counter[int]) -> Lengths:
    if None not in (one.p50, one.p90, one.p99) or not ages:
        return one
    known = Counter(times.buckets) + ages
    low = (floor(known, 0.5), floor(known, 0.9), floor(known, 0.99))
    return replace(one, floors=low)


def _ages(period: Period, scope: Scope) -> dict[str, Counter[int]]:
    """Return how old the open ones of a period are at least, in buckets: days tell apart."""
    found: dict[str, Counter[int]] = defaultdict(Counter)
    as_of = reach()
    if as_of is None or scope.courier is not None:
        return found
    rows = DurationCell.objects.filter(
        day__gte=period.start_day, day__lt=period.end_day, still_open__gt=0
    )
    rows = _narrow(rows, scope).order_by().values("metric", "day")
    for row in rows.annotate(number=Sum("still_open")):
        ended = day_start(row["day"] + timedelta(days=1))
        minutes = max(0, int((as_of - ended).total_seconds() // 60))
        found[row["metric"]][bucket_of(minutes)] += row["number"]
    return found


def duration_figures(
    period: Period | str, *, metric: str | None = None, site: str | None = None,
    product: str | None = None, scope: Scope = EVERYTHING,
) -> list[dict[str, Any]]:  # fmt: skip
    """Return times as other programs read them, in the order of the catalogue."""
    if metric is not None and metric not in DURATIONS:
        raise NotFound(_("There is no such figure"), field="metric")
    when = parse_period(period) if isinstance(period, str) else period
    wanted = scope.within(site_by_code(site)).of_product(product_by_code(product))
    return [
        one.as_dict(period=when.key, site=site, product=product)
        for one in durations(when, scope=wanted) if metric in (None, one.code)
    ]  # fmt: skip


def duration_months(
    code: str, months: int, *, end: date, scope: Scope
) -> list[tuple[Period, Lengths]]:
    """Return one time month by month, oldest first."""
    periods = months_back(end, months)
    rows = _rows(periods[0].start_day, periods[-1].end_day, scope).filter(metric=code)
    found = _summed(rows, lambda row: row.month)
    return [(one, lengths_of(code, found.get(one.start_day, Times()))) for one in periods]


def duration_sites(code: str, period: Period, *, scope: Scope) -> list[tuple[Site | None, Lengths]]:
    """Return one time at every site that has any, by code; what has no site comes last."""
    rows = _rows(period.start_day, period.end_day, scope).filter(metric=code)
    found = _summed(rows, lambda row: row.site_id)
    sites = Site.objects.filter(pk__in=found).order_by("code")
    listed: list[tuple[Site | None, Lengths]] = [
        (site, lengths_of(code, found[site.pk])) for site in sites
    ]
    return listed + ([(None, lengths_of(code, found[0]))] if 0 in found else [])


def duration_spread(code: str, period: Period, *, scope: Scope) -> Times:
    """Return the summed buckets of one time, for a chart of them."""
    rows = _rows(period.start_day, period.end_day, scope).filter(metric=code)
    return _summed(rows, lambda row: row.metric).get(code, Times())


def _rows(start: date, end: date, scope: Scope) -> QuerySet[Any]:
    rows: QuerySet[Any]
    if is_months(start, end):
        rows = DurationMonth.objects.filter(month__gte=start, month__lt=end)
    else:
        rows = DurationCell.objects.filter(day__gte=start, day__lt=end)
    return rows.none() if scope.courier is not None else _narrow(rows, scope)


def _narrow(rows: QuerySet[Any], scope: Scope) -> QuerySet[Any]:
    if scope.sites is not None:
        rows = rows.filter(site_id__in=scope.sites)
    return rows.filter(product_id=scope.product) if scope.product is not None else rows


def _summed(rows: Iterable[Durations], key: Any) -> dict[Any, Times]:
    found: dict[Any, Times] = defaultdict(Times)
    for row in rows:
        found[key(row)].merge(row)
    return dict(found)
