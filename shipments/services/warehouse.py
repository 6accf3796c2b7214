"""A warehouse: arrivals counted against the list, parcels put into zones, long stays looked at.

Seed 002 G 一.3 (counted and registered), 四.1 and 四.2 (zones by class, not overcrowded).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.errors import DomainError
from shipments.models import ArrivalCount, Parcel, Trip, Zone, ZoneStay
from shipments.network_enums import TripStatus
from shipments.selectors.stocktakes import ON_SITE
from shipments.selectors.warehouse import expected_of
from staff.models import Site

MOST_AT_ONCE = 200


@transaction.atomic
def save_zone(
    zone: Zone | None, *, site: Site, code: str, name: str, goods: str, capacity: int,
    dwell_hours: int, is_active: bool, at: datetime, actor: Any,
) -> Zone:  # fmt: skip
    """Mark out a zone, or change it (WHS-02); capacity in parcels, dwell in hours."""
    short = code.strip().upper()
    twin = Zone.objects.filter(site=site, code=short).exclude(pk=zone.pk if zone else None)
    if twin.exists():
        text = _("This site has a zone of this code already")
        raise DomainError(text, code="known", field="code")
    if zone is not None and not is_active and zone.stays.filter(left_at=None).exists():
        text = _("Parcels lie in this zone. Move them first")
        raise DomainError(text, code="not_empty", field="is_active")
    row = zone or Zone(site=site)
    row.code, row.name, row.goods = short, name, goods
    row.capacity, row.dwell_hours, row.is_active = capacity, dwell_hours, is_active
    row.save()
    audit.record("zone.change" if zone else "zone.create", row, actor=actor, at=at)
    return row


@transaction.atomic
def put_in_zone(zone: Zone, *, waybills: Sequence[str], at: datetime, actor: Any) -> dict[str, str]:
    """Put parcels that lie at this site into a zone; return number → what to say (WHS-03).

    More than the zone holds is refused as a whole: nothing is stacked on top.
    """
    row = Zone.objects.select_for_update(no_key=True, of=("self",)).get(pk=zone.pk)
    numbers = list(dict.fromkeys(waybills))[:MOST_AT_ONCE]
    found = {p.waybill: p for p in Parcel.objects.filter(waybill__in=numbers)}
    here = {w: p for w, p in found.items() if p.last_site_id == row.site_id
            and p.state in ON_SITE}  # fmt: skip
    inside = set(row.stays.filter(left_at=None).values_list("parcel_id", flat=True))
    fresh = [p for p in here.values() if p.pk not in inside]
    if len(inside) + len(fresh) > row.capacity:
        text = _("The zone holds %(most)d and has %(n)d already. Choose another zone")
        wrong = text % {"most": row.capacity, "n": len(inside)}
        raise DomainError(wrong, code="zone_full", field="numbers")
    leave_zones([p.pk for p in fresh], at=at)
    ZoneStay.objects.bulk_create(
        [ZoneStay(parcel=p, zone=row, put_at=at, put_by=audit.person(actor)) for p in fresh]
    )
    audit.record("zone.put", row, actor=actor, at=at, fields=[str(len(fresh))])
    return {number: _answer(number, found, here, inside) for number in numbers}


def _answer(number: str, found: Any, here: Any, inside: set[int]) -> str:
    if number not in found:
        return _("No such parcel. Check the number")
    if number not in here:
        return _("By its scans it does not lie here")
    return _("Lies here already") if here[number].pk in inside else _("Put in")


def leave_zones(parcel_ids: Sequence[int], *, at: datetime) -> int:
    """End the stays of parcels that leave their zones; return how many did."""
    open_ = ZoneStay.objects.filter(parcel_id__in=parcel_ids, left_at=None, put_at__lte=at)
    return open_.update(left_at=at)


@transaction.atomic
def tidy_zones(*, now: datetime) -> dict[str, int]:
    """End the stays of parcels that were scanned away since; run by the scheduler.

    The scans are the truth: a stay ends when the parcel was last seen elsewhere, or is on its way.
    """
    gone: dict[datetime, list[int]] = {}
    rows = ZoneStay.objects.filter(left_at=None).select_related("parcel", "zone")
    for stay in rows.iterator(chunk_size=500):
        parcel: Any = stay.parcel
        is_here = parcel.last_site_id == stay.zone.site_id and parcel.state in ON_SITE
        if not is_here or parcel.holder_id is not None:
            moved = parcel.last_event_at or now
            gone.setdefault(max(moved, stay.put_at), []).append(stay.pk)
    for at, ids in gone.items():
        ZoneStay.objects.filter(pk__in=ids).update(left_at=at)
    return {"left": sum(len(ids) for ids in gone.values())}


@transaction.atomic
def look_at_stay(stay: ZoneStay, *, look: str, at: datetime, actor: Any) -> ZoneStay:
    """Write down what was found of a parcel that lies too long (WHS-08)."""
    if not look.strip():
        text = _("Say what you found")
        raise DomainError(text, code="required", field="look", status=422)
    stay.looked_at, stay.look = at, look.strip()[:200]
    stay.save(update_fields=["looked_at", "look"])
    audit.record("zone.check", stay.zone, actor=actor, at=at, fields=[stay.parcel.waybill])
    return stay


@transaction.atomic
def count_arrival(
    trip: Trip, *, site: Site, counted: int, note: str, at: datetime, actor: Any
) -> ArrivalCount:
    """Write down how many pieces of a trip were counted; a difference is explained (WHS-01)."""
    if trip.status not in (TripStatus.ARRIVED, TripStatus.UNLOADED):
        text = _("This trip has not arrived yet")
        raise DomainError(text, code="not_arrived", field="counted")
    expected = expected_of(trip)
    if counted != expected and not note.strip():
        text = _("%(n)d were expected. Say what explains the difference")
        raise DomainError(text % {"n": expected}, code="difference", field="note", status=422)
    made = ArrivalCount.objects.create(
        trip=trip, site=site, expected=expected, counted=counted, note=note.strip()[:200], at=at,
        by=actor,
    )  # fmt: skip
    audit.record("trip.check", trip, actor=actor, at=at, fields=[f"{counted}/{expected}"])
    return made
