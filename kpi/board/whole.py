"""Everything a dashboard shows for one set of filters; the page, its file and its mail read it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kpi import selectors
from kpi.board import choice, drill, lengths, places, ratings
from kpi.board.choice import Choice
from kpi.board.filters import Filters
from kpi.board.lines import Line, exempt_notes, line, sentence, worst_place
from kpi.board.parts import by_part
from kpi.board.sites import furthest, heat_rows
from kpi.metrics import METRICS
from kpi.selectors import Figure

MONTHS = 18
SIGNALS = ("concern", "improvement", "change")


def lines_of(asked: Filters) -> list[Line]:
    """Return a line for every figure the reader may see, in catalogue order."""
    series = selectors.courses(MONTHS, end=asked.period.start_day, scope=asked.scope)
    now, before = _figures(asked, series), _before(asked, series)
    targets = selectors.targets_on(asked.period.start_day, site=asked.site)
    breaks = selectors.baselines_of(asked.site)
    return [
        line(
            code,
            series[code],
            now[code],
            before.get(code),
            targets.get(code),
            as_of=asked.as_of,
            breaks=selectors.months_of_breaks(breaks.get(code, [])),
        )
        for code in series
    ]


def board_of(asked: Filters, params: Any) -> dict[str, Any]:
    """Return what the dashboard shows: the lines chosen by `params`, sites, causes, steps down."""
    lines = lines_of(asked)
    changed = [one.metric.code for one in lines if one.verdict.variation in SIGNALS]
    chosen = choice.read(params, changed)
    known = {one.metric.code: one for one in lines}
    shown = {code: known[code] for code in chosen.codes if code in known}
    below = _breakdown(asked, chosen, {code: one.figure for code, one in known.items()})
    return {
        "asked": asked,
        "choice": chosen,
        "lines": list(shown.values()),
        "parts": [(part, [shown[code] for code in codes]) for part, codes in by_part(shown)],
        "every": [(part, [METRICS[code] for code in codes]) for part, codes in by_part(known)],
        "has_proposals": any(one.target and one.target.is_proposal for one in shown.values()),
        "hidden": len(known) - len(shown),
        "n_changed": len(changed),
        "sentences": [*sentence(lines), *_place(below), *exempt_notes(lines)],
        "is_adjusted": any(one.figure.is_adjusted for one in shown.values()),
        "n_judged": sum(one.verdict.is_judged for one in lines),
        "is_empty": asked.is_future
        or not any(one.figure.n or one.figure.not_yet_due for one in lines),
        "is_personal": asked.reach.courier is not None,
        "steps": _steps(asked, chosen, known),
        **below,
    }


def _figures(asked: Filters, series: Mapping[str, list[Figure]]) -> dict[str, Figure]:
    """Return the period's own figures; a month is the last point of its series."""
    if asked.period.kind == "month":
        return {code: months[-1] for code, months in series.items()}
    found = selectors.figures(asked.period, scope=asked.scope)
    return {one.metric: one for one in found}


def _before(asked: Filters, series: Mapping[str, list[Figure]]) -> dict[str, Figure]:
    """Return the figures compared with; empty when the comparison is the target."""
    period = asked.before()
    if period is None or not series:
        return {}
    if asked.period.kind == "month":
        keys = [one.period for one in next(iter(series.values()))]
        if period.key in keys:
            place = keys.index(period.key)
            return {code: months[place] for code, months in series.items()}
    found = selectors.figures(period, scope=asked.scope)
    return {one.metric: one for one in found}


def _breakdown(asked: Filters, chosen: Choice, now: Mapping[str, Figure]) -> dict[str, Any]:
    """Return sites (or the couriers of one site) and causes; nothing of it for one person."""
    if asked.reach.courier is not None:
        return {}
    age = lengths.age_text(asked.as_of, asked.period)
    found: dict[str, Any] = {
        "times": [
            lengths.time_line(one, age=age)
            for one in selectors.durations(asked.period, scope=asked.scope)
        ],
        "causes": {
            kind: {"n": one.n, "rows": places.pareto(one)}
            for kind, one in selectors.cause_pareto(asked.period, scope=asked.scope).items()
        },
        "ratings": ratings.shown(selectors.ratings(asked.period, scope=asked.scope)),
    }
    if asked.site is not None:
        return {**found, **_people(asked, chosen, now)}
    return {**found, **_sites(asked, chosen, now)}


def _people(asked: Filters, chosen: Choice, now: Mapping[str, Figure]) -> dict[str, Any]:
    """Return the couriers of the site with the first figure that is counted per courier."""
    counted = [code for code in chosen.codes if METRICS[code].by_courier] or ["T01"]
    rows = selectors.courier_table(counted[0], asked.period, scope=asked.scope)
    return {
        "couriers": rows,
        "courier_metric": METRICS[counted[0]],
        "nobody": places.without_courier(rows, now.get(counted[0])),
    }


def _sites(asked: Filters, chosen: Choice, now: Mapping[str, Figure]) -> dict[str, Any]:
    targets = selectors.targets_on(asked.period.start_day)
    every = selectors.site_table(asked.period, scope=asked.scope)
    # A hub has no on-time figure: a row of dashes alone tells nothing.
    rows = [row for row in every if any(row.figures[code].n for code in chosen.columns)]
    sites = heat_rows(rows, now, targets, codes=chosen.columns)
    return {
        "sites": sites,
        "heads": [
            {"metric": METRICS[code], "target": targets.get(code)} for code in chosen.columns
        ],
        "is_coloured": any(cell.heat for row in sites for cell in row.cells),
        "furthest": furthest(sites, targets),
        "targets": targets,
    }


def _place(below: Mapping[str, Any]) -> list[str]:
    """Say which place is furthest from a target, chance excluded."""
    if not below.get("furthest"):
        return []
    site, cell = below["furthest"]
    return [worst_place(site, cell, below["targets"])]


def _steps(asked: Filters, chosen: Choice, known: Mapping[str, Line]) -> list[drill.Step]:
    """Return the way down for the first figure shown."""
    codes = [code for code in chosen.codes if code in known]
    if asked.reach.courier is not None or not codes:
        return []
    first = known[codes[0]]
    return drill.steps(first.metric, asked, first.figure, page="dashboard")


def is_late(as_of: datetime | None, now: datetime, minutes: int) -> bool:
    """Say whether figures reach so little far that a reader must know."""
    return as_of is not None and (now - as_of).total_seconds() > minutes * 60
