"""Side effects of parcels, carried out by the worker from rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from courierqa.core import notify, outbox
from courierqa.core.enums import Channel
from courierqa.core.models import ImportRun
from shipments.imports import running
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


@outbox.effect("shipments.import", max_attempts=3, atomic=False, lease_seconds=900)
def carry_out_import(payload: dict[str, Any], *, now: datetime) -> None:
    """Check or store an uploaded file; a crash starts it again, rows already stored are skipped."""
    run = ImportRun.objects.get(pk=payload["run_id"])
    if run.ended_at is None:
        running.carry_out(run, now=now)
