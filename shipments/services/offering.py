"""What one parcel would cost with each product: price, time and insurance before sending."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shipments.models import Product
from shipments.selectors.offers import limit_words
from shipments.services.orders import Quote, quote
from staff.models import Site


@dataclass(frozen=True)
class Offer:
    """One product's answer; fees in fen, weights in grams."""

    product: Product
    limit: str
    quote: Quote


def offers(
    *, origin: Site, destination: Site, weight_g: int, declared_fen: int, at: datetime
) -> list[Offer]:
    """Return what each product on offer would cost and promise, cheapest first (PUB-03)."""
    rows = Product.objects.filter(is_active=True)
    found = [
        Offer(
            product,
            limit_words(product),
            quote(
                product=product,
                origin=origin,
                destination=destination,
                weight_g=weight_g,
                at=at,
                insured_fen=declared_fen,
            ),
        )
        for product in rows
    ]
    return sorted(found, key=lambda offer: (offer.quote.fee_fen, offer.product.pk))
