"""Trips: planned, loaded by scanning, left, arrived, unloaded; plan beside actual (LIF-15)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import calendars, history
from courierqa.core.errors import DomainError
from shipments import enums
from shipments.models import Parcel, RefusedDeed, Trip
from shipments.network_enums import Mode
from shipments.network_enums import TripStatus as Status
from shipments.selectors.screening import unscreened
from shipments.services.gates import security_stop
from shipments.services.scans import ScanInput, record_scans
from shipments.services.vehicle_use import require_fit
from staff.models import Employee, Site

MACHINE = history.Machine(
    "trip",
    {
        Status.PLANNED: {"depart": Status.DEPARTED, "cancel": Status.CANCELLED},
        Status.DEPARTED: {"arrive": Status.ARRIVED},
        Status.ARRIVED: {"unload": Status.UNLOADED},
    },
)
LONGEST = timedelta(days=7)


@dataclass(frozen=True)
class TripPlan:
    """What a trip should be."""

    origin: Site
    destination: Site
    planned_departure: datetime
    planned_arrival: datetime
    vehicle: str
    mode: str = Mode.ROAD.value
    carrier: str = ""
    via: Sequence[str] = ()
    watcher: Employee | None = None


@transaction.atomic
def plan_trip(plan: TripPlan, *, at: datetime, actor: Any) -> Trip:
    """Plan a trip with its route, mode, vehicle and watcher."""
    _check(plan)
    trip = Trip.objects.create(
        number=f"new-{uuid5(NAMESPACE_URL, f'{plan}{at}').hex[:16]}", origin=plan.origin,
        destination=plan.destination, via=list(plan.via), mode=plan.mode, carrier=plan.carrier,
        vehicle=plan.vehicle, watcher=plan.watcher, planned_departure=plan.planned_departure,
        planned_arrival=plan.planned_arrival,
    )  # fmt: skip
    trip.number = f"T{calendars.business_day(plan.planned_departure):%y%m%d}{trip.pk:06d}"
    trip.save(update_fields=["number"])
    history.begin(trip, machine=MACHINE, actor=actor, at=at)
    return trip


def _check(plan: TripPlan) -> None:
    if plan.origin.pk == plan.destination.pk:
        raise DomainError(_("Choose another site as destination"), field="destination")
    if plan.planned_arrival <= plan.planned_departure:
        wrong = _("The arrival must be later than the departure")
        raise DomainError(wrong, code="order", field="planned_arrival")
    if plan.planned_arrival - plan.planned_departure > LONGEST:
        wrong = _("A trip takes at most 7 days. Check the dates")
        raise DomainError(wrong, code="too_long", field="planned_arrival")
    check_via(plan.via)
    require_fit(plan.vehicle, field="vehicle")


def check_via(via: Sequence[str]) -> None:
    """Refuse stops that are no sites of ours."""
    known = set(Site.objects.filter(code__in=via).values_list("code", flat=True))
    for code in via:
        if code not in known:
            wrong = _("There is no site %(code)s. Use the codes of the site list")
            raise DomainError(wrong % {"code": code}, code="unknown_site", field="via")


def refuse_deeds(
    parcels: Iterable[Parcel], *, site: Site, code: str, mode: str, at: datetime,
    person: Employee | None, scan_code: str = "DEP",
) -> None:  # fmt: skip
    """Store deeds that were stopped."""
    RefusedDeed.objects.bulk_create(
        [
            RefusedDeed(parcel=parcel, site=site, scan_code=scan_code, code=code, mode=mode,
                        person=person, at=at)
            for parcel in parcels
        ]
    )  # fmt: skip


# -- leaving and arriving -------------------------------------------------------------------------
def depart_trip(*, trip: Trip, at: datetime, person: Employee | None, actor: Any) -> None:
    """The vehicle leaves: every loaded parcel gets its DEP scan with mode and check result.

    What has ended since it was loaded (lost, returned, called off) is not on board any more.
    """
    on_list = list(trip.loads.select_related("parcel"))
    loads = [load for load in on_list if load.parcel.state not in enums.ENDED]
    if not loads:
        raise DomainError(_("Nothing is loaded. Cancel the trip instead"), code="empty")
    require_fit(trip.vehicle, field="vehicle")
    bare = unscreened([load.parcel for load in loads], trip.mode)
    if bare:
        refuse_deeds(bare, site=trip.origin, code="not_screened", mode=trip.mode, at=at,
                     person=person)  # fmt: skip
        words = _("Screen these first: %(numbers)s") % {
            "numbers": ", ".join(parcel.waybill for parcel in bare[:20])
        }
        raise DomainError(words, code="not_screened")
    _none_stopped([load.parcel for load in loads])
    with transaction.atomic():
        history.transition(
            trip, "depart", machine=MACHINE, actor=actor, at=at, changes={"departed_at": at}
        )
        trip.loads.exclude(pk__in=[load.pk for load in loads]).delete()
        for check in {load.check_result for load in loads}:
            parcels = [load.parcel for load in loads if load.check_result == check]
            tell_scans("DEP", trip, parcels, site_id=trip.origin_id, at=at, person=person,
                       detail={"mode": trip.mode, "check": check})  # fmt: skip


def _none_stopped(parcels: Iterable[Parcel]) -> None:
    """A parcel stopped after it was loaded leaves with nobody until it is released (ACC-14)."""
    stopped = [p.waybill for p in parcels if security_stop(p, enums.Code.DEP) is not None]
    if stopped:
        words = _("Stopped for security: %(numbers)s. They must be released before the trip leaves")
        raise DomainError(words % {"numbers": ", ".join(stopped[:20])}, code="security_stop")


def scan_uid(trip: Trip, code: str, waybill: str, site_id: int) -> UUID:
    """Return the id of a parcel's scan on this trip; telling it again counts once."""
    return uuid5(NAMESPACE_URL, f"trip:{trip.number}:{code}:{site_id}:{waybill}")


def tell_scans(
    code: str, trip: Trip, parcels: Iterable[Parcel], *, site_id: int, at: datetime,
    person: Employee | None, detail: dict[str, Any],
) -> None:  # fmt: skip
    record_scans(
        [
            ScanInput(
                uid=scan_uid(trip, code, parcel.waybill, site_id), waybill=parcel.waybill,
                code=code, happened_at=at, device=f"trip-{trip.number}", site_id=site_id,
                person_id=person.pk if person else None, detail={"trip": trip.number, **detail},
            )
            for parcel in parcels
        ],
        source=enums.Source.HUB, recorded_at=at,
    )  # fmt: skip


@transaction.atomic
def arrive_trip(*, trip: Trip, at: datetime, actor: Any) -> None:
    """The vehicle stands at its destination."""
    if trip.departed_at is not None and at < trip.departed_at:
        raise DomainError(_("The arrival must be later than the departure"), code="order")
    history.transition(
        trip, "arrive", machine=MACHINE, actor=actor, at=at, changes={"arrived_at": at}
    )


@transaction.atomic
def cancel_trip(*, trip: Trip, reason: str, at: datetime, actor: Any) -> None:
    """Cancel a planned trip; what was loaded is free again."""
    if not reason.strip():
        raise DomainError(_("Say why"), code="required", field="reason")
    history.transition(trip, "cancel", machine=MACHINE, actor=actor, at=at, reason=reason)
    trip.loads.all().delete()
