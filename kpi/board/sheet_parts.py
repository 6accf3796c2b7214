"""Tables of a file beside the figures themselves: times, ratings, hours, what explains a change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from kpi.board.between import Shown
from kpi.board.lengths import TimeLine

Row = list[Any]


@dataclass(frozen=True)
class Sheet:
    """A table of a file: its name, its head and its rows."""

    title: str
    head: Row
    rows: list[Row]


def times(lines: Iterable[TimeLine]) -> Sheet:
    """Return how long it takes, in hours, withheld and "longer than" as on the page."""
    head = [
        _("Code"), _("Figure"), "P50", "P90", "P99", _("Mean"), "n",
        pgettext("time", "Still open"), pgettext("coverage", "Measured"),
    ]  # fmt: skip
    rows = [
        [
            line.metric.code,
            str(line.metric.name),
            _("n<30") if line.one.n and line.one.is_few else line.p50,
            line.p90,
            line.p99,
            line.mean,
            line.one.n,
            line.one.still_open if line.metric.counts_open else "",
            line.coverage,
        ]
        for line in lines
    ]
    return Sheet(_("How long it takes"), head, rows)


def ratings(found: Mapping[str, Any]) -> Sheet:
    """Return what customers' ratings say; a mean of few answers is withheld (B21)."""
    head = [_("Rated deliveries"), _("Mean"), _("Number of answers")]
    rows = [
        [row["name"], _("n<30") if row["is_few"] else row["mean"], row["n"]]
        for row in found["rows"]
    ]
    if found["unplaced"]:
        rows.append([_("About no finished delivery"), "", found["unplaced"]])
    return Sheet(_("Customer ratings"), head, rows)


def ages(found: Sequence[tuple[Any, int]]) -> Sheet:
    """Return the overdue open records by age."""
    rows: list[Row] = [[str(words), number] for words, number in found]
    return Sheet(_("Overdue by age"), [_("Age"), _("Records")], rows)


def waits(found: Shown) -> Sheet:
    """Return what lies between rare events, the table beside their chart."""
    return Sheet(_("From event to event"), found.table["head"], found.table["rows"])


def change(found: Mapping[str, Any]) -> list[Sheet]:
    """Return what explains the change, one table by site, product and cause each."""
    head = [
        _("Part"), pgettext("change", "Before"), pgettext("change", "Now"), _("Own rate"),
        pgettext("change", "Mix"), _("Part of the change"),
    ]  # fmt: skip
    sheets, what = [], _("What explains the change")
    for table in found["tables"]:
        own = [(row.rate, row.mix) if table["has_mix"] else ("", "") for row in table["rows"]]
        rows = [
            [row.name, row.before, row.after, *parts, row.total]
            for row, parts in zip(table["rows"], own, strict=True)
        ]
        sheets.append(Sheet(f"{what} – {table['title']}", head, rows))
    return sheets


def hours(found: Mapping[str, Any]) -> Sheet:
    """Return weekday by hour: the value shown, and the records behind it in brackets."""
    rows = [[row["label"], *(_hour(cell) for cell in row["cells"])] for row in found["rows"]]
    return Sheet(_("Weekday and hour"), [_("Weekday"), *found["hours"]], rows)


def _hour(cell: Mapping[str, Any]) -> str:
    return f"{cell['text']} (n {cell['n']:,})" if cell["n"] else ""
