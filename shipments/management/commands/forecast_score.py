"""How well late parcels are foreseen: replay weeks of history with what was known before each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from courierqa.core import calendars
from shipments import forecast
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
        parser.add_argument(
            "--curve", action="store_true", help="every share a warning could wait for, with F0.5"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        first, last = _day(options["first"]), _day(options["last"])
        if last < first:
            raise CommandError("--to lies before --from")
        shares = CURVE if options["curve"] else [forecast.WARN_SHARE]
        weeks = []
        day = first
        while day <= last:
            day += timedelta(days=foreseeing.JUDGE_DAYS)
            now = calendars.day_start(min(day, last + DAY))
            weeks.append(foreseeing.measure_shares(shares, now=now))
        for share, scores in zip(shares, zip(*weeks, strict=True), strict=True):
            more = f"{share:.0%}, F0.5 {_f_half(scores):.3f}: " if options["curve"] else ""
            self.stdout.write(more + _line(scores))


DAY = timedelta(days=1)
CURVE = [0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1]


def _sums(scores: Sequence[PredictionScore]) -> dict[str, int]:
    names = ("judged", "late", "warned", "hits")
    return {name: sum(getattr(one, name) for one in scores) for name in names}


def _f_half(scores: Sequence[PredictionScore]) -> float:
    """Return F0.5: precision counts twice as much as recall."""
    total = _sums(scores)
    below = total["warned"] + 0.25 * total["late"]
    return 1.25 * total["hits"] / below if below else 0.0


def _line(scores: Sequence[PredictionScore]) -> str:
    total = _sums(scores)
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
