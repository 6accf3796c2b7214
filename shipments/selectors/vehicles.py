"""The fleet as pages read it: vehicles of a scope, open defects, the calendar of bookings."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from courierqa.core.access import Access
from shipments.models import (
    Acceptance,
    Calibration,
    Parcel,
    RiskArea,
    Vehicle,
    VehicleBooking,
    VehicleDefect,
)
from shipments.vehicle_enums import DefectStatus, Fitness


def vehicles_for(access: Access) -> QuerySet[Vehicle]:
    """Return the vehicles of the reader's sites with the number of open defects."""
    rows = Vehicle.objects.filter(access.rows(site="site_id")).select_related("site")
    return rows.annotate(
        n_open=Count("defects", filter=Q(defects__status=DefectStatus.OPEN), distinct=True)
    )


def fit_vehicles(site_id: int) -> QuerySet[Vehicle]:
    """Return what may be taken out at a site; what is not fit cannot be chosen."""
    return Vehicle.objects.filter(site=site_id, status=Fitness.FIT).order_by("plate")


def has_vehicles(site_id: int) -> bool:
    """Say whether the vehicles of a site are registered at all."""
    return Vehicle.objects.filter(site=site_id).exclude(status=Fitness.RETIRED).exists()


def defects_for(access: Access) -> QuerySet[VehicleDefect]:
    """Return the defects of the reader's vehicles, newest first."""
    rows = VehicleDefect.objects.filter(access.rows(site="vehicle__site_id"))
    return rows.select_related("vehicle__site", "found_by")


def bookings_for(access: Access, *, start: date, days: int = 7) -> list[VehicleBooking]:
    """Return the bookings of a stretch of days at the reader's sites."""
    rows = VehicleBooking.objects.filter(access.rows(site="vehicle__site_id"))
    rows = rows.filter(day__gte=start, day__lt=start + timedelta(days=days))
    return list(rows.select_related("vehicle", "driver"))


def weighed_out_of_date(access: Access) -> QuerySet[Any]:
    """Return parcels weighed with an instrument that was not calibrated on that day (F03).

    One whose instrument is not registered is not judged.
    """
    valid = Calibration.objects.filter(
        instrument__code=OuterRef("instrument"),
        calibrated_on__lte=OuterRef("day"),
        valid_until__gte=OuterRef("day"),
    )
    known = Calibration.objects.filter(instrument__code=OuterRef("instrument"))
    rows = Acceptance.objects.filter(access.rows(site="site_id"))
    rows = rows.annotate(
        known=Subquery(known.values("pk")[:1]), valid=Subquery(valid.values("pk")[:1])
    )
    return rows.filter(known__isnull=False, valid=None).select_related("parcel")


def risk_areas(*, on: date) -> list[RiskArea]:
    """Return the areas that hold on a day."""
    rows = RiskArea.objects.filter(is_active=True)
    return list(rows.filter(Q(until=None) | Q(until__gte=on)))


def risks_of(parcel: Parcel, areas: list[RiskArea]) -> list[RiskArea]:
    """Return the areas whose words stand in the recipient's address."""
    address = parcel.recipient_address
    return [one for one in areas if any(word in address for word in one.keywords if word)]
