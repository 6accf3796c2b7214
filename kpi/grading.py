"""Grading a month: counts become careful figures, staff keeps the score and the grade."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from courierqa.core.errors import DomainError
from courierqa.core.timeframes import Period, parse_period
from kpi import evidence, services, stats
from kpi.metrics import METRICS
from staff.enums import RedLine
from staff.models import AssessmentScheme, Employee
from staff.services import PartResult, record_assessment

# Placing without consent so often in a month is a red line; the others need a person's word.
CONSENT_LIMIT = 3


class MonthNotOver(DomainError):
    """A month is graded when it is over."""

    code = "month_not_over"


def grade_month(month: str, *, now: datetime) -> dict[str, Any]:
    """Compute the draft of everybody who is graded; a confirmed month is never overwritten."""
    period = parse_period(month)
    if period.kind != "month" or period.end_at > now:
        raise MonthNotOver(_("Choose a month that is over"), field="period")
    services.refresh_dirty(now=now)
    counts = {code: count(period) for code, count in evidence.PARTS.items()}
    means = {code: _mean(tally) for code, tally in counts.items()}
    made, days = evidence.deliveries(period), evidence.work_days(period)
    alone, noted = evidence.without_consent(period), evidence.red_lines(period)
    schemes = _schemes(period)
    graded = 0
    for employee in _people(period, schemes):
        record_assessment(
            employee=employee,
            month=period.key,
            scheme=schemes[employee.post_id],
            site=employee.site,
            parts=_parts(employee, schemes[employee.post_id], counts, means, period),
            as_of=services.watermark() or now,
            now=now,
            red_lines=_red_lines(alone.get(employee.pk, 0), noted.get(employee.pk, set())),
            deliveries=made.get(employee.pk, 0),
            work_days=days.get(employee.pk, 0),
        )
        graded += 1
    return {"month": period.key, "people": graded}


def _people(period: Period, schemes: dict[int, AssessmentScheme]) -> list[Employee]:
    """Return who is graded: on a graded post, employed in the month."""
    rows = Employee.objects.filter(
        Q(left_on=None) | Q(left_on__gte=period.start_day),
        post__is_graded=True,
        post_id__in=schemes,
        hired_on__lt=period.end_day,
    )
    return list(rows.select_related("site").order_by("pk"))


def _schemes(period: Period) -> dict[int, AssessmentScheme]:
    """Return the scheme of each post that was in force when the month began."""
    rows = AssessmentScheme.objects.filter(valid_from__lte=period.start_day)
    return {row.post_id: row for row in rows.order_by("valid_from")}


def _parts(
    employee: Employee,
    scheme: AssessmentScheme,
    counts: dict[str, evidence.Tally],
    means: dict[str, float],
    period: Period,
) -> list[PartResult]:
    """Return one result per part of the scheme that has data."""
    found = []
    for part in scheme.parts:
        hits, total = counts.get(part["code"], {}).get(employee.pk, (0, 0))
        if total:
            records = _records(part["code"], employee, period)
            found.append(_part(part, hits, total, means[part["code"]], records))
    return found


def _mean(tally: evidence.Tally) -> float:
    """Return the company's share of a part: everybody's records together."""
    total = sum(n for _hits, n in tally.values())
    return sum(hits for hits, _n in tally.values()) / total if total else 0.0


def _part(part: dict[str, Any], hits: int, total: int, mean: float, records: str) -> PartResult:
    """Read the count with care, so that few records neither crown nor ruin.

    Shares of many records are read at the end of their range that is less good; rare events and
    few answers have ranges too wide to say anything and are drawn towards the company's mean.
    """
    is_drawn = part.get("bound") == "mean"
    return PartResult(
        code=part["code"],
        hits=hits,
        total=total,
        value=hits / total,
        bound=_read(part, hits, total, mean),
        records=records,
        mean=mean if is_drawn else None,
        pull=part["pull"] if is_drawn else None,
    )


def _read(part: dict[str, Any], hits: int, total: int, mean: float) -> float:
    way = part.get("bound", "low")
    if way == "mean":
        return stats.shrunk(hits, total, mean=mean, pull=part["pull"])
    low, high = stats.wilson(hits, total) or (0.0, 1.0)
    return {"low": low, "high": high}.get(way, hits / total)


def _records(code: str, employee: Employee, period: Period) -> str:
    if code == "TRAINING":
        return reverse("staff:person", args=[employee.number]) + "#training"
    if code == "CONDUCT":
        return f"{reverse('staff:observations')}?person={employee.number}"
    # Only what is kept per courier has a list of exactly this person's records.
    if code not in METRICS or not METRICS[code].by_courier:
        return ""
    address = reverse("kpi:records", args=[code])
    return f"{address}?period={period.key}&courier={employee.number}"


def _red_lines(alone: int, noted: set[str]) -> list[str]:
    crossed = {RedLine.NO_CONSENT.value} if alone >= CONSENT_LIMIT else set()
    return sorted(crossed | noted)
