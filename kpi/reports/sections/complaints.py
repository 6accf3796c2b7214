"""Page 9: complaints with their causes, clocks, legal misses, and what the regulator sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from reportlab.platypus import Flowable, KeepTogether, Table, TableStyle

from courierqa.core import formats
from kpi.reports import numbers
from kpi.reports.charts.bars import pareto_chart
from kpi.reports.content import FEW, Counts
from kpi.reports.parts import Pages
from kpi.reports.sections.surveys import surveys
from kpi.reports.styles import BAND, WIDTH
from kpi.stats import wilson

MISSES_SHOWN = 25
CAUSES_SHOWN = 12


def complaints(pages: Pages) -> list[Flowable]:
    """Return the complaints page."""
    part = pages.content.complaints
    body: list[Flowable] = [pages.heading(_("Complaints")), strip(pages, _volume(pages))]
    body += [KeepTogether(_pareto(pages)), *_classes(pages), *_clocks(pages), *_ratings(pages)]
    body += [*_regulator(pages), *surveys(pages)]
    body += [pages.heading(_("Not settled within the legal 7 days"), level=1)]
    return [*body, *_misses(pages, part)]


def strip(pages: Pages, tiles: Sequence[tuple[str, str]]) -> Table:
    """Return headline numbers side by side."""
    cells = [
        [pages.text(word, "cell_hint"), pages.text(value, "tile_value")] for word, value in tiles
    ]
    table = Table([cells], colWidths=[WIDTH / len(cells)] * len(cells), hAlign="LEFT")
    table.setStyle(
        TableStyle(
            [
                ("BACKGROUND", (0, 0), (-1, -1), BAND),
                ("LINEAFTER", (0, 0), (-2, -1), 4, "#FFFFFF"),
                ("LEFTPADDING", (0, 0), (-1, -1), 8),
                ("TOPPADDING", (0, 0), (-1, -1), 6),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 7),
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ]
        )
    )
    return table


def _volume(pages: Pages) -> list[tuple[str, str]]:
    part, rate = pages.content.complaints, pages.content.metric("C01")
    tiles = [(_("Complaints received"), f"{part['received']:,}")]
    if rate is not None:
        tiles.append((_("Per 10,000 parcels"), numbers.value(rate, rate.counts)))
    tiles += [
        (_("Closed"), f"{part['closed']:,}"),
        (_("Reopened"), f"{part['reopened']:,}"),
        _open(pages),
    ]
    return tiles


def _open(pages: Pages) -> tuple[str, str]:
    """Return how many wait for an answer, as C10 counts them; before it, those not closed."""
    line = pages.content.metric("C10")
    if line is None:
        return _("Open now"), f"{pages.content.complaints['open']:,}"
    word = _("Open last night") if pages.content.is_open else _("Open at the month's end")
    return word, f"{line.counts.total:,}"


def _pareto(pages: Pages) -> list[Flowable]:
    causes = [(pages.local(cause["names"]), cause["count"]) for cause in pages.content.causes]
    causes = sorted((one for one in causes if one[1]), key=lambda one: (-one[1], one[0]))
    total = sum(count for _name, count in causes)
    title = pages.heading(_("Causes, from most to least"), level=1)
    if not causes:
        return [title, pages.text(_("No complaint was received in this month."))]
    shown = causes[:CAUSES_SHOWN]
    rest = total - sum(count for _name, count in shown)
    if rest:
        shown = [*shown, (_("All others"), rest)]
    finding = _("%(name)s leads with %(count)s of %(total)s complaints.") % {
        "name": shown[0][0],
        "count": f"{shown[0][1]:,}",
        "total": f"{total:,}",
    }
    return [title, pages.text(finding, "note"), pareto_chart(shown, width=WIDTH)]


def _classes(pages: Pages) -> list[Flowable]:
    rows = [
        [pages.local(row["names"]), f"{row['count']:,}", _share(row["count"], _sum(pages))]
        for row in pages.content.complaints["by_class"]
    ]
    head = [_("Class"), _("Complaints"), _("Share")]
    table = pages.table(head, rows, (100, 37, 37), numbers=(1, 2))
    return [KeepTogether([pages.heading(_("The five classes"), level=1), table])]


def _sum(pages: Pages) -> int:
    return sum(row["count"] for row in pages.content.complaints["by_class"])


def _share(count: int, total: int) -> str:
    return formats.share(count / total) if total else formats.NOTHING


# The figures of the catalogue that count the two clocks.
CLOCKS = {"first": "C04", "legal": "C03"}


def _clocks(pages: Pages) -> list[Flowable]:
    names = {"first": _("First answer in time"), "legal": _("Settled within the legal 7 days")}
    rows = [_clock_row(pages, names[key], key) for key in CLOCKS]
    head = [_("Clock"), _("Met / due"), _("Share"), _("95 % range")]
    table = pages.table(head, rows, (74, 34, 26, 40), numbers=(1, 2, 3))
    return [KeepTogether([pages.heading(_("Clocks"), level=1), table, *_overdue(pages)])]


def _clock_row(pages: Pages, name: str, key: str) -> list[str]:
    line, raw = pages.content.metric(CLOCKS[key]), pages.content.complaints[key]
    counts = line.counts if line else Counts(raw["hits"], raw["total"])
    found = wilson(counts.hits, counts.total)
    spread = f"{formats.share(found[0])} – {formats.share(found[1])}" if found else formats.NOTHING
    label = f"{name} ({line.code})" if line else name
    return [label, numbers.fraction(counts), _share(counts.hits, counts.total), spread]


def _overdue(pages: Pages) -> list[Flowable]:
    """Say why complaints can be overdue in a month that missed no limit."""
    line = pages.content.metric("C10")
    if line is None:
        return []
    text = _(
        "These are the limits that ended in this month. Overdue complaints (C10), %(counts)s, also"
        " hold older ones and those taken up again, whose seven days began anew."
    )
    return [pages.text(text % {"counts": numbers.fraction(line.counts)}, "small")]


def _ratings(pages: Pages) -> list[Flowable]:
    """Return what customers' ratings say, on time against late; nothing where nobody answered."""
    found = pages.content.ratings
    if not found:
        return []
    names = {
        "every": _("All answers"),
        "on_time": _("Delivered on time"),
        "late": _("Delivered late"),
    }
    rows = [_rating_row(name, found[key]) for key, name in names.items()]
    head = [_("Rated deliveries"), _("Mean"), _("Number of answers")]
    table = pages.table(head, rows, (100, 37, 37), numbers=(1, 2))
    lead = pages.text(_("Answered in this period, on a scale of 1 to 5"), "small")
    return [KeepTogether([pages.heading(_("Customer ratings"), level=1), lead, table])]


