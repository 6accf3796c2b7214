"""Bad weather and other special situations, with the measures taken (LIF-18)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, calendars
from courierqa.core.errors import DomainError
from shipments.models import Disruption, Parcel, Trip
from staff.models import Site


@dataclass(frozen=True)
class Situation:
    """What happened where and when, and what was done."""

    area: str
    starts_at: datetime
    ends_at: datetime | None
    cause: str
    measures: str
    sites: Sequence[Site] = ()


@transaction.atomic
def record_disruption(*, said: Situation, at: datetime, actor: Any) -> Disruption:
    """Record a situation with its area, period, cause and measures."""
    if said.ends_at is not None and said.ends_at < said.starts_at:
        wrong = _("The end must be later than the start")
        raise DomainError(wrong, code="order", field="ends_at")
    row = Disruption.objects.create(
        number=f"new-{at:%y%m%d%H%M%S%f}"[:20], area=said.area, starts_at=said.starts_at,
        ends_at=said.ends_at, cause=said.cause, measures=said.measures,
        recorded_by=audit.person(actor),
    )  # fmt: skip
    row.number = f"DR{calendars.business_day(said.starts_at):%y%m%d}{row.pk:04d}"
    row.save(update_fields=["number"])
    row.sites.set(said.sites)
    audit.record("disruption.record", row, actor=actor, at=at)
    return row


@transaction.atomic
def link_disruption(
    *, row: Disruption, numbers: Sequence[str], at: datetime, actor: Any
) -> tuple[int, list[str]]:
    """Link trips (with all their parcels) and parcels; return how many and what is unknown."""
    trips = {trip.number: trip for trip in Trip.objects.filter(number__in=numbers)}
    parcels = {p.waybill: p for p in Parcel.objects.filter(waybill__in=numbers)}
    carried = Parcel.objects.filter(loads__trip__in=trips.values())
    row.trips.add(*trips.values())
    row.parcels.add(*parcels.values(), *carried)
    audit.record("disruption.link", row, actor=actor, at=at, fields=["trips", "parcels"])
    unknown = [n for n in dict.fromkeys(numbers) if n not in trips and n not in parcels]
    return len(trips) + len(parcels), unknown


@transaction.atomic
def end_disruption(*, row: Disruption, ends_at: datetime, at: datetime, actor: Any) -> None:
    """Say when it was over."""
    if ends_at < row.starts_at:
        wrong = _("The end must be later than the start")
        raise DomainError(wrong, code="order", field="ends_at")
    row.ends_at = ends_at
    row.save(update_fields=["ends_at", "updated_at"])
    audit.record("disruption.end", row, actor=actor, at=at, fields=["ends_at"])
