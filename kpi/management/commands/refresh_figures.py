"""Recompute figures: what changed, or everything."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courierqa.core import schedule
from kpi import services


class Command(BaseCommand):
    help = "Recompute the cells whose facts changed or whose deadlines passed; --all: every cell."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--all", action="store_true", help="recount every month from the facts")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        name = "kpi.rebuild" if options["all"] else "kpi.refresh"
        with schedule.job(name, now=now) as run:
            work = services.rebuild if options["all"] else services.refresh_dirty
            run.result = work(now=now)
        self.stdout.write(json.dumps(run.result))
        if run.result["skipped"]:
            raise CommandError(
                f"{run.result['skipped']} months are being counted by another process, or it was "
                "killed less than a minute ago. Run this again in a minute."
            )
