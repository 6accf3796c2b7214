"""Notices to the supervisors of a site about their couriers' phones (ux.md 3.9, 3.10)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q

from courierqa.core import notify
from courierqa.core.enums import Channel, Role
from shipments.models import Parcel
from staff.models import Employee, Grant, User


def supervisors_of(site_id: int | None, *, at: datetime) -> list[User]:
    """Return who supervises a site at a moment, by grant."""
    valid = Q(valid_to=None) | Q(valid_to__gt=at)
    grants = Grant.objects.filter(valid, role=Role.SUPERVISOR, valid_from__lte=at)
    grants = grants.filter(Q(site=site_id) | Q(site=None), user__is_active=True)
    return list(User.objects.filter(pk__in=grants.values("user")).order_by("pk"))


def _tell(
    site_id: int | None, *, key: str, template: str, context: dict[str, Any], link: str,
    obj: Any, at: datetime,
) -> int:  # fmt: skip
    told = supervisors_of(site_id, at=at)
    for user in told:
        notify.send(
            key=f"{key}:{user.pk}", channel=Channel.IN_APP, template=f"shipments/{template}",
            language=user.language or settings.LANGUAGE_CODE, user=user, context=context,
            obj=obj, link=link, at=at,
        )  # fmt: skip
    return len(told)


def tell_taken_over(
    *, parcel: Parcel, person: Employee, taken_from: str, site_id: int | None, key: str,
    at: datetime,
) -> int:  # fmt: skip
    """Tell that a courier took a parcel over from another; return how many were told."""
    before = Employee.objects.filter(number=taken_from).first()
    context = {"parcel": parcel, "person": person, "before": before}
    return _tell(
        site_id, key=key, template="taken_over", context=context, obj=parcel, at=at,
        link=f"/parcels/{parcel.waybill}/",
    )  # fmt: skip


def tell_late_sync(
    *, person: Employee, oldest: datetime, site_id: int | None, key: str, at: datetime
) -> int:
    """Tell that a phone sent captures more than a day old; return how many were told."""
    context = {"person": person, "oldest": oldest}
    return _tell(
        site_id, key=key, template="late_sync", context=context, obj=person, at=at,
        link="/parcels/",
    )  # fmt: skip
