"""Lists of things within a reader's reach."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from courierqa.core.access import Access
from quality.models import (
    Destruction,
    Drill,
    Equipment,
    GearIssue,
    Hazard,
    Licence,
    Maintenance,
    RoadTicket,
    SafetyIncident,
)


def equipment_for(access: Access) -> QuerySet[Equipment]:
    """Return the equipment of the reader's sites."""
    return Equipment.objects.filter(access.rows(site="site_id")).select_related("site")


def licences_for(access: Access) -> QuerySet[Licence]:
    """Return the licences within reach; those of the company are for readers of everything."""
    rows = Licence.objects.select_related("site", "vehicle__site", "holder__site")
    if access.is_all:
        return rows
    near = Q(site__in=access.sites) | Q(vehicle__site__in=access.sites)
    return rows.filter(near | Q(holder__site__in=access.sites))


def turns_for(access: Access) -> QuerySet[Maintenance]:
    """Return the services of the reader's vehicles and equipment."""
    near = access.rows(site=("plan__vehicle__site_id", "plan__equipment__site_id"))
    rows = Maintenance.objects.filter(near)
    return rows.select_related("plan__vehicle__site", "plan__equipment__site")


def tickets_for(access: Access) -> QuerySet[RoadTicket]:
    """Return the calls for help of the reader's vehicles."""
    rows = RoadTicket.objects.filter(access.rows(site="vehicle__site_id"))
    return rows.select_related("vehicle__site", "driver")


def gear_for(access: Access) -> QuerySet[GearIssue]:
    """Return the gear handed to people of the reader's sites."""
    rows = GearIssue.objects.filter(access.rows(site="employee__site_id"))
    return rows.select_related("employee__site")


def hazards_for(access: Access) -> QuerySet[Hazard]:
    """Return the hazards of the reader's sites."""
    rows = Hazard.objects.filter(access.rows(site="site_id", own="owner_id"))
    return rows.select_related("site", "owner")


def incidents_for(access: Access) -> QuerySet[SafetyIncident]:
    """Return the incidents of the reader's sites, or the reader's own reports."""
    rows = SafetyIncident.objects.filter(access.rows(site="site_id", own="reporter_id"))
    return rows.select_related("site", "reporter")


def drills_for(access: Access) -> QuerySet[Drill]:
    """Return the drills of the reader's sites with how many took part."""
    rows = Drill.objects.filter(access.rows(site="site_id")).select_related("plan", "site")
    return rows.annotate(n_people=Count("people"))


def destructions_for(access: Access) -> QuerySet[Destruction]:
    """Return the ledger of destroyed records."""
    rows = Destruction.objects.filter(access.rows(site="site_id"))
    return rows.select_related("site", "witness", "by")


def standing_work(access: Access) -> list[Hazard]:
    """Return the major hazards that stop work now."""
    rows = hazards_for(access).filter(level="major").exclude(status="verified")
    return list(rows.order_by("found_at")[:50])


def owed(rows: QuerySet[Any], *, today: date) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """Return (overdue, due within 30 days) of services not done."""
    open_ = rows.filter(done_at=None)
    return open_.filter(due_day__lt=today), open_.filter(due_day__gte=today)
