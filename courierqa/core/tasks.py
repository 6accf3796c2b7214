"""Celery tasks: thin carriers of row ids. The rows are the truth, a lost task loses nothing."""

from __future__ import annotations

import time

from celery import shared_task
from django.utils import timezone

DRAIN_SECONDS = 60


@shared_task(name="core.run_scheduled")
def run_scheduled(*, name: str) -> None:
    from courierqa.core import schedule  # noqa: PLC0415 -- leaf

    schedule.run_scheduled(name, now=timezone.now())


@shared_task(name="core.run_effect")
def run_effect(*, effect_id: int) -> None:
    from courierqa.core import outbox  # noqa: PLC0415 -- leaf

    outbox.run_effect(effect_id, now=timezone.now())


@shared_task(name="core.run_due")
def run_due() -> None:
    from courierqa.core import outbox  # noqa: PLC0415 -- leaf

    until = time.monotonic() + DRAIN_SECONDS
    while outbox.run_due(now=timezone.now()) and time.monotonic() < until:
        pass
