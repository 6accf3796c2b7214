"""Page 13: corrective actions, their effect checks, and what inspections found, by site."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from reportlab.platypus import Flowable, KeepTogether

from courierqa.core import formats
from kpi.reports import numbers
from kpi.reports.content import Counts
from kpi.reports.parts import Pages, gap

# The same counts as on their own pages and in the annex.
MEASURES = ("I04", "I05", "I06")
SCORES = ("I02", "I02T", "I01", "I03")
MOST = 20


def improving(pages: Pages) -> list[Flowable]:
    """Return the page; editions frozen before actions were registered have none."""
    part = pages.content.raw.get("improving")
    if not part:
        return []
    lead = _(
        "%(open)s measures of approved plans were open at the end of the month, %(late)s of them"
        " past their first day."
    ) % {"open": f"{part['open']:,}", "late": f"{part['overdue']:,}"}
    return [
        pages.heading(_("Corrective actions and inspections")),
        pages.text(lead, "lead"),
        *_figures(pages, MEASURES, _("Measures and their effect")),
        *_sites(pages, part["sites"]),
        *_late(pages, part["late"]),
        *_checks(pages, part["checks"]),
        *_figures(pages, SCORES, _("Inspection scores")),
        *_scores(pages, part["inspections"]),
    ]


def _figures(pages: Pages, codes: Iterable[str], title: str) -> list[Flowable]:
    """Return some figures of the month with counts, range and target."""
    lines = [line for code in codes if (line := pages.content.metric(code)) is not None]
    rows = [
        [
            f"{line.code} {pages.name(line)}",
            numbers.fraction(line.counts, line.unit),
            numbers.value(line, line.counts),
            numbers.spread(line, line.counts),
            numbers.goal(line),
        ]
        for line in lines
    ]
    head = [_("Figure"), pgettext("report", "Counts"), _("Value"), _("95 % range"), _("Target")]
    table = pages.table(head, rows, (70, 36, 20, 34, 20), numbers=(1, 2, 3, 4))
    return [KeepTogether([pages.heading(title, level=1), table])]


def _sites(pages: Pages, rows: Iterable[Mapping[str, Any]]) -> list[Flowable]:
    shown = [
        [_place(pages, row["names"], row["code"]), f"{row['open']:,}", f"{row['overdue']:,}"]
        for row in rows
    ]
    if not shown:
        return []
    head = [_("Site"), pgettext("measures", "Open"), pgettext("measures", "Overdue")]
    return [gap(), *pages.bounded(head, shown, (110, 32, 32), numbers=(1, 2))]


def _place(pages: Pages, names: Mapping[str, str] | None, code: str = "") -> str:
    if names is None:
        return _("Whole company")
    return f"{pages.local(names)} {code}".strip()


def _late(pages: Pages, rows: list[Mapping[str, Any]]) -> list[Flowable]:
    title = pages.heading(_("Overdue measures"), level=1)
    if not rows:
        return [title, pages.text(_("None was overdue at the end of the month."))]
    shown = [
        [row["number"], _place(pages, row["site"]), _day(row["due"]), f"{row['days']:,}"]
        for row in rows
    ]
    head = [_("Measure"), _("Site"), _("First due day"), _("Days late")]
    return [title, *pages.bounded(head, shown, (50, 60, 36, 28), numbers=(3,), most=MOST)]


def _checks(pages: Pages, rows: list[Mapping[str, Any]]) -> list[Flowable]:
    title = pages.heading(_("Effect checks due in this month"), level=1)
    if not rows:
        return [title, pages.text(_("None was due."))]
    said = {
        "effective": pgettext("effect", "Effective"),
        "ineffective": pgettext("effect", "Not effective"),
        None: pgettext("effect", "Not checked"),
    }
    shown = [
        [
            row["number"], _place(pages, row["site"]), row["metric"] or formats.NOTHING,
            _day(row["due"]), said.get(row["result"], row["result"]),
        ]
        for row in rows
    ]  # fmt: skip
    head = [_("Nonconformity"), _("Site"), _("Figure"), _("Day of the check"), _("Result")]
    return [title, *pages.bounded(head, shown, (42, 50, 22, 32, 34), most=MOST)]


def _scores(pages: Pages, visits: list[Mapping[str, Any]]) -> list[Flowable]:
    """Return conformity by site, random and targeted apart; few points print no share (B21)."""
    if not visits:
        return [pages.text(_("No site was inspected in this month."))]
    places = {site.code: site.figures for site in pages.content.sites}
    rows = [
        [
            _place(pages, row["names"], row["code"]),
            f"{row['visits']:,}",
            f"{row['failed']:,}",
            *(_share(places.get(row["code"], {}).get(code)) for code in ("I02", "I02T")),
        ]
        for row in visits
    ]
    head = [_("Site"), _("Inspections"), _("Failed a critical point"), _("Random"), _("Targeted")]
    note = _("A critical point that failed fails the whole inspection, whatever its share.")
    table = pages.bounded(head, rows, (62, 26, 34, 26, 26), numbers=(1, 2, 3, 4))
    return [gap(), *table, pages.text(note, "small")]


def _share(counts: Counts | None) -> str:
    if counts is None or not counts.total:
        return formats.NOTHING
    return _("n<30") if counts.is_few else formats.share(counts.hits / counts.total)


def _day(text: str) -> str:
    return formats.day(date.fromisoformat(text))
