"""The tree of objectives: the company's targets, those of sites and of teams below them.

A target is one row of `Target`, whatever page shows it: an objective is that row together with
who answers for it and the figure it is held against.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db.models import F, Q, Sum

from courierqa.core.timeframes import Period
from kpi.metrics import METRICS, Metric
from kpi.models import Baseline, CourierCell, Note, Target
from kpi.selectors import sums
from kpi.selectors.figures import HISTORY, Figure, make, months_back, reach
from kpi.selectors.scope import Scope
from staff.models import Site, Team, TeamMember

MONTHS = 18
Key = tuple[str, int | None]
# What rounding of targets may leave between a parent and its children.
CLOSE = 1e-6


@dataclass(frozen=True)
class Node:
    """A target of the company, a site or a team, with the figure it is held against.

    `months` are the figure's months for its course; `reached` is what the targets below add up
    to, weighted by the volume of each place, or nothing when there are none.
    """

    metric: Metric
    target: Target
    figure: Figure | None
    months: list[Figure] = field(default_factory=list)
    # Months that begin a baseline anew: the company's, and the site's own.
    breaks: tuple[date, ...] = ()
    reached: float | None = None
    note: Note | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def place(self) -> Site | Team | None:
        """Return whose target it is; none for the company."""
        return self.target.team or self.target.site

    @property
    def adds_up(self) -> bool:
        """Say whether reaching every target below would reach this one."""
        if self.reached is None:
            return True
        gap = self.reached - float(self.target.value)
        return gap >= -CLOSE if self.metric.higher_is_better else gap <= CLOSE


def objectives(period: Period, *, scope: Scope) -> list[Node]:
    """Return the company's objectives of a period, in catalogue order, each with what is below.

    A reader who reaches only some sites sees the company's targets, but not its figures.
    """
    targets = in_force(period.start_day, scope)
    series = _series(period, scope, targets)
    notes = _notes(period)
    company = {row.metric: row for row in targets if row.site_id is None}
    volumes = _volumes(period)
    breaks = _breaks(period)
    return [
        _begun(_company(METRICS[code], row, targets, series, notes, volumes), breaks)
        for code in METRICS
        if (row := company.get(code)) is not None
    ]


def _breaks(period: Period) -> dict[Key, list[date]]:
    """Return the months that begin a baseline anew, per figure and site; None is the company."""
    found: dict[Key, list[date]] = defaultdict(list)
    rows = Baseline.objects.filter(month__lt=period.end_day).order_by("month", "pk")
    for metric, site, month in rows.values_list("metric", "site_id", "month"):
        found[metric, site].append(month)
    return found


def _begun(node: Node, breaks: Mapping[Key, list[date]]) -> Node:
    """Return a node, and those below it, with the breaks its chart is read by."""
    code, site = node.metric.code, node.target.site_id
    own = {*breaks.get((code, None), ()), *breaks.get((code, site), ())}
    below = [_begun(one, breaks) for one in node.children]
    return replace(node, breaks=tuple(sorted(own)), children=below)


def in_force(day: date, scope: Scope) -> list[Target]:
    """Return the target in force of each place; later ones replace earlier ones."""
    rows = Target.objects.filter(valid_from__lte=day, metric__in=METRICS)
    if scope.sites is not None:
        rows = rows.filter(Q(site=None) | Q(site_id__in=scope.sites))
    if scope.courier is not None:
        rows = rows.filter(site=None)
    found: dict[tuple[str, int | None, int | None], Target] = {}
    for row in rows.select_related("site", "team", "owner").order_by("valid_from", "pk"):
        found[row.metric, row.site_id, row.team_id] = row
    return sorted(found.values(), key=lambda row: (str(row.site or ""), str(row.team or "")))


def _company(
    metric: Metric,
    row: Target,
    targets: Sequence[Target],
    series: Mapping[Any, list[Figure]],
    notes: Mapping[Key, Note],
    volumes: Mapping[Key, int],
) -> Node:
    own = [one for one in targets if one.metric == metric.code and one.site_id is not None]
    teams = [one for one in own if one.team_id is not None]
    sites = [
        _site(metric, one, [team for team in teams if team.site_id == one.site_id], series, notes)
        for one in own
        if one.team_id is None
    ]
    wanted = {node.target.site_id: float(node.target.value) for node in sites}
    reached = _weighted(metric.code, wanted, float(row.value), volumes) if sites else None
    node = _node(metric, row, series.get((metric.code, None), []), notes)
    return replace(node, children=sites, reached=reached)


def _site(
    metric: Metric,
    row: Target,
    teams: Sequence[Target],
    series: Mapping[Any, list[Figure]],
    notes: Mapping[Key, Note],
) -> Node:
    below = [
        _node(metric, one, series.get((metric.code, "team", one.team_id), []), {}) for one in teams
    ]
    months = series.get((metric.code, row.site_id), [])
    node = _node(metric, row, months, notes)
    reached = _of_teams(node, below) if below else None
    return replace(node, children=below, reached=reached)


def _node(metric: Metric, row: Target, months: list[Figure], notes: Mapping[Key, Note]) -> Node:
    # Objectives are held against adjusted figures (B17).
    months = [one.adjusted for one in months]
    figure = months[-1] if months else None
    note = notes.get((metric.code, row.site_id))
    return Node(metric, row, figure, months=months, note=note)


def _weighted(
    code: str, wanted: Mapping[int | None, float], parent: float, volumes: Mapping[Key, int]
) -> float | None:
    """Return what the sites' targets add up to; a site without its own owes the company's."""
    sites = {site: n for (metric, site), n in volumes.items() if metric == code and n}
    total = sum(sites.values())
    if not total:
        return None
    return sum(wanted.get(site, parent) * n for site, n in sites.items()) / total


def _of_teams(site: Node, teams: Sequence[Node]) -> float | None:
    """Return what the teams' targets add up to; whoever is in no team owes the site's."""
    total = site.figure.n if site.figure else 0
    if not total:
        return None
    parts = [(float(node.target.value), node.figure.n if node.figure else 0) for node in teams]
    rest = max(0, total - sum(n for _value, n in parts))
    counted = sum(n for _value, n in parts) + rest
    return (sum(value * n for value, n in parts) + float(site.target.value) * rest) / counted


def _volumes(period: Period) -> dict[Key, int]:
    """Return how many records each site has of each figure."""
    rows = sums.stored(period.start_day, period.end_day, scope=Scope(), by=("site_id",))
    return {(row["metric"], row["site_id"]): row["total"] for row in rows}


def _series(period: Period, scope: Scope, targets: Sequence[Target]) -> dict[Any, list[Figure]]:
    """Return the months up to the period of the company, of sites and of teams with a target."""
    if scope.courier is not None:
        return {}
    # What locks the limits may lie long before the months that are judged.
    months = months_back(period.start_day, HISTORY)
    ends = (months[0].start_day, months[-1].end_day)
    found: dict[Any, list[Figure]] = {}
    if scope.sites is None:
        rows = sums.stored(*ends, scope=Scope(), by=("month",))
        found |= _laid_out(rows, months, lambda row: (row["metric"], None))
    sites = {row.site_id for row in targets if row.site_id is not None}
    if sites:
        rows = sums.stored(*ends, scope=Scope(sites=frozenset(sites)), by=("month", "site_id"))
        found |= _laid_out(rows, months, lambda row: (row["metric"], row["site_id"]))
    return found | _teams(period, targets)


def _laid_out(rows: Sequence[Any], months: Sequence[Period], key: Any) -> dict[Any, list[Figure]]:
    moment = reach()
    by_key: dict[Any, dict[date, Any]] = defaultdict(dict)
    for row in rows:
        first = row["month"]
        by_key[key(row)][first.date() if isinstance(first, datetime) else first] = row
    start = min((one for some in by_key.values() for one in some), default=months[-1].start_day)
    least = len(months) - MONTHS
    months = [one for place, one in enumerate(months) if one.start_day >= start or place >= least]
    return {
        name: [
            make(name[0], by_month.get(one.start_day), period=one.key, as_of=moment)
            for one in months
        ]
        for name, by_month in by_key.items()
    }


def _teams(period: Period, targets: Sequence[Target]) -> dict[Any, list[Figure]]:
    """Return the period's figure of each team with a target, summed over its people."""
    wanted = [row for row in targets if row.team_id is not None]
    if not wanted:
        return {}
    people = defaultdict(set)
    members = TeamMember.objects.filter(
        Q(to_on=None) | Q(to_on__gt=period.start_day),
        team_id__in=[row.team_id for row in wanted],
        from_on__lt=period.end_day,
    )
    for team, person in members.values_list("team_id", "employee_id"):
        people[team].add(person)
    counted = _by_person(period, {one for some in people.values() for one in some})
    moment = reach()
    return {
        (row.metric, "team", row.team_id): [
            make(
                row.metric,
                _added(counted, row.metric, people[row.team_id or 0]),
                period=period.key,
                as_of=moment,
            )
        ]
        for row in wanted
        if METRICS[row.metric].by_courier
    }


