"""Single execution: a named lease with a fencing token, checked again before commit.

A holder that was paused too long loses its lease to the next one; its `check()` then fails and
its transaction rolls back, so the work of exactly one of them is kept.

A lease is short and is renewed from beside while its block runs, so what a killed process held
is free within a minute, however long the work itself takes.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, connection
from django.db.models import F, Q

from courierqa.core.models import Lease

log = logging.getLogger(__name__)


class LeaseBusy(Exception):
    """Somebody else is doing this work now."""


class LeaseLost(Exception):
    """The lease ran out and was taken by another; nothing of this run may be kept."""


@dataclass(frozen=True)
class Held:
    """A lease in hand."""

    name: str
    fence: int

    def check(self) -> None:
        """Raise unless the lease is still ours. Call it last inside the final transaction.

        The row is locked, so nobody can take the lease between this check and the commit.
        """
        mine = Lease.objects.select_for_update(no_key=True).filter(name=self.name)
        if not mine.filter(fence=self.fence).exists():
            raise LeaseLost(self.name)

    def renew(self, *, now: datetime, seconds: int = 60) -> None:
        """Keep a long run alive."""
        rows = Lease.objects.filter(name=self.name, fence=self.fence)
        if not rows.update(until=now + timedelta(seconds=seconds)):
            raise LeaseLost(self.name)


def take(name: str, *, seconds: int, now: datetime) -> Held:
    """Take the lease or raise LeaseBusy. One conditional UPDATE decides between two takers."""
    Lease.objects.get_or_create(name=name)
    row = Lease.objects.get(name=name)
    free = Q(until=None) | Q(until__lte=now)
    taken = Lease.objects.filter(free, name=name, fence=row.fence).update(
        fence=F("fence") + 1,
        holder=f"{socket.gethostname()}:{os.getpid()}"[:80],
        until=now + timedelta(seconds=seconds),
    )
    if not taken:
        raise LeaseBusy(name)
    return Held(name, row.fence + 1)


def release(lease: Held) -> None:
    """Give the lease back, if it is still ours."""
    Lease.objects.filter(name=lease.name, fence=lease.fence).update(until=None)


@contextmanager
def hold(name: str, seconds: int = 60, *, now: datetime) -> Iterator[Held]:
    """Hold the lease for a block of work, and keep it alive as long as the block runs."""
    lease = take(name, seconds=seconds, now=now)
    over = threading.Event()
    beat = threading.Thread(target=_beat, args=(lease, seconds, now, over), daemon=True)
    beat.start()
    try:
        yield lease
    finally:
        over.set()
        beat.join()
        release(lease)


def _beat(lease: Held, seconds: int, now: datetime, over: threading.Event) -> None:
    """Renew on a connection of its own: a renewal inside the work's transaction shows too late."""
    began = time.monotonic()
    try:
        while not over.wait(seconds / 3):
            passed = timedelta(seconds=time.monotonic() - began)
            try:
                lease.renew(now=now + passed, seconds=seconds)
            except LeaseLost:
                return
            except DatabaseError as error:
                # The file is locked by a writer, or the server is away: the next beat tries again.
                log.warning("Lease %s not renewed: %s", lease.name, type(error).__name__)
                connection.close()
    finally:
        connection.close()
