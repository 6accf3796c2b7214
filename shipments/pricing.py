"""What a parcel costs by the published tariff: zone, charged weight, freight, premium (LIF-23)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import ceil

from django.utils.translation import gettext as _

from courierqa.core.errors import DomainError
from shipments import enums
from shipments.models import Product, Tariff, TariffRate
from staff.models import Site

BASIS_POINTS = 10_000


class NoTariff(DomainError):
    """No published price covers this."""

    code = "no_tariff"


@dataclass(frozen=True)
class Price:
    """A price with what it is made of. Amounts in fen, weights in grams."""

    tariff: Tariff
    zone: str
    weight_g: int
    volume_g: int
    billed_g: int
    freight_fen: int
    premium_fen: int

    @property
    def total_fen(self) -> int:
        return self.freight_fen + self.premium_fen

    @property
    def zone_label(self) -> str:
        """Return the zone in words."""
        return str(enums.Zone(self.zone).label)

    @property
    def is_by_volume(self) -> bool:
        """Say whether the parcel is charged by its size rather than its weight."""
        return self.volume_g > self.weight_g


def zone_of(origin: Site, destination: Site) -> enums.Zone:
    """Return how far it is; places without a city or region count as far."""
    if origin.city and origin.city == destination.city:
        return enums.Zone.SAME_CITY
    if origin.region and origin.region == destination.region:
        return enums.Zone.SAME_REGION
    return enums.Zone.OTHER


def tariff_on(day: date) -> Tariff:
    """Return the tariff in force on a day."""
    found = Tariff.objects.filter(valid_from__lte=day).order_by("-valid_from").first()
    if found is None:
        raise NoTariff(_("No price list is in force. Ask the quality manager"))
    return found


def price(
    *,
    tariff: Tariff,
    product: Product,
    zone: str,
    weight_g: int | None,
    volume_cm3: int | None = None,
    insured_fen: int = 0,
) -> Price:
    """Return the price; the larger of weight and volume weight is charged, each step begun.

    `insured_fen` is the declared value when the sender takes the insurance, else 0.
    """
    rate = TariffRate.objects.filter(tariff=tariff, product=product, zone=zone).first()
    if rate is None:
        text = _("%(product)s is not offered here. Choose another product")
        raise NoTariff(text % {"product": product}, field="product")
    return priced(rate, tariff, weight_g=weight_g, volume_cm3=volume_cm3, insured_fen=insured_fen)


def priced(
    rate: TariffRate,
    tariff: Tariff,
    *,
    weight_g: int | None,
    volume_cm3: int | None = None,
    insured_fen: int = 0,
) -> Price:
    """Work the price out from a rate at hand."""
    weight = weight_g or 0
    volume = volume_weight(volume_cm3, tariff)
    billed = max(weight, volume)
    steps = max(0, ceil((billed - rate.first_g) / rate.step_g))
    return Price(
        tariff, rate.zone, weight, volume, billed, rate.first_fen + steps * rate.step_fen,
        premium(insured_fen, tariff),
    )  # fmt: skip


def volume_weight(volume_cm3: int | None, tariff: Tariff) -> int:
    """Return the grams a volume is charged as."""
    return ceil((volume_cm3 or 0) * 1000 / tariff.volume_divisor)


def premium(insured_fen: int, tariff: Tariff) -> int:
    """Return the premium of a declared value, in fen."""
    if insured_fen <= 0:
        return 0
    return max(tariff.premium_least_fen, ceil(insured_fen * tariff.premium_bp / BASIS_POINTS))
