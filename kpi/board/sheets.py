"""What a dashboard shows as tables for a file: exactly the lines and columns that were seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from courierqa.core import formats
from kpi.board import sheet_parts
from kpi.board.filters import COMPARE, MODE_WORDS, Filters
from kpi.board.lines import Line
from kpi.board.parts import part_of
from kpi.board.sheet_parts import Row, Sheet
from kpi.enums import Unit
from kpi.metrics import Metric
from kpi.selectors import Figure


def sheets_of(page: Mapping[str, Any]) -> list[Sheet]:
    """Return the tables of a dashboard: what was asked, and each panel that is seen."""
    asked = page["asked"]
    lines = [one for _part, some in page["parts"] for one in some]
    found = [about(asked), _figures(lines)]
    if page.get("sites") is not None:
        found.append(_sites(page))
    if page.get("couriers") is not None:
        found.append(_couriers(page))
    for kind, title in (("late", _("Why late")), ("complaint", _("Complaint causes"))):
        if kind in page.get("causes", {}):
            found.append(_causes(title, page["causes"][kind]["rows"]))
    if page.get("times"):
        found.append(sheet_parts.times(page["times"]))
    if page.get("ratings"):
        found.append(sheet_parts.ratings(page["ratings"]))
    return found


def metric_sheets(page: Mapping[str, Any]) -> list[Sheet]:
    """Return the tables of one figure's page: what was asked, and each panel that is seen."""
    twin = page["trend_table"]
    found = [
        about(page["asked"]),
        _figures([page["line"]]),
        Sheet(_("Months"), twin["head"], twin["rows"]),
    ]
    if page.get("places") is not None:
        found.append(_places(page["places"]))
    if page.get("couriers") is not None:
        found.append(_couriers({**page, "courier_metric": page["metric"]}))
    if page.get("why"):
        found.append(_causes(_("Why"), page["why"]["rows"]))
    return [*found, *_beside(page)]


def _beside(page: Mapping[str, Any]) -> list[Sheet]:
    """Return what only some figures' pages have: ages, waits, the change, hours, notes."""
    found = []
    if page.get("ages"):
        found.append(sheet_parts.ages(page["ages"]))
    if page.get("between"):
        found.append(sheet_parts.waits(page["between"]))
    if page.get("explained"):
        found += sheet_parts.change(page["explained"])
    if page.get("hours"):
        found.append(sheet_parts.hours(page["hours"]))
    rows = [[one.day, str(one.site or ""), one.text, one.by.display_name] for one in page["notes"]]
    head = [_("Day"), _("Site"), _("Note"), _("Written by")]
    return [*found, Sheet(_("Notes"), head, rows)] if rows else found


def _places(places: Iterable[tuple[Any, Any]]) -> Sheet:
    """Return sites as the page shows them: the adjusted value, and the raw one beside it."""
    head = [
        _("Site"), _("Adjusted value"), _("Raw value"), _("Lower end"), _("Upper end"), _("Failed"),
        "n",
    ]  # fmt: skip
    rows = [
        [
            str(site),
            value_of(cell.figure),
            value_of(cell.counted),
            *_range(cell.figure),
            cell.figure.failed,
            cell.figure.n,
        ]
        for site, cell in places
    ]
    return Sheet(_("Sites"), head, rows)


def _range(figure: Figure) -> Row:
    """Return the ends of the 95 % range; withheld with the value."""
    if figure.is_few or figure.low is None or figure.high is None:
        return ["", ""]
    return [round(figure.low, 6), round(figure.high, 6)]


def about(asked: Filters) -> Sheet:
    """Return the filters and the as-of time, so that the file explains itself."""
    everything = _("All sites") if asked.reach.sites is None else _("Your sites")
    before = asked.before()
    run_by = MODE_WORDS.get(asked.mode) or pgettext("site", "Everybody")
    rows = [
        [_("Period"), asked.period.label],
        [_("Site"), str(asked.site) if asked.site else everything],
        [pgettext("site", "Run by"), str(run_by)],
        [_("Product"), str(asked.product) if asked.product else _("All products")],
        [_("Compare with"), f"{COMPARE[asked.compare]} {before.label if before else ''}".strip()],
        [_("As of"), formats.moment(asked.as_of) if asked.as_of else _("No figures computed yet")],
    ]
    return Sheet(_("Filters"), [_("Filter"), _("Value")], rows)


