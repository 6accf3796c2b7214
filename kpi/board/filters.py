"""What a page was asked to show: period, site, product, comparison; all of it in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from courierqa.core.access import Access
from courierqa.core.calendars import business_day
from courierqa.core.timeframes import Period, month_of, parse_period, period_of, span_of
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

# The figures whose volume says that a month had parcels, as the site table does.
VOLUME = ("T01", "S02")
# How many of the newest weeks and days the filter bar offers; any other is reached by its address.
WEEKS, DAYS = 13, 14
KIND_WORDS = {
    "month": _("Months"),
    "quarter": _("Quarters"),
    "year": _("Years"),
    "week": _("Weeks"),
    "day": _("Single days"),
    "span": _("Own range"),
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

    @property
    def last_day(self) -> date:
        """Return the last day of the period."""
        return self.period.end_day - timedelta(days=1)

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
    if period.kind == "span":
        return span_of(_a_year_back(period.start_day), _a_year_back(period.end_day))
    if period.kind == "week":
        year, week = period.start_day.isocalendar()[:2]
        return parse_period(f"{year - 1}-W{min(week, 52):02}")
    year, rest = period.key[:4], period.key[4:]
    return parse_period(f"{int(year) - 1}{'-02-28' if rest == '-02-29' else rest}")


def _a_year_back(day: date) -> date:
    is_leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap else day.day)


def read(params: Any, access: Access, *, now: datetime) -> Filters:
    """Read the filters of an address; refuses what is not there or not the reader's."""
    reach = selectors.scope_of(access)
    site = _own_site(selectors.site_by_code(params.get("site")), access, reach)
    product = selectors.product_by_code(params.get("product"))
    as_of = selectors.reach()
    text = params.get("period") or _own_range(params)
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


def _own_range(params: Any) -> str:
    """Return the two days of the form for an own range as a period; "" where none was typed."""
    since, until = params.get("since") or "", params.get("until") or ""
    return f"{since or until}/{until or since}" if since or until else ""


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
    """Return the months in which parcels were due or ended, newest first, the default among them.

    Records of people and documents reach years back: months before the first parcel, and empty
    ones between an import of old data and now, are not offered.
    """
    rows = MonthCell.objects.filter(metric__in=VOLUME, total__gt=0).order_by()
    firsts = sorted(rows.values_list("month", flat=True).distinct(), reverse=True)
    this = month_of(business_day(now))
    found = [month_of(first) for first in firsts if first <= this.start_day]
    return found or [this]


@dataclass(frozen=True)
class Offer:
    """One kind of period with those of it the filter bar offers."""

    label: Any
    periods: list[Period]


def offers(months: Sequence[Period], asked: Period, now: datetime) -> list[Offer]:
    """Return what the filter bar offers: months, quarters, years, the newest weeks and days.

    The period of the page is always among them, an own range in a group of its own.
    """
    last = min(business_day(now), months[0].end_day - timedelta(days=1))
    first = months[-1].start_day
    made = {
        "month": list(months),
        "quarter": _holding("quarter", months),
        "year": _holding("year", months),
        "week": _back("week", last, first, WEEKS),
        "day": _back("day", last, first, DAYS),
        "span": [],
    }
    if asked not in made[asked.kind]:
        made[asked.kind].insert(0, asked)
    return [Offer(KIND_WORDS[kind], some) for kind, some in made.items() if some]


def _holding(kind: str, months: Sequence[Period]) -> list[Period]:
    return list(dict.fromkeys(period_of(kind, one.start_day) for one in months))


def _back(kind: str, last: date, first: date, most: int) -> list[Period]:
    found = [period_of(kind, last)]
    while len(found) < most and found[-1].start_day > first:
        found.append(found[-1].previous())
    return found
