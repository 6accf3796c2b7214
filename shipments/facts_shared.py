"""What the facts of many parcels share, read once for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from django.db.models import Q

from shipments import measured, tracing
from shipments.delivery_enums import AskedBy
from shipments.models import LaneLeg, Parcel, PickupChange, Slot
from staff.enums import SiteKind
from staff.models import Site


def plans_of(lane_ids: set[int]) -> dict[int, tuple[tracing.PlannedLeg, ...]]:
    found: dict[int, list[tracing.PlannedLeg]] = defaultdict(list)
    for leg in LaneLeg.objects.filter(lane_id__in=lane_ids).order_by("lane_id", "position"):
        limit = timedelta(minutes=leg.limit_minutes)
        found[leg.lane_id].append(tracing.PlannedLeg(leg.code, leg.site_id, limit))
    return {lane: tuple(legs) for lane, legs in found.items()}


def hubs_of_sites() -> tuple[dict[int, int], frozenset[int]]:
    """Return the hub of every site that has one, a hub its own; and which sites are hubs."""
    found = Site.objects.filter(Q(hub__isnull=False) | Q(kind=SiteKind.HUB))
    rows = list(found.values_list("pk", "hub_id", "kind"))
    hubs = frozenset(pk for pk, _hub, kind in rows if kind == SiteKind.HUB)
    return {pk: hub or pk for pk, hub, _kind in rows}, hubs


def appointments_of(parcels: Sequence[Parcel]) -> dict[int, tuple[measured.Window, ...]]:
    """Return by parcel the pickup windows to be judged (T08)."""
    ordered = {p.pk: p.order for p in parcels if p.order is not None}
    asked = {
        pk: order for pk, order in ordered.items()
        if measured.is_visited(channel=order.channel, at_door=order.door_pickup)
    }  # fmt: skip
    if not asked:
        return {}
    moves: dict[int, list[measured.Moved]] = defaultdict(list)
    ids = list({order.pk for order in asked.values()})
    rows = PickupChange.objects.filter(order_id__among=ids).order_by("at", "pk")
    for row in rows:
        moves[row.order_id].append(
            measured.Moved(
                row.old_start, row.old_end, row.new_start, row.new_end, row.at,
                row.asked_by != AskedBy.US,
            )
        )  # fmt: skip
    return {
        pk: measured.appointments(
            order.ordered_at, (order.window_start, order.window_end), moves[order.pk]
        )
        for pk, order in asked.items()
    }


def slots_of(parcels: Sequence[Parcel]) -> dict[int, measured.Booked]:
    """Return by parcel the booked delivery time that counts (T09)."""
    booked: dict[int, list[measured.Booked]] = defaultdict(list)
    rows = Slot.objects.filter(parcel_id__among=[p.pk for p in parcels]).order_by("at", "pk")
    for pk, start, end, who, at in rows.values_list(
        "parcel_id", "starts_at", "ends_at", "asked_by", "at"
    ):
        booked[pk].append(measured.Booked(start, end, who != AskedBy.US, at))
    chosen = {pk: measured.slot_that_counts(slots) for pk, slots in booked.items()}
    return {pk: slot for pk, slot in chosen.items() if slot is not None}
