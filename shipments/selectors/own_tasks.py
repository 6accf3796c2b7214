"""Whether a parcel is somebody's own task: what a look at full data may be for (X02)."""

from __future__ import annotations

from typing import Any

from courierqa.core.enums import ViewTask
from courierqa.core.privacy import Task
from shipments.models import Parcel


def view_task(parcel: Parcel, user: Any) -> Task | None:
    """Return the delivery in hand, or the open exception of the viewer's own, about a parcel."""
    person = getattr(user, "employee", None)
    if person is None:
        return None
    if parcel.holder_id == person.pk:
        return Task(ViewTask.DELIVERY, parcel.waybill)
    row = parcel.exceptions.filter(owner=person, closed_at=None).order_by("pk").first()
    return Task(ViewTask.EXCEPTION, row.number) if row else None
