"""The change page of a correction: which printed figures moved, old beside new, at most two pages.

The frozen content names every value by its place. Here the places of one figure in one month at
one site become one row; its range and its adjusted value are derived from the counts and say
nothing of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from reportlab.platypus import Flowable

from courierqa.core import formats
from kpi.reports import numbers
from kpi.reports.content import Counts, MetricLine
from kpi.reports.parts import Pages, gap

# What two pages hold.
MOST_ROWS = 50
COUNTS = ("hits", "total", "pending", "excluded", "exempt_hits", "exempt_total")
DERIVED = ("value", "low", "high")
HISTORY = ("series", "earlier")
# Code of the figure, month, code of the site ("" for the company).
Key = tuple[str, str, str]
Moved = dict[Key, dict[str, str]]


def changes(pages: Pages) -> list[Flowable]:
    """Return the change page of a corrected edition."""
    part = pages.content.changes
    if not part:
        return []
    moved, others = _sorted(part["differences"], pages.content.period)
    lead = _("Edition %(version)s, frozen %(moment)s, printed these figures differently.") % {
        "version": part["version"],
        "moment": formats.moment(datetime.fromisoformat(part["frozen_at"])),
    }
    return [
        pages.heading(_("What changed since the last edition")),
        pages.text(lead, "lead"),
        *_reason(pages, part.get("reason", "")),
        *_table(pages, moved),
        *_limits(pages, part["differences"]),
        *_elsewhere(pages, others),
        gap(10),
    ]


def _reason(pages: Pages, reason: str) -> list[Flowable]:
    """Return why the figures moved; a draft of a correction does not say it yet."""
    if not reason:
        return []
    return [pages.text(_("Reason"), "cell_bold"), pages.text(reason), gap(4)]


def _limits(pages: Pages, differences: Sequence[Mapping[str, str]]) -> list[Flowable]:
    """Name the figures whose limits were set anew: their verdict may differ with equal counts."""
    places = (row["where"].split(" ") for row in differences)
    codes = sorted(
        {parts[1] for parts in places if parts[0] == "metrics" and "breaks" in parts[2:3]}
    )
    if not codes:
        return []
    text = _("Limits set anew, so that a verdict may differ with equal counts: %(codes)s.")
    return [pages.text(text % {"codes": _(", ").join(codes)}, "note")]


def _sorted(differences: Sequence[Mapping[str, str]], period: str) -> tuple[Moved, Counter[str]]:
    """Return the old counts per figure, month and site, and how many other values moved."""
    moved: Moved = {}
    others: Counter[str] = Counter()
    derived = set()
    for row in differences:
        parts = row["where"].split(" ")
        found = _read(parts, period)
        if found is not None:
            moved.setdefault(found[0], {})[found[1]] = row["was"]
        elif parts[0] == "metrics" and len(parts) > 2 and _is_derived(parts[2:]):
            derived.add(parts[1])
        else:
            others["definitions" if parts[0] == "metrics" else parts[0]] += 1
    told = {code for code, _month, _site in moved}
    others["metrics"] += len(derived - told)
    return moved, others


def _read(parts: Sequence[str], period: str) -> tuple[Key, str] | None:
    """Return which count of which figure this place is, or nothing for any other value."""
    match parts:
        case ["metrics", code, name] if name in COUNTS:
            return (code, period, ""), name
        case ["metrics", code, history, month, name] if history in HISTORY and name in COUNTS:
            return (code, month, ""), name
        case ["sites", site, "figures", code, name] if name in COUNTS:
            return (code, period, site), name
    return None


def _is_derived(rest: Sequence[str]) -> bool:
    return rest[0] in DERIVED or rest[0] == "adjusted"


def _table(pages: Pages, moved: Moved) -> list[Flowable]:
    """Return the rows: the company's month first, then its other months, then the sites."""
    month = pages.content.period
    order = {line.code: place for place, line in enumerate(pages.content.metrics)}

    def rank(key: Key) -> tuple[Any, ...]:
        code, period, site = key
        return (bool(site), period != month, order.get(code, len(order)), period, site)

    keys = sorted(moved, key=rank)
    rows = [row for key in keys if (row := _row(pages, key, moved[key]))]
    if not rows:
        return []
    head = [_("Figure"), _("Month"), _("Site"), _("Was"), _("Now")]
    count = ngettext(
        "%(n)s printed figure moved.", "%(n)s printed figures moved.", len(rows)
    ) % {"n": f"{len(rows):,}"}  # fmt: skip
    body: list[Flowable] = [
        pages.text(count, "note"),
        pages.compact(head, rows[:MOST_ROWS], (52, 20, 30, 38, 38), numbers=(3, 4)),
    ]
    if len(rows) > MOST_ROWS:
        left = _("%(n)s more rows stand in the data annex.") % {"n": len(rows) - MOST_ROWS}
        body.append(pages.text(left, "small"))
    return body


