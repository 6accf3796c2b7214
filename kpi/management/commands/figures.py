"""Print figures as JSON: the same numbers as the dashboard, for other programs."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from courierqa.core.timeframes import BadPeriod, Period, month_of, parse_period
from kpi import selectors
from kpi.management.spoken import SpokenCommand


class Command(SpokenCommand):
    help = "Print the figures of a period. Reads stored cells; --as-of counts the facts instead."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--period", required=True, help="2026-10, 2026-W41, 2026-Q4, 2026…")
        parser.add_argument("--metric", help="a code such as T01; all when left out")
        parser.add_argument("--site", help="a site code; the whole company when left out")
        parser.add_argument("--product", help="a product code")
        parser.add_argument("--as-of", help="ISO 8601 moment with offset")
        parser.add_argument(
            "--times", action="store_true", help="times (T05, T06, C09) in minutes instead"
        )
        parser.add_argument("--format", choices=["json", "text"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            options["period"] = _begun(options["period"], timezone.now())
            if options["times"]:
                self._times(options)
                return
            found = selectors.figures(
                options["period"],
                metric=options["metric"],
                site=options["site"],
                product=options["product"],
                as_of=_moment(options["as_of"]),
            )
        except DomainError as error:
            raise CommandError(error.message) from None
        if options["format"] == "json":
            rows = [figure.as_dict() for figure in found]
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for figure in found:
            value = "-" if figure.value is None else f"{figure.value:.4f}"
            counted = f"{figure.hits}/{figure.total}"
            self.stdout.write(f"{figure.metric}  {value:>12}  {figure.unit:<12} {counted}")

    def _times(self, options: dict[str, Any]) -> None:
        if options["as_of"]:
            raise CommandError(_("--times reads stored cells; leave --as-of out"))
        names = ("metric", "site", "product")
        rows = selectors.duration_figures(
            options["period"], **{name: options[name] for name in names}
        )
        if options["format"] == "json":
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1))
            return
        for row in rows:
            p50, p90 = ("-" if row[name] is None else f"{row[name]:.0f}" for name in ("p50", "p90"))
            self.stdout.write(f"{row['metric']:<5} P50 {p50:>7}  P90 {p90:>7}  n {row['n']}")


def _begun(text: str, now: datetime) -> Period:
    """Return the period; one that has not begun has no figures, and zeros would look like some."""
    period = parse_period(text)
    if period.start_at > now:
        said = {"period": period.key, "month": month_of(business_day(now)).key}
        raise BadPeriod(
            _("--period: %(period)s has not begun. Choose a period up to %(month)s") % said,
            field="period",
        )
    return period


def _moment(text: str | None) -> Any:
    if text is None:
        return None
    # A plus sign that passed through a web address arrives as a space.
    try:
        at = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise CommandError(
            _("--as-of needs a moment with an offset, such as %(moment)s")
            % {"moment": "2026-10-31T18:00:00+08:00"}
        )
    if at > timezone.now():
        raise CommandError(_("--as-of lies in the future; give a moment up to now"))
    return at
