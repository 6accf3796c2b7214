"""A courier's round: pickups to make and parcels in hand, as the phone keeps it offline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from courierqa.core import calendars
from courierqa.core.access import Access
from courierqa.core.privacy import mask_name
from shipments import enums
from shipments.fold import fold
from shipments.models import Finding, Parcel, ScanEvent
from shipments.selectors.events import events_of, has_agreement, rules_of
from shipments.selectors.loads import DONE, Load, counts_of, loads_of
from shipments.selectors.parcels import parcels_for
from shipments.selectors.runsheets import phone_extras
from staff.models import Employee

PICKUPS = (enums.State.PICKUP_DUE,)
DELIVERIES = (enums.State.OUT, enums.State.UNDELIVERED)
RISK = timedelta(hours=2)


def round_parcels(employee_id: int) -> QuerySet[Parcel]:
    """Return what this courier has to pick up or to deliver, the most urgent first."""
    mine = Q(holder_id=employee_id, state__in=[*PICKUPS, *DELIVERIES])
    rows = Parcel.objects.filter(mine).select_related("product", "customer", "order")
    return rows.order_by("promised_by", "pk")


@dataclass(frozen=True)
class RoundDay:
    """What a courier loaded today and fetched: the same count as on the sheet of the round."""

    loads: dict[int, Load]
    pickups: int

    @property
    def counts(self) -> dict[str, int]:
        return {**counts_of(self.loads.values()), "pickups": self.pickups}

    def has_failed(self, parcel: Parcel) -> bool:
        """Counted as not delivered already: a second end today replaces the first."""
        load = self.loads.get(parcel.pk)
        return bool(load and load.outcome and load.outcome.code not in DONE)


def round_day(employee_id: int, *, now: datetime) -> RoundDay:
    """Return the courier's day so far, read from the scans."""
    day = calendars.business_day(now)
    fetched = ScanEvent.objects.filter(
        code=enums.Code.PUP, person_id=employee_id, happened_at__gte=calendars.day_start(day),
        parcel_id__isnull=False,
    )  # fmt: skip
    pickups = fetched.values("parcel_id").distinct().count()
    return RoundDay(loads_of(day, people=[employee_id]).get(employee_id, {}), pickups)


def round_items(parcels: Iterable[Parcel], *, day: RoundDay, now: datetime) -> list[dict[str, Any]]:
    """Return the round's parcels; address and phone of the person to visit are in clear.

    The caller logs that they were shown.
    """
    rows = list(parcels)
    marks, more = _consents(rows), phone_extras(rows)
    return [
        {
            **_item(parcel, marks.get(parcel.pk, []), now),
            **more[parcel.pk],
            "failed_today": day.has_failed(parcel),
        }
        for parcel in rows
    ]


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
        # Past is past: only what can still be in time is at risk.
        "late_risk": bool(promised and timedelta(0) <= promised - now < RISK),
        "overdue": bool(promised and promised < now),
        # Stops of the same promise follow the street.
        "route": getattr(parcel, f"{who}_address"),
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


@dataclass(frozen=True)
class Looked:
    """What a courier may know of a parcel that is not in the own list: no names, no address."""

    parcel: Parcel
    kind: str
    is_mine: bool
    holder: Employee | None


def whose_parcel(access: Access, waybill: str, *, sites: frozenset[int]) -> Looked | None:
    """Return a parcel of the courier's own or of one of these sites; None is "not known here"."""
    near = Q(origin__in=sites) | Q(destination__in=sites) | Q(last_site__in=sites)
    own = Q(pk__in=parcels_for(access).values("pk"))
    rows = Parcel.objects.filter(waybill=waybill)
    rows = rows if access.is_all else rows.filter(near | own)
    parcel = rows.select_related("holder").first()
    if parcel is None:
        return None
    kind = _kind_of(parcel)
    mine = parcel.holder_id is not None and parcel.holder_id == access.employee_id
    return Looked(parcel, kind, mine, parcel.holder if kind else None)


def _kind_of(parcel: Parcel) -> str:
    """Return what a courier can do with it now: "pickup", "deliver" or nothing."""
    if parcel.state in (enums.State.ORDERED, enums.State.PICKUP_DUE):
        return "pickup"
    ready = (*DELIVERIES, enums.State.AT_STATION, enums.State.AT_POINT, enums.State.ACCEPTED)
    return "deliver" if parcel.state in ready else ""


def signed_before(uids: Iterable[Any]) -> dict[str, ScanEvent]:
    """Return, per delivery scan that is one of two, the delivery by another person (ux 3.10)."""
    wanted = {str(uid) for uid in uids}
    mine = ScanEvent.objects.filter(uid__in=wanted, code=enums.Code.DLV)
    parcels = dict(mine.values_list("uid", "parcel_id"))
    found = Finding.objects.filter(
        parcel_id__in=set(parcels.values()), kind=enums.FindingKind.CONFLICT,
        code="second_delivery", closed_at=None,
    )  # fmt: skip
    pairs: dict[str, str] = {}
    for row in found:
        first, second = str(row.detail.get("first", "")), str(row.event_uid)
        pairs.update({first: second, second: first})
    others = {uid: other for uid, other in pairs.items() if uid in wanted}
    events = {str(e.uid): e for e in ScanEvent.objects.filter(uid__in=set(others.values()))}
    return {uid: events[other] for uid, other in others.items() if other in events}


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
