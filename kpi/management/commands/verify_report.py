"""Check a printed report against the stored figures: manage.py verify_report FILE."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kpi.snapshots.checking import Check, check_pdf


class Command(BaseCommand):
    """Exit 0 when the file is, byte for byte, what the stored figures print; 1 otherwise."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--format", choices=("text", "json"), default="text")

    def handle(self, *, file: Path, format: str, **_options: Any) -> None:
        """Read the file, compare, say what was found."""
        try:
            check = check_pdf(file.read_bytes())
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        self.stdout.write(_as_json(check) if format == "json" else _as_text(check))
        if not check.ok:
            sys.exit(1)


def _as_json(check: Check) -> str:
    stamp = asdict(check.stamp) if check.stamp else None
    return json.dumps({"ok": check.ok, "report": stamp, "problems": check.problems})


def _as_text(check: Check) -> str:
    if check.stamp and check.ok:
        stamp = check.stamp
        return f"OK: {stamp.period} {stamp.version} {stamp.language}, snapshot {stamp.sha256}"
    return "\n".join(f"NOT OK: {problem}" for problem in check.problems)