def value_of(figure: Figure | None) -> Any:
    """Return a value for a cell; a share of few records is withheld as on the page (B21)."""
    if figure is None or figure.value is None:
        return ""
    return _("n<30") if figure.is_few else round(figure.value, 6)


def unit_of(metric: Metric) -> str:
    """Return the unit of a value in a file, where a share is a fraction and can be counted with."""
    return _("share, 1 = 100 %") if metric.unit == Unit.SHARE else str(metric.unit.label)


def counted_of(metric: Metric, number: int, *, is_hits: bool = False) -> Any:
    """Return a count for a cell: fen as yuan with their sign, hundredths as points."""
    if metric.divides_money:
        return formats.yuan(number)
    if is_hits and metric.unit in (Unit.POINTS, Unit.NPS):
        return round(number / 100, 2)
    return number


def _figures(lines: Iterable[Line]) -> Sheet:
    head = [
        _("Part"), _("Code"), _("Figure"), _("Value"), _("Unit"), _("Numerator"), "n",
        _("Not yet due"), _("Lower end"), _("Upper end"), _("Change"), _("Target"),
        _("Is it changing?"), _("Can it meet the target?"), _("What to do"),
        _("Exempt"), _("Adjusted value"), _("Adjusted numerator"), _("Adjusted n"),
    ]  # fmt: skip
    return Sheet(_("Figures"), head, [_line(one) for one in lines])


def _line(one: Line) -> Row:
    figure, metric = one.figure, one.metric
    judged = one.verdict.is_judged
    return [
        str(part_of(metric.code).label),
        metric.code,
        str(metric.name),
        value_of(figure),
        unit_of(metric),
        counted_of(metric, figure.hits, is_hits=True),
        counted_of(metric, figure.n),
        figure.not_yet_due,
        *_range(figure),
        one.change,
        one.target_text + (_("* proposed") if one.target and one.target.is_proposal else ""),
        one.verdict.variation_label if judged else "",
        one.verdict.assurance_label if judged else "",
        one.verdict.action or one.verdict.withheld,
        figure.exempt_total,
        value_of(figure.adjusted),
        counted_of(metric, figure.adjusted.hits, is_hits=True),
        counted_of(metric, figure.adjusted.n),
    ]


def _sites(page: Mapping[str, Any]) -> Sheet:
    """Return the site table; a figure that an exemption moved anywhere has its raw value beside."""
    rows = page["sites"]
    columns = list(enumerate(head["metric"] for head in page["heads"]))
    both = {place for place, _metric in columns if any(row.cells[place].raw for row in rows)}
    head: Row = [_("Site")]
    for place, metric in columns:
        name = str(metric.words.short)
        head += [name, _("%(name)s, raw") % {"name": name}] if place in both else [name]
    body = []
    for row in rows:
        line: Row = [str(row.site)]
        for place, cell in enumerate(row.cells):
            line += [value_of(cell.figure)]
            line += [value_of(cell.counted)] if place in both else []
        body.append([*line, row.n])
    return Sheet(_("Sites"), [*head, _("Volume")], body)


def _couriers(page: Mapping[str, Any]) -> Sheet:
    metric = page["courier_metric"]
    head = [_("Courier"), str(metric.name), _("Adjusted value"), _("Failed"), "n"]
    rows = [
        [
            str(row.courier),
            value_of(row.figure),
            value_of(row.figure.adjusted),
            row.figure.failed,
            row.figure.n,
        ]
        for row in page["couriers"]
    ]
    if nobody := page.get("nobody"):
        rows.append([_("No courier recorded"), "", "", nobody["failed"], nobody["n"]])
    return Sheet(_("Couriers"), head, rows)


def _causes(title: str, rows: Iterable[Mapping[str, Any]]) -> Sheet:
    head = [_("Cause"), _("Site"), _("Records"), _("Share"), _("Running share")]
    body = [
        [
            row["cause"].label,
            str(row["cause"].site or ""),
            row["cause"].records,
            round(row["cause"].share, 4),
            round(row["cause"].running, 4),
        ]
        for row in rows
    ]
    return Sheet(title, head, body)
