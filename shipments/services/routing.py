"""Another way than planned: asked for by one person, approved by another (LIF-15). Positions."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from courierqa.core import approvals, audit
from courierqa.core.enums import ApprovalState, Role
from courierqa.core.errors import DomainError
from shipments.models import RouteChange, Trip, TripPosition
from shipments.network_enums import RouteChangeStatus, TripStatus
from shipments.services.trips import check_via

OPEN = (TripStatus.PLANNED, TripStatus.DEPARTED)
MOST_POINTS = 5000


@transaction.atomic
def ask_route_change(
    *, trip: Trip, via: Sequence[str], planned_arrival: datetime, reason: str, at: datetime, by: Any
) -> RouteChange:
    """Ask for another route; the plan stays as it is until a manager has approved."""
    if trip.status not in OPEN:
        raise DomainError(_("The trip is over; its route cannot change"), code="over")
    if not reason.strip():
        raise DomainError(_("Say why the route should change"), code="required", field="reason")
    if planned_arrival <= trip.planned_departure:
        wrong = _("The arrival must be later than the departure")
        raise DomainError(wrong, code="order", field="planned_arrival")
    check_via(via)
    try:
        with transaction.atomic():
            change = RouteChange.objects.create(
                trip=trip, via=list(via), planned_arrival=planned_arrival, reason=reason[:200],
                asked_by=by, asked_at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise DomainError(_("A change of this route waits already"), code="waits") from error
    change.approval = approvals.request_approval(
        kind="route", obj=change, needs_role=Role.MANAGER, by=by, at=at,
        title=_("%(trip)s: another route") % {"trip": trip.number},
        fingerprint=_fingerprint(change), link=reverse("shipments:trip", args=[trip.number]),
    )  # fmt: skip
    change.save(update_fields=["approval", "updated_at"])
    audit.record("trip.route_ask", trip, actor=by, at=at, fields=["via"], reason=reason)
    return change


def _fingerprint(change: RouteChange) -> str:
    """The change as asked for, and the route it replaces."""
    return approvals.fingerprint_of(change.trip.via, change.via, change.planned_arrival)


@transaction.atomic
def decide_route_change(
    *, change: RouteChange, approve: bool, note: str, at: datetime, by: Any
) -> RouteChange:
    """The second person's yes or no; a yes writes the new route into the plan."""
    trip = Trip.objects.select_for_update(no_key=True).get(pk=change.trip_id)
    change = RouteChange.objects.select_related("trip", "approval").get(pk=change.pk)
    if change.status != RouteChangeStatus.WAITING or change.approval is None:
        raise DomainError(_("This change was decided already"), code="decided")
    decided = approvals.decide(
        change.approval, approve=approve, by=by, at=at, note=note,
        current_fingerprint=_fingerprint(change),
    )  # fmt: skip
    change.approval = decided
    approved = decided.state == ApprovalState.APPROVED
    change.status = RouteChangeStatus.APPROVED if approved else RouteChangeStatus.REJECTED
    change.save(update_fields=["status", "updated_at"])
    if approved:
        trip.via, trip.planned_arrival = change.via, change.planned_arrival
        trip.save(update_fields=["via", "planned_arrival", "updated_at"])
        audit.record(
            "trip.route_change", trip, actor=by, at=at, fields=["planned_arrival", "via"],
            reason=change.reason,
        )  # fmt: skip
    return change


# -- positions ------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Point:
    """Where a vehicle was."""

    at: datetime
    latitude: float
    longitude: float
    speed_kmh: float | None = None


def note_positions(*, trip: Trip, points: Sequence[Point], at: datetime) -> int:
    """Keep position points; the same moment twice is one. Return how many are new (TIM-05)."""
    if len(points) > MOST_POINTS:
        raise DomainError(_("Send at most 5000 points at once"), code="too_many", status=400)
    for point in points:
        _check(point, at)
    before = trip.positions.count()
    TripPosition.objects.bulk_create(
        [
            TripPosition(
                trip=trip, at=p.at, latitude=p.latitude, longitude=p.longitude,
                speed_kmh=p.speed_kmh, recorded_at=at,
            )
            for p in points
        ],
        ignore_conflicts=True, batch_size=500,
    )  # fmt: skip
    return trip.positions.count() - before


def _check(point: Point, now: datetime) -> None:
    numbers = [point.latitude, point.longitude, point.speed_kmh or 0.0]
    fits = all(math.isfinite(number) for number in numbers)
    if not (fits and -90 <= point.latitude <= 90 and -180 <= point.longitude <= 180):
        wrong = _("Not a position: latitude −90 to 90, longitude −180 to 180")
        raise DomainError(wrong, code="bad_position", field="points", status=400)
    if point.at > now:
        wrong = _("A position cannot lie in the future")
        raise DomainError(wrong, code="future", field="points", status=400)
