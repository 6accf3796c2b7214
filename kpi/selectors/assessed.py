"""Which objectives are assessed for a month, on which day, and what was found (I08)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from django.db.models import Min

from courierqa.core.calendars import day_start
from courierqa.core.timeframes import Period, month_of
from kpi.metrics import METRICS
from kpi.models import Cell, ObjectiveResult, Target
from kpi.selectors.objectives import Node, in_force, objectives
from kpi.selectors.scope import EVERYTHING, Scope

TICK = timedelta(microseconds=1)
# Whose objective: figure, site, team.
Whose = tuple[str, int | None, int | None]


def whose(row: Target | ObjectiveResult) -> Whose:
    """Return what names an objective whichever target is in force."""
    return row.metric, row.site_id, row.team_id


def due_at(metric: str, month: Period) -> datetime:
    """Return the moment of assessment: the last one of the day on which the month is mature."""
    return day_start(month.end_day + timedelta(days=METRICS[metric].mature_days)) - TICK


def open_months(*, now: datetime) -> Iterator[Period]:
    """Yield the months with an objective whose day has come and that was not assessed yet."""
    month, done = _first_month(), _done()
    while month is not None and month.end_at <= now:
        wanted = leaves(month)
        if any((whose(one), month.start_day) not in done and due_at(one.metric, month) <= now
               for one in wanted):  # fmt: skip
            yield month
        month = month_of(month.end_day)


def to_assess(month: Period, *, now: datetime) -> list[Node]:
    """Return the objectives of a month whose day has come, each with its figure."""
    done = _done()
    wanted = {
        one.pk for one in leaves(month)
        if (whose(one), month.start_day) not in done and due_at(one.metric, month) <= now
    }  # fmt: skip
    return [one for one in _flat(objectives(month, scope=EVERYTHING)) if one.target.pk in wanted]


def leaves(month: Period) -> list[Target]:
    """Return the targets in force on a month's first day, set by somebody, with none below them.

    A proposed target is nobody's objective yet, that of a closed place nobody's any more. A team
    counts below a site with an own target.
    """
    rows = [row for row in in_force(month.start_day, EVERYTHING) if _is_open(row, month)]
    sites = {(row.metric, row.site_id) for row in rows if row.site_id and row.team_id is None}
    crews = [row for row in rows if row.team_id and (row.metric, row.site_id) in sites]
    above = {(row.metric, row.site_id) for row in crews} | {(code, None) for code, _site in sites}
    low = [row for row in rows if row.team_id is None and (row.metric, row.site_id) not in above]
    return [row for row in [*low, *crews] if not row.is_proposal]


def _is_open(row: Target, month: Period) -> bool:
    """Say whether the place of a target was there in a month."""
    site, team = row.site, row.team
    ends = [one.closed_on for one in (site, team) if one is not None and one.closed_on]
    begun = site is None or site.opened_on is None or site.opened_on < month.end_day
    return begun and all(day > month.start_day for day in ends)


def results_of(month: Period, *, scope: Scope) -> dict[Whose, ObjectiveResult]:
    """Return what was found of a month's objectives, as far as the reader reaches their figures."""
    if scope.courier is not None:
        return {}
    rows = ObjectiveResult.objects.filter(month=month.start_day)
    if scope.sites is not None:
        rows = rows.filter(site_id__in=scope.sites)
    return {whose(one): one for one in rows}


def _first_month() -> Period | None:
    """Return the first month that had both figures and an objective."""
    counted = Cell.objects.aggregate(day=Min("day"))["day"]
    aimed = Target.objects.filter(is_proposal=False).aggregate(day=Min("valid_from"))["day"]
    return month_of(max(counted, aimed)) if counted and aimed else None


def _done() -> set[tuple[Whose, date]]:
    return {(whose(one), one.month) for one in ObjectiveResult.objects.all()}


def _flat(nodes: Sequence[Node]) -> Iterator[Node]:
    for one in nodes:
        yield one
        yield from _flat(one.children)
