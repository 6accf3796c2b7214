"""Time standards of lanes: links whose limits add up to what is promised (TIM-01, TIM-15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from courierqa.core import audit
from courierqa.core.enums import ClockKind
from courierqa.core.errors import DomainError
from shipments.enums import Code
from shipments.models import Lane, LaneChange, LaneLeg, Product
from shipments.network_enums import Mode
from staff.models import Site

HOUR = 60
DAY = 24 * HOUR


@dataclass(frozen=True)
class Link:
    """One planned link: the scan that ends it, where, and the minutes it may take by itself."""

    code: str
    site: Site
    minutes: int


@dataclass(frozen=True)
class LanePlan:
    """The standard of a lane. Without hours of its own its limit is that of `product`."""

    mode: str
    is_key: bool
    promise_hours: int | None
    product: Product | None
    links: tuple[Link, ...]


def limit_minutes(promise_hours: int | None, product: Product | None) -> int | None:
    """Return what the links must add up to; days of a product count 24 hours each."""
    if promise_hours:
        return promise_hours * HOUR
    if product is None:
        return None
    return product.high * (HOUR if product.clock == ClockKind.HOURS else DAY)


@transaction.atomic
def create_lane(
    *, origin: Site, destination: Site, plan: LanePlan, reason: str, at: datetime, actor: Any
) -> Lane:
    """Plan a way between two sites."""
    if origin.pk == destination.pk:
        raise DomainError(_("Choose another site as destination"), field="destination")
    try:
        with transaction.atomic():
            lane = Lane.objects.create(origin=origin, destination=destination)
    except IntegrityError as error:
        wrong = _("There is a lane between these sites already. Change that one")
        raise DomainError(wrong, code="taken", field="destination") from error
    save_lane(lane=lane, plan=plan, reason=reason, at=at, actor=actor)
    return lane


@transaction.atomic
def save_lane(*, lane: Lane, plan: LanePlan, reason: str, at: datetime, actor: Any) -> Lane:
    """Write a lane's standard; the old one stays readable with who changed it and why."""
    if not reason.strip():
        raise DomainError(_("Say why the standard changes"), code="required", field="reason")
    lane = Lane.objects.select_for_update(no_key=True).get(pk=lane.pk)
    _check(lane, plan)
    before = snapshot(lane)
    lane.mode, lane.is_key, lane.product = plan.mode, plan.is_key, plan.product
    lane.promise_hours = plan.promise_hours
    lane.save()
    lane.legs.all().delete()
    LaneLeg.objects.bulk_create(_legs(lane, plan.links))
    LaneChange.objects.create(
        lane=lane, before=before, after=snapshot(lane), reason=reason[:200], at=at,
        by=audit.person(actor),
    )  # fmt: skip
    audit.record("lane.save", lane, actor=actor, at=at, fields=["legs"], reason=reason)
    return lane


def _check(lane: Lane, plan: LanePlan) -> None:
    if plan.mode not in Mode.values:
        raise DomainError(_("Choose how the lane travels"), code="required", field="mode")
    if not plan.links:
        raise DomainError(_("Enter at least one link"), code="required", field="links")
    last = plan.links[-1]
    if last.code != Code.DLV or last.site.pk != lane.destination_id:
        wrong = _("The last link must be the delivery at the destination")
        raise DomainError(wrong, code="no_delivery", field="links")
    if any(link.minutes <= 0 for link in plan.links):
        raise DomainError(_("Every link takes at least a minute"), code="zero", field="links")
    limit = limit_minutes(plan.promise_hours, plan.product)
    if limit is None:
        wrong = _("Enter the hours of this lane, or choose the product whose limit counts")
        raise DomainError(wrong, code="no_limit", field="promise_hours")
    total = sum(link.minutes for link in plan.links)
    if total != limit:
        raise DomainError(_uneven(total, limit), code="links_do_not_add_up", field="links")


def _uneven(total: int, limit: int) -> str:
    words = _("The links add up to %(total)s, the limit is %(limit)s: %(gap)s %(way)s")
    way = _("too much") if total > limit else _("too little")
    return words % {
        "total": hours(total), "limit": hours(limit), "gap": hours(abs(total - limit)), "way": way,
    }  # fmt: skip


def hours(minutes: int) -> str:
    """Return minutes as hours for a sentence: 90 → "1.5 h"."""
    return _("%(n)s h") % {"n": f"{minutes / HOUR:.2f}".rstrip("0").rstrip(".")}


def _legs(lane: Lane, links: Sequence[Link]) -> list[LaneLeg]:
    """Legs are kept as the latest moment after acceptance, so that each is judged by the plan."""
    legs, until = [], 0
    for place, link in enumerate(links, 1):
        until += link.minutes
        legs.append(
            LaneLeg(lane=lane, position=place, site=link.site, code=link.code, limit_minutes=until)
        )
    return legs


def snapshot(lane: Lane) -> dict[str, Any]:
    """Return a lane's standard as plain values."""
    return {
        "mode": lane.mode, "is_key": lane.is_key, "promise_hours": lane.promise_hours,
        "product": lane.product.code if lane.product else "",
        "links": [[leg.code, leg.site.code, leg.limit_minutes]
                  for leg in lane.legs.select_related("site")],
    }  # fmt: skip