def _by_person(period: Period, people: set[int]) -> dict[tuple[str, int], tuple[int, int]]:
    rows = CourierCell.objects.filter(
        day__gte=period.start_day, day__lt=period.end_day, courier_id__in=people
    )
    summed = rows.values("metric", "courier_id").order_by("metric", "courier_id")
    return {
        (row["metric"], row["courier_id"]): (row["h"], row["t"])
        for row in summed.annotate(
            h=Sum(F("hits") - F("exempt_hits")), t=Sum(F("total") - F("exempt_total"))
        )
    }


def _added(
    counted: Mapping[tuple[str, int], tuple[int, int]], code: str, people: set[int]
) -> dict[str, int]:
    pairs = [counted.get((code, person), (0, 0)) for person in people]
    return {
        "hits": sum(hits for hits, _total in pairs),
        "total": sum(total for _hits, total in pairs),
        "pending": 0,
        "excluded": 0,
    }


def _notes(period: Period) -> dict[Key, Note]:
    """Return the newest note of the period on each figure and place."""
    rows = Note.objects.filter(day__gte=period.start_day, day__lt=period.end_day)
    ordered = rows.select_related("by").order_by("day", "pk")
    return {(row.metric, row.site_id): row for row in ordered}


def notes_of(metric: str, *, site: Site | None, since: date, until: date) -> list[Note]:
    """Return the notes on a figure: the company's, and those of the site that is shown."""
    rows = Note.objects.filter(metric=metric, day__gte=since, day__lt=until)
    wanted = Q(site=None) | Q(site=site) if site is not None else Q(site=None)
    return list(rows.filter(wanted).select_related("by", "site").order_by("day", "pk"))
