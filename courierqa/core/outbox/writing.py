"""Writing effects, and ringing the doorbell once they are committed."""

from __future__ import annotations

import logging
import time
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from courierqa.core.models import Effect

log = logging.getLogger(__name__)
# After a failed ring the bell is left alone for a while: requests must not wait for a dead Redis.
QUIET_SECONDS = 10.0
_quiet = {"until": 0.0}


def emit(
    kind: str, key: str, payload: dict[str, Any], *, run_after: datetime | None = None
) -> None:
    """Write the effect with its cause; the same key twice is one effect."""
    fields: dict[str, Any] = {"kind": kind, "payload": payload}
    if run_after is not None:
        fields["run_after"] = run_after
    row, made = Effect.objects.get_or_create(key=key, defaults=fields)
    if made and settings.REDIS_URL:
        transaction.on_commit(lambda: ring("core.run_effect", effect_id=row.pk))


def ring(task: str, **arguments: Any) -> bool:
    """Tell Celery; a bell that does not ring is repeated by the relay."""
    if not settings.REDIS_URL or time.monotonic() < _quiet["until"]:
        return False
    from courierqa.celery import app  # noqa: PLC0415 -- slow import

    try:
        app.send_task(task, kwargs=arguments, retry=False, expires=120, ignore_result=True)
    except Exception as error:
        _quiet["until"] = time.monotonic() + QUIET_SECONDS
        log.warning("Doorbell not heard: %s", type(error).__name__)
        return False
    return True
