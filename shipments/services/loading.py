"""Loading and unloading by scanning bags and parcels, each number with its own answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from courierqa.core import audit, history
from courierqa.core.errors import DomainError
from shipments import enums
from shipments.models import Bag, Parcel, ScanEvent, Trip, TripLoad
from shipments.network_enums import CheckResult
from shipments.network_enums import TripStatus as Status
from shipments.selectors.screening import unscreened
from shipments.services import hub_checks
from shipments.services.bags import members
from shipments.services.trips import MACHINE, arrive_trip, refuse_deeds, scan_uid, tell_scans
from staff.enums import SiteKind
from staff.models import Employee, Site


@dataclass(frozen=True)
class Loaded:
    """The answer to one scanned number."""

    number: str
    good: bool
    words: str
    blocked: tuple[str, ...] = ()


def load_trip(
    *, trip: Trip, numbers: Sequence[str], check: str, at: datetime, person: Employee | None,
    actor: Any,
) -> list[Loaded]:  # fmt: skip
    """Load bags and parcels onto a planned trip; each number gets its own answer.

    A piece that must be screened and was not stays here: a bag with one such piece as a whole.
    The refusal is stored, because deeds that were stopped are counted too (ACC-04).
    """
    if check not in CheckResult.values:
        raise DomainError(_("Enter the result of the out-check"), code="required", field="check")
    with transaction.atomic():
        trip = Trip.objects.select_for_update(no_key=True).get(pk=trip.pk)
        if trip.status != Status.PLANNED:
            raise DomainError(_("This trip has left; nothing more can be loaded"), code="left")
        inside = members(numbers)
        wanted = {number: inside.get(number, [number]) for number in dict.fromkeys(numbers)}
        parcels = {
            p.waybill: p
            for p in Parcel.objects.filter(waybill__in=[w for ws in wanted.values() for w in ws])
        }
        stopped = {p.waybill for p in unscreened(list(parcels.values()), trip.mode)}
        answers = [
            _load(trip, number, [parcels.get(w) for w in ways], stopped, check, at, person)
            for number, ways in wanted.items()
        ]
        audit.record("trip.load", trip, actor=actor, at=at, fields=["loads"])
    return answers


def _load(
    trip: Trip, number: str, parcels: list[Parcel | None], stopped: set[str], check: str,
    at: datetime, person: Employee | None,
) -> Loaded:  # fmt: skip
    found = [parcel for parcel in parcels if parcel is not None]
    if not found:
        return Loaded(number, good=False, words=_("No such parcel or bag. Check the number"))
    if any(_stays(parcel) for parcel in found):
        return Loaded(
            number, good=False, words=_("It may not leave: ended, or stopped for security")
        )
    blocked = [p for p in found if p.waybill in stopped]
    if blocked:
        refuse_deeds(blocked, site=trip.origin, code="not_screened", mode=trip.mode, at=at,
                     person=person)  # fmt: skip
        return Loaded(number, good=False, words=_("Screen first"),
                      blocked=tuple(p.waybill for p in blocked))  # fmt: skip
    if check == CheckResult.HELD_BACK:
        _hold(trip, found, at, person)
        return Loaded(number, good=False, words=_("Kept here: not fit to leave"))
    return _take_on(trip, number, found, check, at, person)


def _stays(parcel: Parcel) -> bool:
    return parcel.state in enums.ENDED or enums.Condition.SECURITY_STOP in parcel.conditions


def _take_on(
    trip: Trip, number: str, parcels: list[Parcel], check: str, at: datetime,
    person: Employee | None,
) -> Loaded:  # fmt: skip
    on_other = TripLoad.objects.filter(
        parcel__in=parcels, trip__status=Status.PLANNED
    ).exclude(trip=trip)  # fmt: skip
    if other := on_other.select_related("trip").first():
        words = _("It is loaded on trip %(trip)s") % {"trip": other.trip.number}
        return Loaded(number, good=False, words=words)
    bag = None if len(parcels) == 1 and parcels[0].waybill == number else number
    TripLoad.objects.bulk_create(
        [
            TripLoad(trip=trip, parcel=parcel, bag=_bag(bag), loaded_at=at, loaded_by=person,
                     check_result=check)
            for parcel in parcels
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    return Loaded(number, good=True, words=_("Loaded, %(n)d pieces") % {"n": len(parcels)})


@transaction.atomic
def take_off(*, trip: Trip, number: str, reason: str, at: datetime, actor: Any) -> int:
    """Take a parcel, or a bag whole, off a trip that has not left; return how many pieces.

    The deed and its reason stay in the audit log; the pieces may be loaded elsewhere (LIF-15).
    """
    trip = Trip.objects.select_for_update(no_key=True).get(pk=trip.pk)
    if trip.status != Status.PLANNED:
        raise DomainError(_("This trip has left; unload it where it arrives"), code="left")
    if not reason.strip():
        raise DomainError(_("Say why it is taken off"), code="required", field="reason")
    pieces = trip.loads.filter(Q(parcel__waybill=number, bag=None) | Q(bag__number=number))
    count, _each = pieces.delete()
    if not count:
        words = _("It is not loaded on this trip by itself. A bag is taken off whole")
        raise DomainError(words, code="not_loaded", field="number")
    why = f"{number}: {reason.strip()[:200]}"
    audit.record("trip.take_off", trip, actor=actor, at=at, fields=["loads"], reason=why)
    return count


def _bag(number: str | None) -> Bag | None:
    return Bag.objects.filter(number=number).first() if number else None


def _hold(trip: Trip, parcels: list[Parcel], at: datetime, person: Employee | None) -> None:
    """Not fit to leave: the check and its result stay with the parcel for later proof."""
    tell_scans("HLD", trip, parcels, site_id=trip.origin_id, at=at, person=person,
          detail={"check": CheckResult.HELD_BACK.value})  # fmt: skip


# -- unloading ------------------------------------------------------------------------------------
@transaction.atomic
def unload_trip(
    *, trip: Trip, site: Site, numbers: Sequence[str], at: datetime, person: Employee | None,
    actor: Any,
) -> list[Loaded]:  # fmt: skip
    """Take bags and parcels off at the destination or a stop on the way: ARR or AST each."""
    trip.refresh_from_db()
    if trip.status == Status.DEPARTED and site.pk == trip.destination_id:
        arrive_trip(trip=trip, at=at, actor=actor)
    if trip.status not in (Status.DEPARTED, Status.ARRIVED):
        raise DomainError(_("This trip is not on the way or waiting to be unloaded"))
    inside = members(numbers)
    wanted = {number: inside.get(number, [number]) for number in dict.fromkeys(numbers)}
    every = [waybill for waybills in wanted.values() for waybill in waybills]
    parcels = {p.waybill: p for p in Parcel.objects.filter(waybill__in=every)}
    code = "AST" if site.kind in (SiteKind.STATION, SiteKind.POINT) else "ARR"
    tell_scans(code, trip, parcels.values(), site_id=site.pk, at=at, person=person, detail={})
    on_board = set(
        trip.loads.filter(parcel__in=parcels.values()).values_list("parcel_id", flat=True)
    )
    trip.loads.filter(parcel__in=on_board, unloaded_at=None).update(unloaded_at=at)
    extra = [parcel for parcel in parcels.values() if parcel.pk not in on_board]
    _surplus(trip, extra, site, at, code)
    return [
        _came(number, [parcels.get(w) for w in waybills], {p.pk for p in extra})
        for number, waybills in wanted.items()
    ]


def _surplus(trip: Trip, extra: list[Parcel], site: Site, at: datetime, code: str) -> None:
    TripLoad.objects.bulk_create(
        [
            TripLoad(trip=trip, parcel=parcel, loaded_at=at, unloaded_at=at, is_surplus=True,
                     check_result=CheckResult.GOOD)
            for parcel in extra
        ]
    )  # fmt: skip
    for parcel in extra:
        row = _mark(trip, parcel, site.pk, at, code)
        hub_checks.finding(row, "trip_surplus", trip=trip.number)


def _came(number: str, parcels: list[Parcel | None], extra: set[int]) -> Loaded:
    found = [parcel for parcel in parcels if parcel is not None]
    if not found:
        return Loaded(number, good=False, words=_("No such parcel or bag. Check the number"))
    if any(parcel.pk in extra for parcel in found):
        return Loaded(number, good=True, words=_("Unloaded; it was not on the list of this trip"))
    return Loaded(number, good=True, words=_("Unloaded, %(n)d pieces") % {"n": len(found)})


def _mark(trip: Trip, parcel: Parcel, site_id: int, at: datetime, code: str) -> ScanEvent:
    return ScanEvent(
        uid=scan_uid(trip, code, parcel.waybill, site_id), parcel_id=parcel.pk, site_id=site_id,
        recorded_at=at,
    )  # fmt: skip


@transaction.atomic
def finish_unloading(*, trip: Trip, at: datetime, actor: Any) -> list[Parcel]:
    """Close the unloading; what was loaded and did not come off is missing and searched for."""
    history.transition(trip, "unload", machine=MACHINE, actor=actor, at=at)
    gone = trip.loads.filter(unloaded_at=None).select_related("parcel")
    missing = [load.parcel for load in gone]
    words = _("Loaded on trip %(trip)s, not unloaded") % {"trip": trip.number}
    for parcel in missing:
        row = _mark(trip, parcel, trip.destination_id, at, "ARR")
        hub_checks.finding(row, "trip_missing", trip=trip.number)
        hub_checks.open_for(parcel, enums.ExceptionKind.LOST, row, cause="trip-missing", note=words)
    return missing
