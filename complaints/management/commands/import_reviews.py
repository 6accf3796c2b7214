"""`manage.py import_reviews PATH --mapping olist`: ratings from a file, tied to their parcels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from complaints.imports import MAPPINGS, import_reviews
from courierqa.core.errors import DomainError
from courierqa.core.imports import finish_run, start_run


class Command(BaseCommand):
    help = "Read customer ratings from CSV, XLSX or JSON Lines. Exit 1 when a row was refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--mapping", default="standard", choices=sorted(MAPPINGS))
        parser.add_argument("--dry-run", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        path, mapping, dry_run = options["path"], options["mapping"], options["dry_run"]
        if not path.is_file():
            raise CommandError(f"No such file: {path}")
        with path.open("rb") as file:
            now = timezone.now()
            run = start_run(
                kind="reviews", file=file, filename=path.name, by=None, now=now, mapping=mapping,
                dry_run=dry_run,
            )  # fmt: skip
            file.seek(0)
            try:
                report = import_reviews(
                    file, filename=path.name, mapping=mapping, now=now, dry_run=dry_run
                )
            except DomainError as error:
                raise CommandError(error.message) from error
        finish_run(run, report, now=timezone.now())
        for result, count in sorted(report.counts.items()):
            self.stdout.write(f"{result}: {count}")
        for row in report.problems[:20]:
            self.stdout.write(f"row {row.number} {row.result} {row.code}: {row.message}")
        if report.has_refusals:
            raise SystemExit(1)
