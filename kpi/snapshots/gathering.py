"""Collecting a month's content from stored figures and records. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from django.conf import settings

from courierqa.core.timeframes import Period
from kpi import selectors
from kpi.metrics import METRICS, Metric
from kpi.models import Target
from kpi.selectors import Figure, SiteRow
from kpi.snapshots import people, quality, surveys, times, voice
from kpi.snapshots.words import both, named

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


def gather(period: Period, *, as_of: datetime | None, now: datetime) -> dict[str, Any]:
    """Return the content of a month.

    Without `as_of` the stored cells answer, as of how far they reach; with it the facts are
    counted again as of that moment.
    """
    when = Moment(period, as_of or selectors.reach() or now, as_of is not None)
    figures = {one.metric: one for one in selectors.figures(period, as_of=as_of)}
    return {
        "format": FORMAT,
        "period": period.key,
        "start": period.start_day.isoformat(),
        "end": period.end_day.isoformat(),
        "as_of": when.as_of.isoformat(),
        "company": dict(settings.COMPANY_NAME),
        "time_zone": settings.BUSINESS_TIME_ZONE,
        "is_open": when.as_of < period.end_at,
        "metrics": _metrics(when, figures),
        "sites": _sites(when),
        "times": times.times(period),
        "causes": voice.causes(period),
        "complaints": voice.complaints(period, figures["C03"], as_of=when.as_of),
        "ratings": voice.ratings(period),
        "surveys": surveys.surveyed(period),
        "compensation": voice.compensation(period),
        "staff": people.staff(period),
        "quality": quality.quality(period, figures["S02"].total),
        "changes": None,
    }


def _metrics(when: Moment, figures: dict[str, Figure]) -> list[dict[str, Any]]:
    targets = selectors.targets_on(when.period.end_day - timedelta(days=1))
    history = selectors.all_series(MONTHS, end=when.period.start_day)
    return [
        _metric(when, METRICS[code], figure, targets.get(code), history[code])
        for code, figure in figures.items()
    ]


def _metric(
    when: Moment, metric: Metric, figure: Figure, target: Target | None, history: list[Figure]
) -> dict[str, Any]:
    mature_on = when.period.end_day + timedelta(days=metric.mature_days)
    months = [*history[:-1], figure]
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
        "series": [{"period": one.period, **_counts(one)} for one in months],
        **_counts(figure),
        **_read(metric, figure),
    }


def _counts(figure: Figure) -> dict[str, int]:
    return {
        "hits": figure.hits,
        "total": figure.total,
        "pending": figure.not_yet_due,
        "excluded": figure.excluded,
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
        for row in selectors.site_table(when.period)
    ]


def _of(when: Moment, row: SiteRow) -> dict[str, Figure]:
    if not when.is_recounted:
        return row.figures
    again = selectors.figures(when.period, site=row.site.code, as_of=when.as_of)
    return {one.metric: one for one in again}
