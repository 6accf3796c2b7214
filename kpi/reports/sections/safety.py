"""Page 12: safety at acceptance: the three systems, refusals, dangerous goods, instruments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from reportlab.platypus import Flowable, KeepTogether

from courierqa.core import formats
from kpi.reports import numbers
from kpi.reports.content import Counts
from kpi.reports.parts import Pages
from kpi.stats import wilson

# The three systems, and the figure of the catalogue that counts each.
SYSTEMS = {"named": "A02", "inspected": "A01", "screened": "A03"}


def safety(pages: Pages) -> list[Flowable]:
    """Return the page; editions frozen before safety was counted have none."""
    part = pages.content.raw.get("safety")
    if not part:
        return []
    lead = ngettext(
        "Counted over %(n)s parcel whose acceptance was recorded here.",
        "Counted over %(n)s parcels whose acceptance was recorded here.",
        part["accepted"],
    ) % {"n": f"{part['accepted']:,}"}
    return [
        pages.heading(_("Safety and inspections")),
        pages.text(lead, "lead"),
        *_systems(pages, part),
        *_sites(pages, part),
        *_refusals(pages, part),
        *_dangers(pages, part),
        pages.text(_instruments(part["instruments_expired"]), "note"),
    ]


def _names() -> dict[str, str]:
    return {
        "named": _("Real-name checked"),
        "inspected": _("Contents inspected"),
        "screened": _("Machine screened"),
    }


def _systems(pages: Pages, part: Mapping[str, Any]) -> list[Flowable]:
    rows = [_system_row(pages, part, key) for key in SYSTEMS]
    head = [_("System"), _("Done / needed"), _("Share"), _("95 % range")]
    table = pages.table(head, rows, (74, 34, 26, 40), numbers=(1, 2, 3))
    note = _(
        "Each counts its own parcels: not all need each system, and screening counts those that"
        " left their first hub."
    )
    title = pages.heading(_("The three systems"), level=1)
    return [KeepTogether([title, table, pages.text(note, "small")])]


def _system_row(pages: Pages, part: Mapping[str, Any], key: str) -> list[str]:
    """Return the counts of the figure itself; editions without it have those of acceptances."""
    line, name = pages.content.metric(SYSTEMS[key]), _names()[key]
    raw = part["systems"][key]
    counts = line.counts if line else Counts(raw["hits"], raw["total"])
    found = wilson(counts.hits, counts.total)
    spread = f"{formats.share(found[0])} – {formats.share(found[1])}" if found else formats.NOTHING
    label = f"{name} ({line.code})" if line else name
    return [label, numbers.fraction(counts), _share(counts), spread]


def _share(counts: Counts) -> str:
    if not counts.total:
        return formats.NOTHING
    return _("n<30") if counts.is_few else formats.share(counts.hits / counts.total)


def _sites(pages: Pages, part: Mapping[str, Any]) -> list[Flowable]:
    if len(part["sites"]) < 2:
        return []
    rows = [
        [
            f"{pages.local(row['names'])} {row['code']}",
            f"{row['screened']['total']:,}",
            *(_share(_at_site(pages, row, key)) for key in SYSTEMS),
        ]
        for row in part["sites"]
    ]
    head = [_("Site"), _("Accepted"), *_names().values()]
    return pages.bounded(head, rows, (62, 24, 29, 29, 30), numbers=(1, 2, 3, 4))


def _at_site(pages: Pages, row: Mapping[str, Any], key: str) -> Counts:
    """Return the site's counts of the figure, as the appendix prints them."""
    site = next((one for one in pages.content.sites if one.code == row["code"]), None)
    if pages.content.metric(SYSTEMS[key]) is None:
        return Counts(row[key]["hits"], row[key]["total"])
    return site.figures.get(SYSTEMS[key], Counts(0, 0)) if site else Counts(0, 0)


def _refusals(pages: Pages, part: Mapping[str, Any]) -> list[Flowable]:
    title = pages.heading(_("Refused at acceptance"), level=1)
    note = _beside_the_figure(pages)
    rows = [[pages.local(row["names"]), f"{row['count']:,}"] for row in part["refusals"]]
    if not rows:
        return [title, pages.text(_("Nothing was refused in this month."))]
    table = pages.bounded([_("Reason"), _("Refusals")], rows, (134, 40), numbers=(1,))
    return [title, *table, *note]


def _beside_the_figure(pages: Pages) -> list[Flowable]:
    """Say what the figure of refusals counts otherwise than the list."""
    line = pages.content.metric("A05")
    if line is None:
        return []
    text = _(
        "Refusals at acceptance (A05), %(counts)s, counts ordered parcels only; the list also"
        " holds what was refused at the counter before there was an order."
    )
    return [pages.text(text % {"counts": numbers.fraction(line.counts)}, "small")]


def _dangers(pages: Pages, part: Mapping[str, Any]) -> list[Flowable]:
    title = pages.heading(_("Dangerous goods found"), level=1)
    if not part["dangers"]:
        return [title, pages.text(_("None was reported in this month."))]
    rows = [
        [
            pages.local(row["names"]),
            f"{row['count']:,}",
            f"{row['open']:,}",
            formats.NOTHING if row["median_hours"] is None else f"{row['median_hours']:,}",
        ]
        for row in part["dangers"]
    ]
    head = [_("Kind"), _("Reports"), _("Still open"), _("Hours to close (median)")]
    return [title, pages.table(head, rows, (80, 28, 28, 38), numbers=(1, 2, 3))]


def _instruments(count: int) -> str:
    if not count:
        return _("Every scale and tape in use was calibrated at the month's end.")
    text = ngettext(
        "%(n)s scale or tape in use was past its calibration at the month's end.",
        "%(n)s scales or tapes in use were past their calibration at the month's end.",
        count,
    )
    return text % {"n": f"{count:,}"}
