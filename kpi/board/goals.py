"""The tree of objectives as rows of a treegrid: status in words, what is missing, what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core import formats
from courierqa.core.calendars import business_day
from courierqa.core.timeframes import Period
from kpi.board import show
from kpi.board.parts import Part, part_of
from kpi.board.verdicts import for_period, judge, shape
from kpi.metrics import METRICS
from kpi.models import ObjectiveResult
from kpi.selectors.assessed import Whose, whose
from kpi.selectors.objectives import Node
from kpi.stats import Verdict


@dataclass(frozen=True)
class GoalRow:
    """One row: its place in the tree and everything its cells print."""

    level: int
    place: int
    size: int
    label: str
    has_children: bool
    node: Node | None = None
    target: str = ""
    value: str = ""
    n: int = 0
    n_text: str = ""
    status: str = ""
    status_word: str = ""
    shape: str = ""
    sentence: str = ""
    baseline: str = ""
    flags: tuple[str, ...] = ()
    # What it was given, in words (OBJ-09).
    given: str = ""
    # What was found on its day of assessment, in words, and the badge of that (I08).
    assessed: str = ""
    assessed_kind: str = ""


STATUS = {"good": 0, "warn": 1, "bad": 2, "neutral": 3}


def rows(nodes: Sequence[Node], *, period: Period, as_of: datetime | None) -> list[GoalRow]:
    """Return the rows from the top down: part of quality, company, site, team."""
    found: list[GoalRow] = []
    parts = [(part, [node for node in nodes if part_of(node.metric.code) == part]) for part in Part]
    known = [(part, some) for part, some in parts if some]
    for place, (part, some) in enumerate(known, start=1):
        label = str(part.label)
        found.append(GoalRow(1, place, len(known), label, has_children=True))
        found += _below(some, 2, period, as_of)
    return found


Given = Mapping[tuple[str, int | None], str]


def with_resources(found: Sequence[GoalRow], given: Given) -> list[GoalRow]:
    """Return the rows with what each objective was given; teams are given nothing of their own."""
    return [
        replace(row, given=given.get((row.node.metric.code, row.node.target.site_id), ""))
        if row.node is not None and row.node.target.team_id is None else row
        for row in found
    ]  # fmt: skip


def with_results(
    found: Sequence[GoalRow], results: Mapping[Whose, ObjectiveResult]
) -> list[GoalRow]:
    """Return the rows with what was kept of each objective on its day of assessment."""
    return [
        replace(row, assessed=result_words(one), assessed_kind="good" if one.is_reached else "bad")
        if row.node is not None and (one := results.get(whose(row.node.target))) is not None
        else row
        for row in found
    ]


def result_words(one: ObjectiveResult) -> str:
    """Return whether an objective was reached, on which day, with both values of that day."""
    said = {"day": formats.day(business_day(one.due_at))}
    if one.value is None:
        return _("Assessed %(day)s: not reached, it could not be measured") % said
    metric = METRICS[one.metric]
    said |= {"value": show.show(metric, float(one.value)),
             "wanted": show.show_target(metric, one.wanted)}  # fmt: skip
    if one.is_reached:
        return _("Assessed %(day)s: reached, %(value)s (%(wanted)s)") % said
    return _("Assessed %(day)s: not reached, %(value)s (%(wanted)s)") % said


def _below(
    nodes: Sequence[Node], level: int, period: Period, as_of: datetime | None
) -> Iterator[GoalRow]:
    for place, node in enumerate(nodes, start=1):
        yield _row(node, (level, place, len(nodes)), period, as_of)
        yield from _below(node.children, level + 1, period, as_of)


def _row(node: Node, at: tuple[int, int, int], period: Period, as_of: datetime | None) -> GoalRow:
    """Return the row of a node; `at` is its level, its place there and how many there are."""
    level, place, size = at
    metric, figure = node.metric, node.figure
    status, word = status_of(node)
    verdict = _judged(node, period, as_of)
    few = figure is None or figure.is_few
    mean = verdict.chart.mean if verdict and verdict.is_judged else None
    return GoalRow(
        level=level,
        place=place,
        size=size,
        label=str(node.place or metric.name),
        has_children=bool(node.children),
        node=node,
        target=show.show_target(metric, node.target.value),
        value="" if figure is None or few else show.show(metric, figure.value),
        n=figure.n if figure else 0,
        n_text=figure.n_text if figure else "",
        status=status,
        status_word=word,
        shape=shape(verdict) if verdict else "",
        sentence=verdict.sentence if verdict else "",
        baseline=_baseline(metric, mean),
        flags=tuple(flags_of(node)),
    )


def _judged(node: Node, period: Period, as_of: datetime | None) -> Verdict | None:
    """Return the verdict as the figure's own page gives it; a single month has none."""
    if len(node.months) < 2:
        return None
    found = judge(node.months, node.target, as_of, breaks=node.breaks)
    return for_period(found, period, node.metric, as_of, node.figure)


def _baseline(metric: Any, mean: float | None) -> str:
    if mean is None:
        return ""
    value = mean / 100 if metric.unit == "share" else mean
    return _("mean so far %(value)s") % {"value": show.show(metric, value)}


def status_of(node: Node) -> tuple[str, str]:
    """Return (kind, words): on track, at risk when chance could explain it, off track."""
    figure = node.figure
    if figure is None or figure.value is None or figure.is_few:
        return "neutral", pgettext("objective", "no figure")
    colour = show.heat(node.metric, figure, node.target.value)
    if colour in ("heat-1", "heat-2"):
        return "good", pgettext("objective", "on track")
    if colour == "heat-4":
        return "warn", pgettext("objective", "at risk")
    return "bad", pgettext("objective", "off track")


def flags_of(node: Node) -> Iterator[str]:
    """Yield what is wrong with an objective: no owner, no measure, targets that do not add up."""
    if node.target.owner_id is None:
        yield _("nobody answers for it")
    if node.target.team_id is not None and not node.metric.by_courier:
        yield _("no measure: this figure is not counted per person")
    elif node.figure is not None and not node.figure.n:
        yield _("no measure: nothing was counted")
    if not node.adds_up:
        value = show.show(node.metric, node.reached)
        if node.metric.higher_is_better:
            yield _("targets below add up to %(value)s, less than this one") % {"value": value}
        else:
            yield _("targets below add up to %(value)s, more than this one") % {"value": value}


def counts(found: Sequence[GoalRow]) -> dict[str, int]:
    """Return how many objectives have each status."""
    numbers = dict.fromkeys(STATUS, 0)
    for row in found:
        if row.node is not None:
            numbers[row.status] += 1
    return numbers
