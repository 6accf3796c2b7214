"""Places of the network: opened, changed, closed; the tree never turns into a circle (NET-02)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from staff.enums import SiteKind
from staff.models import Site

CHANGEABLE = (
    "name", "name_en", "kind", "region", "region_en", "city", "city_en", "hub", "phone",
    "address",    "is_partner", "latitude", "longitude", "daily_capacity", "opened_on", "closed_on",
)  # fmt: skip


@transaction.atomic
def save_site(*, site: Site | None, code: str, at: datetime, actor: Any, **fields: Any) -> Site:
    """Open a place, or change what is known about one; its code stays for ever."""
    wrong = set(fields) - set(CHANGEABLE)
    if wrong:
        raise ValueError(f"No fields of a site: {sorted(wrong)}")
    if site is None and Site.objects.filter(code=code).exists():
        raise DomainError(_("This site code is taken"), code="taken", field="code")
    site = site or Site(code=code)
    changed = [name for name, value in fields.items() if getattr(site, name) != value]
    for name, value in fields.items():
        setattr(site, name, value)
    _check(site)
    site.save()
    audit.record("site.save", site, actor=actor, at=at, fields=sorted(changed))
    return site


def _check(site: Site) -> None:
    if site.kind not in SiteKind.values:
        raise DomainError(_("Choose the kind of site"), code="required", field="kind")
    seen, above = {site.pk}, site.hub
    while above is not None:
        if above.pk in seen:
            circle = _("A site cannot stand below itself. Choose another superior site")
            raise DomainError(circle, code="circle", field="hub")
        seen.add(above.pk)
        above = above.hub
    if (site.latitude is None) != (site.longitude is None):
        both = _("Enter both latitude and longitude, or neither")
        raise DomainError(both, code="half_position", field="latitude")
    if site.latitude is not None and not (
        -90 <= site.latitude <= 90 and -180 <= (site.longitude or 0) <= 180
    ):
        bad = _("Not a position: latitude −90 to 90, longitude −180 to 180")
        raise DomainError(bad, code="bad_position", field="latitude")
    if site.opened_on and site.closed_on and site.closed_on < site.opened_on:
        late = _("The end must be later than the start")
        raise DomainError(late, code="order", field="closed_on")
