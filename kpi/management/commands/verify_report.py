"""Check a printed report against the stored figures: manage.py verify_report FILE."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from kpi.management.spoken import SpokenCommand
from kpi.snapshots.checking import Check, check_pdf


class Command(SpokenCommand):
    """Exit 0 when the file is, byte for byte, what was made of the stored figures; else 1."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
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
        told = _("OK: %(period)s %(version)s %(language)s, snapshot %(sha256)s") % vars(stamp)
        return f"{told}\n{_earlier()}" if check.is_earlier_layout else told
    lines = [_("NOT OK: %(problem)s") % {"problem": problem} for problem in check.problems]
    return "\n".join(lines)


def _earlier() -> str:
    return _("Made with an earlier layout: compared with the fingerprint stored when it was made.")
