"""Which figures a reader may see."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from courierqa.core.access import Access
from courierqa.core.enums import Scope as Reach
from courierqa.core.errors import DomainError
from shipments.models import Product
from staff.models import Site

# An own figure of somebody who serves nothing: no row has this id.
NOBODY = -1
# How a site is run: by ourselves, or by a partner.
MODES = ("own", "partner")


class NotFound(DomainError):
    """Not there, or not the reader's: the two answers are the same."""

    code = "not_found"
    status = 404


@dataclass(frozen=True)
class Scope:
    """Sites (None: all), one product (None: all), one courier (None: not personal)."""

    sites: frozenset[int] | None = None
    product: int | None = None
    courier: int | None = None

    @property
    def is_all(self) -> bool:
        return self.sites is None and self.courier is None

    def within(self, site: Site | None) -> Scope:
        """Narrow to one site; a site outside the scope does not exist for the reader."""
        if site is None:
            return self
        if self.sites is not None and site.pk not in self.sites:
            raise NotFound(_("There is no such site"), field="site")
        return replace(self, sites=frozenset({site.pk}))

    def of_mode(self, mode: str) -> Scope:
        """Narrow to the sites we run ourselves, or to those of partners (LIF-27)."""
        if mode not in MODES:
            return self
        rows = Site.objects.filter(is_partner=mode == "partner")
        found = frozenset(rows.values_list("pk", flat=True))
        return replace(self, sites=found if self.sites is None else found & self.sites)

    def of_product(self, product: Product | None) -> Scope:
        return replace(self, product=product.pk) if product else self

    def of_courier(self, courier: int | None) -> Scope:
        """Narrow to one courier; a personal scope reaches only its own."""
        if courier is None:
            return self
        if self.courier is not None and self.courier != courier:
            raise NotFound(_("There is no such person"), field="courier")
        return replace(self, courier=courier)


EVERYTHING = Scope()


def scope_of(access: Access) -> Scope:
    """Return the figures this access reaches."""
    if access.scope == Reach.ALL:
        return EVERYTHING
    if access.scope in (Reach.SITE, Reach.KEY):
        return Scope(sites=access.sites)
    return Scope(courier=access.employee_id or NOBODY)


def site_by_code(code: str | None) -> Site | None:
    """Return the site of this code, or None when no code was given."""
    if not code:
        return None
    site = Site.objects.filter(code__iexact=code).first()
    if site is None:
        raise NotFound(_("There is no such site"), field="site")
    return site


def product_by_code(code: str | None) -> Product | None:
    """Return the product of this code, or None when no code was given."""
    if not code:
        return None
    product = Product.objects.filter(code__iexact=code).first()
    if product is None:
        raise NotFound(_("There is no such product"), field="product")
    return product
