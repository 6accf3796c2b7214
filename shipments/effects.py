"""Side effects of parcels, carried out by the worker from rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from courierqa.core import notify, outbox
from courierqa.core.enums import Channel
from shipments.models import Parcel
from shipments.services.announcing import TOLD


@outbox.effect("shipments.tell")
def tell(payload: dict[str, Any], *, now: datetime) -> None:
    """Send the recipient a text message about a scan; a parcel without a phone is left alone."""
    parcel = Parcel.objects.filter(pk=payload["parcel_id"]).first()
    if parcel is None or not parcel.recipient_phone:
        return
    notify.send(
        key=f"parcel:{payload['event_uid']}",
        channel=Channel.SMS,
        template=f"shipments/{TOLD[payload['code']]}",
        language=settings.LANGUAGE_CODE,
        to=parcel.recipient_phone,
        context={"parcel": parcel, "company": settings.COMPANY_NAME[settings.LANGUAGE_CODE]},
        obj=parcel,
        link=f"{settings.PUBLIC_BASE_URL}/track/{parcel.waybill}/",
        at=now,
    )
