"""Collecting a month's content from stored figures and records. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.conf import settings

from courierqa.core.calendars import business_day
from courierqa.core.timeframes import Period
from kpi import selectors, stats
from kpi.enums import Unit
from kpi.metrics import METRICS, Metric
from kpi.models import Target
from kpi.selectors import EVERYTHING, Figure, Scope, SiteRow
from kpi.selectors.rare import event_days
from kpi.snapshots import (
    commenting,
    improving,
    lookup,
    money,
    people,
    quality,
    safety,
    surveys,
    times,
    voice,
)
from kpi.snapshots.words import both, named
from staff.models import Site

FORMAT = 1
MONTHS = 18
MICRO = Decimal("0.000001")
WORDS = ("name", "formula", "assigned", "edges", "maturity", "source")


@dataclass(frozen=True)
class Moment:
    """The month, and the moment as of which it is told."""

    period: Period
    as_of: datetime
    is_recounted: bool
    site: Site | None = None

    @property
    def scope(self) -> Scope:
        """Return whose figures these are: the company's, or those of one site."""
        return EVERYTHING.within(self.site)


def gather(
    period: Period, *, as_of: datetime | None, now: datetime, site: str = ""
) -> dict[str, Any]:
    """Return the content of a month, for the company or for the site of this code.

    Without `as_of` the stored cells answer, as of how far they reach; with it the facts are
    counted again as of that moment. Raises NotFound for a site that is not there.
    """
    place = selectors.site_by_code(site)
    when = Moment(period, as_of or selectors.reach() or now, as_of is not None, place)
    counted = selectors.figures(period, as_of=as_of, scope=when.scope)
    figures = {one.metric: one for one in counted}
    return {
        "format": FORMAT,
        "period": period.key,
        "start": period.start_day.isoformat(),
        "end": period.end_day.isoformat(),
        "as_of": when.as_of.isoformat(),
        "company": dict(settings.COMPANY_NAME),
        "verify_at": lookup.public_pages(),
        "site": None if place is None else {"code": place.code, "names": named(place)},
        "time_zone": settings.BUSINESS_TIME_ZONE,
        "is_open": when.as_of < period.end_at,
        "metrics": _metrics(when, figures),
        "sites": _sites(when),
        "times": times.times(period, when.scope),
        "causes": voice.causes(period, place),
        "complaints": voice.complaints(period, figures["C03"], place, as_of=when.as_of),
        "ratings": voice.ratings(period, when.scope),
        "surveys": surveys.surveyed(period, place),
        "compensation": money.compensation(period, place),
        "staff": people.staff(period, place),
        "safety": safety.safety(period, place),
        "improving": improving.improving(period, place, as_of=when.as_of),
        "quality": quality.quality(period, figures["S02"].total, place),
        "comments": commenting.comments_of(period.key, site),
        "changes": None,
    }


def _metrics(when: Moment, figures: dict[str, Figure]) -> list[dict[str, Any]]:
    targets = _targets(when)
    history = selectors.courses(MONTHS, end=when.period.start_day, scope=when.scope)
    breaks = selectors.baselines_of(when.site)
    return [
        {
            **_metric(when, METRICS[code], figure, targets.get(code), history[code]),
            # What locks the limits: months before those shown, and the months that began anew.
            "earlier": [_month(one) for one in history[code][:-MONTHS]],
            "breaks": [
                {"month": f"{one.month:%Y-%m}", "reason": one.reason}
                for one in breaks.get(code, [])
                if one.month < when.period.end_day
            ],
            # Of a figure with too few events for a month's chart, the days they happened on.
            **_events(when, METRICS[code], [*history[code][-MONTHS:-1], figure]),
        }
        for code, figure in figures.items()
    ]


def _events(when: Moment, metric: Metric, months: list[Figure]) -> dict[str, Any]:
    """Return (day, number of events) as the page of the figure shows them; most have none.

    `among` says of each such day how many items it had and how many came before it, and how many
    were counted in all.

    Read from the stored cells: a month counted again as of another moment has none.
    """
    bad, totals = [one.adjusted.failed for one in months], [one.total for one in months]
    if metric.is_sum or metric.is_snapshot or when.is_recounted:
        return {"events": []}
    if not stats.is_rare(bad, totals, is_share=metric.unit == Unit.SHARE):
        return {"events": []}
    since = selectors.months_back(when.period.start_day, selectors.HISTORY)[0].start_day
    until = min(when.period.end_day, business_day(when.as_of))
    found, counted = event_days(metric, since=since, until=until, scope=when.scope)
    return {
        "events": [[one.day.isoformat(), one.events] for one in found],
        "among": {"counted": counted, "days": [[one.items, one.before] for one in found]},
    }


def _targets(when: Moment) -> dict[str, Target]:
    """Return the targets of the month's last day; a site's own outranks the company's."""
    day = when.period.end_day - timedelta(days=1)
    return selectors.targets_on(day, site=when.site)


def _metric(
    when: Moment, metric: Metric, figure: Figure, target: Target | None, history: list[Figure]
) -> dict[str, Any]:
    mature_on = when.period.end_day + timedelta(days=metric.mature_days)
    months = [*history[-MONTHS:-1], figure]
    return {
        "code": metric.code,
        "group": str(metric.group.value),
        "unit": str(metric.unit.value),
        "direction": str(metric.direction.value),
        "words": {key: both(lambda key=key: getattr(metric.words, key)) for key in WORDS},
        "target": None if target is None else _plain(target.value),
        "target_is_proposal": target is not None and target.is_proposal,
        "is_mature": when.as_of >= when.period.end_at + timedelta(days=metric.mature_days),
        "mature_on": mature_on.isoformat(),
        "series": [_month(one) for one in months],
        **_counts(figure),
        **_read(metric, figure),
        # What targets are judged on, where an approved exemption makes it another figure (B17).
        "adjusted": _adjusted(metric, figure.adjusted) if figure.is_adjusted else None,
    }


def _month(figure: Figure) -> dict[str, Any]:
    return {"period": figure.period, **_counts(figure)}


def _adjusted(metric: Metric, figure: Figure) -> dict[str, Any]:
    return {"hits": figure.hits, "total": figure.total, **_read(metric, figure)}


def _counts(figure: Figure) -> dict[str, int]:
    return {
        "hits": figure.hits,
        "total": figure.total,
        "pending": figure.not_yet_due,
        "excluded": figure.excluded,
        "exempt_hits": figure.exempt_hits,
        "exempt_total": figure.exempt_total,
    }


def _read(metric: Metric, figure: Figure) -> dict[str, str | None]:
    """Return value and range as text, so that anybody can recompute and compare them."""
    value = None
    if figure.total:
        exact = Decimal(figure.hits) * Decimal(str(metric.factor)) / Decimal(figure.total)
        value = str(exact.quantize(MICRO, rounding=ROUND_HALF_EVEN))
    return {"value": value, "low": _six(figure.low), "high": _six(figure.high)}


def _six(value: float | None) -> str | None:
    return None if value is None else f"{value:.6f}"


def _plain(value: Decimal) -> str:
    """Write a decimal without the zeros its column pads it with."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _sites(when: Moment) -> list[dict[str, Any]]:
    return [
        {
            "code": row.site.code,
            "names": named(row.site),
            "figures": {code: _counts(one) for code, one in _of(when, row).items()},
        }
        for row in selectors.site_table(when.period, scope=when.scope)
    ]


def _of(when: Moment, row: SiteRow) -> dict[str, Figure]:
    if not when.is_recounted:
        return row.figures
    again = selectors.figures(when.period, site=row.site.code, as_of=when.as_of)
    return {one.metric: one for one in again}
