"""One board of everything that ends within 90 days, or has ended (LIC-02)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
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


@dataclass(frozen=True)
class Reader:
    """One kind of things that end: its rows, the column of their day, how one is told."""

    rows: Callable[[Access], QuerySet[Any]]
    day: str
    tell: Callable[[Any, date], Ending]

    def ending(self, access: Access, first: date | None, last: date) -> QuerySet[Any]:
        """Return the rows whose day lies between these, both included."""
        rows = self.rows(access).filter(**{f"{self.day}__lte": last})
        return rows if first is None else rows.filter(**{f"{self.day}__gte": first})


def endings(
    access: Access, *, today: date, kind: str = "", band: int | None = None, most: int = MOST
) -> list[Ending]:
    """Return what ends within 90 days or has ended, the most urgent first; one query a kind."""
    first, last = (None, _until(today)) if band is None else _span(band, today)
    found: list[Ending] = []
    for reader in _readers(kind):
        rows = reader.ending(access, first, last).order_by(reader.day, "pk")[:most]
        found += [reader.tell(row, last) for row in rows]
    return sorted(found, key=lambda one: (one.day, one.kind, one.what))


def counted(access: Access, *, today: date, kind: str = "") -> list[tuple[int, Any, int]]:
    """Return each band with its words and how many lie in it, of all; one query a kind."""
    totals = Counter[int]()
    for reader in _readers(kind):
        rows = reader.ending(access, None, _until(today)).order_by()
        found = rows.aggregate(**{f"b{band}": _in_band(reader.day, band, today) for band in BANDS})
        totals.update({band: found[f"b{band}"] for band in BANDS})
    return [(band, BAND_WORDS[band], totals[band]) for band in BANDS]


def _until(today: date) -> date:
    return today + timedelta(days=BANDS[-1])


def _span(band: int, today: date) -> tuple[date | None, date]:
    """Return the first and last day of a band; what has ended has no first one."""
    if not band:
        return None, today - timedelta(days=1)
    before = BANDS[BANDS.index(band) - 1]
    return today + timedelta(days=before + 1 if before else 0), today + timedelta(days=band)


def _in_band(day: str, band: int, today: date) -> Count:
    first, last = _span(band, today)
    within = Q(**{f"{day}__lte": last})
    return Count("pk", filter=within if first is None else within & Q(**{f"{day}__gte": first}))


def _readers(kind: str) -> list[Reader]:
    return [reader for name, reader in READERS.items() if kind in ("", name)]


def _licences(access: Access) -> QuerySet[Any]:
    rows = Licence.objects.filter(is_active=True)
    if not access.is_all:
        near = Q(site__in=access.sites) | Q(vehicle__site__in=access.sites)
        rows = rows.filter(near | Q(holder__site__in=access.sites))
    return rows.select_related("site", "vehicle__site", "holder__site", "holder__user")


def _licence(row: Licence, until: date) -> Ending:
    of: Any = row.vehicle or row.holder or row.site or _("Company")
    site = _site_of(row)
    return Ending(
        "licence", f"{row.name} {row.number}", str(of), str(site or ""), row.expires_on or until,
        address_of("quality:licence", row.pk), is_applied=row.applied_on is not None,
        ref=f"licence:{row.pk}", site_id=site.pk if site else None,
        person=row.holder.user if row.holder else None,
    )  # fmt: skip


def _site_of(row: Licence) -> Any:
    if row.vehicle is not None:
        return row.vehicle.site
    return row.holder.site if row.holder is not None else row.site


def _instruments(access: Access) -> QuerySet[Any]:
    rows = Instrument.objects.filter(access.rows(site="site_id"), is_active=True)
    return rows.select_related("site")


def _instrument(row: Instrument, until: date) -> Ending:
    return Ending("instrument", str(row), row.get_kind_display(), str(row.site), row.valid_until,
                  address_of("shipments:instrument", row.pk), ref=f"instrument:{row.pk}",
                  site_id=row.site_id)  # fmt: skip


def _equipment(access: Access) -> QuerySet[Any]:
    rows: QuerySet[Equipment] = Equipment.objects.filter(access.rows(site="site_id"))
    return rows.exclude(status=EquipmentStatus.RETIRED).select_related("site")


def _machine(row: Equipment, until: date) -> Ending:
    return Ending("equipment", str(row), row.get_kind_display(), str(row.site),
                  row.valid_until or until, address_of("quality:equipment_one", row.code),
                  ref=f"equipment:{row.pk}", site_id=row.site_id)  # fmt: skip


def _certificates(access: Access) -> QuerySet[Any]:
    """Of each person and course only the newest certificate: an older one was renewed.

    What was taken back has ended already.
    """
    kept = Certificate.objects.filter(withdrawn_on=None)
    newer = kept.filter(
        employee=OuterRef("employee"), course=OuterRef("course"), pk__gt=OuterRef("pk")
    )
    rows = kept.filter(~Exists(newer), access.rows(site="employee__site_id"))
    rows = rows.exclude(employee__state=EmployeeState.LEFT)
    return rows.select_related("employee__site", "employee__user", "course")


def _certificate(row: Certificate, until: date) -> Ending:
    return Ending("certificate", f"{row.course} {row.number}", str(row.employee),
                  str(row.employee.site), row.expires_on or until,
                  address_of("staff:certificate", row.number), ref=f"certificate:{row.pk}",
                  site_id=row.employee.site_id, person=row.employee.user)  # fmt: skip


def _gear(access: Access) -> QuerySet[Any]:
    rows = GearIssue.objects.filter(access.rows(site="employee__site_id"), returned_on=None)
    return rows.select_related("employee__site")


def _piece(row: GearIssue, until: date) -> Ending:
    return Ending("gear", f"{row.get_kind_display()} ×{row.pieces}", str(row.employee),
                  str(row.employee.site), row.replace_on or until, address_of("quality:gear"),
                  ref=f"gear:{row.pk}", site_id=row.employee.site_id)  # fmt: skip


READERS: dict[str, Reader] = {
    "licence": Reader(_licences, "expires_on", _licence),
    "instrument": Reader(_instruments, "valid_until", _instrument),
    "equipment": Reader(_equipment, "valid_until", _machine),
    "certificate": Reader(_certificates, "expires_on", _certificate),
    "gear": Reader(_gear, "replace_on", _piece),
}
