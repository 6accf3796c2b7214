"""Placements follow the fold: one open row while a parcel waits at a place, none afterwards."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta

from django.db.models import Q

from shipments.fold import ParcelState, Placed
from shipments.models import DeliveryRule, Parcel, Placement

# Which kind of site's rule holds for a way of placing.
RULE_OF = {"locker": "locker", "station": "point", "safe_place": "station"}
COLLECTABLE = ("locker", "station")
KEEP_HOURS = 72
CODE_DIGITS = 6
OPEN = Q(collected_at=None, left_at=None)


def keep_hours() -> dict[str, int]:
    """Return for how many hours a parcel may wait, by kind of site (DEL-19)."""
    return dict(DeliveryRule.objects.values_list("kind", "keep_hours"))


def new_code() -> str:
    """Return a pickup code nobody can guess within the tries allowed."""
    return "".join(secrets.choice("0123456789") for _place in range(CODE_DIGITS))


def follow(parcels: Sequence[Parcel], states: Mapping[int, ParcelState]) -> int:
    """Give each placing scan that holds its code and deadline, close the rest; return how many
    rows changed. The parcels are held by this transaction.
    """
    ids = [parcel.pk for parcel in parcels]
    here = {pk: placed for pk in ids if (placed := states[pk].placed) is not None}
    wanted = Q(event_uid__in=[placed.uid for placed in here.values()])
    held: dict[int, list[Placement]] = {}
    for row in Placement.objects.filter(OPEN | wanted, parcel_id__in=ids).order_by("pk"):
        held.setdefault(row.parcel_id, []).append(row)
    changed = 0
    new: list[tuple[int, Placed]] = []
    for pk in ids:
        placed, rows = here.get(pk), held.get(pk, [])
        uid = placed.uid if placed else None
        changed += sum(_keep(row, states[pk], waits=row.event_uid == uid) for row in rows)
        if placed is None:
            continue
        standing = next((row for row in rows if row.event_uid == uid), None)
        if standing is None:
            new.append((pk, placed))
        else:
            changed += _tell(standing, placed)
    return changed + (_open(new) if new else 0)


def _keep(row: Placement, state: ParcelState, *, waits: bool) -> bool:
    """Open the row of the place where the parcel waits; close the others, saying how it left."""
    is_open = row.collected_at is None and row.left_at is None
    if is_open == waits:
        return False
    row.collected_at = row.left_at = None
    if not waits:
        gone = state.left_point
        collected = gone is not None and gone.code == "DLV"
        at = gone.at if gone is not None else state.last_event_at or row.placed_at
        row.collected_at, row.left_at = (at, None) if collected else (None, at)
    row.save(update_fields=["collected_at", "left_at", "updated_at"])
    return True


def _open(places: Sequence[tuple[int, Placed]]) -> int:
    """Make the rows of the places where parcels wait, with their code and deadline."""
    hours = keep_hours()
    rows = [
        Placement(
            parcel_id=parcel_id, event_uid=placed.uid, site_id=placed.site_id, way=placed.way[:12],
            place=placed.place[:60], placed_at=placed.at, told_at=placed.told_at,
            keep_until=placed.at
            + timedelta(hours=hours.get(RULE_OF.get(placed.way, "point"), KEEP_HOURS)),
            pickup_code=new_code() if placed.way in COLLECTABLE else "",
        )
        for parcel_id, placed in places
    ]  # fmt: skip
    return len(Placement.objects.bulk_create(rows))


def _tell(row: Placement, placed: Placed) -> bool:
    """Note that the recipient of a waiting parcel was told."""
    if row.told_at is not None or placed.told_at is None:
        return False
    row.told_at = placed.told_at
    row.save(update_fields=["told_at", "updated_at"])
    return True
