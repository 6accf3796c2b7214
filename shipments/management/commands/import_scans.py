"""Import scans from a file with the columns of the batch endpoint."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courierqa.core.errors import DomainError
from courierqa.core.imports import finish_run
from shipments.imports import import_scans
from shipments.imports.bundles import Bundle
from shipments.imports.running import choices_of, console_run
from shipments.management.printing import print_report


class Command(BaseCommand):
    """`import_scans PATH [--dry-run]`; exit 1 when a row was refused."""

    help = "Import scans from CSV, XLSX or JSON Lines. Same file again: nothing changes."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check only, store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        path, dry_run, now = options["path"], options["dry_run"], timezone.now()
        try:
            bundle = Bundle.of_path(path, main="scans.csv")
            with path.open("rb") as file:
                run = console_run("scans", file, path.name, mapping="standard", now=now,
                                  dry_run=dry_run)  # fmt: skip
            report = import_scans(bundle, now=now, dry_run=dry_run, choices=choices_of(run),
                                  run_id=run.pk)  # fmt: skip
        except (DomainError, OSError) as error:
            raise CommandError(str(error)) from error
        finish_run(run, report, now=timezone.now())
        print_report(self.stdout, report, dry_run=dry_run)
        if report.has_refusals:
            sys.exit(1)
