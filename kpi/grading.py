"""Grading a month: counts become careful figures, staff keeps the score and the grade."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from courierqa.core.calendars import business_day
from courierqa.core.errors import DomainError
from courierqa.core.timeframes import Period, parse_period
from kpi import evidence, services, stats
from staff.enums import AssessmentState, RedLine
from staff.models import Assessment, AssessmentScheme, Employee, Site
from staff.services import MonthCounts, PartResult, record_assessments

# Placing without consent so often in a month is a red line; the others need a person's word.
CONSENT_LIMIT = 3
# Days of the next month on which the ended one is drafted anew: scans arrive for a week.
DRAFT_DAYS = 8
# So many people are stored at once: a kill loses no more, and memory holds no more.
AT_ONCE = 500


class MonthNotOver(DomainError):
    """A month is graded when it is over."""

    code = "month_not_over"


@dataclass(frozen=True)
class Gathered:
    """Everything a month says about everybody: a few numbers a person, counted set-wise."""

    period: Period
    schemes: dict[int, AssessmentScheme]
    sites: dict[int, Site]
    counts: dict[str, evidence.Tally]
    means: dict[str, float]
    deliveries: dict[int, int]
    work_days: dict[int, int]
    without_consent: dict[int, int]
    red_lines: dict[int, set[str]]

    def of(self, person: Employee) -> MonthCounts:
        """Return what is scored for one person."""
        scheme = self.schemes[person.post_id]
        alone = self.without_consent.get(person.pk, 0)
        return MonthCounts(
            employee=person,
            scheme=scheme,
            site=self.sites[person.site_id],
            parts=_parts(person, scheme, self.counts, self.means, self.period),
            red_lines=_red_lines(alone, self.red_lines.get(person.pk, set())),
            deliveries=self.deliveries.get(person.pk, 0),
            work_days=self.work_days.get(person.pk, 0),
        )


def grade_last_month(*, now: datetime) -> dict[str, Any]:
    """Draft the month that ended, each day until its last figures have arrived.

    Grades somebody has confirmed are left alone: whoever wants them graded anew says so by
    the command.
    """
    today = business_day(now)
    if today.day > DRAFT_DAYS:
        return {}
    ended = today.replace(day=1) - timedelta(days=1)
    return grade_month(f"{ended:%Y-%m}", now=now, is_first=True)


def grade_month(month: str, *, now: datetime, is_first: bool = False) -> dict[str, Any]:
    """Compute the draft of everybody who is graded; a confirmed month is never overwritten.

    `is_first` leaves out whose month was confirmed. People are stored in groups: after a kill
    the next run stores those that are missing.
    """
    period = parse_period(month)
    if period.kind != "month" or period.end_at > now:
        raise MonthNotOver(_("Choose a month that is over"), field="period")
    services.refresh_dirty(now=now)
    gathered = _gather(period)
    as_of = services.watermark() or now
    people = _people(period, gathered.schemes, is_first=is_first)
    for start in range(0, len(people), AT_ONCE):
        rows = [gathered.of(one) for one in _read_people(people[start : start + AT_ONCE])]
        record_assessments(rows, month=period.key, as_of=as_of, now=now)
    return {"month": period.key, "people": len(people)}


def _gather(period: Period) -> Gathered:
    counts = {code: count(period) for code, count in evidence.PARTS.items()}
    return Gathered(
        period=period,
        schemes=_schemes(period),
        sites=Site.objects.in_bulk(),
        counts=counts,
        means={code: _mean(tally) for code, tally in counts.items()},
        deliveries=evidence.deliveries(period),
        work_days=evidence.work_days(period),
        without_consent=evidence.without_consent(period),
        red_lines=evidence.red_lines(period),
    )


def _people(period: Period, schemes: dict[int, AssessmentScheme], *, is_first: bool) -> list[int]:
    """Return the keys of who is graded: on a graded post, employed in the month."""
    rows = Employee.objects.filter(
        Q(left_on=None) | Q(left_on__gte=period.start_day),
        post__is_graded=True,
        post_id__in=schemes,
        hired_on__lt=period.end_day,
    )
    if is_first:
        decided = Assessment.objects.filter(month=period.key).exclude(state=AssessmentState.DRAFT)
        rows = rows.exclude(pk__in=decided.values("employee"))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _read_people(keys: list[int]) -> list[Employee]:
    """Return some people, without what is encrypted about them."""
    rows = Employee.objects.filter(pk__in=keys).order_by("pk")
    return list(rows.only("number", "post_id", "site_id"))


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
    return reverse("kpi:grade_part", args=[employee.number, period.key, code])


def _red_lines(alone: int, noted: set[str]) -> list[str]:
    crossed = {RedLine.NO_CONSENT.value} if alone >= CONSENT_LIMIT else set()
    return sorted(crossed | noted)
