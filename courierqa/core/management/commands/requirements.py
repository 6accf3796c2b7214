"""Print which requirements are proved by tests, and which are open."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from courierqa.core import trace


class Command(BaseCommand):
    help = "Requirement rows per area, covered and open; writes or checks docs/requirements.md."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--write", action="store_true", help="write docs/requirements.md")
        parser.add_argument("--check", action="store_true", help="exit 1 when the page is stale")

    def handle(self, *args: Any, **options: Any) -> None:
        root = settings.BASE_DIR
        path = root / "docs" / "requirements.md"
        unknown = trace.unknown_marks(root)
        if unknown:
            raise CommandError(f"Marks that name no requirement: {', '.join(unknown)}.")
        needless = trace.needless_reasons(root)
        if needless:
            raise CommandError(f"Reasons for rows that are not open: {', '.join(needless)}.")
        if options["write"]:
            path.write_text(trace.page(root), encoding="utf-8")
        if options["check"]:
            self._check(path.read_text(encoding="utf-8") if path.exists() else "")
        elif options["format"] == "json":
            self.stdout.write(json.dumps(trace.as_data(root), ensure_ascii=False, indent=1))
        else:
            self._print(trace.catalogue(root))

    def _check(self, stored: str) -> None:
        if stored != trace.page(settings.BASE_DIR):
            raise CommandError(
                "docs/requirements.md is stale: run 'manage.py requirements --write'."
            )
        self.stdout.write("docs/requirements.md is up to date.")

    def _print(self, areas: list[trace.Area]) -> None:
        for area in areas:
            still_open = " ".join(row.id for row in area.rows if not row.tests)
            self.stdout.write(
                f"{area.code} {area.covered:3} of {len(area.rows):3}  {area.en} {area.zh}"
            )
            if still_open:
                self.stdout.write(f"    open: {still_open}")
        covered = sum(area.covered for area in areas)
        self.stdout.write(f"{covered} of {sum(len(area.rows) for area in areas)} rows are covered.")
