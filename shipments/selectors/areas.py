"""Who delivers to an address: the longest keyword that stands in it wins (DEL-25, NET-06)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from courierqa.core.access import Access
from shipments import enums
from shipments.models import Parcel, ServiceArea
from staff.enums import SERVES_CUSTOMERS
from staff.models import Site

LOOKED_AT = 500
HERE = (
    enums.State.ACCEPTED, enums.State.AT_SITE, enums.State.IN_TRANSIT, enums.State.AT_STATION,
    enums.State.UNDELIVERED,
)  # fmt: skip


@dataclass(frozen=True)
class Coverage:
    """The answer to "do you deliver here?"; without any area nothing was drawn yet."""

    is_served: bool
    area: ServiceArea | None = None
    is_drawn: bool = True


class AreaMap:
    """All active areas, read once; looks up many addresses."""

    def __init__(self, areas: Iterable[ServiceArea] | None = None) -> None:
        rows = ServiceArea.objects.filter(is_active=True).select_related("site", "courier")
        self.areas = list(rows if areas is None else areas)

    def find(self, address: str, *, site_id: int | None = None) -> ServiceArea | None:
        """Return the area of an address, a courier's before a site's, or None."""
        text = "".join(address.split())
        best: tuple[int, bool] = (0, False)
        found = None
        for area in self.areas:
            if site_id is not None and area.site_id != site_id:
                continue
            score = _fits(area, text), area.courier_id is not None
            if score[0] and score > best:
                best, found = score, area
        return found


def _fits(area: ServiceArea, text: str) -> int:
    """Return how closely the area names the address; 0 when it does not at all."""
    if area.city not in text:
        return 0
    if not area.keywords:
        return 1
    return max((1 + len(word) for word in area.keywords if word and word in text), default=0)


def address_coverage(address: str) -> Coverage:
    """Say whether an address is served and by whom; for the public look-up and for promises."""
    found = AreaMap()
    if not found.areas:
        return Coverage(is_served=True, is_drawn=False)
    area = found.find(address)
    return Coverage(is_served=area is not None and area.is_served, area=area)


def nearer_site(address: str, chosen: Site) -> Site | None:
    """Return the site an address belongs to when that is not the chosen one.

    Where areas are drawn they decide; else the city that stands in the address.
    """
    found = AreaMap()
    if found.areas:
        area = found.find(address)
        is_other = area is not None and area.is_served and area.site_id != chosen.pk
        return area.site if area is not None and is_other else None
    text = "".join(address.split())
    if not chosen.city or chosen.city in text:
        return None
    others = Site.objects.filter(kind__in=SERVES_CUSTOMERS, closed_on=None).exclude(city="")
    return next((site for site in others.order_by("code") if site.city in text), None)


def areas_for(access: Access) -> list[ServiceArea]:
    """Return the areas of the reader's sites, by site and name."""
    rows = ServiceArea.objects.filter(access.rows(site="site_id"))
    return list(rows.select_related("site", "courier").order_by("site__code", "name", "pk"))


@dataclass(frozen=True)
class Unassigned:
    """A parcel whose address no courier's area names; `area` is the site's own, if any."""

    parcel: Parcel
    area: ServiceArea | None


def unassigned(access: Access) -> list[Unassigned]:
    """Return parcels on their way whose address belongs to no courier (NET-06)."""
    rows = Parcel.objects.filter(access.rows(site="destination_id"), state__in=HERE)
    rows = rows.select_related("destination").order_by("-pk")[:LOOKED_AT]
    drawn = AreaMap()
    found = []
    for parcel in rows:
        area = drawn.find(parcel.recipient_address, site_id=parcel.destination_id)
        if parcel.recipient_address and (area is None or area.courier_id is None):
            found.append(Unassigned(parcel, area))
    return found
