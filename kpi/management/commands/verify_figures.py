"""Check the stored figures of a period against a recount from raw scans."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courierqa.core.errors import DomainError
from courierqa.core.timeframes import parse_period
from kpi import services


class Command(BaseCommand):
    help = "Recount a period from raw scans and cases; exit 1 when a stored cell differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--period", required=True, help="2026-10, 2026-W41, 2026-Q4…")
        parser.add_argument("--format", choices=["json", "text"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = parse_period(options["period"])
        except DomainError as error:
            raise CommandError(error.message) from None
        check = services.verify_period(period, now=timezone.now())
        if options["format"] == "json":
            result = {
                "period": check.period,
                "cells": check.cells,
                "ok": not check.differences,
                "differences": check.differences,
            }
            self.stdout.write(json.dumps(result, ensure_ascii=False, indent=1))
        else:
            self.stdout.write(f"{check.cells} cells, {len(check.differences)} differences")
            for one in check.differences:
                self.stdout.write(json.dumps(one, ensure_ascii=False))
        if check.differences:
            sys.exit(1)
