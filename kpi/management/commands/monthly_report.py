"""Print the report of a month: manage.py monthly_report --period 2026-10 --lang zh --out FILE."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from courierqa.core.errors import DomainError
from kpi import snapshots
from kpi.models import Snapshot
from kpi.reports.annex import workbook_of
from kpi.snapshots.files import write_whole

LANGUAGES = {"zh": "zh-hans", "en": "en"}


class Command(BaseCommand):
    """Takes the newest frozen edition, else the newest draft, else makes a draft."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--period", required=True, help="a month, such as 2026-10")
        parser.add_argument("--lang", choices=sorted(LANGUAGES), default="zh")
        parser.add_argument("--out", required=True, type=Path)
        parser.add_argument("--edition", help="print this stored edition, such as 1.0")
        parser.add_argument("--new", action="store_true", help="make a new draft first")
        parser.add_argument("--as-of", type=datetime.fromisoformat, help="count as of this moment")
        parser.add_argument("--freeze", action="store_true", help="freeze the newest draft first")

    def handle(self, *, period: str, lang: str, out: Path, **options: Any) -> None:
        """Write the PDF and, beside it, the annex as .xlsx and .json."""
        try:
            snapshot = self._snapshot(period, **options)
        except DomainError as error:
            raise CommandError(error.message) from error
        write_whole(out, snapshots.render(snapshot, lang))
        write_whole(out.with_suffix(".json"), snapshots.annex_json(snapshot))
        write_whole(out.with_suffix(".xlsx"), _workbook(snapshot, LANGUAGES[lang]))
        self.stdout.write(f"{out}  {snapshot.period} {snapshot.version}  {snapshot.sha256}")

    def _snapshot(self, period: str, **options: Any) -> Snapshot:
        now = timezone.now()
        as_of = options["as_of"]
        if as_of is not None and timezone.is_naive(as_of):
            raise CommandError("--as-of needs an offset, such as 2026-11-09T06:00:00+08:00")
        if options["new"] or as_of is not None:
            made = snapshots.make_snapshot(period, now=now, as_of=as_of)
            return snapshots.freeze(period, now=now) if options["freeze"] else made
        if options["freeze"]:
            return snapshots.freeze(period, now=now)
        return self._stored(period, options["edition"]) or snapshots.make_snapshot(period, now=now)

    def _stored(self, period: str, edition: str | None) -> Snapshot | None:
        if not edition:
            return snapshots.latest(period)
        found = snapshots.of_version(period, edition)
        if found is None:
            raise CommandError(f"No edition {edition} of {period} is stored")
        return found


def _workbook(snapshot: Snapshot, language: str) -> bytes:
    text = snapshots.canonical(snapshot.content)
    return workbook_of(snapshot.content, snapshots.edition_of(snapshot), text, language=language)
