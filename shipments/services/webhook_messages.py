"""Messages to other systems: written with their cause, sent until taken, given up in the open."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from courierqa.core import audit, history, notify, outbox, webhooks
from courierqa.core.enums import Channel, Role
from courierqa.core.errors import DomainError
from shipments import enums
from shipments.models import Parcel, ScanEvent, Webhook, WebhookDelivery
from shipments.services.webhooks import MACHINE, Status
from staff.models import Site, User

# Scan code → what subscribers are told.
TOLD = {
    "PUP": enums.WebhookEvent.ACCEPTED, "OFD": enums.WebhookEvent.OUT,
    "ATT": enums.WebhookEvent.ATTEMPT_FAILED, "RFS": enums.WebhookEvent.ATTEMPT_FAILED,
    "RDY": enums.WebhookEvent.READY, "DLV": enums.WebhookEvent.DELIVERED,
    "RTD": enums.WebhookEvent.RETURNED, "DMG": enums.WebhookEvent.TROUBLE,
    "DLY": enums.WebhookEvent.TROUBLE, "LST": enums.WebhookEvent.TROUBLE,
    "HLD": enums.WebhookEvent.TROUBLE,
}  # fmt: skip
# So many messages given up in a row switch a subscription off.
MISSES = 3


def tell(rows: Sequence[ScanEvent]) -> None:
    """Write one message per subscription and scan, in the transaction of the scans."""
    known = [row for row in rows if row.code in TOLD and row.parcel_id is not None]
    if not known:
        return
    hooks = list(Webhook.objects.filter(status=Status.ACTIVE).prefetch_related("sites"))
    if not hooks:
        return
    parcels = Parcel.objects.select_related("origin", "destination").in_bulk(
        {row.parcel_id for row in known}
    )
    codes = dict(Site.objects.filter(pk__in={r.site_id for r in known}).values_list("pk", "code"))
    for row in known:
        parcel, event = parcels[row.parcel_id], TOLD[row.code]
        near = {row.site_id, parcel.origin_id, parcel.destination_id}
        for hook in hooks:
            if event in hook.events and _hears(hook, near):
                key = f"scan:{row.device}:{row.uid}"
                _write(hook, key, event, _said(row, parcel, codes.get(row.site_id or 0)))


def _hears(hook: Webhook, near: set[int | None]) -> bool:
    sites = {site.pk for site in hook.sites.all()}
    return not sites or bool(sites & near)


def _said(row: ScanEvent, parcel: Parcel, site: str | None) -> dict[str, Any]:
    """Return what a message says about a scan: numbers, places, times; never a person."""
    promised = parcel.promised_by
    return {
        "waybill": row.waybill, "code": row.code, "reason": row.reason, "site": site,
        "happened_at": row.happened_at.isoformat(), "recorded_at": row.recorded_at.isoformat(),
        "state": parcel.state, "origin": parcel.origin.code,
        "destination": parcel.destination.code,
        "promised_by": promised.isoformat() if promised else None, "scan_id": str(row.uid),
    }  # fmt: skip


def _write(hook: Webhook, key: str, event: str, data: dict[str, Any]) -> WebhookDelivery:
    row, made = WebhookDelivery.objects.get_or_create(
        webhook=hook, key=key[:120], defaults={"event": event, "body": data}
    )
    if made:
        _queue(row)
    return row


def _queue(row: WebhookDelivery) -> None:
    key = f"webhook:{row.uid}:{row.sendings}"
    outbox.emit("shipments.webhook", key, {"delivery_id": row.pk, "sending": row.sendings})


@transaction.atomic
def send_test(hook: Webhook, *, by: Any, at: datetime) -> WebhookDelivery:
    """Send a message that means nothing, to see whether the receiver takes it."""
    data = {"message": "Test of the subscription", "name": hook.name}
    key = f"test:{at.timestamp()}"
    row = _write(hook, key, enums.WebhookEvent.TEST, data)
    audit.record("webhook.test", hook, actor=by, at=at)
    return row


@transaction.atomic
def resend(row: WebhookDelivery, *, by: Any, at: datetime) -> None:
    """Send a message again under its own number, so that the receiver can see it is the same."""
    locked = WebhookDelivery.objects.select_for_update(no_key=True).get(pk=row.pk)
    if locked.state in (enums.DeliveryState.WAITING, enums.DeliveryState.RETRYING):
        raise DomainError(_("This message is still on its way"), code="on_its_way")
    locked.sendings += 1
    locked.state, locked.error = enums.DeliveryState.WAITING, ""
    locked.save(update_fields=["sendings", "state", "error", "updated_at"])
    _queue(locked)
    audit.record("webhook.resend", locked.webhook, actor=by, at=at)


def body_of(row: WebhookDelivery) -> bytes:
    """Return the bytes that are signed and sent; the same on every try."""
    said = {
        "id": str(row.uid), "event": row.event, "created_at": row.created_at.isoformat(),
        "data": row.body,
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, sort_keys=True).encode()


def deliver(delivery_id: int, *, sending: int, now: datetime) -> None:
    """Send one message once; raise what went wrong, so that the outbox tries again later."""
    row = WebhookDelivery.objects.select_related("webhook").get(pk=delivery_id)
    if row.sendings != sending or row.state == enums.DeliveryState.TAKEN:
        return
    hook = row.webhook
    if hook.status != Status.ACTIVE and row.event != enums.WebhookEvent.TEST:
        _note(row, enums.DeliveryState.DROPPED, at=now, error="not_active")
        return
    body = body_of(row)
    try:
        answer = webhooks.post(hook.url, body, _headers(row, body, at=now))
    except (webhooks.CallFailed, webhooks.BadTarget) as error:
        status = getattr(error, "status", None) if isinstance(error, webhooks.CallFailed) else None
        _note(row, enums.DeliveryState.RETRYING, at=now, error=error.code, status=status)
        raise
    _note(row, enums.DeliveryState.TAKEN, at=now, status=answer.status, ms=answer.milliseconds)
    Webhook.objects.filter(pk=hook.pk).exclude(misses=0).update(misses=0)


def _headers(row: WebhookDelivery, body: bytes, *, at: datetime) -> dict[str, str]:
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "CourierQA-Webhook/1",
        "X-CourierQA-Event": row.event,
        "X-CourierQA-Delivery": str(row.uid),
        "X-CourierQA-Signature": webhooks.signature(row.webhook.secret, body, at=at),
    }


def _note(
    row: WebhookDelivery, state: str, *, at: datetime, error: str = "",
    status: int | None = None, ms: int | None = None,
) -> None:  # fmt: skip
    tried = 0 if state == enums.DeliveryState.DROPPED else 1
    row.state, row.last_at, row.error = enums.DeliveryState(state), at, error[:30]
    row.attempts, row.status, row.milliseconds = row.attempts + tried, status, ms
    row.save(update_fields=["state", "last_at", "error", "attempts", "status", "milliseconds",
                            "updated_at"])  # fmt: skip


def give_up(delivery_id: int, *, now: datetime) -> None:
    """Mark a message nobody took; after several in a row the subscription is switched off."""
    row = WebhookDelivery.objects.select_related("webhook").get(pk=delivery_id)
    row.state = enums.DeliveryState.GIVEN_UP
    row.save(update_fields=["state", "updated_at"])
    hook = Webhook.objects.select_for_update(no_key=True).get(pk=row.webhook_id)
    hook.misses += 1
    hook.save(update_fields=["misses", "updated_at"])
    if hook.misses >= MISSES and hook.status == Status.ACTIVE:
        history.transition(hook, "disable", machine=MACHINE, actor=None, at=now)
        _tell_people(hook, now)


def _tell_people(hook: Webhook, now: datetime) -> None:
    grants = {"grants__role": Role.ADMIN, "grants__valid_to": None}
    for user in User.objects.filter(is_active=True, **grants).distinct():
        notify.send(
            key=f"webhook-off:{hook.pk}:{user.pk}:{now.isoformat()}", channel=Channel.IN_APP,
            template="shipments/webhook_off", language=user.language or settings.LANGUAGE_CODE,
            user=user, context={"hook": hook, "misses": hook.misses}, obj=hook,
            link=f"/webhooks/{hook.pk}/", at=now,
        )  # fmt: skip
