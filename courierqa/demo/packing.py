"""What is inside the demo's parcels and how they are packed: fixed by the waybill alone.

The story's own random source is left untouched, so that a story told before stays the same.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils import timezone

from courierqa.core import calendars
from shipments import pricing
from shipments.models import Product, TariffRate, Terms
from staff.models import Site

MATERIALS = ("original", "circulating", "eco-carton", "eco-bag", "carton", "plastic-bag", "bubble")
SHARES = (22, 14, 20, 14, 18, 7, 5)


@dataclass(frozen=True)
class Goods:
    """One parcel's contents and packing. Sizes in cm, weights in grams."""

    pieces: int
    size: tuple[int, int, int]
    measured: tuple[int, int, int]
    measured_g: int
    marks: list[str]
    value_fen: int
    material: str
    overpacked: bool
    electronic: bool
    is_paid: bool
    # A courier forgot, or did it too late: the three systems have something to show.
    uninspected: bool
    unnamed: bool

    def detail(self, site: str) -> dict[str, Any]:
        """Return the detail of the pickup scan."""
        length, width, height = self.measured
        return {
            "weight_g": self.measured_g, "length_cm": length, "width_cm": width,
            "height_cm": height, "pieces": self.pieces, "appearance": "good",
            "instrument": f"{site}-S1", "packing": self.material, "packing_checked": True,
            "overpacked": self.overpacked, "marks": self.marks,
            "waybill_kind": "electronic" if self.electronic else "paper",
        }  # fmt: skip


@lru_cache(maxsize=4096)
def goods_of(waybill: str, weight_g: int) -> Goods:
    """Return what is in a parcel of the demo."""
    rng = random.Random(waybill)
    size = (rng.randrange(14, 45), rng.randrange(10, 32), rng.randrange(4, 24))
    stretched = rng.random() < 0.04
    marks = [m for m, share in (("fragile", 0.07), ("liquid", 0.03), ("up", 0.03))
             if rng.random() < share]  # fmt: skip
    return Goods(
        pieces=rng.choice((1, 1, 1, 2, 3)), size=size,
        measured=(size[0] + 12, size[1], size[2]) if stretched else size,
        measured_g=round(weight_g * 1.3) if rng.random() < 0.03 else weight_g,
        marks=marks, value_fen=rng.choice((30_000, 80_000)) if rng.random() < 0.08 else 0,
        material=rng.choices(MATERIALS, SHARES)[0], overpacked=rng.random() < 0.06,
        electronic=rng.random() < 0.985, is_paid=rng.random() < 0.8,
        uninspected=rng.random() < 0.004, unnamed=rng.random() < 0.003,
    )  # fmt: skip


class Prices:
    """Prices of the demo's orders by the tariff in force, with the rates read once."""

    def __init__(self, sites: Mapping[str, Site]) -> None:
        self.sites = sites
        self.tariff = pricing.tariff_on(timezone.localdate(timezone=calendars.zone()))
        rows = TariffRate.objects.filter(tariff=self.tariff)
        self.rates = {(row.product_id, row.zone): row for row in rows}
        self.terms = Terms.objects.first()
        self.told = [point["code"] for point in self.terms.points] if self.terms else []

    def of(self, product: Product, trip: Any, weight_g: int, goods: Goods) -> pricing.Price:
        """Return the price of one order."""
        zone = pricing.zone_of(self.sites[trip.origin], self.sites[trip.destination])
        length, width, height = goods.size
        return pricing.priced(
            self.rates[product.pk, zone], self.tariff, weight_g=weight_g,
            volume_cm3=length * width * height, insured_fen=goods.value_fen,
        )  # fmt: skip
