"""Side effects of exchange with other systems, carried out by the worker from rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from courierqa.core import outbox
from courierqa.core.models import ImportRun
from shipments.imports import undoing
from shipments.services import webhook_messages


def _gave_up(payload: dict[str, Any], *, now: datetime) -> None:
    webhook_messages.give_up(payload["delivery_id"], now=now)


# Twelve tries with doubling waits: about three hours of patience.
@outbox.effect("shipments.webhook", max_attempts=12, atomic=False, gave_up=_gave_up)
def call_webhook(payload: dict[str, Any], *, now: datetime) -> None:
    """Send one message to another system; a crash sends it again under the same number."""
    webhook_messages.deliver(payload["delivery_id"], sending=payload["sending"], now=now)


@outbox.effect("shipments.import_undo", max_attempts=5, atomic=False, lease_seconds=900)
def carry_out_undo(payload: dict[str, Any], *, now: datetime) -> None:
    """Take an import back; a crash starts it again, what is voided stays voided once."""
    run = ImportRun.objects.get(pk=payload["run_id"])
    if run.undone_at is None:
        undoing.carry_out(run, now=now)
