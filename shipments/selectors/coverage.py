"""Where we pick up and deliver, as anybody may ask without an account (DEL-25, PUB-07)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from courierqa.core.text import clean_code
from shipments.selectors.areas import address_coverage
from staff.enums import SiteKind
from staff.models import Site, local

# So many signs beside the city make a text an address rather than a place name.
ADDRESS = 4
SERVING = (SiteKind.STATION, SiteKind.POINT, SiteKind.LOCKER)


@dataclass(frozen=True)
class City:
    """A city we serve, with the sites a customer can go to."""

    name: str
    name_en: str
    region: str
    sites: list[Site]

    def __str__(self) -> str:
        return local(self, "name")


def open_sites(*, on: date) -> QuerySet[Site]:
    """Return the sites that serve customers on a day."""
    rows = Site.objects.filter(kind__in=SERVING)
    return rows.filter(Q(closed_on=None) | Q(closed_on__gt=on)).order_by("region", "city", "code")


def served_cities(*, on: date) -> list[City]:
    """Return every city with a site that serves customers."""
    return _cities(open_sites(on=on))


def lookup(text: str, *, on: date) -> list[City]:
    """Return the served cities an address or a place name points to; empty is "not served"."""
    wanted = clean_code(text[:200])
    if not wanted:
        return []
    found = [city for city in served_cities(on=on) if _is_meant(city, wanted)]
    return [] if _left_out(found, wanted) else found


def _left_out(found: list[City], wanted: str) -> bool:
    """Say whether a whole address lies in a served city but in no area that is drawn there."""
    is_address = any(
        city.name in wanted and len(wanted) >= len(city.name) + ADDRESS for city in found
    )
    if not is_address:
        return False
    answer = address_coverage(wanted)
    return answer.is_drawn and not answer.is_served


def _is_meant(city: City, wanted: str) -> bool:
    of_sites = {name for site in city.sites for name in (site.name, site.name_en)}
    names = {city.name, city.name_en, *of_sites}
    plain = {clean_code(name) for name in names if name}
    return any(name in wanted or (len(wanted) > 1 and wanted in name) for name in plain)


def _cities(sites: Iterable[Site]) -> list[City]:
    found: dict[str, City] = {}
    for site in sites:
        name = site.city or site.name
        city = City(name, site.city_en or site.name_en, local(site, "region"), [])
        found.setdefault(name, city).sites.append(site)
    return list(found.values())
