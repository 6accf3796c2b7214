"""How well late parcels are foreseen: replay weeks of history with what was known before each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courierqa.core import calendars
from shipments.models import PredictionScore
from shipments.services import foreseeing


class Command(BaseCommand):
    help = (
        "Print how many parcels predicted late were late (precision) and how many late parcels "
        "were predicted (recall). Each week is judged with paces learnt before it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", required=True, help="first day, 2026-01-05")
        parser.add_argument("--to", dest="last", required=True, help="last day, 2026-10-31")

    def handle(self, *args: Any, **options: Any) -> None:
        first, last = _day(options["first"]), _day(options["last"])
        if last < first:
            raise CommandError("--to lies before --from")
        scores = []
        day = first
        while day <= last:
            day += timedelta(days=foreseeing.JUDGE_DAYS)
            scores.append(foreseeing.measure(now=calendars.day_start(min(day, last + DAY))))
        self.stdout.write(_line(scores))


DAY = timedelta(days=1)


def _line(scores: list[PredictionScore]) -> str:
    total = {
        name: sum(getattr(one, name) for one in scores)
        for name in ("judged", "late", "warned", "hits")
    }
    if not total["warned"] or not total["late"]:
        return f"{total['judged']} parcels judged, {total['late']} late: nothing to foresee"
    leads = sorted(one.lead_minutes for one in scores if one.hits)
    return (
        f"{total['judged']} parcels in {len(scores)} weeks: {total['warned']} predicted late, "
        f"{total['hits']} of these were: precision {total['hits'] / total['warned']:.1%}; "
        f"of {total['late']} late {total['hits'] / total['late']:.1%} predicted (recall), "
        f"half of them at least {leads[len(leads) // 2]} minutes ahead in the median week"
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{text} is no day; write 2026-10-31") from None
