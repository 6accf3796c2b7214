"""Fill an empty installation with a believable network."""

from __future__ import annotations

import random
import time
from argparse import ArgumentParser
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from courierqa.demo import making
from staff.models import Site

SCALES = {"small": 60, "medium": 300, "large": 3000}


class Command(BaseCommand):
    help = (
        "Load a demo network with staff, parcels, complaints, training, figures and reports. "
        "The network grew to 60 parcels a day (small), 300 (medium) or 3,000 (large)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=7, help="same seed, same story")
        parser.add_argument("--days", type=int, default=540, help="days of history up to today")
        parser.add_argument("--scale", choices=SCALES, default="small")
        parser.add_argument("--if-empty", action="store_true", help="do nothing if data exist")
        parser.add_argument("--now", help="end of the story, ISO 8601 with zone; default is now")

    def handle(self, *args: Any, **options: Any) -> None:
        if Site.objects.exists():
            if options["if_empty"]:
                self.stdout.write("Data exist already; the demo is left as it is.")
                return
            raise CommandError("This installation holds data. The demo needs an empty one.")
        now = _moment(options["now"])
        started = time.perf_counter()
        plan = making.Plan(
            now=now, days=options["days"], per_day=SCALES[options["scale"]],
            rng=random.Random(options["seed"]),
        )  # fmt: skip
        for line in making.make(plan):
            self.stdout.write(f"{time.perf_counter() - started:6.1f} s  {line}")
            self.stdout.flush()


def _moment(text: str | None) -> datetime:
    if not text:
        # To the minute, so that a story told twice within a minute is the same.
        return timezone.now().replace(second=0, microsecond=0) - timedelta(minutes=1)
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise CommandError("--now needs a zone, for example 2026-11-20T18:00+08:00")
    return moment
