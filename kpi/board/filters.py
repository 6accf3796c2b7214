"""What a page was asked to show: period, site, product, comparison; all of it in the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from courierqa.core.access import Access
from courierqa.core.calendars import business_day
from courierqa.core.timeframes import Period, month_of, parse_period
from kpi import selectors
from kpi.models import MonthCell
from kpi.selectors import Scope
from kpi.selectors.scope import MODES
from shipments.models import Product
from staff.models import Site

COMPARE = {
    "prev": _("Previous period"),
    "aligned": _("Same weekdays just before"),
    "yoy": _("Same period last year"),
    "target": _("Target"),
}

MODE_WORDS = {"own": _("Self-run sites"), "partner": _("Partner sites")}


@dataclass(frozen=True)
class Filters:
    """The filters of one request, already checked against what the reader may see."""

    period: Period
    site: Site | None
    product: Product | None
    compare: str
    scope: Scope
    # What the reader may see without any filter.
    reach: Scope
    as_of: datetime | None
    # "own" or "partner": how the sites are run; "" for both.
    mode: str = ""
    # Whether the period lies wholly after now: nothing can have been counted in it.
    is_future: bool = False

    @property
    def is_running(self) -> bool:
        """Say whether the period is still open as far as the figures reach."""
        return self.as_of is not None and self.period.end_at > self.as_of

    def before(self) -> Period | None:
        """Return the period to compare with; none when the comparison is the target."""
        if self.compare == "target":
            return None
        if self.compare == "yoy":
            return _year_before(self.period)
        if self.compare == "aligned":
            return self.period.weeks_before()
        return self.period.previous()

    def pairs(self, **changes: Any) -> list[tuple[str, Any]]:
        """Return these filters as the fields of an address."""
        values = {
            "period": self.period.key,
            "site": self.site.code if self.site else "",
            "product": self.product.code if self.product else "",
            "mode": self.mode,
            "compare": self.compare if self.compare != "prev" else "",
            **changes,
        }
        return [(name, value) for name, value in values.items() if value not in ("", None)]

    def query(self, **changes: Any) -> str:
        """Return these filters as the tail of an address, beginning with "&"."""
        kept = self.pairs(**changes)
        return f"&{urlencode(kept)}" if kept else ""

    def address(self, **changes: Any) -> str:
        """Return these filters as a query string of its own."""
        return "?" + self.query(**changes).removeprefix("&")


def _year_before(period: Period) -> Period:
    if period.kind == "week":
        year, week = period.start_day.isocalendar()[:2]
        return parse_period(f"{year - 1}-W{min(week, 52):02}")
    year, rest = period.key[:4], period.key[4:]
    return parse_period(f"{int(year) - 1}{'-02-28' if rest == '-02-29' else rest}")


def read(params: Any, access: Access, *, now: datetime) -> Filters:
    """Read the filters of an address; refuses what is not there or not the reader's."""
    reach = selectors.scope_of(access)
    site = _own_site(selectors.site_by_code(params.get("site")), access, reach)
    product = selectors.product_by_code(params.get("product"))
    as_of = selectors.reach()
    text = params.get("period") or ""
    compare = params.get("compare")
    mode = params.get("mode") if params.get("mode") in MODES else ""
    period = parse_period(text) if text else default_period(as_of or now)
    return Filters(
        period=period,
        site=site,
        product=product,
        compare=compare if compare in COMPARE else "prev",
        scope=reach.within(site).of_product(product).of_mode(mode),
        reach=reach,
        as_of=as_of,
        mode=mode,
        is_future=period.start_at > now,
    )


def _own_site(site: Site | None, access: Access, reach: Scope) -> Site | None:
    """A person who reaches only their own figures has their own sites; others are not there."""
    if site is not None and reach.courier is not None and site.pk not in access.sites:
        raise selectors.NotFound(_("There is no such site"), field="site")
    return site


def default_period(now: datetime) -> Period:
    """Return the newest month that is over and has figures, else the running one."""
    this = month_of(business_day(now))
    last = MonthCell.objects.filter(month__lt=this.start_day, total__gt=0).aggregate(m=Max("month"))
    return month_of(last["m"]) if last["m"] else this


def known_periods(now: datetime) -> list[Period]:
    """Return the months that have figures, newest first."""
    ends = MonthCell.objects.filter(total__gt=0).aggregate(first=Min("month"), last=Max("month"))
    if ends["first"] is None:
        return [month_of(business_day(now))]
    last: date = min(ends["last"], business_day(now).replace(day=1))
    return _down(month_of(max(last, ends["first"])), ends["first"])


def _down(newest: Period, first: date) -> list[Period]:
    found = [newest]
    while found[-1].start_day > first:
        found.append(found[-1].previous())
    return found
