"""Writing effects, and ringing the doorbell once they are committed."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
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


def emit_many(
    kind: str, payloads: Mapping[str, dict[str, Any]], *, run_after: datetime | None = None
) -> None:
    """Write many effects of one kind by their keys; keys known already are left alone.

    Sorted by key, so that two writers of the same effects never wait for each other in a circle.
    """
    if not payloads:
        return
    known = set(Effect.objects.filter(key__among=list(payloads)).values_list("key", flat=True))
    keys = sorted(payloads.keys() - known)
    later = {"run_after": run_after} if run_after is not None else {}
    rows = [Effect(key=key, kind=kind, payload=payloads[key], **later) for key in keys]
    Effect.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    if rows and settings.REDIS_URL:
        transaction.on_commit(lambda: _ring_each(keys))


def _ring_each(keys: list[str]) -> None:
    for pk in Effect.objects.filter(key__among=keys).order_by("pk").values_list("pk", flat=True):
        ring("core.run_effect", effect_id=pk)


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
