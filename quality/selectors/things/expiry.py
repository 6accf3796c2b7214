"""One board of everything that ends within 90 days, or has ended (LIC-02)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from courierqa.core.access import Access
from courierqa.core.context import address_of
from quality.models import Equipment, GearIssue, Licence
from quality.thing_enums import EquipmentStatus
from shipments.models import Instrument
from staff.enums import EmployeeState
from staff.models import Certificate, User

# Days of the bands: ended already, then up to 30, 60, 90 days ahead.
BANDS = (0, 30, 60, 90)
BAND_WORDS = {
    0: pgettext_lazy("expiry", "Ended"), 30: gettext_lazy("Within 30 days"),
    60: gettext_lazy("Within 60 days"), 90: gettext_lazy("Within 90 days"),
}  # fmt: skip
KINDS = {
    "licence": gettext_lazy("Licences and permits"),
    "instrument": gettext_lazy("Scales and meters"),
    "equipment": gettext_lazy("Equipment"),
    "certificate": gettext_lazy("People’s certificates"),
    "gear": gettext_lazy("Protective gear"),
}
# Whose right opens the page of each kind.
OPENED_BY = {
    "licence": "licence", "instrument": "instrument", "equipment": "equipment",
    "certificate": "training", "gear": "equipment",
}  # fmt: skip
# More of one kind than anybody reads on a page; the file has them all.
MOST = 300


@dataclass(frozen=True)
class Ending:
    """Something that ends: its kind, what it is, of whom or where, the day, its page."""

    kind: str
    what: str
    owner: str
    site: str
    day: date
    url: str
    is_applied: bool = False
    # Of reminders: the record, where it is, and the person themselves if they have a login.
    ref: str = ""
    site_id: int | None = None
    person: User | None = None

    def band(self, today: date) -> int:
        """Return the band: 0 has ended, else the first of 30, 60, 90 days it lies in."""
        left = (self.day - today).days
        return next((band for band in BANDS if left < 0 or (left <= band and band)), 90)

    def left(self, today: date) -> int:
        """Return the days left; negative once it has ended."""
        return (self.day - today).days


def endings(access: Access, *, today: date, kind: str = "", most: int = MOST) -> list[Ending]:
    """Return what ends within 90 days or has ended, the most urgent first; one query a kind."""
    until = today + timedelta(days=BANDS[-1])
    found: list[Ending] = []
    for name, read in READERS.items():
        if kind in ("", name):
            found += read(access, until, most)
    return sorted(found, key=lambda one: (one.day, one.kind, one.what))


def counted(rows: list[Ending], *, today: date) -> list[tuple[int, Any, int]]:
    """Return each band with its words and how many lie in it."""
    bands = [one.band(today) for one in rows]
    return [(band, BAND_WORDS[band], bands.count(band)) for band in BANDS]


def _licences(access: Access, until: date, most: int) -> Iterator[Ending]:
    rows = Licence.objects.filter(is_active=True, expires_on__lte=until)
    if not access.is_all:
        near = Q(site__in=access.sites) | Q(vehicle__site__in=access.sites)
        rows = rows.filter(near | Q(holder__site__in=access.sites))
    for row in rows.select_related("site", "vehicle__site", "holder__site", "holder__user")[:most]:
        of: Any = row.vehicle or row.holder or row.site or _("Company")
        site = _site_of(row)
        yield Ending(
            "licence", f"{row.name} {row.number}", str(of), str(site or ""),
            row.expires_on or until, address_of("quality:licence", row.pk),
            is_applied=row.applied_on is not None, ref=f"licence:{row.pk}",
            site_id=site.pk if site else None, person=row.holder.user if row.holder else None,
        )  # fmt: skip


def _site_of(row: Licence) -> Any:
    if row.vehicle is not None:
        return row.vehicle.site
    return row.holder.site if row.holder is not None else row.site


def _instruments(access: Access, until: date, most: int) -> Iterator[Ending]:
    rows = Instrument.objects.filter(access.rows(site="site_id"), is_active=True)
    rows = rows.filter(valid_until__lte=until).select_related("site").order_by("valid_until")
    for row in rows[:most]:
        yield Ending("instrument", str(row), row.get_kind_display(), str(row.site),
                     row.valid_until, address_of("shipments:instrument", row.pk),
                     ref=f"instrument:{row.pk}", site_id=row.site_id)  # fmt: skip


def _equipment(access: Access, until: date, most: int) -> Iterator[Ending]:
    rows: QuerySet[Equipment] = Equipment.objects.filter(access.rows(site="site_id"))
    rows = rows.exclude(status=EquipmentStatus.RETIRED).filter(valid_until__lte=until)
    for row in rows.select_related("site").order_by("valid_until")[:most]:
        yield Ending("equipment", str(row), row.get_kind_display(), str(row.site),
                     row.valid_until or until,
                     address_of("quality:equipment_one", row.code),
                     ref=f"equipment:{row.pk}", site_id=row.site_id)  # fmt: skip


def _certificates(access: Access, until: date, most: int) -> Iterator[Ending]:
    """Of each person and course only the newest certificate: an older one was renewed."""
    newer = Certificate.objects.filter(
        employee=OuterRef("employee"), course=OuterRef("course"), pk__gt=OuterRef("pk")
    )
    rows = Certificate.objects.filter(access.rows(site="employee__site_id"))
    rows = rows.filter(~Exists(newer), expires_on__lte=until)
    rows = rows.exclude(employee__state=EmployeeState.LEFT)
    rows = rows.select_related("employee__site", "employee__user", "course").order_by("expires_on")
    for row in rows[:most]:
        yield Ending("certificate", f"{row.course} {row.number}", str(row.employee),
                     str(row.employee.site), row.expires_on or until,
                     address_of("staff:certificate", row.number),
                     ref=f"certificate:{row.pk}", site_id=row.employee.site_id,
                     person=row.employee.user)  # fmt: skip


def _gear(access: Access, until: date, most: int) -> Iterator[Ending]:
    rows = GearIssue.objects.filter(access.rows(site="employee__site_id"), returned_on=None)
    rows = rows.filter(replace_on__lte=until).select_related("employee__site")
    for row in rows.order_by("replace_on")[:most]:
        yield Ending("gear", f"{row.get_kind_display()} ×{row.pieces}", str(row.employee),
                     str(row.employee.site), row.replace_on or until,
                     address_of("quality:gear"), ref=f"gear:{row.pk}",
                     site_id=row.employee.site_id)  # fmt: skip


READERS: dict[str, Callable[[Access, date, int], Iterator[Ending]]] = {
    "licence": _licences,
    "instrument": _instruments,
    "equipment": _equipment,
    "certificate": _certificates,
    "gear": _gear,
}
