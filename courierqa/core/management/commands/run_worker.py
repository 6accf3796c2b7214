"""The embedded worker: runs due effects and due schedule entries until told to stop."""

from __future__ import annotations

import logging
import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from courierqa.core import garbage, outbox, schedule

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Runs jobs from their rows: effects at once, the schedule when due."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--poll", type=float, default=0.5, help="Seconds between looks.")
        parser.add_argument("--drain", action="store_true", help="Do what is due, then stop.")
        parser.add_argument("--no-schedule", action="store_true", help="Run effects only.")

    def handle(self, **options: Any) -> None:
        garbage.settle()
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_ignored: stop.set())
        log.info("Worker looks for jobs every %s s.", options["poll"])
        while not stop.is_set():
            busy = self._look(stop, with_schedule=not options["no_schedule"])
            if options["drain"] and not busy:
                break
            if not busy:
                stop.wait(options["poll"])
        log.info("Worker stopped.")

    def _look(self, stop: threading.Event, *, with_schedule: bool) -> bool:
        """Do one round; return whether there was anything to do."""
        close_old_connections()
        try:
            done = outbox.run_due(now=timezone.now(), limit=20)
            if with_schedule and not stop.is_set():
                self._run_schedule(stop)
        except DatabaseError:
            # The database is away: nothing is lost, look again later.
            log.exception("Database not reachable.")
            stop.wait(2)
            return False
        return bool(done)

    def _run_schedule(self, stop: threading.Event) -> None:
        now = timezone.now()
        for name in schedule.due_names(now):
            if stop.is_set() or (name == "core.relay" and not settings.REDIS_URL):
                continue
            schedule.run_scheduled(name, now=timezone.now())
