"""A courier's round: pickups to make and parcels in hand, as the phone keeps it offline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from courierqa.core.privacy import mask_name
from shipments import enums
from shipments.fold import fold
from shipments.models import Parcel
from shipments.selectors.events import events_of, has_agreement, rules_of
from shipments.selectors.runsheets import phone_extras

PICKUPS = (enums.State.PICKUP_DUE,)
DELIVERIES = (enums.State.OUT, enums.State.UNDELIVERED)
RISK = timedelta(hours=2)


def round_parcels(employee_id: int) -> QuerySet[Parcel]:
    """Return what this courier has to pick up or to deliver, the most urgent first."""
    mine = Q(holder_id=employee_id, state__in=[*PICKUPS, *DELIVERIES])
    rows = Parcel.objects.filter(mine).select_related("product", "customer", "order")
    return rows.order_by("promised_by", "pk")


def round_items(parcels: Iterable[Parcel], *, now: datetime) -> list[dict[str, Any]]:
    """Return the round's parcels; address and phone of the person to visit are in clear.

    The caller logs that they were shown.
    """
    rows = list(parcels)
    marks, more = _consents(rows), phone_extras(rows)
    return [{**_item(parcel, marks.get(parcel.pk, []), now), **more[parcel.pk]} for parcel in rows]


def _item(parcel: Parcel, consents: list[str], now: datetime) -> dict[str, Any]:
    is_pickup = parcel.state in PICKUPS
    who = "sender" if is_pickup else "recipient"
    promised = parcel.promised_by
    if is_pickup and parcel.order is not None:
        promised = parcel.order.window_end
    return {
        "waybill": parcel.waybill,
        "kind": "pickup" if is_pickup else "deliver",
        "product": str(parcel.product),
        "promised_by": promised.isoformat() if promised else None,
        "late_risk": bool(promised and promised - now < RISK),
        "item_kind": parcel.item_kind,
        "item_name": parcel.item_name if is_pickup else "",
        "cod_fen": parcel.cod_fen,
        "recipient": {
            "name_masked": mask_name(getattr(parcel, f"{who}_name")),
            "phone_for_call": getattr(parcel, f"{who}_phone"),
            "address": getattr(parcel, f"{who}_address"),
        },
        "consents": consents,
        "agreement": has_agreement(parcel),
        "state": parcel.state,
    }


def _consents(parcels: list[Parcel]) -> dict[int, list[str]]:
    """Return the ways each recipient has agreed to and not taken back."""
    events = events_of(parcels)
    found = {}
    for parcel, rules in zip(parcels, rules_of(parcels), strict=True):
        said: dict[str, bool] = {}
        marks = fold(events.get(parcel.pk, ()), rules=rules).consents
        for mark in sorted(marks, key=lambda m: m.at):
            if mark.until is None:
                said[mark.kind or "any"] = mark.given
        found[parcel.pk] = [kind for kind, given in said.items() if given]
    return found
