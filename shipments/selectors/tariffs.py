"""Prices, terms, packing and legal basis as they stand on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from shipments.models import LegalBasis, PackingMaterial, Product, TariffRate, Terms


def terms_on(day: date) -> Terms | None:
    """Return the terms in force on a day."""
    return Terms.objects.filter(valid_from__lte=day).order_by("-valid_from").first()


def rates_of(tariff_id: int) -> QuerySet[TariffRate]:
    """Return a tariff's rates with their products, in the order they are shown."""
    rows = TariffRate.objects.filter(tariff_id=tariff_id, product__is_active=True)
    return rows.select_related("product").order_by("product_id", "pk")


def packing_materials() -> QuerySet[PackingMaterial]:
    """Return the packing in use."""
    return PackingMaterial.objects.filter(is_active=True)


def products_offered() -> Iterable[Product]:
    """Return the products on offer, with their limits."""
    return Product.objects.filter(is_active=True).order_by("pk")


def legal_basis(topic: str, day: date) -> QuerySet[LegalBasis]:
    """Return the rules on a topic that hold on a day."""
    begun = Q(valid_from=None) | Q(valid_from__lte=day)
    running = Q(valid_to=None) | Q(valid_to__gte=day)
    return LegalBasis.objects.filter(begun, running, topic=topic)