def _rating_row(name: str, raw: Mapping[str, int]) -> list[str]:
    n = raw["n"]
    mean = formats.number(raw["sum"] / n, 2) if n else formats.NOTHING
    return [name, _("n<30") if 0 < n < FEW else mean, f"{n:,}"]


def _regulator(pages: Pages) -> list[Flowable]:
    """Return what authorities sent; editions frozen before it was counted have nothing."""
    if "regulator" not in pages.content.complaints:
        return []
    title = pages.heading(_("From the postal regulator"), level=1)
    rows = [
        [
            pages.local(row["names"]),
            f"{row['count']:,}",
            f"{row['valid']:,}",
            f"{row['open']:,}",
        ]
        for row in pages.content.complaints["regulator"]
    ]
    if not rows:
        return [title, pages.text(_("Nothing was received from the regulator in this month."))]
    head = [_("Matter"), _("Received"), _("Company responsible"), _("Not decided yet")]
    table = pages.table(head, rows, (80, 28, 36, 30), numbers=(1, 2, 3))
    return [KeepTogether([title, table])]


def _misses(pages: Pages, part: Mapping[str, Any]) -> list[Flowable]:
    rows = [
        [
            row["number"],
            pages.local(row["site"]) if row["site"] else _("no site"),
            formats.moment(_at(row["received"])),
            formats.moment(_at(row["due"])),
            formats.moment(_at(row["told"])) if row["told"] else _("still open"),
        ]
        for row in part["misses"]
    ]
    if not rows:
        return [pages.text(_("None: every complaint due in this month was settled in time."))]
    head = [_("Case"), _("Site"), _("Received at"), _("Legal limit"), _("Customer told")]
    return pages.bounded(head, rows, (34, 38, 34, 34, 34), most=MISSES_SHOWN)


def _at(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
