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

EARLIER = "Made with an earlier layout: compared with the fingerprint stored when it was made."


class Command(BaseCommand):
    """Exit 0 when the file is, byte for byte, what was made of the stored figures; else 1."""

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
    return json.dumps(
        {"ok": check.ok, "report": stamp, "problems": check.problems,
         "is_earlier_layout": check.is_earlier_layout}
    )  # fmt: skip


def _as_text(check: Check) -> str:
    if check.stamp and check.ok:
        stamp = check.stamp
        told = f"OK: {stamp.period} {stamp.version} {stamp.language}, snapshot {stamp.sha256}"
        return f"{told}\n{EARLIER}" if check.is_earlier_layout else told
    return "\n".join(f"NOT OK: {problem}" for problem in check.problems)
