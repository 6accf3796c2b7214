"""Whether grades are fair: who gets which, by site, tenure and volume; team scores."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from courierqa.core.access import Access
from staff import grading
from staff.enums import Grade
from staff.models import Assessment, Team
from staff.promotions import months_between
from staff.selectors.grades import assessments_for, newest_versions
from staff.selectors.work import teams_within

# Fewer people say nothing about a group (B21).
FEW = 30
# Rank correlation of volume and points from which volume explains too much of the grade.
STRONG = 0.5


@dataclass(frozen=True)
class Group:
    """Some people of a month and their grades."""

    label: str
    counts: Counter[str]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def is_few(self) -> bool:
        return self.total < FEW

    def shares(self) -> list[tuple[str, int, float | None]]:
        """Return (grade, people, share); no share from too few."""
        return [(g, self.counts[g], None if self.is_few else self.counts[g] / self.total)
                for g in Grade.values]  # fmt: skip


@dataclass(frozen=True)
class Fairness:
    """The distribution of a month in three cuts, and how much volume says about points."""

    cuts: list[tuple[Any, list[Group]]]
    people: int
    correlation: float | None
    is_warning: bool = field(default=False)


def fairness(access: Access, month: str) -> Fairness:
    """Return how grades fall by site, tenure and volume; not graded people are left out."""
    rows = newest_versions(assessments_for(access).filter(month=month))
    graded = [row for row in rows if row.grade and not row.not_graded_reason]
    year, number = map(int, month.split("-"))
    end = date(year, number, 28)
    pairs = [(row.deliveries or 0, float(row.score)) for row in graded if row.score is not None]
    found = rank_correlation(pairs) if len(pairs) >= FEW else None
    return Fairness(
        cuts=[
            (_("By site"), _groups(graded, lambda row: (0, str(row.site)))),
            (_("By length of service"), _groups(graded, lambda row: _tenure(row, end))),
            (_("By volume"), _groups(graded, _volume)),
        ],
        people=len(graded), correlation=found,
        is_warning=found is not None and abs(found) >= STRONG,
    )  # fmt: skip


def _groups(
    rows: Iterable[Assessment], key: Callable[[Assessment], tuple[int, str]]
) -> list[Group]:
    """Return the groups in the order of their (place, label); only the label is shown."""
    counts: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        counts[key(row)][row.grade] += 1
    return [Group(place[1], counts[place]) for place in sorted(counts)]


def _tenure(row: Assessment, end: date) -> tuple[int, str]:
    months = months_between(row.employee.hired_on, end)
    if months < 6:
        return 1, _("under 6 months")
    return (2, _("6 to 24 months")) if months < 24 else (3, _("over 24 months"))


def _volume(row: Assessment) -> tuple[int, str]:
    made = row.deliveries or 0
    if made < 300:
        return 1, _("under 300 deliveries")
    if made < 900:
        return 2, _("300 to 900 deliveries")
    return 3, _("over 900 deliveries")


def rank_correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Return Spearman's rho, from -1 to 1: how far one order follows the other."""
    if len(pairs) < 2:
        return None
    one, two = _ranks([a for a, _b in pairs]), _ranks([b for _a, b in pairs])
    mean = (len(pairs) + 1) / 2
    top = sum((a - mean) * (b - mean) for a, b in zip(one, two, strict=True))
    wide = sum((a - mean) ** 2 for a in one) * sum((b - mean) ** 2 for b in two)
    return top / wide**0.5 if wide else None


def _ranks(values: list[float]) -> list[float]:
    order = sorted(values)
    places: dict[float, list[int]] = defaultdict(list)
    for place, value in enumerate(order, 1):
        places[value].append(place)
    return [sum(places[value]) / len(places[value]) for value in values]


@dataclass(frozen=True)
class TeamScore:
    """A team's month: points from all records of its members together (B20)."""

    team: Team
    people: int
    score: Decimal | None


def team_scores(access: Access, month: str) -> list[TeamScore]:
    """Return the score of each team within reach: counts are summed first, then divided."""
    teams = Team.objects.filter(teams_within(access))
    teams = teams.select_related("site").prefetch_related("members")
    months = Assessment.objects.filter(month=month).exclude(state="draft")
    rows = newest_versions(months).prefetch_related("parts")
    by_person = {row.employee_id: row for row in rows}
    return [_team(team, by_person, month) for team in teams]


def _team(team: Team, by_person: dict[int, Assessment], month: str) -> TeamScore:
    ids = {
        m.employee_id
        for m in team.members.all()
        if f"{m.from_on:%Y-%m}" <= month and (m.to_on is None or f"{m.to_on:%Y-%m}" >= month)
    }
    rows = [by_person[pk] for pk in ids if pk in by_person]
    sums: dict[str, list[Any]] = {}
    for part in (part for row in rows for part in row.parts.all() if part.total):
        one = sums.setdefault(part.code, [0, 0, part])
        one[0], one[1] = one[0] + (part.hits or 0), one[1] + part.total
    points = weight = Decimal(0)
    for hits, total, part in sums.values():
        score = grading.part_score(hits / total, target=part.target, floor=part.floor)
        points, weight = points + score * part.weight, weight + part.weight
    whole = (points / weight).quantize(grading.CENT) if weight else None
    return TeamScore(team, len(rows), whole)
