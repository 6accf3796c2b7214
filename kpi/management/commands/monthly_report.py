"""Print the report of a month: manage.py monthly_report --period 2026-10 --lang zh --out FILE."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from courierqa.core.errors import DomainError
from kpi import snapshots
from kpi.management.spoken import SpokenCommand
from kpi.models import Snapshot
from kpi.snapshots.files import write_whole


class Command(SpokenCommand):
    """Takes the newest frozen edition, else the newest draft, else makes a draft."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--period", required=True, help="a month, such as 2026-10")
        parser.add_argument("--out", required=True, type=Path)
        parser.add_argument("--edition", help="print this stored edition, such as 1.0")
        parser.add_argument("--new", action="store_true", help="make a new draft first")
        parser.add_argument("--as-of", type=datetime.fromisoformat, help="count as of this moment")
        parser.add_argument("--freeze", action="store_true", help="freeze the newest draft first")
        parser.add_argument("--site", default="", help="the report of one site, such as HZ-01")
        parser.add_argument("--reason", default="", help="why a correction is frozen")

    def handle(self, *, period: str, lang: str, out: Path, **options: Any) -> None:
        """Write the PDF and, beside it, the annex as .xlsx and .json."""
        try:
            snapshot = self._snapshot(period, **options)
        except DomainError as error:
            raise CommandError(error.message) from error
        write_whole(out, snapshots.render(snapshot, lang))
        write_whole(out.with_suffix(".json"), snapshots.annex_json(snapshot))
        write_whole(out.with_suffix(".xlsx"), snapshots.workbook(snapshot, lang))
        self.stdout.write(f"{out}  {snapshot.period} {snapshot.version}  {snapshot.sha256}")

    def _snapshot(self, period: str, **options: Any) -> Snapshot:
        now = timezone.now()
        as_of = options["as_of"]
        if as_of is not None and timezone.is_naive(as_of):
            raise CommandError(
                _("--as-of needs a moment with an offset, such as %(moment)s")
                % {"moment": "2026-11-09T06:00:00+08:00"}
            )
        site, reason = options["site"], options["reason"]
        if options["new"] or as_of is not None:
            made = snapshots.make_snapshot(period, now=now, as_of=as_of, site=site)
            if not options["freeze"]:
                return made
        if options["freeze"]:
            return snapshots.freeze(period, now=now, site=site, reason=reason)
        stored = self._stored(period, options["edition"], site)
        return stored or snapshots.make_snapshot(period, now=now, site=site)

    def _stored(self, period: str, edition: str | None, site: str) -> Snapshot | None:
        if not edition:
            return snapshots.latest(period, site)
        found = snapshots.of_version(period, edition, site)
        if found is None:
            raise CommandError(
                _("No edition %(version)s of %(period)s is stored")
                % {"version": edition, "period": period}
            )
        return found
