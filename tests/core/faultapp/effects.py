"""Effects that leave a row each, and some that misbehave."""

from __future__ import annotations

import os
import signal

from courierqa.core.models import JobRun
from courierqa.core.outbox import effect


@effect("fault.count", lease_seconds=1)
def count(payload, *, now):
    JobRun.objects.create(name=f"fault:{payload['n']}", started_at=now)


@effect("fault.poison", lease_seconds=1)
def poison(payload, *, now):
    os.kill(os.getpid(), signal.SIGKILL)
