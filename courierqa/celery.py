"""Celery: carries the ids of job rows to any number of workers; the rows are the truth."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "courierqa.settings")
app = Celery("courierqa")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["courierqa.core"])


@app.on_after_configure.connect
def plan_recurring_work(sender: Celery, **_ignored: Any) -> None:
    """Let beat ring for each entry of the schedule; settings are read when they are complete."""
    sender.conf.beat_schedule = {
        name: {"task": "core.run_scheduled", "schedule": seconds, "kwargs": {"name": name}}
        for name, (_target, seconds) in settings.SCHEDULE.items()
    }


@worker_process_init.connect
def settle_process(**_ignored: Any) -> None:
    """Set the garbage collector of each worker process as that of the web processes."""
    from courierqa.core import garbage  # noqa: PLC0415 -- leaf

    garbage.settle()
