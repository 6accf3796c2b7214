"""Check the audit chain, or write it to a file for the stand-alone verifier."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courierqa.core import audit
from courierqa.core.audit.selectors import chain_lines


class Command(BaseCommand):
    help = "Verifies the audit chain; exit code 1 when it is broken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument("--head", default="", help="A head kept elsewhere, as SEQ:HASH.")
        parser.add_argument("--export", default="", help="Write the chain to this file instead.")

    def handle(self, **options: Any) -> None:
        if options["export"]:
            audit.seal(now=timezone.now())
            self._export(Path(options["export"]))
            return
        result = audit.verify(known_head=_head(options["head"]))
        if options["format"] == "json":
            self.stdout.write(json.dumps(asdict(result)))
        elif result.ok:
            self.stdout.write(f"OK: {result.rows} links, head {result.rows}:{result.head}")
        if not result.ok:
            raise CommandError(f"Broken: {result.why}", returncode=1)

    def _export(self, path: Path) -> None:
        audit.record("audit.export", actor=None, at=timezone.now(), reason=path.name)
        with path.open("w", encoding="utf-8") as file:
            file.writelines(chain_lines())
        self.stdout.write(f"Written: {path}")


def _head(text: str) -> tuple[int, str] | None:
    if not text:
        return None
    seq, _colon, digest = text.partition(":")
    if not seq.isdigit() or len(digest) != 64:
        raise CommandError("--head must be SEQ:HASH.")
    return int(seq), digest