def _row(pages: Pages, key: Key, was: Mapping[str, str]) -> list[str] | None:
    code, period, site = key
    line = pages.content.metric(code)
    if line is None:
        # A figure that is no longer counted has no new value, its old counts stand in the annex.
        return [code, numbers.month_name(period), site, _("counted"), _("no longer counted")]
    now = _now(pages, line, period, site)
    if now is None:
        return None
    old = _before(now, was)
    if old is None and (period != pages.content.period or not now.total):
        # A figure counted for the first time: its month says so once, its past is no news.
        return None
    return [
        f"{code} {pages.name(line)}",
        numbers.month_name(period),
        _site(pages, site),
        formats.NOTHING if old is None else _shown(line, old, was),
        _shown(line, now, was if old is not None else {}),
    ]


def _site(pages: Pages, code: str) -> str:
    if not code:
        return _("Whole company") if not pages.content.site else pages.content.site["code"]
    found = next((one for one in pages.content.sites if one.code == code), None)
    return f"{pages.local(found.names)} {code}" if found else code


def _now(pages: Pages, line: MetricLine, period: str, site: str) -> Counts | None:
    if site:
        found = next((one for one in pages.content.sites if one.code == site), None)
        return found.figures.get(line.code) if found else None
    if period == pages.content.period:
        return line.counts
    return dict([*line.earlier, *line.series]).get(period)


def _before(now: Counts, was: Mapping[str, str]) -> Counts | None:
    """Return the counts of the edition before; nothing where it did not count this at all."""
    if was.get("total") == formats.NOTHING or was.get("hits") == formats.NOTHING:
        return None
    return replace(now, **{name: _whole(text) for name, text in was.items()})


def _whole(text: str) -> int:
    digits = text.replace(",", "")
    return int(digits) if digits.lstrip("-").isdigit() else 0


def _shown(line: MetricLine, counts: Counts, was: Mapping[str, str]) -> str:
    """Write a figure as the table of figures does, with whatever of it moved."""
    said = [f"{numbers.value(line, counts)} ({numbers.fraction(counts, line.unit)})"]
    if "exempt_total" in was or "exempt_hits" in was:
        other = counts.adjusted
        adjusted = {
            "value": numbers.value(line, other),
            "fraction": numbers.fraction(other, line.unit),
        }
        said.append(_("adjusted %(value)s (%(fraction)s)") % adjusted)
    if "pending" in was:
        said.append(_("not yet due %(n)s") % {"n": f"{counts.pending:,}"})
    if "excluded" in was:
        said.append(_("excluded %(n)s") % {"n": f"{counts.excluded:,}"})
    return " · ".join(said)


def _elsewhere(pages: Pages, others: Counter[str]) -> list[Flowable]:
    """Count what moved in other parts of the report, and say where each value stands."""
    names = {
        "metrics": _("Ranges of figures"),
        "definitions": _("Words, targets and settings of figures"),
        "sites": _("Names of sites"),
        "times": _("Times"),
        "causes": _("Causes"),
        "complaints": _("Complaints"),
        "ratings": _("Customer ratings"),
        "surveys": _("Surveys"),
        "compensation": _("Compensation"),
        "staff": _("Staff and training"),
        "safety": _("Safety and inspections"),
        "improving": _("Corrective actions and inspections"),
        "quality": _("Data quality and method"),
    }
    said: Counter[str] = Counter()
    for part, count in others.items():
        said[names.get(part, _("Other parts"))] += count
    listed = [f"{name} {count:,}" for name, count in said.items() if count]
    if not listed:
        return []
    text = _("Values that moved in other parts, each old and new in the data annex: %(parts)s.")
    return [pages.text(text % {"parts": _(", ").join(listed)}, "note")]
