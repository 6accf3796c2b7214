"""Side effects of cases, carried out by the worker from rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from complaints import services
from courierqa.core import outbox
from courierqa.core.models import Message


@outbox.effect("complaints.message_settled")
def message_settled(payload: dict[str, Any], *, now: datetime) -> None:
    """Keep "told" honest: a reply that never arrived told nobody."""
    message = Message.objects.filter(pk=payload["message_id"]).first()
    if message is not None:
        services.follow_message(message=message, at=now)
