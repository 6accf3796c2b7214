"""Who may put a scan right: site and quality people; couriers their own, the same day."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from courierqa.core import calendars
from courierqa.core.access import access_for
from courierqa.core.errors import DomainError
from shipments import enums
from shipments.models import Parcel, ScanEvent


class NotYours(DomainError):
    """This scan is not the actor's to correct."""

    code = "not_allowed"
    field = "why"


def target_of(waybill: str, uid: UUID | None) -> ScanEvent | None:
    """Return the scan a correction names, found through its parcel's own events."""
    if uid is None:
        return None
    parcel_ids = Parcel.objects.filter(waybill=waybill).values("pk")
    return ScanEvent.objects.filter(parcel_id__in=parcel_ids, uid=uid).order_by("pk").first()


def may_correct(user: Any, event: ScanEvent | None, *, now: datetime) -> bool:
    """Say whether `user` may correct or void this scan at `now`.

    A supervisor corrects scans of the own sites, quality any; a courier only own scans, and only
    until the end of the business day they were made on.
    """
    is_stop = event is not None and _is_about_a_stop(event)
    access = access_for(user, *(("security_stop", "release") if is_stop else ("scan", "correct")))
    if access is not None:
        mine = event is None or event.site_id is None or event.site_id in access.sites
        return access.is_all or mine
    employee = getattr(user, "employee", None)
    if is_stop or event is None or employee is None or event.person_id != employee.pk:
        return False
    return calendars.business_day(event.happened_at) == calendars.business_day(now)


def _is_about_a_stop(event: ScanEvent) -> bool:
    """Taking these back would lift a security stop, or set one again (ACC-14)."""
    held = event.code == enums.Code.HLD and event.detail.get("security")
    return bool(held or (event.code == enums.Code.RLS and event.detail.get("stop")))


def require_may_correct(user: Any, event: ScanEvent, *, now: datetime) -> None:
    """Raise NotYours unless `user` may correct this scan now."""
    if not may_correct(user, event, now=now):
        raise NotYours(_("You may correct your own scans until midnight; ask your supervisor"))
