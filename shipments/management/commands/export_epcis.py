"""Write parcels as a GS1 EPCIS 2.0 document."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from courierqa.core import audit, calendars
from shipments import epcis
from shipments.models import Parcel


class Command(BaseCommand):
    """`export_epcis OUT --waybill … | --from DAY [--to DAY] [--site CODE] [--people]`."""

    help = "Write scans as EPCIS 2.0 (JSON-LD); OUT - is the standard output."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("out", help="the file to write, or -")
        parser.add_argument("--waybill", action="append", default=[], help="may be repeated")
        parser.add_argument("--from", dest="first", type=date.fromisoformat, help="accepted from")
        parser.add_argument("--to", dest="last", type=date.fromisoformat, help="accepted until")
        parser.add_argument("--site", default="", help="origin or destination")
        parser.add_argument("--people", action="store_true", help="staff numbers and free details")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["waybill"] and not options["first"]:
            raise CommandError("Say which parcels: --waybill or --from.")
        now = timezone.now()
        audit.record("epcis.export", None, actor=None, at=now, reason="console")
        lines = epcis.document_lines(_waybills(options), at=now, people=options["people"])
        if options["out"] == "-":
            for line in lines:
                self.stdout.write(line, ending="")
            return
        with Path(options["out"]).open("w", encoding="utf-8") as file:
            file.writelines(lines)
        self.stdout.write(f"Written: {options['out']}")


def _waybills(options: dict[str, Any]) -> Any:
    rows = Parcel.objects.order_by("pk")
    if options["waybill"]:
        rows = rows.filter(waybill__in=options["waybill"])
    if options["first"]:
        last = options["last"] or options["first"]
        start = calendars.day_start(options["first"])
        end = calendars.day_start(last + timedelta(days=1))
        rows = rows.filter(accepted_at__gte=start, accepted_at__lt=end)
    if options["site"]:
        near = rows.filter(origin__code=options["site"])
        rows = near | rows.filter(destination__code=options["site"])
    return rows.values_list("waybill", flat=True).iterator()
