"""Running effects: claim by a conditional update, carry out, mark done under the same fence."""

from __future__ import annotations

import logging
import time
from datetime import datetime, timedelta
from typing import Any

from django.db import close_old_connections, connection, transaction
from django.db.models import F, Q
from django.db.models.query import QuerySet

from courierqa.core import audit
from courierqa.core.enums import EffectState
from courierqa.core.errors import described
from courierqa.core.failpoints import reach
from courierqa.core.models import Effect
from courierqa.core.outbox.registry import Handler, handler_of
from courierqa.core.outbox.writing import ring

log = logging.getLogger(__name__)
# A job that kills its process is parked after so many deaths, whatever its own limit.
MAX_CRASHES = 3
BACK_OFF_START = 5
BACK_OFF_LIMIT = 3600


class FenceLost(Exception):
    """Another worker took this effect over; this run must not be kept."""


def due(now: datetime) -> QuerySet[Effect]:
    """Return effects that may be run now: waiting ones, and those whose worker died."""
    waiting = Q(state=EffectState.WAITING, run_after__lte=now)
    orphaned = Q(state=EffectState.RUNNING, lease_until__lte=now)
    return Effect.objects.filter(waiting | orphaned)


def run_due(*, now: datetime, limit: int = 50) -> int:
    """Run what is due, oldest first; return how many were carried out."""
    began = time.monotonic()
    done = 0
    waiting = due(now).order_by("run_after", "id").values_list("pk", flat=True)
    for effect_id in list(waiting[:limit]):
        passed = timedelta(seconds=time.monotonic() - began)
        done += run_effect(effect_id, now=now + passed)
    return done


def run_effect(effect_id: int, *, now: datetime) -> bool:
    """Run one effect if it is due; return whether it is done by this call."""
    row = due(now).filter(pk=effect_id).first()
    if row is None:
        return False
    handler = handler_of(row.kind)
    if handler is None:
        _park(row, "No handler knows this kind.")
        return False
    claimed = _claim(row, handler, now)
    if claimed is None:
        return False
    return _carry_out(claimed, handler, now)


def _claim(row: Effect, handler: Handler, now: datetime) -> Effect | None:
    """Take the effect by one conditional UPDATE; of two workers one gets nothing."""
    crashed = row.state == EffectState.RUNNING
    crashes = row.crashes + crashed
    if crashes >= MAX_CRASHES or row.attempts >= handler.max_attempts:
        _park(row, row.last_error or "The worker died while doing this.", crashes=crashes)
        return None
    taken = Effect.objects.filter(pk=row.pk, fence=row.fence, state=row.state).update(
        state=EffectState.RUNNING,
        fence=F("fence") + 1,
        attempts=F("attempts") + 1,
        crashes=crashes,
        lease_until=now + timedelta(seconds=handler.lease_seconds),
    )
    if not taken:
        return None
    row.refresh_from_db()
    reach("outbox.claimed")
    return row


def _carry_out(row: Effect, handler: Handler, now: datetime) -> bool:
    try:
        if handler.atomic:
            with transaction.atomic():
                handler.run(row.payload, now=now)
                reach("outbox.after_handler")
                _mark_done(row, now)
                reach("outbox.before_commit")
        else:
            handler.run(row.payload, now=now)
            reach("outbox.after_handler")
            with transaction.atomic():
                _mark_done(row, now)
    except FenceLost:
        log.warning("Effect %s was taken over by another worker.", row.pk)
        return False
    except Exception as error:
        log.error("Effect %s (%s) failed: %s", row.pk, row.kind, described(error))
        if not connection.in_atomic_block:
            close_old_connections()
        _put_back(row, handler, now, error)
        return False
    reach("outbox.after_commit")
    return True


def _mine(row: Effect) -> QuerySet[Effect]:
    return Effect.objects.filter(pk=row.pk, fence=row.fence, state=EffectState.RUNNING)


def _mark_done(row: Effect, now: datetime) -> None:
    if not _mine(row).update(state=EffectState.DONE, done_at=now, lease_until=None, last_error=""):
        raise FenceLost


def _put_back(row: Effect, handler: Handler, now: datetime, error: Exception) -> None:
    """Wait longer after each failure, and park what never works."""
    wait = min(BACK_OFF_START * 2 ** (row.attempts - 1), BACK_OFF_LIMIT)
    spent = row.attempts >= handler.max_attempts
    with transaction.atomic():
        ours = _mine(row).update(
            state=EffectState.PARKED if spent else EffectState.WAITING,
            run_after=now + timedelta(seconds=wait),
            lease_until=None,
            # The kind of error only: messages may carry personal data.
            last_error=type(error).__name__,
        )
        if ours and spent and handler.gave_up is not None:
            handler.gave_up(row.payload, now=now)


def _park(row: Effect, why: str, *, crashes: int | None = None) -> None:
    log.error("Effect %s (%s) parked: %s", row.pk, row.kind, why)
    Effect.objects.filter(pk=row.pk, fence=row.fence, state=row.state).update(
        state=EffectState.PARKED,
        lease_until=None,
        last_error=why,
        crashes=row.crashes if crashes is None else crashes,
    )


def relay(*, now: datetime) -> dict[str, int]:
    """Ring again for rows whose bell was lost or whose time has come."""
    waiting = due(now).count()
    rung = bool(waiting) and ring("core.run_due")
    return {"rung": int(rung)}


def unpark(row: Effect, *, by: Any, at: datetime) -> None:
    """Let a parked effect try again, because a person mended its cause."""
    with transaction.atomic():
        Effect.objects.filter(pk=row.pk, state=EffectState.PARKED).update(
            state=EffectState.WAITING, attempts=0, crashes=0, run_after=at
        )
        audit.record("effect.retry", row, actor=by, at=at)
