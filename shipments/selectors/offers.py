"""Products as anybody may read them, and what one parcel would cost (TIM-03, PUB-02, PUB-03)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from courierqa.core import calendars
from courierqa.core.enums import ClockKind
from shipments.enums import Zone
from shipments.models import Product, Tariff, TariffRate

AHEAD = timedelta(days=60)


@dataclass(frozen=True)
class PublishedProduct:
    """A product with its limit in words; fees in fen."""

    product: Product
    limit: str
    # First step and each further one per zone, in the order of the zones (LIF-23).
    rates: tuple[TariffRate, ...] = ()


@dataclass(frozen=True)
class DayOff:
    """A day whose kind differs from its weekday: a holiday, or a make-up workday."""

    day: date
    is_working: bool


def published_products(*, at: datetime) -> list[PublishedProduct]:
    """Return the products on offer at a moment, in the order of the catalogue."""
    rows = Product.objects.filter(is_active=True).order_by("pk")
    rates = _rates(calendars.business_day(at))
    return [PublishedProduct(row, limit_words(row), rates.get(row.pk, ())) for row in rows]


def _rates(day: date) -> dict[int, tuple[TariffRate, ...]]:
    """Return the rates of the tariff in force, by product and in the order of the zones."""
    tariff = Tariff.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    found: dict[int, list[TariffRate]] = defaultdict(list)
    order = {zone: place for place, zone in enumerate(Zone.values)}
    rows = TariffRate.objects.filter(tariff=tariff) if tariff else TariffRate.objects.none()
    for rate in sorted(rows, key=lambda row: order[row.zone]):
        found[rate.product_id].append(rate)
    return {pk: tuple(rates) for pk, rates in found.items()}


def limit_words(product: Product) -> str:
    """Return the limit a customer reads: "3–5 working days", "the same day"."""
    if product.high == 0:
        return _("the same day")
    low_high = {"low": product.low, "high": product.high}
    span = "%(low)s–%(high)s" if 0 < product.low < product.high else "%(high)s"
    units = {
        ClockKind.WORKING_DAYS: _("%(n)s working days"),
        ClockKind.CALENDAR_DAYS: _("%(n)s days"),
        ClockKind.HOURS: _("%(n)s hours"),
        ClockKind.WORKING_HOURS: _("%(n)s working hours"),
    }
    return units[ClockKind(product.clock)] % {"n": span % low_high}


def days_off(*, today: date, code: str = "CN") -> list[DayOff]:
    """Return the coming days that the official calendar moves (TIM-13)."""
    view = calendars.load(code)
    return [
        DayOff(day, is_working)
        for day, is_working in sorted(view.days.items())
        if today <= day <= today + AHEAD
    ]
