"""Compute the drafts of everybody's grade for a month."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courierqa.core.errors import DomainError
from courierqa.core.timeframes import parse_period
from kpi import grading


class Command(BaseCommand):
    help = "Compute the draft of every graded person's month; confirmed months are not touched."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--period", required=True, help="a month such as 2026-10")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = parse_period(options["period"])
            result = grading.grade_month(period.key, now=timezone.now())
        except DomainError as error:
            raise CommandError(error.message) from None
        self.stdout.write(json.dumps(result))
