"""Read a GS1 EPCIS 2.0 document."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rest_framework.exceptions import APIException

from courierqa.core.api import strict_loads
from courierqa.core.errors import DomainError
from shipments import enums, epcis


class Command(BaseCommand):
    """`import_epcis PATH [--dry-run]`; exit 1 when an event was refused."""

    help = "Read scans from EPCIS 2.0 (JSON-LD). The same document again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="check only, store nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            told = epcis.read_document(strict_loads(Path(options["path"]).read_bytes()))
        except (DomainError, APIException, OSError) as error:
            raise CommandError(str(error)) from error
        bad = [one for one in told if one.problem]
        for one in bad[:20]:
            self.stdout.write(f"refused {one.event_id or '-'}: {one.field}: {one.problem}")
        if options["dry_run"]:
            self.stdout.write(f"Dry run: {len(told)} scans, {len(bad)} refused. Nothing stored.")
            refused = len(bad)
        else:
            taken = epcis.take(told, now=timezone.now(), trusted=True)
            counts = Counter(one.result for one in taken)
            for result in enums.ScanResult.values:
                self.stdout.write(f"  {result:<10} {counts[result]}")
            refused = counts[enums.ScanResult.REJECTED.value]
        if refused:
            sys.exit(1)
