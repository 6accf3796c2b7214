"""The file of each place: what its last look gave, what is open there, what must hold (PRE-03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery

from courierqa.core.access import Access
from quality.inspection_enums import FindingState
from quality.models import (
    CheckFinding,
    Equipment,
    Hazard,
    Inspection,
    Licence,
    PlannedInspection,
)
from quality.thing_enums import EquipmentKind, EquipmentStatus, HazardStatus
from staff.enums import SiteKind
from staff.models import Site

# Whose points judge a place as a whole.
LISTS = ("premises", "site-round")
OPEN = (FindingState.OPEN, FindingState.FIXED)


@dataclass(frozen=True)
class Place:
    """A site with its last inspection (or none), the next one's day, and what is open."""

    site: Site
    last: Inspection | None
    next_on: date | None
    findings: int
    hazards: int
    fire_until: date | None
    licences: int
    cameras: int


def sites_of(access: Access) -> QuerySet[Site]:
    """Return the open sites where people work, within reach; lockers are none."""
    rows = Site.objects.filter(access.rows(site="pk"), closed_on=None)
    return rows.exclude(kind=SiteKind.LOCKER).order_by("code")


def places(access: Access, *, today: date) -> list[Place]:
    """Return the file of every site within reach; eight questions however many there are."""
    newest = Inspection.objects.filter(site=OuterRef("pk"), version__checklist__code__in=LISTS)
    sites = list(sites_of(access).annotate(
        last_id=Subquery(newest.order_by("-on", "-id").values("pk")[:1])))  # fmt: skip
    ids = [site.pk for site in sites]
    seen = Inspection.objects.in_bulk([site.last_id for site in sites if site.last_id])
    asked: dict[str, QuerySet[Any]] = {
        "next": PlannedInspection.objects.filter(plan__site__in=ids, done_at=None),
        "findings": CheckFinding.objects.filter(site__in=ids, status__in=OPEN),
        "hazards": Hazard.objects.filter(site__in=ids).exclude(status=HazardStatus.VERIFIED),
        "fire": working(Equipment.objects.filter(site__in=ids), EquipmentKind.FIRE),
        "cameras": working(Equipment.objects.filter(site__in=ids), EquipmentKind.CAMERA),
        "licences": Licence.objects.filter(
            Q(expires_on=None) | Q(expires_on__gte=today), site__in=ids, is_active=True),
    }  # fmt: skip
    columns: dict[str, tuple[str, Any]] = {
        "next": ("plan__site", Min("due_day")), "findings": ("site", Count("pk")),
        "hazards": ("site", Count("pk")), "fire": ("site", Min("valid_until")),
        "licences": ("site", Count("pk")), "cameras": ("site", Count("pk")),
    }  # fmt: skip
    told = {name: _by_site(rows, *columns[name]) for name, rows in asked.items()}
    return [
        Place(
            site, seen.get(site.last_id), told["next"].get(site.pk),
            told["findings"].get(site.pk, 0), told["hazards"].get(site.pk, 0),
            told["fire"].get(site.pk), told["licences"].get(site.pk, 0),
            told["cameras"].get(site.pk, 0),
        )
        for site in sites
    ]  # fmt: skip


def working(rows: QuerySet[Equipment], kind: str) -> QuerySet[Equipment]:
    """Return what is in use of one kind of equipment."""
    return rows.filter(kind=kind).exclude(status=EquipmentStatus.RETIRED).order_by("code")


def _by_site(rows: QuerySet[Any], site: str, what: Any) -> dict[int, Any]:
    return dict(rows.order_by().values(site).annotate(told=what).values_list(site, "told"))
