"""Delivering a message, outside any transaction, and keeping its state honest.

Before the message leaves, it is marked "delivery unknown". When the process dies between sending
and marking "sent", it stays unknown and is not sent again by itself: a person decides.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from courierqa.core.enums import MessageState
from courierqa.core.failpoints import reach
from courierqa.core.models import Message
from courierqa.core.notify.adapters import adapter_for
from courierqa.core.outbox import effect, emit, handler_of

MAX_ATTEMPTS = 8


class NotDelivered(Exception):
    """The server refused or was not reached; nothing left this house. Try again later."""


def gave_up(payload: dict[str, Any], *, now: datetime) -> None:
    """Let the app that wrote the message act on it: it did not get through."""
    message = Message.objects.filter(pk=payload["message_id"]).first()
    if message is not None:
        _report(message, now)


def _report(message: Message, now: datetime) -> None:
    """Ring at the app of the template, if it listens; it looks at the message's state itself."""
    kind = f"{message.template.partition('/')[0]}.message_settled"
    if handler_of(kind) is not None:
        key = f"{kind}:{message.uid}:{now.isoformat()}"
        emit(kind, key, {"message_id": message.pk}, run_after=now)


@effect("notify.deliver", MAX_ATTEMPTS, atomic=False, lease_seconds=120, gave_up=gave_up)
def deliver(payload: dict[str, Any], *, now: datetime) -> None:
    """Send one message through its channel."""
    message = _begin(payload["message_id"])
    if message is None:
        return
    try:
        adapter_for(message.channel)(message)
    except Exception as error:
        _failed(message, error)
        raise NotDelivered from error
    reach("notify.sent")
    had_failed = bool(message.error)
    message.state, message.sent_at, message.error = MessageState.SENT, now, ""
    with transaction.atomic():
        message.save(update_fields=["state", "sent_at", "error", "updated_at"])
        if had_failed:
            _report(message, now)


@transaction.atomic
def _begin(message_id: int) -> Message | None:
    """Lock the message and say that its delivery is under way; None when it is not ours to send."""
    try:
        message = Message.objects.select_for_update(no_key=True).get(pk=message_id)
    except ObjectDoesNotExist:
        return None
    if message.state not in (MessageState.QUEUED, MessageState.FAILED):
        return None
    message.state = MessageState.UNKNOWN
    message.save(update_fields=["state", "updated_at"])
    return message


def _failed(message: Message, error: Exception) -> None:
    message.state = MessageState.FAILED
    message.error = type(error).__name__
    message.save(update_fields=["state", "error", "updated_at"])
